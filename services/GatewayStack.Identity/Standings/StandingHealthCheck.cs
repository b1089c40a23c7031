using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GatewayStack.Identity.Standings;

/// <summary>Red until it was read once who is cut off, and while that cannot be read any more.</summary>
internal sealed class StandingHealthCheck(StandingBook book) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(book.Current switch
    {
        null => HealthCheckResult.Unhealthy("the standings could not be read yet"),
        _ when book.Good is null => HealthCheckResult.Unhealthy("the standings are stale: their store cannot be asked"),
        _ => HealthCheckResult.Healthy(),
    });
}
