using GatewayStack.Events.Protection;
using GatewayStack.Events.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Events.Spool;

/// <summary>Opens the spool before anything else of the host starts, syncs it while it runs, and closes it after everything else has stopped.</summary>
internal sealed class SpoolLifetime(WriteAheadSpool spool, EventKeys keys, EventsOptions options, TimeProvider time, ILogger<SpoolLifetime> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan KeyRefresh = TimeSpan.FromMinutes(1);

    public Task StartingAsync(CancellationToken cancellationToken) => spool.OpenAsync(cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        spool.Dispose();
        return Task.CompletedTask;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(SyncAsync(stoppingToken), RefreshKeysAsync(stoppingToken));

    private async Task SyncAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.FlushInterval, time);
        while (await NextAsync(timer, stoppingToken))
        {
            try
            {
                await spool.FlushAsync(stoppingToken);
                spool.PrepareSpare();
            }
            catch (IOException e)
            {
                logger.FlushFailed(e);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task RefreshKeysAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(KeyRefresh, time);
        while (await NextAsync(timer, stoppingToken))
        {
            try
            {
                await keys.RefreshAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The key in memory is still good; an append must not fail because its owner is away.
                logger.KeyNotRefreshed(e);
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
