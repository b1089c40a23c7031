using System.Text.Json;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Credentials;

/// <summary>What a signed token is for.</summary>
internal enum TokenUse
{
    /// <summary>Something else: a logout token, a proof, a refresh token.</summary>
    Other,

    /// <summary>Calling an API.</summary>
    Access,

    /// <summary>Telling an app who signed in.</summary>
    Identity,

    /// <summary>Calling an API together with a proof that we do not check.</summary>
    SenderConstrained,
}

/// <summary>Tells access tokens from what else the same issuer signs with the same keys.</summary>
internal static class TokenUses
{
    /// <summary>
    /// Claims that access tokens have and ID tokens do not, by issuer: scopes nearly everywhere, <c>cid</c> at Okta, <c>azpacr</c>, <c>appidacr</c> and <c>idtyp</c> at
    /// Entra (a program's own token has no scope there), <c>gty</c> at Auth0.
    /// </summary>
    private static readonly string[] AccessMarks = ["scope", "scp", "permissions", "cid", "azpacr", "appidacr", "idtyp", "gty"];

    public static TokenUse Of(Issuer issuer, string? headerType, JsonElement payload)
    {
        if (payload.TryGetProperty("cnf", out _))
        {
            return TokenUse.SenderConstrained;
        }

        if (HasAny(payload, "events", "htm"))
        {
            return TokenUse.Other;
        }

        var byType = ByType(payload, "typ", access: "Bearer", identity: "ID") ?? ByType(payload, "token_use", access: "access", identity: "id");
        if (byType is TokenUse.Other or TokenUse.Identity)
        {
            return byType.Value;
        }

        // Keycloak before 24 repeated the nonce in access tokens, which it calls Bearer.
        if (HasAny(payload, "at_hash", "c_hash", "s_hash") || (payload.TryGetProperty("nonce", out _) && byType is null))
        {
            return TokenUse.Identity;
        }

        // Without a word on it, what it has must say so: an app that is its own API gets ID tokens with the audience of its access tokens.
        var isSaid = byType is TokenUse.Access || (headerType is not null && TokenTypes.Normalize(headerType) == "at+jwt");
        return isSaid || HasMark(issuer, payload) ? TokenUse.Access : TokenUse.Identity;
    }

    private static bool HasMark(Issuer issuer, JsonElement payload)
    {
        if (issuer.AccessTokenClaim is { } claim)
        {
            return claim.TryFind(payload, out _);
        }

        foreach (var pointer in issuer.Claims.Scopes.Pointers)
        {
            if (issuer.Claims.Scopes.Explicit && pointer.TryFind(payload, out _))
            {
                return true;
            }
        }

        return HasAny(payload, AccessMarks);
    }

    private static TokenUse? ByType(JsonElement payload, string name, string access, string identity) =>
        !payload.TryGetProperty(name, out var type) ? null : Is(type, access) ? TokenUse.Access : Is(type, identity) ? TokenUse.Identity : TokenUse.Other;

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
