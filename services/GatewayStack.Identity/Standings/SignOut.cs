using GatewayStack.Contracts.Identity;

namespace GatewayStack.Identity.Standings;

/// <summary>Measures that are sign-outs at an issuer: of each session or person one is in force, and where there are too many of an issuer the oldest goes.</summary>
internal static class SignOut
{
    private const string RenewedReason = "A later sign-out of the same took its place.";
    private const string DisplacedReason = "It was the oldest of its issuer, and there was no room for a later one.";

    /// <summary>Whether two are on the same session or person.</summary>
    public static bool IsOnSame(StandingSubject one, StandingSubject other) =>
        one.Issuer == other.Issuer && one.SessionId == other.SessionId && one.PersonId == other.PersonId;

    /// <summary>The later one, which reaches as far as the one before: they may arrive in any order.</summary>
    public static StoredMeasure Renew(StoredMeasure before, StoredMeasure later)
    {
        var (old, now) = (before.Measure, later.Measure);
        var subject = old.Subject.SignedInUntil > now.Subject.SignedInUntil ? now.Subject with { SignedInUntil = old.Subject.SignedInUntil } : now.Subject;
        return later with { Measure = now with { Subject = subject, Until = old.Until > now.Until ? old.Until : now.Until } };
    }

    public static StandingEnding Renewed(StoredMeasure by) => Ending(by, RenewedReason);

    public static StandingEnding Displaced(StoredMeasure by) => Ending(by, DisplacedReason);

    private static StandingEnding Ending(StoredMeasure by, string reason) => new() { At = by.Measure.CreatedAt, By = by.Measure.Author, Reason = reason };
}
