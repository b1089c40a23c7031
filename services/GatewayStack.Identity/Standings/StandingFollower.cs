using GatewayStack.Identity.Issuers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Standings;

/// <summary>Asks the store every second, so that what other replicas did is known and what ends is over, and forgets what is long past.</summary>
internal sealed class StandingFollower(StandingBook book, IssuerRegistry registry, TimeProvider time, ILogger<StandingFollower> logger) : BackgroundService
{
    /// <summary>How often it looks, and followers hear something.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PruneInterval = TimeSpan.FromHours(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anything is served, where the store answers at once.
        await TryAsync(book.RefreshAsync, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var pruned = time.GetTimestamp() - (long)(PruneInterval.TotalSeconds * time.TimestampFrequency);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryAsync(book.RefreshAsync, stoppingToken);
                if (time.GetElapsedTime(pruned) >= PruneInterval)
                {
                    pruned = time.GetTimestamp();
                    await TryAsync(PruneAsync, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The host is stopping.
        }
    }

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        var count = await book.PruneAsync(time.GetUtcNow().AddDays(-registry.Current.Options.Standings.HistoryDays), cancellationToken);
        if (count > 0)
        {
            IdentityLog.StandingsPruned(logger, count);
        }
    }

    private static async Task TryAsync(Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        try
        {
            await ask(cancellationToken);
        }
        catch (IOException)
        {
            // The book has said so; followers hear nothing until it is over.
        }
    }
}
