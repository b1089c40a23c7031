using System.Text.Json;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Standings.BackChannel;

/// <summary>What the claims of a logout token must say (OpenID Connect Back-Channel Logout 1.0, section 2.4), and what they mean here.</summary>
internal sealed record LogoutToken
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private const int LongestId = 255;

    // A logout token is sent at once: what is older lay around somewhere.
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);

    /// <summary>Its id: the same one again is a replay.</summary>
    public required string Id { get; init; }

    /// <summary>Who or what is signed out.</summary>
    public required StandingSubject Subject { get; init; }

    /// <summary>Whether a header type may be that of a logout token. Some issuers write the general one; those of other tokens are refused.</summary>
    public static bool IsType(string? type) => type is null || TokenTypes.Normalize(type) is "logout+jwt" or "jwt";

    /// <summary>Judges the claims; the signature is another matter.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? Read(Issuer issuer, JsonElement payload, DateTimeOffset now, out LogoutToken? token)
    {
        token = null;
        if (!payload.TryGetProperty("iss", out var iss) || iss.ValueKind != JsonValueKind.String || !iss.ValueEquals(issuer.Url))
        {
            return "issuer_differs";
        }

        if (!IsMeantFor(issuer, payload))
        {
            return "audience_wrong";
        }

        if (JudgeTimes(issuer, payload, now, out var issued) is { } problem)
        {
            return problem;
        }

        if (!payload.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Object
            || !events.TryGetProperty(Event, out var logout) || logout.ValueKind != JsonValueKind.Object)
        {
            return "not_a_logout_token";
        }

        if (payload.TryGetProperty("nonce", out _))
        {
            return "nonce_present";
        }

        if (!TryReadId(payload, "jti", out var id) || id is null)
        {
            return "jti_missing";
        }

        // The subject stands where this issuer's access tokens have it: a person is known by that.
        var reader = new ClaimReader(payload);
        var subject = reader.Identifier(issuer.Claims.Subject);
        if (reader.Problem is not null || !TryReadId(payload, "sid", out var session) || (subject is null && session is null))
        {
            return "nobody_named";
        }

        token = new LogoutToken { Id = id, Subject = On(issuer, subject, session, issued) };
        return null;
    }

    /// <summary>
    /// A session alone is that session. A person alone is all their sessions that had begun by then: who signs in again is let in. Both are that
    /// session; where an access token names none, it may be of that one if it had begun by then.
    /// </summary>
    private static StandingSubject On(Issuer issuer, string? subject, string? session, DateTimeOffset issued) => new()
    {
        Issuer = issuer.Url,
        SessionId = session,
        PersonId = subject is null ? null : PersonId.Of(issuer.Url, subject),
        SignedInUntil = subject is null ? null : issued,
    };

    private static bool IsMeantFor(Issuer issuer, JsonElement payload)
    {
        if (!payload.TryGetProperty("aud", out var audience))
        {
            return false;
        }

        return audience.ValueKind switch
        {
            JsonValueKind.String => issuer.LogoutClientIds.Contains(audience.GetString()!, StringComparer.Ordinal),
            JsonValueKind.Array => audience.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.String)
                && audience.EnumerateArray().Any(entry => issuer.LogoutClientIds.Contains(entry.GetString()!, StringComparer.Ordinal)),
            _ => false,
        };
    }

    private static string? JudgeTimes(Issuer issuer, JsonElement payload, DateTimeOffset now, out DateTimeOffset issued)
    {
        issued = default;
        if (!payload.TryGetProperty("exp", out var exp) || !payload.TryGetProperty("iat", out var iat))
        {
            return "time_missing";
        }

        if (!TokenTime.TryRead(exp, out var expires) || !TokenTime.TryRead(iat, out issued))
        {
            return "time_invalid";
        }

        if (now >= expires + issuer.ClockSkew || now >= issued + LongestLife + issuer.ClockSkew)
        {
            return "token_expired";
        }

        return issued > now + issuer.ClockSkew ? "token_not_yet_valid" : null;
    }

    private static bool TryReadId(JsonElement payload, string name, out string? id)
    {
        id = null;
        if (!payload.TryGetProperty(name, out var value))
        {
            return true;
        }

        id = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return id is not null && ClaimText.IsIdentifier(id, LongestId);
    }
}
