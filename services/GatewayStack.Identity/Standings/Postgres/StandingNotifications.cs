using GatewayStack.Postgres;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GatewayStack.Identity.Standings.Postgres;

/// <summary>Hears at once what other replicas did. Looking at intervals stands behind it: what is not heard is seen.</summary>
internal sealed class StandingNotifications(PostgresStandingStore store, StandingBook book, TimeProvider time, ILogger<StandingNotifications> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    await ListenAsync(stoppingToken);
                }
                catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException || OwnerDatabase.IsUnavailable(e))
                {
                    IdentityLog.StandingsNotHeard(logger, e.Message);
                }

                await Task.Delay(StandingFollower.Interval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host is stopping.
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.Database.DataSource.OpenConnectionAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"LISTEN {PostgresStandingStore.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        while (true)
        {
            // What was told while nobody listened, too.
            await book.RefreshAsync(cancellationToken);
            await connection.WaitAsync(cancellationToken);
        }
    }
}
