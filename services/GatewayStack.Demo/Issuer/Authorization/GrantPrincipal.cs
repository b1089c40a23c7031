using System.Collections.Immutable;
using System.Security.Claims;
using GatewayStack.Demo.Issuer.Sessions;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>What a person granted, as OpenIddict carries it in codes and refresh tokens.</summary>
internal static class GrantPrincipal
{
    public const string SessionId = "sid";

    public static ClaimsPrincipal Create(DemoPerson person, DemoSession session, string resource, ImmutableArray<string> scopes)
    {
        var identity = new ClaimsIdentity("demo", Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, person.Subject);
        identity.SetClaim(Claims.Name, person.Name);
        identity.SetClaim(SessionId, session.Id);
        identity.SetClaim(Claims.AuthenticationTime, session.Time.ToUnixTimeSeconds());
        identity.SetScopes(scopes);
        identity.SetResources(resource);
        var profile = scopes.Contains(Scopes.Profile, StringComparer.Ordinal);
        identity.SetDestinations(claim => claim.Type switch
        {
            Claims.Name => profile ? [Destinations.IdentityToken] : [],
            SessionId or Claims.AuthenticationTime => [Destinations.AccessToken, Destinations.IdentityToken],
            _ => [],
        });
        return new ClaimsPrincipal(identity);
    }
}
