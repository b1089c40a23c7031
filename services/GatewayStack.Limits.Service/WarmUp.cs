using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Policy;

namespace GatewayStack.Limits.Service;

/// <summary>Holds and gives back, for nobody: what a first caller's reservation runs through has run once.</summary>
internal static class WarmUp
{
    public static Task RunAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.CallItselfAsync(static builder => builder.AddLimitsClient(), CallAsync, cancellationToken);

    private static async Task CallAsync(IServiceProvider clients, CallerIdentity nobody, string assertion, CancellationToken cancellationToken)
    {
        var limits = clients.GetRequiredService<ILimitsModule>();
        await limits.GetReportAsync(new LimitsReportRequest { Identity = nobody, Assertion = assertion }, cancellationToken);
        var request = new ReservationRequest
        {
            RequestId = $"warm-up-{Guid.NewGuid():N}",
            Identity = nobody,
            Assertion = assertion,
            Action = GatewayActions.ModelCall,
            InputTokenBound = 1,
            Targets = [new ReservationTarget { Provider = "warm-up", Model = "warm-up", MaxOutputTokens = 1 }],
            Lease = TimeSpan.FromSeconds(5),
        };
        if ((await limits.ReserveAsync(request, cancellationToken)).Hold is not null)
        {
            await limits.SettleAsync(
                new Settlement { RequestId = request.RequestId, Tenant = nobody.Tenant, PersonId = nobody.PersonId, Assertion = assertion, Attempts = [] }, cancellationToken);
        }
    }
}
