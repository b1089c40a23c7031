using Microsoft.Extensions.Hosting;

namespace GatewayStack.Documents.Files;

/// <summary>Notices that a document's file changed: by the file system's word where it gives one, and by looking at intervals, because mounted volumes give none.</summary>
/// <param name="store">The document.</param>
/// <param name="polls">True where there is something to look at besides a file.</param>
internal sealed class DocumentWatcher<T>(WatchedDocumentStore<T> store, bool polls) : IHostedService, IDisposable
    where T : class
{
    /// <summary>How often the file is looked at.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    /// <summary>How long after the last sign of a change it is read: an editor writes in several steps.</summary>
    public static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stopping = new();
    private FileSystemWatcher? _watcher;
    private ITimer? _poll;
    private ITimer? _changed;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (store.Source.Path is null && !polls)
        {
            return Task.CompletedTask;
        }

        _changed = store.Time.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _poll = store.Time.CreateTimer(_ => Look(), null, PollInterval, PollInterval);
        if (store.Source.Path is not { } path)
        {
            return Task.CompletedTask;
        }

        try
        {
            // The folder, not the file: a file that is replaced by a rename, or a Kubernetes volume's links, would be lost.
            _watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
            _watcher.Changed += OnFileSystem;
            _watcher.Created += OnFileSystem;
            _watcher.Renamed += OnFileSystem;
            _watcher.EnableRaisingEvents = true;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            DocumentLog.NotWatched(store.Logger, e, store.Name, path);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _watcher?.Dispose();
        _watcher = null;
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _poll?.Dispose();
        _changed?.Dispose();
        _stopping.Dispose();
    }

    private void OnFileSystem(object sender, FileSystemEventArgs e)
    {
        try
        {
            _changed?.Change(Debounce, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The host is stopping.
        }
    }

    /// <summary>Looks at the source now.</summary>
    public void Look() => _ = LookAsync();

    private async Task LookAsync()
    {
        try
        {
            await store.ReloadIfChangedAsync(_stopping.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // The host is stopping.
        }
#pragma warning disable CA1031 // A format's bug must not end the watching; the version in force stays.
        catch (Exception e)
#pragma warning restore CA1031
        {
            DocumentLog.ReloadFailed(store.Logger, e, store.Name);
        }
    }
}
