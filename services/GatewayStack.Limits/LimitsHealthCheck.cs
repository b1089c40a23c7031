using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GatewayStack.Limits;

/// <summary>Ready once the counters stand for what the ledger says, and while their store serves.</summary>
internal sealed class LimitsHealthCheck(LimitsState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var trouble = state.IsReady ? state.Trouble : "the counters have not been rebuilt yet";
        return Task.FromResult(trouble is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(trouble));
    }
}
