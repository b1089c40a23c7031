using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Limits.Ledger;

/// <summary>Every hour: the end of what is past its retention. Several instances may do it at once.</summary>
internal sealed class LedgerRetention(LimitsState state, LimitsLedgerOptions options, LimitsMetrics metrics, TimeProvider time, ILogger<LedgerRetention> logger) : BackgroundService
{
    /// <summary>So many at once that writing waits for milliseconds.</summary>
    private const int Step = 2000;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Lets go of what is due now.</summary>
    /// <returns>How many requests went.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow().AddDays(-options.RetentionDays);
        long all = 0, gone;
        do
        {
            gone = await state.ForgetAsync(before, Step, cancellationToken);
            all += gone;
        }
        while (gone == Step);

        if (all > 0)
        {
            metrics.LedgerForgotten(all);
            LimitsLog.LedgerForgotten(logger, all, options.RetentionDays);
        }

        return all;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                _ = await RunAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Whatever it was, it must not take limits down; the next hour tries again.
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LimitsLog.LedgerNotForgotten(logger, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
