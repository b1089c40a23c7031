using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Introspection;

/// <summary>What an answer about an active token must say: the same as a JWT, but that nobody has to say who answered, and when the token was made.</summary>
internal static class IntrospectionRules
{
    public static string? Judge(Issuer issuer, JsonElement claims, ImmutableArray<string> audiences, DateTimeOffset now, out DateTimeOffset expires)
    {
        expires = default;
        if (claims.TryGetProperty("iss", out var iss) && !Is(iss, issuer.Url))
        {
            return "issuer_wrong";
        }

        return JudgeTimes(issuer, claims, now, out expires) ?? JudgeAudience(issuer, claims, audiences) ?? JudgeType(issuer, claims);
    }

    private static string? JudgeTimes(Issuer issuer, JsonElement claims, DateTimeOffset now, out DateTimeOffset expires)
    {
        expires = default;
        if (!claims.TryGetProperty("exp", out var exp))
        {
            return "time_missing";
        }

        var (notBefore, issued) = (DateTimeOffset.MinValue, DateTimeOffset.MinValue);
        if (!TokenTime.TryRead(exp, out expires)
            || (claims.TryGetProperty("nbf", out var nbf) && !TokenTime.TryRead(nbf, out notBefore))
            || (claims.TryGetProperty("iat", out var iat) && !TokenTime.TryRead(iat, out issued)))
        {
            return "time_invalid";
        }

        // Its own clock said that the token is active; ours decides when we stop to believe it.
        return now >= expires ? "token_expired" : issued > now + issuer.ClockSkew || notBefore > now + issuer.ClockSkew ? "token_not_yet_valid" : null;
    }

    private static string? JudgeAudience(Issuer issuer, JsonElement claims, ImmutableArray<string> audiences)
    {
        var problem = AccessTokenRules.JudgeAudience(issuer, claims, audiences);
        return problem == "audience_missing" && audiences.IsEmpty && issuer.Introspector is { AudienceRequired: false } ? null : problem;
    }

    /// <summary>An endpoint answers for refresh tokens as well: the answer must say that this is a token for calling APIs.</summary>
    private static string? JudgeType(Issuer issuer, JsonElement claims)
    {
        if (claims.TryGetProperty("cnf", out _))
        {
            return "sender_constrained";
        }

        var said = false;
        foreach (var (name, word) in new[] { ("token_type", "Bearer"), ("typ", "Bearer"), ("token_usage", "access_token"), ("token_use", "access") })
        {
            if (!claims.TryGetProperty(name, out var type) || type.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (type.ValueKind != JsonValueKind.String || !string.Equals(type.GetString(), word, StringComparison.OrdinalIgnoreCase))
            {
                return name == "token_type" && type.ValueKind == JsonValueKind.String ? "sender_constrained" : "not_an_access_token";
            }

            said = true;
        }

        return said || (issuer.AccessTokenClaim is { } claim && claim.TryFind(claims, out _)) ? null : "not_an_access_token";
    }

    private static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
