using GatewayStack.Documents;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Prices;
using GatewayStack.Limits.Reservations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Limits;

/// <summary>Makes limits ready before the host listens, charges ended leases, and follows the limits document.</summary>
internal sealed class LimitsHost(
    LimitsState state,
    ICounterStore counters,
    IDocumentStore<LimitsDocument> limits,
    IDocumentStore<PriceTable> prices,
    TimeProvider time,
    LimitsMetrics metrics,
    ILogger<LimitsHost> logger) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(5);

#pragma warning disable CA2213 // A host that is disposed while it stops still cancels it, and it holds nothing to give back.
    private readonly CancellationTokenSource _stopping = new();
#pragma warning restore CA2213
    private IDisposable? _subscription;
    private ITimer? _timer;
    private int _tending;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await state.StartAsync(cancellationToken);
        _subscription = limits.OnChange(changed => _ = RefreshAsync());
        state.OnLost = () => _ = TendAsync();
        _timer = time.CreateTimer(_ => _ = TendAsync(), null, SweepInterval, SweepInterval);
        var counted = await counters.GetStatisticsAsync(cancellationToken);
        metrics.Counted(counted);
        LimitsLog.Ready(
            logger,
            limits.Current.Value.Limits.Length,
            limits.Current.Revision,
            prices.Current.Value.Rows.Length,
            prices.Current.Revision,
            counted.OpenHolds);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _subscription?.Dispose();
        if (_timer is not null)
        {
            await _timer.DisposeAsync();
        }
    }

    public void Dispose()
    {
        _subscription?.Dispose();
        _timer?.Dispose();

        _stopping.Cancel();
    }

    private async Task RefreshAsync()
    {
        try
        {
            await state.RefreshAsync(_stopping.Token);
        }
#pragma warning disable CA1031 // Nobody waits for this task: what goes wrong is logged, and the old limits stand.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LimitsLog.RefreshFailed(logger, e);
        }
    }

    /// <summary>Rebuilds the counters where that is due, then ends the leases that are over.</summary>
    private async Task TendAsync()
    {
        if (Interlocked.Exchange(ref _tending, 1) == 1)
        {
            return;
        }

        try
        {
            await state.TendAsync(_stopping.Token);
            var swept = await counters.SweepAsync(_stopping.Token);
            if (swept > 0)
            {
                metrics.Swept(swept);
                LimitsLog.LeasesExpired(logger, swept);
            }

            metrics.Counted(await counters.GetStatisticsAsync(_stopping.Token));
        }
        catch (CounterStoreAwayException e)
        {
            LimitsLog.StoreAway(logger, e.Message);
        }
#pragma warning disable CA1031 // A timer's callback has no caller; the next tick tries again.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            LimitsLog.TendFailed(logger, e);
        }
        finally
        {
            Volatile.Write(ref _tending, 0);
        }
    }
}
