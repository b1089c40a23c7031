using System.Collections.Immutable;
using GatewayStack.Demo.Server;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Demo.Issuer;

/// <summary>Mints access tokens (RFC 9068) for the demo's people.</summary>
internal sealed class DemoTokens(DemoAddresses addresses, DemoSigningKey key, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public TokenResponse Mint(DemoPerson person, DemoClient client, string audience, ImmutableArray<string> scopes)
    {
        var now = time.GetUtcNow();
        var scope = string.Join(' ', scopes);
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            SigningCredentials = key.Credentials,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["iss"] = addresses.Issuer,
                ["sub"] = person.Subject,
                ["aud"] = audience,
                ["client_id"] = client.Id,
                ["iat"] = now.ToUnixTimeSeconds(),
                ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
                ["jti"] = Guid.NewGuid().ToString("N"),
                ["scope"] = scope,
                ["name"] = person.Name,
                ["roles"] = person.Roles.ToArray(),
                ["org_id"] = person.OrgId,
                ["tenant"] = person.Tenant,
                ["user"] = person.User,
            },
        });
        return new TokenResponse(token, "Bearer", (int)Lifetime.TotalSeconds, scope);
    }
}
