using System.Security.Claims;
using GatewayStack.Demo.Issuer.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>Resource indicators (RFC 8707): one of this gateway's, and at the token endpoint none but the one that was granted.</summary>
internal sealed class CheckResource(TokenResources resources)
    : IOpenIddictServerHandler<ValidateAuthorizationRequestContext>,
        IOpenIddictServerHandler<ValidateTokenRequestContext>,
        IOpenIddictServerHandler<ValidateDeviceAuthorizationRequestContext>
{
    private const string Unknown = "\"resource\" must be the gateway's URL, or the one of an MCP route of it, and there can be one only.";
    private const string NotGranted = "\"resource\" is not what was granted.";

    // After everything that is about client and redirect: an error here goes to the client.
    public static OpenIddictServerHandlerDescriptor Authorization { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateAuthorizationRequestContext>()
        .UseSingletonHandler<CheckResource>().SetOrder(OpenIddictServerHandlers.Authentication.ValidateScopes.Descriptor.Order + 500).Build();

    public static OpenIddictServerHandlerDescriptor Token { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
        .UseSingletonHandler<CheckResource>().SetOrder(OpenIddictServerHandlers.Exchange.ValidateGrantedScopes.Descriptor.Order + 500).Build();

    public static OpenIddictServerHandlerDescriptor Device { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateDeviceAuthorizationRequestContext>()
        .UseSingletonHandler<CheckResource>().SetOrder(OpenIddictServerHandlers.Device.ValidateScopes.Descriptor.Order + 500).Build();

    public ValueTask HandleAsync(ValidateAuthorizationRequestContext context)
    {
        if (resources.Audience(context.Request.GetResources()) is null)
        {
            context.Reject(Errors.InvalidTarget, Unknown);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ValidateDeviceAuthorizationRequestContext context)
    {
        if (resources.Audience(context.Request.GetResources()) is null)
        {
            context.Reject(Errors.InvalidTarget, Unknown);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        var asked = context.Request.GetResources();
        if (asked.IsEmpty)
        {
            return ValueTask.CompletedTask;
        }

        ClaimsPrincipal? grant = context.AuthorizationCodePrincipal ?? context.RefreshTokenPrincipal ?? context.DeviceCodePrincipal;
        if (resources.Audience(asked) is not { } audience)
        {
            context.Reject(Errors.InvalidTarget, Unknown);
        }
        else if (grant is null || !grant.GetResources().Contains(audience, StringComparer.Ordinal))
        {
            context.Reject(Errors.InvalidTarget, NotGranted);
        }

        return ValueTask.CompletedTask;
    }
}
