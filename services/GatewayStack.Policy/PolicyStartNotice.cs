using GatewayStack.Contracts.Router;
using GatewayStack.Documents;
using GatewayStack.Policy.Compilation;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Policy;

/// <summary>Says at the start that without a policy nothing is allowed: otherwise it looks like a fault. Says of every policy what it names that may not be found.</summary>
internal sealed class PolicyStartNotice(PolicyOptions options, IDocumentStore<PolicySnapshot> policies, ILogger<PolicyModule> logger) : IHostedService, IDisposable
{
    private const int MostNames = 20;

    private IDisposable? _subscription;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (policies.Current.Source == DocumentSource.BuiltInName && options.Mode != ModuleMode.Off)
        {
            PolicyLog.NoPolicy(logger);
        }

        _subscription = policies.OnChange(version => Say(version.Value));
        Say(policies.Current.Value);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _subscription?.Dispose();

    private void Say(PolicySnapshot policy)
    {
        if (policy.UnfoundNames.Length > 0)
        {
            PolicyLog.UnfoundNames(logger, policy.UnfoundNames.Length, string.Join(", ", policy.UnfoundNames.Take(MostNames)));
        }
    }
}
