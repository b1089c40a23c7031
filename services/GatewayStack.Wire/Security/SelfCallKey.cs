using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GatewayStack.Contracts.Identity;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Wire.Security;

/// <summary>A key that this process makes for itself, to run its own path once before anybody calls: it never leaves the process, and only this process believes it.</summary>
internal sealed class SelfCallKey : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Name of the key; a guess of it opens nothing.</summary>
    public string KeyId { get; } = "self-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));

    /// <summary>Nobody: the caller of a warm-up.</summary>
    public static CallerIdentity Nobody { get; } = new()
    {
        PersonId = "warm-up",
        UserId = "warm-up",
        Subject = "warm-up",
        Issuer = "urn:gatewaystack:warm-up",
        IssuerName = "warm-up",
        Tenant = "default",
        Kind = IdentityKind.Service,
    };

    public SecurityKey Verification => new ECDsaSecurityKey(_key) { KeyId = KeyId };

    /// <summary>An assertion of <see cref="Nobody"/>.</summary>
    public string Mint(string issuer, DateTimeOffset now)
    {
        using var payload = new MemoryStream();
        using (var json = new Utf8JsonWriter(payload))
        {
            json.WriteStartObject();
            json.WriteString("iss", issuer);
            json.WriteString("aud", AssertionClaims.InternalAudience);
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", now.AddMinutes(1).ToUnixTimeSeconds());
            AssertionClaims.Write(json, Nobody);
            json.WriteEndObject();
        }

        var header = $$"""{"alg":"ES256","kid":"{{KeyId}}","typ":"{{AssertionClaims.TokenType}}"}""";
        var signed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + "." + Base64Url.EncodeToString(payload.ToArray());
        return signed + "." + Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
    }

    public void Dispose() => _key.Dispose();
}
