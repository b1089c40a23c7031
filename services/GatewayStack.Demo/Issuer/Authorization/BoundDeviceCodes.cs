using GatewayStack.Demo.Issuer.Clients;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>Anybody may ask for a code for a device, and each is kept until it runs out: so many and no more.</summary>
internal sealed class BoundDeviceCodes(Intake intake) : IOpenIddictServerHandler<ValidateDeviceAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateDeviceAuthorizationRequestContext>()
        .UseSingletonHandler<BoundDeviceCodes>().SetOrder(int.MinValue).Build();

    public ValueTask HandleAsync(ValidateDeviceAuthorizationRequestContext context)
    {
        if (!intake.Devices.TryTake())
        {
            context.Reject(Errors.TemporarilyUnavailable, "Too many codes were asked for just now: try again in a minute.");
        }

        return ValueTask.CompletedTask;
    }
}
