using GatewayStack.Contracts.Identity;

namespace GatewayStack.Identity.Standings;

/// <summary>
/// Measures that are sign-outs at an issuer: of each session or person one is in force, and where there are too many of an issuer the oldest goes of whoever
/// has the most. So nobody lifts another's by signing in and out, but where the issuer names sessions alone and nobody knows whose they are.
/// </summary>
internal static class SignOut
{
    private const string RenewedReason = "A later sign-out of the same took its place.";
    private const string DisplacedReason = "There was no room for a later one of its issuer, and it was the oldest of whoever had the most.";

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

    /// <summary>Which of an issuer's sign-outs end so that another has room: of whoever has the most, and where it is one of those, its own.</summary>
    /// <param name="others">What else is in force of the issuer, the oldest first.</param>
    /// <param name="added">What is to have room.</param>
    /// <param name="most">How many there may be with it.</param>
    public static IEnumerable<StoredMeasure> Displacing(IReadOnlyCollection<StoredMeasure> others, StoredMeasure added, int most)
    {
        var excess = others.Count - (most - 1);
        if (excess <= 0)
        {
            return [];
        }

        // How many later ones its person has: the one with the most of them is the oldest of whoever has the most. A session of nobody known stands alone.
        var later = new Dictionary<string, int>(StringComparer.Ordinal);
        if (added.Measure.Subject.PersonId is { } signedOut)
        {
            later[signedOut] = 1;
        }

        var ranked = new List<(StoredMeasure Measure, int Later)>(others.Count);
        foreach (var other in others.Reverse())
        {
            var rank = other.Measure.Subject.PersonId is { } person ? later.GetValueOrDefault(person) : 0;
            ranked.Add((other, rank));
            if (other.Measure.Subject.PersonId is { } counted)
            {
                later[counted] = rank + 1;
            }
        }

        ranked.Reverse();
        return ranked.OrderByDescending(r => r.Later).ThenByDescending(r => IsOf(r.Measure, added.Measure.Subject.PersonId)).Take(excess).Select(r => r.Measure);
    }

    private static bool IsOf(StoredMeasure measure, string? person) => person is not null && measure.Measure.Subject.PersonId == person;

    public static StandingEnding Renewed(StoredMeasure by) => Ending(by, RenewedReason);

    public static StandingEnding Displaced(StoredMeasure by) => Ending(by, DisplacedReason);

    private static StandingEnding Ending(StoredMeasure by, string reason) => new() { At = by.Measure.CreatedAt, By = by.Measure.Author, Reason = reason };
}
