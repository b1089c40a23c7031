using Microsoft.Extensions.Logging;

namespace GatewayStack.Documents.Files;

/// <summary>A document in a file, or built in.</summary>
internal sealed class FileDocumentStore<T> : WatchedDocumentStore<T>
    where T : class
{
    public FileDocumentStore(string name, IDocumentFormat<T> format, DocumentSource source, TimeProvider time, DocumentMetrics metrics, ILogger logger)
        : base(name, format, source, time, metrics, logger) =>
        PutFirst(Read());

    private protected override ValueTask<DocumentText> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Read());

    private DocumentText Read() => new(DocumentLoader.Read(Source), Source.Name, Source.Path);
}
