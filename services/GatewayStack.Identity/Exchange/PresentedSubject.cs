using System.Text.Json;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Introspection;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Exchange;

/// <summary>What is known of something that a caller presented and the issuer exchanged: by what it says itself, or by what the issuer says of it.</summary>
internal readonly record struct PresentedSubject
{
    private static readonly PointerSet Pointers = PointerSet.Of(null, "/client_id", "/azp", "/cid", "/appid");

    /// <summary>The client that it was issued to; null where nobody says.</summary>
    public string? ClientId { get; init; }

    /// <summary>When it is no longer taken, whatever it was exchanged for; null where nobody says.</summary>
    public DateTimeOffset? TakenUntil { get; init; }

    /// <summary>When it ends by its own word.</summary>
    public DateTimeOffset? Ends { get; init; }

    /// <summary>Why it is not taken, or why that could not be found out.</summary>
    public string? Problem { get; init; }

    /// <summary>True where that is because the issuer could not be asked.</summary>
    public bool IsOutage { get; init; }

    /// <summary>Why something is not worth a question, by its own word: an issuer may exchange what has ended, and the app's own token is the measure.</summary>
    public static string? Judge(Issuer issuer, PresentedToken token, DateTimeOffset now) =>
        token.Signed is { } signed ? JudgeEnd(End(signed.Payload, issuer.ClockSkew), now) : null;

    /// <summary>Finds it. To be asked after the exchange only: the issuer has checked then what a JWT says.</summary>
    public static async Task<PresentedSubject> FindAsync(Issuer issuer, PresentedToken token, CompactToken given, DateTimeOffset now)
    {
        if (token.Signed is { } signed)
        {
            var (ends, takenUntil, _) = End(signed.Payload, issuer.ClockSkew);
            var said = Read(signed.Payload, Pointers) with { Ends = ends, TakenUntil = takenUntil };
            return said is { ClientId: null, Problem: null } && IsIdToken(issuer) ? said with { ClientId = OnlyAudience(signed.Payload) } : said;
        }

        if (issuer.Introspector is not { } introspector)
        {
            return default;
        }

        var answer = await introspector.AskAsync(token.Value, Asker.Known, token.Source, CancellationToken.None);
        // With a block on an app in force, "it cannot be asked just now" is no way round it.
        return answer.Outage is not null ? new PresentedSubject { Problem = "introspection_unavailable", IsOutage = true }
            : answer.Claims is { } claims ? await ReadAsync(issuer, introspector, claims, given, now)
            : new PresentedSubject { Problem = "token_inactive" };
    }

    private static async Task<PresentedSubject> ReadAsync(Issuer issuer, Introspector introspector, JsonElement claims, CompactToken given, DateTimeOffset now)
    {
        // Its own clock said that the token is active; ours decides when we stop to believe it.
        var end = End(claims, TimeSpan.Zero);
        if (JudgeEnd(end, now) is { } problem)
        {
            return new PresentedSubject { Problem = problem };
        }

        // Only where a person has one name there for all clients: pairwise subjects differ by design.
        var isOfAnother = Subject(claims, issuer) is { } held && Subject(given.Payload, issuer) is { } got && held != got && await introspector.AreSubjectsPublicAsync(CancellationToken.None);
        return isOfAnother
            ? new PresentedSubject { Problem = "exchanged_for_another" }
            : Read(claims, issuer.Claims.ClientId) with { Ends = end.Ends, TakenUntil = end.TakenUntil };
    }

    private static string? JudgeEnd((DateTimeOffset? Ends, DateTimeOffset? TakenUntil, bool IsReadable) end, DateTimeOffset now) =>
        !end.IsReadable ? "subject_time_invalid" : now >= end.TakenUntil ? "token_expired" : null;

    private static (DateTimeOffset? Ends, DateTimeOffset? TakenUntil, bool IsReadable) End(JsonElement claims, TimeSpan tolerated) =>
        !claims.TryGetProperty("exp", out var exp) ? (null, null, true)
        : TokenTime.TryRead(exp, out var ends) ? (ends, ends + tolerated, true)
        : (null, null, false);

    private static string? Subject(JsonElement claims, Issuer issuer) => new ClaimReader(claims).Identifier(issuer.Claims.Subject);

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

    private static PresentedSubject Read(JsonElement claims, PointerSet pointers)
    {
        var reader = new ClaimReader(claims);
        var id = reader.Identifier(pointers, ClaimText.LongLimit);
        return reader.Problem is null ? new PresentedSubject { ClientId = id } : new PresentedSubject { Problem = "subject_client_" + reader.Problem };
    }
}
