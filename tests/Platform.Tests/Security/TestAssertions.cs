using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Wire.Security;

namespace GatewayStack.Platform.Tests.Security;

/// <summary>An Identity made of one key: mints assertions, good ones and others, and publishes the key.</summary>
internal sealed class TestAssertions : IAssertionKeySource, IDisposable
{
    public const string Issuer = "http://gateway.test";

    public static readonly DateTimeOffset Start = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    private ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string KeyId { get; private set; } = "k1";

    /// <summary>How often the keys were asked for.</summary>
    public int Fetches { get; private set; }

    public bool Away { get; set; }

    public static CallerIdentity Alice { get; } = new()
    {
        PersonId = "person-alice",
        UserId = "alice",
        Subject = "sub-alice",
        Issuer = "https://idp.test",
        IssuerName = "idp",
        Tenant = "mercy",
        Kind = IdentityKind.Person,
        Roles = ["doctor", "may read"],
        Scopes = ["chat:write", "audit:read"],
        Attributes =
        [
            new IdentityAttribute { Name = "licensed", Type = IdentityAttributeType.Boolean, Boolean = true },
            new IdentityAttribute { Name = "level", Type = IdentityAttributeType.Integer, Integer = 3 },
            new IdentityAttribute { Name = "ward", Type = IdentityAttributeType.Text, Text = "4B" },
            new IdentityAttribute { Name = "sites", Type = IdentityAttributeType.List, List = ["n", "s"] },
        ],
        OrgId = "o1",
        Team = "cardio",
        Plan = "pro",
        ClientId = "cli",
        ClientName = "Command line",
        DisplayName = "Dr. Alice",
        Actor = "agent-7",
        Agent = "helper",
        SessionId = "s1",
        AuthTime = Start.AddMinutes(-10),
        Acr = "2",
    };

    public Task<string> GetAsync(CancellationToken cancellationToken)
    {
        Fetches++;
        if (Away)
        {
            throw new HttpRequestException("away");
        }

        var key = _key.ExportParameters(includePrivateParameters: false);
        return Task.FromResult($$"""{"keys":[{"kty":"EC","crv":"P-256","x":"{{Base64Url.EncodeToString(key.Q.X)}}","y":"{{Base64Url.EncodeToString(key.Q.Y)}}","kid":"{{KeyId}}","use":"sig","alg":"ES256"}]}""");
    }

    /// <summary>A new key under a new name; the old one is no longer published.</summary>
    public void Rotate(string keyId)
    {
        _key.Dispose();
        _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        KeyId = keyId;
    }

    /// <summary>Mints an assertion; header and payload can be changed before they are signed.</summary>
    public string Mint(CallerIdentity caller, Action<JsonObject>? header = null, Action<JsonObject>? payload = null, DateTimeOffset? at = null)
    {
        var now = at ?? Start;
        var head = new JsonObject { ["alg"] = "ES256", ["kid"] = KeyId, ["typ"] = "gateway-identity+jwt" };
        header?.Invoke(head);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss", Issuer);
            json.WriteString("aud", AssertionClaims.InternalAudience);
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("nbf", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", now.AddMinutes(5).ToUnixTimeSeconds());
            json.WriteString("jti", Guid.NewGuid().ToString("N"));
            AssertionClaims.Write(json, caller);
            json.WriteEndObject();
        }

        var body = JsonNode.Parse(buffer.ToArray())!.AsObject();
        payload?.Invoke(body);
        var signed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(head.ToJsonString())) + "." + Base64Url.EncodeToString(Encoding.UTF8.GetBytes(body.ToJsonString()));
        return signed + "." + Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    /// <summary>Signed as an attacker would who has only the public key: HMAC with its bytes as the secret.</summary>
    public string MintWithPublicKeyAsSecret(CallerIdentity caller)
    {
        var token = Mint(caller, h => h["alg"] = "HS256");
        var signed = token[..token.LastIndexOf('.')];
        return signed + "." + Base64Url.EncodeToString(HMACSHA256.HashData(_key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(signed)));
    }

    public void Dispose() => _key.Dispose();
}
