using System.Security.Cryptography;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Gateway;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.EndToEnd.Tests.Callers;

/// <summary>Somebody a test needs: nobody else uses up their limits.</summary>
public sealed record Caller(string Subject)
{
    public string Tenant { get; init; } = TestIssuer.Tenant;

    public string Scopes { get; init; } = "chat:write";

    public string[] Roles { get; init; } = [];

    public string Client { get; init; } = "test-client";

    public string? Plan { get; init; }

    /// <summary>A person that no other test knows.</summary>
    public static Caller New(string scopes = "chat:write") => new("person-" + Guid.NewGuid().ToString("N")) { Scopes = scopes };
}

/// <summary>An issuer in the test's process: it speaks for whomever a test needs, in a tenant of its own.</summary>
public sealed class TestIssuer : IAsyncDisposable
{
    public const string Audience = "gateway-under-test";
    public const string Tenant = "ops";

    /// <summary>Where stands what happened before anybody was identified.</summary>
    public const string DefaultTenant = "default";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private LocalServer? _server;

    private TestIssuer()
    {
    }

    public string Url => _server!.Origin;

    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer();
        issuer._server = await LocalServer.StartAsync(issuer.AnswerAsync);
        return issuer;
    }

    /// <summary>The settings that make a gateway trust it.</summary>
    public IEnumerable<KeyValuePair<string, string>> Settings(int index)
    {
        var key = $"Identity:Issuers:{index}:";
        yield return new(key + "Name", "test");
        yield return new(key + "Issuer", Url);
        yield return new(key + "Audiences:0", Audience);
        yield return new(key + "Claims:Tenant", "/tenant");
        yield return new(key + "AllowedTenants:0", Tenant);
        yield return new(key + "AllowedTenants:1", DefaultTenant);

        // Beside the demo issuer there are two: the one that administers is named.
        yield return new(key + "MayAdminister", "true");
    }

    public string Token(Caller caller) => Token(caller, _key, "test-key");

    /// <summary>A token signed with a key that the issuer does not publish, under an id that nobody has seen.</summary>
    public string TokenOfUnknownKey(Caller caller)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Token(caller, key, Guid.NewGuid().ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _key.Dispose();
    }

    private string Token(Caller caller, ECDsa key, string id)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = caller.Subject,
            ["tenant"] = caller.Tenant,
            ["scope"] = caller.Scopes,
            ["roles"] = caller.Roles,
            ["client_id"] = caller.Client,
        };
        if (caller.Plan is not null)
        {
            claims["plan"] = caller.Plan;
        }

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Url,
            Audience = Audience,
            TokenType = "at+jwt",
            IssuedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
            Expires = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(10),
            Claims = claims,
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = id }, SecurityAlgorithms.EcdsaSha256),
        });
    }

    private Task AnswerAsync(HttpContext context)
    {
        var key = _key.ExportParameters(includePrivateParameters: false).Q;
        JsonNode? answer = context.Request.Path.Value switch
        {
            "/.well-known/openid-configuration" => new JsonObject { ["issuer"] = Url, ["jwks_uri"] = Url + "/jwks" },
            "/jwks" => new JsonObject
            {
                ["keys"] = new JsonArray(new JsonObject
                {
                    ["kty"] = "EC",
                    ["crv"] = "P-256",
                    ["use"] = "sig",
                    ["alg"] = "ES256",
                    ["kid"] = "test-key",
                    ["x"] = Base64UrlEncoder.Encode(key.X),
                    ["y"] = Base64UrlEncoder.Encode(key.Y),
                }),
            },
            _ => null,
        };
        context.Response.StatusCode = answer is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        return context.Response.WriteAsync(answer?.ToJsonString() ?? string.Empty);
    }
}
