using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace GatewayStack.Postgres;

/// <summary>Degraded while the database does not answer: what is in memory goes on being served, and the module itself says when that no longer will do.</summary>
internal sealed class PostgresHealthCheck(OwnerDatabase database) : IHealthCheck
{
    private const int TimeoutSeconds = 2;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(TimeoutSeconds));
        try
        {
            await using var command = database.DataSource.CreateCommand("SELECT 1");
            command.CommandTimeout = TimeoutSeconds;
            await command.ExecuteScalarAsync(deadline.Token);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return HealthCheckResult.Degraded($"the database {database.Name} does not answer");
        }
    }
}
