using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace GatewayStack.Postgres;

/// <summary>Degraded while the database does not answer: what is in memory goes on being served, and the module itself says when that no longer will do.</summary>
internal sealed class PostgresHealthCheck(OwnerDatabase database) : IHealthCheck
{
    private const int TimeoutSeconds = 2;

    // Well below what a prober waits: a database that hangs must not make a module look dead that decides from memory.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Nobody waits for the end of a question that hangs: it ends by its own time-out.
            return await AskAsync().WaitAsync(Patience, cancellationToken) ? HealthCheckResult.Healthy() : Degraded();
        }
        catch (TimeoutException)
        {
            return Degraded();
        }
    }

    private HealthCheckResult Degraded() => HealthCheckResult.Degraded($"the database {database.Name} does not answer");

    private async Task<bool> AskAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(TimeoutSeconds));
        try
        {
            await using var command = database.DataSource.CreateCommand("SELECT 1");
            command.CommandTimeout = TimeoutSeconds;
            await command.ExecuteScalarAsync(deadline.Token);
            return true;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }
}
