using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Keys;
using GatewayStack.Identity.Metadata;

namespace GatewayStack.Identity.Assertions;

/// <summary>Signs assertions: who the caller is, for one audience, for five minutes.</summary>
internal sealed class AssertionMinter(SigningRing ring, PublicAddress address, IdentityMetrics metrics, TimeProvider time)
{
    /// <param name="caller">Who it is about.</param>
    /// <param name="audience">Whom it is for.</param>
    /// <param name="requestId">The one request it is for, where it is for one.</param>
    public MintedAssertion Mint(CallerIdentity caller, string audience, string? requestId)
    {
        var key = ring.Current;
        // Whole seconds, as they stand in the token.
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var expires = now + AssertionFormat.Lifetime;
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss", address.Get());
            json.WriteString("aud", audience);
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("nbf", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", expires.ToUnixTimeSeconds());
            json.WriteString("jti", Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)));
            AssertionClaims.Write(json, caller);
            if (requestId is not null)
            {
                json.WriteString("req", requestId);
            }

            json.WriteEndObject();
        }

        var header = $$"""{"alg":"ES256","kid":"{{key.KeyId}}","typ":"{{AssertionFormat.TokenType}}"}""";
        var signed = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + "." + Base64Url.EncodeToString(buffer.WrittenSpan);
        var token = signed + "." + Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)));
        metrics.AssertionMinted(audience == AssertionFormat.InternalAudience);
        return new MintedAssertion(token, expires);
    }
}
