using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GatewayStack.Limits;

/// <summary>Ready once the counters stand for what the ledger says.</summary>
internal sealed class LimitsHealthCheck(LimitsState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("the counters have not been rebuilt yet"));
}
