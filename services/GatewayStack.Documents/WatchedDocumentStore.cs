using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Documents;

/// <summary>A document that is read again when its source may have changed. Readers take one reference; replacing it is one write.</summary>
internal abstract class WatchedDocumentStore<T> : IDocumentStore<T>, IDisposable
    where T : class
{
    private const int LoggedErrors = 20;

    private readonly IDocumentFormat<T> _format;
    private readonly DocumentMetrics _metrics;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Lock _listenersLock = new();
    private volatile DocumentVersion<T>? _current;
    private ImmutableArray<DocumentError> _lastErrors = [];
    private ImmutableArray<Action<DocumentVersion<T>>> _listeners = [];
    private byte[]? _lastSeen;

    private protected WatchedDocumentStore(string name, IDocumentFormat<T> format, DocumentSource source, TimeProvider time, DocumentMetrics metrics, ILogger logger)
    {
        Name = name;
        Source = source;
        Logger = logger;
        Time = time;
        _format = format;
        _metrics = metrics;
    }

    public DocumentVersion<T> Current => _current ?? throw new InvalidOperationException($"The document {Name} has not been read yet: its host has not started.");

    public virtual bool IsStale => false;

    public virtual ImmutableArray<DocumentError> LastErrors
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

    public virtual Task<DocumentReload> ReloadAsync(CancellationToken cancellationToken) => ReadAgainAsync(evenIfSeen: true, cancellationToken);

    /// <summary>Reads the source and does nothing when these very bytes, or this very failure, were seen before.</summary>
    internal Task ReloadIfChangedAsync(CancellationToken cancellationToken) => ReadAgainAsync(evenIfSeen: false, cancellationToken);

    public virtual void Dispose() => _gate.Dispose();

    /// <summary>Reads the document as it stands now; what is wrong with it is a part of it.</summary>
    private protected abstract ValueTask<DocumentText> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Puts the first version in force.</summary>
    /// <exception cref="DocumentException">It is bad.</exception>
    private protected void PutFirst(DocumentText read)
    {
        var loaded = Compile(read);
        if (loaded.Value is null)
        {
            throw new DocumentException(Name, read.Source, loaded.Errors);
        }

        _lastSeen = Digest(read);
        _current = Version(loaded.Value, loaded.Revision, read.Source);
        DocumentLog.Loaded(Logger, Name, loaded.Revision, read.Source);
    }

    /// <summary>Compiles a text without putting it in force.</summary>
    private protected LoadedDocument<T> Compile(DocumentText read) =>
        read.Bytes.Error is { } error ? LoadedDocument<T>.Bad([error]) : DocumentLoader.Compile(_format, read.Bytes.Bytes, read.Path);

    private async Task<DocumentReload> ReadAgainAsync(bool evenIfSeen, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var before = Current;
            var read = await ReadAsync(cancellationToken);
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
                DocumentLog.Rejected(Logger, Name, read.Source, before.Revision, loaded.Errors.Length, Describe(loaded.Errors));
                return Result(before, loaded.Errors);
            }

            if (string.Equals(loaded.Revision, before.Revision, StringComparison.Ordinal))
            {
                _metrics.Unchanged(Name);
                return Result(before, []);
            }

            var after = Version(loaded.Value, loaded.Revision, read.Source);
            _current = after;
            _metrics.Changed(Name);
            DocumentLog.Changed(Logger, Name, before.Revision, loaded.Revision, read.Source);
            Notify(after);
            return Result(before, []);
        }
        finally
        {
            _gate.Release();
        }
    }

    private DocumentReload Result(DocumentVersion<T> before, ImmutableArray<DocumentError> errors) =>
        new() { Succeeded = errors.IsEmpty, Before = before.Revision, After = Current.Revision, Errors = errors };

    private DocumentVersion<T> Version(T value, string revision, string source) =>
        new() { Value = value, Revision = revision, Source = source, LoadedAt = Time.GetUtcNow() };

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
                DocumentLog.ListenerFailed(Logger, e, Name);
            }
        }
    }

    // The file's bytes, or the failure to read them: both are logged once, not at every poll.
    private protected static byte[] Digest(DocumentText read) =>
        read.Bytes.Error is { } error ? System.Text.Encoding.UTF8.GetBytes(error.Message) : SHA256.HashData(read.Bytes.Bytes.Span);

    private protected static string Describe(ImmutableArray<DocumentError> errors) =>
        string.Join("; ", errors.Take(LoggedErrors).Select(e => $"{e.Pointer} {e.Message}".Trim()));

    private sealed class Subscription(WatchedDocumentStore<T> store, Action<DocumentVersion<T>> listener) : IDisposable
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

/// <summary>What a source said.</summary>
/// <param name="Bytes">The text, or why there is none.</param>
/// <param name="Source">Where it came from, for people.</param>
/// <param name="Path">The file it came from first: its ending says what it is.</param>
internal readonly record struct DocumentText(DocumentBytes Bytes, string Source, string? Path);
