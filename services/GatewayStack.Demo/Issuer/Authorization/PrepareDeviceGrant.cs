using System.Security.Claims;
using GatewayStack.Demo.Issuer.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>Keeps with a device code what was asked for, until somebody decides about it.</summary>
internal sealed class PrepareDeviceGrant(TokenResources resources) : IOpenIddictServerHandler<HandleDeviceAuthorizationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<HandleDeviceAuthorizationRequestContext>()
        .UseSingletonHandler<PrepareDeviceGrant>().SetOrder(0).Build();

    public ValueTask HandleAsync(HandleDeviceAuthorizationRequestContext context)
    {
        var principal = context.Principal ?? new ClaimsPrincipal(new ClaimsIdentity());
        principal.SetScopes(context.Request.GetScopes());
        principal.SetResources(resources.Audience(context.Request.GetResources())!);
        context.Principal = principal;
        return ValueTask.CompletedTask;
    }
}
