using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Documents.Files;

/// <summary>A document in a file, or built in. Readers take one reference; replacing it is one write.</summary>
internal sealed class FileDocumentStore<T> : IDocumentStore<T>, IDisposable
    where T : class
{
    private const int LoggedErrors = 20;

    private readonly IDocumentFormat<T> _format;
    private readonly TimeProvider _time;
    private readonly DocumentMetrics _metrics;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _listenersLock = new();
    private volatile DocumentVersion<T> _current;
    private ImmutableArray<DocumentError> _lastErrors = [];
    private ImmutableArray<Action<DocumentVersion<T>>> _listeners = [];
    private byte[]? _lastSeen;

    public FileDocumentStore(string name, IDocumentFormat<T> format, DocumentSource source, TimeProvider time, DocumentMetrics metrics, ILogger logger)
    {
        Name = name;
        Source = source;
        Logger = logger;
        Time = time;
        _format = format;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        var read = DocumentLoader.Read(source);
        var loaded = Compile(read);
        if (loaded.Value is null)
        {
            throw new DocumentException(name, source.Name, loaded.Errors);
        }

        _lastSeen = Digest(read);
        _current = Version(loaded.Value, loaded.Revision);
        DocumentLog.Loaded(logger, name, loaded.Revision, source.Name);
    }

    public DocumentVersion<T> Current => _current;

    public ImmutableArray<DocumentError> LastErrors
    {
        get
        {
            lock (_listenersLock)
            {
                return _lastErrors;
            }
        }
    }

    internal string Name { get; }

    internal DocumentSource Source { get; }

    internal ILogger Logger { get; }

    internal TimeProvider Time { get; }

    public IDisposable OnChange(Action<DocumentVersion<T>> listener)
    {
        lock (_listenersLock)
        {
            _listeners = _listeners.Add(listener);
        }

        return new Subscription(this, listener);
    }

    public Task<DocumentReload> ReloadAsync(CancellationToken cancellationToken) => ReadAgainAsync(evenIfSeen: true, cancellationToken);

    /// <summary>Reads the source and does nothing when these very bytes, or this very failure, were seen before.</summary>
    internal Task ReloadIfChangedAsync(CancellationToken cancellationToken) => ReadAgainAsync(evenIfSeen: false, cancellationToken);

    public void Dispose() => _gate.Dispose();

    private async Task<DocumentReload> ReadAgainAsync(bool evenIfSeen, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var before = _current;
            var read = DocumentLoader.Read(Source);
            var digest = Digest(read);
            if (!evenIfSeen && _lastSeen is not null && digest.AsSpan().SequenceEqual(_lastSeen))
            {
                return Result(before, []);
            }

            _lastSeen = digest;
            var loaded = Compile(read);
            lock (_listenersLock)
            {
                _lastErrors = loaded.Errors;
            }

            if (loaded.Value is null)
            {
                _metrics.Rejected(Name);
                DocumentLog.Rejected(_logger, Name, Source.Name, before.Revision, loaded.Errors.Length, Describe(loaded.Errors));
                return Result(before, loaded.Errors);
            }

            if (string.Equals(loaded.Revision, before.Revision, StringComparison.Ordinal))
            {
                _metrics.Unchanged(Name);
                return Result(before, []);
            }

            _current = Version(loaded.Value, loaded.Revision);
            _metrics.Changed(Name);
            DocumentLog.Changed(_logger, Name, before.Revision, loaded.Revision, Source.Name);
            Notify(_current);
            return Result(before, []);
        }
        finally
        {
            _gate.Release();
        }
    }

    private DocumentReload Result(DocumentVersion<T> before, ImmutableArray<DocumentError> errors) =>
        new() { Succeeded = errors.IsEmpty, Before = before.Revision, After = _current.Revision, Errors = errors };

    private DocumentVersion<T> Version(T value, string revision) =>
        new() { Value = value, Revision = revision, Source = Source.Name, LoadedAt = _time.GetUtcNow() };

    private LoadedDocument<T> Compile(DocumentBytes read) =>
        read.Error is { } error ? LoadedDocument<T>.Bad([error]) : DocumentLoader.Compile(_format, read.Bytes, Source.Path);

    private void Notify(DocumentVersion<T> version)
    {
        ImmutableArray<Action<DocumentVersion<T>>> listeners;
        lock (_listenersLock)
        {
            listeners = _listeners;
        }

        foreach (var listener in listeners)
        {
            try
            {
                listener(version);
            }
#pragma warning disable CA1031 // One listener's bug must not keep the others from the new version.
            catch (Exception e)
#pragma warning restore CA1031
            {
                DocumentLog.ListenerFailed(_logger, e, Name);
            }
        }
    }

    // The file's bytes, or the failure to read them: both are logged once, not at every poll.
    private static byte[] Digest(DocumentBytes read) =>
        read.Error is { } error ? System.Text.Encoding.UTF8.GetBytes(error.Message) : SHA256.HashData(read.Bytes.Span);

    private static string Describe(ImmutableArray<DocumentError> errors) =>
        string.Join("; ", errors.Take(LoggedErrors).Select(e => $"{e.Pointer} {e.Message}".Trim()));

    private sealed class Subscription(FileDocumentStore<T> store, Action<DocumentVersion<T>> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (store._listenersLock)
            {
                store._listeners = store._listeners.Remove(listener);
            }
        }
    }
}
