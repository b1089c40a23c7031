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
    /// <param name="headerType">The header's <c>typ</c>.</param>
    /// <param name="payload">The claims.</param>
    /// <param name="audiences">What the resource that is asked for is called; where there are any, the issuer's own audiences count for nothing.</param>
    /// <param name="now">The time.</param>
    /// <param name="judged">When it ends, and what kind of token it is.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Judge(Issuer issuer, string? headerType, JsonElement payload, ImmutableArray<string> audiences, DateTimeOffset now, out JudgedToken judged)
    {
        judged = default;
        var problem = JudgeTimes(issuer, payload, now, out var expires) ?? JudgeAudience(issuer, payload, audiences);
        if (problem is not null)
        {
            return problem;
        }

        var use = TokenUses.Of(issuer, headerType, payload);
        judged = new JudgedToken(expires, use == TokenUse.Identity);
        return use switch
        {
            TokenUse.Access => null,
            TokenUse.Identity when issuer.AcceptIdTokens => audiences.IsEmpty ? null : "id_token_for_resource",
            TokenUse.SenderConstrained => "sender_constrained",
            _ => "not_an_access_token",
        };
    }

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

    /// <summary>Whether a token is for who was asked.</summary>
    public static string? JudgeAudience(Issuer issuer, JsonElement payload, ImmutableArray<string> audiences)
    {
        // A token that names its audience is judged by that, also where most of the issuer's do not.
        if (!payload.TryGetProperty("aud", out var audience) && (issuer.AudienceClaim is not { } claim || !payload.TryGetProperty(claim, out audience)))
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
}

/// <summary>What is known of a token besides that it is good.</summary>
/// <param name="Expires">When it ends.</param>
/// <param name="IsIdToken">True for an ID token, which its issuer may be allowed to use here.</param>
internal readonly record struct JudgedToken(DateTimeOffset Expires, bool IsIdToken);
