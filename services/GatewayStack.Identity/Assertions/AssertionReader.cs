using System.Text.Json;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Keys;
using GatewayStack.Identity.Metadata;

namespace GatewayStack.Identity.Assertions;

/// <summary>Verifies the gateway's own assertions, for exactly one audience.</summary>
internal sealed class AssertionReader(SigningRing ring, PublicAddress address, TimeProvider time)
{
    private static readonly SignatureAlgorithm Algorithm = SignatureAlgorithm.Find("ES256")!;

    public ReadResult Read(CompactToken token, string audience)
    {
        if (!AssertionFormat.IsAssertion(token) || token.Algorithm != Algorithm.Name || token.KeyId is not { } keyId)
        {
            return new ReadResult(null, "not_an_assertion");
        }

        if (ring.Find(keyId) is not { } key)
        {
            return new ReadResult(null, "assertion_unknown_kid");
        }

        if (SignatureValidator.Validate(token, Algorithm, key) is { } problem)
        {
            return new ReadResult(null, "assertion_" + problem);
        }

        var payload = token.Payload;
        if (!Is(payload, "iss", address.Get()))
        {
            return new ReadResult(null, "assertion_issuer_wrong");
        }

        if (!Is(payload, "aud", audience))
        {
            return new ReadResult(null, "assertion_audience_wrong");
        }

        if (!TryReadTime(payload, "exp", out var expires) || !TryReadTime(payload, "iat", out var issued) || expires - issued > AssertionFormat.Lifetime)
        {
            return new ReadResult(null, "assertion_malformed");
        }

        var now = time.GetUtcNow();
        if (now >= expires || issued > now + AssertionFormat.ClockSkew)
        {
            return new ReadResult(null, now >= expires ? "assertion_expired" : "assertion_not_yet_valid");
        }

        if (AssertionClaims.Read(payload) is not { } caller)
        {
            return new ReadResult(null, "assertion_malformed");
        }

        var requestId = payload.TryGetProperty("req", out var req) && req.ValueKind == JsonValueKind.String ? req.GetString() : null;
        return new ReadResult(new VerifiedAssertion(caller, expires, requestId), null);
    }

    private static bool Is(JsonElement payload, string name, string text) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static bool TryReadTime(JsonElement payload, string name, out DateTimeOffset time)
    {
        time = default;
        return payload.TryGetProperty(name, out var value) && TokenTime.TryRead(value, out time);
    }
}

/// <summary>A verified assertion.</summary>
internal sealed record VerifiedAssertion(CallerIdentity Identity, DateTimeOffset ExpiresAt, string? RequestId);

/// <summary>An assertion, or why it is none.</summary>
internal readonly record struct ReadResult(VerifiedAssertion? Assertion, string? Reason);
