using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>Counts what was refused, by endpoint and error code.</summary>
internal sealed class CountRefusals(DemoMetrics metrics)
    : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>,
        IOpenIddictServerHandler<ApplyTokenResponseContext>,
        IOpenIddictServerHandler<ApplyDeviceAuthorizationResponseContext>,
        IOpenIddictServerHandler<ApplyRevocationResponseContext>
{
    private const int Early = int.MinValue + 50;

    public static IEnumerable<OpenIddictServerHandlerDescriptor> Descriptors { get; } =
    [
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyAuthorizationResponseContext>().UseSingletonHandler<CountRefusals>().SetOrder(Early).Build(),
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyTokenResponseContext>().UseSingletonHandler<CountRefusals>()
            .SetOrder(OpenIddictServerHandlers.Exchange.NormalizeErrorResponse.Descriptor.Order + 500).Build(),
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyDeviceAuthorizationResponseContext>().UseSingletonHandler<CountRefusals>().SetOrder(Early).Build(),
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyRevocationResponseContext>().UseSingletonHandler<CountRefusals>()
            .SetOrder(OpenIddictServerHandlers.Revocation.NormalizeErrorResponse.Descriptor.Order + 500).Build(),
    ];

    public ValueTask HandleAsync(ApplyAuthorizationResponseContext context) => Count("authorize", context.Response.Error);

    // A device that asks again before anybody decided is no refusal.
    public ValueTask HandleAsync(ApplyTokenResponseContext context) =>
        Count("token", context.Response.Error is "authorization_pending" or "slow_down" ? null : context.Response.Error);

    public ValueTask HandleAsync(ApplyDeviceAuthorizationResponseContext context) => Count("device", context.Response.Error);

    public ValueTask HandleAsync(ApplyRevocationResponseContext context) => Count("revoke", context.Response.Error);

    private ValueTask Count(string endpoint, string? error)
    {
        if (error is not null)
        {
            metrics.IssuerRefused(endpoint, error);
        }

        return ValueTask.CompletedTask;
    }
}
