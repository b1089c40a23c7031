using System.Text.Json;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Exchange;

/// <summary>The client that something was issued to which a caller presented and the issuer exchanged: by what it says itself, or by what the issuer says of it.</summary>
/// <param name="Id">The client; null where nobody says.</param>
/// <param name="Problem">Why it could not be found out, where somebody should have said.</param>
/// <param name="IsOutage">True where that is because the issuer could not be asked.</param>
internal readonly record struct SubjectClient(string? Id, string? Problem = null, bool IsOutage = false)
{
    private static readonly PointerSet Pointers = PointerSet.Of(null, "/client_id", "/azp", "/cid", "/appid");

    /// <summary>Finds it. To be asked after the exchange only: the issuer has checked then what a JWT says.</summary>
    public static async Task<SubjectClient> FindAsync(Issuer issuer, PresentedToken token)
    {
        if (token.Signed is { } signed)
        {
            var said = Read(signed.Payload, Pointers);
            return said is { Id: null, Problem: null } && IsIdToken(issuer) ? new SubjectClient(OnlyAudience(signed.Payload)) : said;
        }

        if (issuer.Introspector is not { } introspector)
        {
            return default;
        }

        var answer = await introspector.AskAsync(token.Value, Asker.Known, token.Source, CancellationToken.None);
        // With a block on an app in force, "it cannot be asked just now" is no way round it.
        return answer.Outage is not null ? new SubjectClient(null, "introspection_unavailable", IsOutage: true)
            : answer.Claims is { } claims ? Read(claims, issuer.Claims.ClientId)
            : default;
    }

    private static bool IsIdToken(Issuer issuer) => SubjectTokenTypes.Of(issuer.Exchange!.SubjectTokenType) == SubjectTokenTypes.IdToken;

    /// <summary>An ID token is for the client that it was issued to (OpenID Connect Core, 2).</summary>
    private static string? OnlyAudience(JsonElement payload)
    {
        if (!payload.TryGetProperty("aud", out var audience))
        {
            return null;
        }

        var only = audience.ValueKind == JsonValueKind.Array && audience.GetArrayLength() == 1 ? audience[0] : audience;
        return only.ValueKind == JsonValueKind.String && ClaimText.IsIdentifier(only.GetString()!, ClaimText.LongLimit) ? only.GetString() : null;
    }

    private static SubjectClient Read(JsonElement claims, PointerSet pointers)
    {
        var reader = new ClaimReader(claims);
        var id = reader.Identifier(pointers, ClaimText.LongLimit);
        return reader.Problem is null ? new SubjectClient(id) : new SubjectClient(null, "subject_client_" + reader.Problem);
    }
}
