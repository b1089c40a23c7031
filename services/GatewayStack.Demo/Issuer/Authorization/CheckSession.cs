using System.Security.Claims;
using GatewayStack.Demo.Issuer.Sessions;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>What was granted in a session ends with it: nothing is renewed for somebody who signed out.</summary>
internal sealed class CheckSession(EndedSessions ended) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
        .UseSingletonHandler<CheckSession>().SetOrder(CheckResource.Token.Order + 1).Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        ClaimsPrincipal? grant = context.AuthorizationCodePrincipal ?? context.RefreshTokenPrincipal ?? context.DeviceCodePrincipal;
        if (grant?.GetClaim(GrantPrincipal.SessionId) is { } session && ended.Contains(session))
        {
            context.Reject(Errors.InvalidGrant, "The person signed out.");
        }

        return ValueTask.CompletedTask;
    }
}
