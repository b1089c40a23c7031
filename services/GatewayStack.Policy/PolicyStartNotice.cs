using GatewayStack.Contracts.Router;
using GatewayStack.Documents;
using GatewayStack.Policy.Compilation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Policy;

/// <summary>Says at the start that without a policy nothing is allowed: otherwise it looks like a fault.</summary>
internal sealed class PolicyStartNotice(PolicyOptions options, IDocumentStore<PolicySnapshot> policies, ILogger<PolicyModule> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (policies.Current.Source == DocumentSource.BuiltInName && options.Mode != ModuleMode.Off)
        {
            PolicyLog.NoPolicy(logger);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
