using GatewayStack.Documents.Files;
using GatewayStack.Postgres;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace GatewayStack.Documents.Postgres;

/// <summary>Reads a document before the host listens, then follows its file and its database: by the database's word, and by looking at intervals.</summary>
internal sealed class PostgresDocumentHost<T>(PostgresDocumentStore<T> store) : IHostedLifecycleService, IDisposable
    where T : class
{
    private readonly DocumentWatcher<T> _watcher = new(store, polls: true);
    private readonly CancellationTokenSource _stopping = new();
    private Task _listening = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => store.OpenAsync(cancellationToken);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _watcher.StartAsync(cancellationToken);
        _listening = ListenAsync(_stopping.Token);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _watcher.StopAsync(cancellationToken);
        await _listening.WaitAsync(cancellationToken);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _watcher.Dispose();
        _stopping.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await store.Database.DataSource.OpenConnectionAsync(cancellationToken);
                connection.Notification += (_, told) =>
                {
                    if (told.Payload == store.Name)
                    {
                        _watcher.Look();
                    }
                };
                await using (var listen = new NpgsqlCommand($"LISTEN {PostgresDocumentStore<T>.Channel}", connection))
                {
                    await listen.ExecuteNonQueryAsync(cancellationToken);
                }

                // What was told while nobody listened.
                _watcher.Look();
                while (true)
                {
                    await connection.WaitAsync(cancellationToken);
                }
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException || OwnerDatabase.IsUnavailable(e))
            {
                DocumentLog.NotListening(store.Logger, e, store.Name, store.Database.Name);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
                await Task.Delay(DocumentWatcher<T>.PollInterval, store.Time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
