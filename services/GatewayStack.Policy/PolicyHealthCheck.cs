using GatewayStack.Documents;
using GatewayStack.Policy.Compilation;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GatewayStack.Policy;

/// <summary>Not ready while the policy is too old to decide on.</summary>
internal sealed class PolicyHealthCheck(IDocumentStore<PolicySnapshot> policies) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(policies.IsStale ? HealthCheckResult.Unhealthy("the policy is stale: its database has been away for too long") : HealthCheckResult.Healthy());
}
