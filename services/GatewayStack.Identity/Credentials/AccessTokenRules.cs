using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Credentials;

/// <summary>What the claims of an access token must say, whoever they are about.</summary>
internal static class AccessTokenRules
{
    /// <summary>Judges the claims of a token whose signature is valid.</summary>
    /// <param name="issuer">Who signed it.</param>
    /// <param name="payload">The claims.</param>
    /// <param name="audiences">What the resource that is asked for is called; where there are any, the issuer's own audiences count for nothing.</param>
    /// <param name="now">The time.</param>
    /// <param name="expires">When it ends.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Judge(Issuer issuer, JsonElement payload, ImmutableArray<string> audiences, DateTimeOffset now, out DateTimeOffset expires) =>
        JudgeTimes(issuer, payload, now, out expires) ?? JudgeAudience(issuer, payload, audiences) ?? JudgeType(payload);

    private static string? JudgeTimes(Issuer issuer, JsonElement payload, DateTimeOffset now, out DateTimeOffset expires)
    {
        expires = default;
        if (!payload.TryGetProperty("exp", out var exp) || !payload.TryGetProperty("iat", out var iat))
        {
            return "time_missing";
        }

        var notBefore = DateTimeOffset.MinValue;
        if (!TokenTime.TryRead(exp, out expires) || !TokenTime.TryRead(iat, out var issued)
            || (payload.TryGetProperty("nbf", out var nbf) && !TokenTime.TryRead(nbf, out notBefore)))
        {
            return "time_invalid";
        }

        if (now >= expires + issuer.ClockSkew)
        {
            return "token_expired";
        }

        return issued > now + issuer.ClockSkew || notBefore > now + issuer.ClockSkew ? "token_not_yet_valid" : null;
    }

    private static string? JudgeAudience(Issuer issuer, JsonElement payload, ImmutableArray<string> audiences)
    {
        if (!payload.TryGetProperty(issuer.AudienceClaim, out var audience))
        {
            return "audience_missing";
        }

        if (audience.ValueKind == JsonValueKind.String)
        {
            return IsMeant(issuer, audiences, audience) ? null : "audience_wrong";
        }

        if (audience.ValueKind != JsonValueKind.Array || audience.EnumerateArray().Any(entry => entry.ValueKind != JsonValueKind.String))
        {
            return "audience_invalid";
        }

        return audience.EnumerateArray().Any(entry => IsMeant(issuer, audiences, entry)) ? null : "audience_wrong";
    }

    private static bool IsMeant(Issuer issuer, ImmutableArray<string> audiences, JsonElement audience) => audiences.IsEmpty
        ? issuer.Audiences.Contains(audience.GetString()!, StringComparer.Ordinal)
        : ResourceAudiences.Contains(audiences, audience.GetString()!);

    /// <summary>The same issuer signs other things with the same keys: ID tokens, logout tokens, tokens that need a proof of possession.</summary>
    private static string? JudgeType(JsonElement payload)
    {
        if (payload.TryGetProperty("cnf", out _))
        {
            return "sender_constrained";
        }

        // Keycloak before 24 repeated the nonce in access tokens, which it calls Bearer.
        var isBearer = payload.TryGetProperty("typ", out var type) && Is(type, "Bearer");
        var isOther =
            (payload.TryGetProperty("nonce", out _) && !isBearer)
            || HasAny(payload, "at_hash", "c_hash", "s_hash", "events", "htm")
            || (payload.TryGetProperty("typ", out _) && !isBearer)
            || (payload.TryGetProperty("token_use", out var cognito) && !Is(cognito, "access"));
        return isOther ? "not_an_access_token" : null;
    }

    private static bool HasAny(JsonElement payload, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (payload.TryGetProperty(name, out _))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
