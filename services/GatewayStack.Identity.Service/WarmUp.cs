using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Keys;

namespace GatewayStack.Identity.Service;

/// <summary>Asks who somebody is who shows nothing, and for a key.</summary>
internal static class WarmUp
{
    public static Task RunAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.CallItselfAsync(static builder => builder.AddIdentityClient().AddDataKeysClient(), CallAsync, cancellationToken);

    private static async Task CallAsync(IServiceProvider clients, CallerIdentity nobody, string assertion, CancellationToken cancellationToken)
    {
        await clients.GetRequiredService<IIdentityModule>().AuthenticateAsync(new AuthenticationRequest { RequestId = "warm-up" }, cancellationToken);
        await clients.GetRequiredService<IDataKeys>().GetCurrentAsync(DataKeyPurposes.EventPersonal, cancellationToken);
    }
}
