using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Policy.Service;

/// <summary>Asks the policy one question, for nobody.</summary>
internal static class WarmUp
{
    public static Task RunAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.CallItselfAsync(static builder => builder.AddPolicyClient(), CallAsync, cancellationToken);

    private static Task CallAsync(IServiceProvider clients, CallerIdentity nobody, string assertion, CancellationToken cancellationToken)
    {
        var question = new PolicyQuestion
        {
            RequestId = "warm-up",
            Identity = nobody,
            Assertion = assertion,
            Action = GatewayActions.ModelCall,
            Model = "warm-up",
            Targets = [new PolicyTarget { Id = "0", Provider = "warm-up", Model = "warm-up" }],
            Content = new ContentMetadata { Status = ContentStatus.Complete },
            Now = clients.GetRequiredService<TimeProvider>().GetUtcNow(),
        };
        return clients.GetRequiredService<IPolicyModule>().DecideAsync(question, cancellationToken);
    }
}
