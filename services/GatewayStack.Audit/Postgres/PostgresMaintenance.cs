using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Audit.Postgres;

/// <summary>Every hour: partitions for the months to come, and the end of those that are past their retention.</summary>
internal sealed class PostgresMaintenance(PostgresPartitions partitions, PostgresRetention retention, TimeProvider time, ILogger<PostgresMaintenance> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await partitions.EnsureAheadAsync(stoppingToken);
                _ = await retention.RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                // Whatever it was, it must not take the audit down.
                logger.MaintenanceFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
