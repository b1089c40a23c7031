using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GatewayStack.Documents;

/// <summary>Says that a document's store has been away for too long.</summary>
internal sealed class DocumentHealthCheck<T>(string name, IDocumentStore<T> store) : IHealthCheck
    where T : class
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(store.IsStale ? new HealthCheckResult(context.Registration.FailureStatus, $"the document {name} is stale: its database has been away for too long")
        : HealthCheckResult.Healthy());
}
