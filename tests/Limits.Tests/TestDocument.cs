using System.Collections.Immutable;
using System.Text;
using GatewayStack.Documents;

namespace GatewayStack.Limits.Tests;

/// <summary>A document whose text a test sets.</summary>
internal sealed class TestDocument<T> : IDocumentStore<T>
    where T : class
{
    private readonly IDocumentFormat<T> _format;
    private readonly List<Action<DocumentVersion<T>>> _listeners = [];
    private string _text;

    public TestDocument(IDocumentFormat<T> format, string text)
    {
        _format = format;
        _text = text;
        Current = Version(Load(text));
    }

    public DocumentVersion<T> Current { get; private set; }

    public ImmutableArray<DocumentError> LastErrors { get; private set; } = [];

    public void Set(string text) => _text = text;

    public IDisposable OnChange(Action<DocumentVersion<T>> listener)
    {
        _listeners.Add(listener);
        return new Nothing();
    }

    public Task<DocumentReload> ReloadAsync(CancellationToken cancellationToken)
    {
        var before = Current.Revision;
        var loaded = DocumentLoader.Compile(_format, Encoding.UTF8.GetBytes(_text));
        LastErrors = loaded.Errors;
        if (loaded.Value is not null && loaded.Revision != before)
        {
            Current = Version(loaded);
            _listeners.ForEach(l => l(Current));
        }

        return Task.FromResult(new DocumentReload { Succeeded = loaded.Value is not null, Before = before, After = Current.Revision, Errors = loaded.Errors });
    }

    private LoadedDocument<T> Load(string text)
    {
        var loaded = DocumentLoader.Compile(_format, Encoding.UTF8.GetBytes(text));
        loaded.Errors.ShouldBeEmpty();
        return loaded;
    }

    private static DocumentVersion<T> Version(LoadedDocument<T> loaded) =>
        new() { Value = loaded.Value!, Revision = loaded.Revision, Source = "test", LoadedAt = DateTimeOffset.UnixEpoch };

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
