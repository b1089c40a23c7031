using System.Collections.Immutable;
using GatewayStack.Demo.Issuer.Keys;
using GatewayStack.Demo.Issuer.Sessions;
using GatewayStack.Demo.Server;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Demo.Issuer.Tokens;

/// <summary>Mints access tokens (RFC 9068) for the demo's people.</summary>
internal sealed class DemoTokens(DemoServerOptions options, DemoAddresses addresses, DemoSigningKey key, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token that was asked for without a sign-in at the page; it begins a session of its own.</summary>
    public TokenResponse Mint(DemoPerson person, string client, string audience, ImmutableArray<string> scopes)
    {
        var token = Mint(person, client, audience, scopes, DemoSession.Begin(person, time.GetUtcNow()), Guid.NewGuid().ToString("N"));
        return new TokenResponse(token, "Bearer", (int)options.AccessTokenLifetime.TotalSeconds, string.Join(' ', scopes));
    }

    /// <summary>A token of a session.</summary>
    /// <param name="person">Whose it is.</param>
    /// <param name="client">The application it is issued to.</param>
    /// <param name="audience">What it is for.</param>
    /// <param name="scopes">What it may be used for.</param>
    /// <param name="session">The sign-in it comes from.</param>
    /// <param name="id">Its own id.</param>
    public string Mint(DemoPerson person, string client, string audience, ImmutableArray<string> scopes, DemoSession session, string id)
    {
        var now = time.GetUtcNow();
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            SigningCredentials = key.Credentials,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["iss"] = addresses.Issuer,
                ["sub"] = person.Subject,
                ["aud"] = audience,
                ["client_id"] = client,
                ["iat"] = now.ToUnixTimeSeconds(),
                ["exp"] = (now + options.AccessTokenLifetime).ToUnixTimeSeconds(),
                ["jti"] = id,
                ["sid"] = session.Id,
                ["auth_time"] = session.Time.ToUnixTimeSeconds(),
                ["scope"] = string.Join(' ', scopes),
                ["name"] = person.Name,
                ["roles"] = person.Roles.ToArray(),
                ["org_id"] = person.OrgId,
                ["tenant"] = person.Tenant,
                ["user"] = person.User,
            },
        });
    }
}
