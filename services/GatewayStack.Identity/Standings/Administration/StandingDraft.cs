using System.Collections.Immutable;
using System.Globalization;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Administration;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Standings.Administration;

/// <summary>A request for a measure that was understood, or everything that is wrong with it.</summary>
/// <param name="Subject">What it is on.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Errors">What is wrong; empty where it can be used.</param>
internal sealed record StandingDraft(StandingSubject Subject, string Reason, DateTimeOffset Until, ImmutableArray<SettingProblem> Errors)
{
    /// <summary>Longest reason, in characters.</summary>
    public const int LongestReason = 500;

    private const string Identifier = "is empty, too long, or has spaces at its ends or control characters";

    private static readonly string[] Formats =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static StandingDraft Of(StandingRequest request, IssuerSnapshot issuers, DateTimeOffset now)
    {
        var errors = ImmutableArray.CreateBuilder<SettingProblem>();
        if (request.Effect is not (null or "block"))
        {
            errors.Add(new SettingProblem("effect", "is not block", "write block, or leave it out"));
        }

        var subject = SubjectOf(request.Subject ?? new StandingSubjectDocument(), issuers, errors);
        if (!ClaimText.IsLabel(request.Reason ?? string.Empty, LongestReason))
        {
            errors.Add(new SettingProblem("reason", "is empty, longer than 500 characters, or has control characters", "say why in one line; whoever is refused is told"));
        }

        var until = EndOf(request, issuers.Options.Standings.MaxDays, now, errors);
        return new StandingDraft(subject, request.Reason ?? string.Empty, until, errors.ToImmutable());
    }

    private static StandingSubject SubjectOf(StandingSubjectDocument said, IssuerSnapshot issuers, ImmutableArray<SettingProblem>.Builder errors)
    {
        var subject = new StandingSubject
        {
            Tenant = Text(said.Tenant, "tenant", ClaimText.IdLimit),
            Issuer = IssuerOf(said.Issuer),
            PersonId = Text(said.PersonId, "person_id", ClaimText.IdLimit),
            // Where several issuers share a tenant a user id has the issuer's name before it.
            UserId = Text(said.User, "user", 2 * ClaimText.IdLimit),
            ClientId = Text(said.ClientId, "client_id", ClaimText.LongLimit),
            SessionId = Text(said.SessionId, "session_id", ClaimText.IdLimit),
            SignedInUntil = Time(said.SignedInUntil, "subject.signed_in_until", errors),
            Tool = Text(said.Tool, "tool", ClaimText.LongLimit),
            Model = Text(said.Model, "model", ClaimText.LongLimit),
            Provider = Text(said.Provider, "provider", ClaimText.IdLimit),
        };
        if (said == new StandingSubjectDocument { SignedInUntil = said.SignedInUntil })
        {
            errors.Add(new SettingProblem(
                "subject", "is on nothing", "name a person_id, a user with its tenant, a client_id, session_id, tenant, issuer, tool, model or provider, or several of them"));
        }

        if (said is { User: not null, Tenant: null })
        {
            errors.Add(new SettingProblem(
                "subject.tenant", "is missing beside user, which is unique only inside a tenant", "name the tenant, or the person_id instead of the user"));
        }

        return subject;

        string? Text(string? value, string name, int limit)
        {
            if (value is not null && !ClaimText.IsIdentifier(value, limit))
            {
                errors.Add(new SettingProblem("subject." + name, Identifier, "write it exactly as the audit shows it, or leave it out"));
            }

            return value;
        }

        string? IssuerOf(string? value)
        {
            var issuer = value is null ? null : issuers.Find(value) ?? issuers.Issuers.FirstOrDefault(i => i.Name == value);
            if (value is not null && issuer is null)
            {
                errors.Add(new SettingProblem("subject.issuer", "is not a configured issuer", "write the URL or the name of one that is listed by GET /admin/identity"));
            }

            return issuer?.Url;
        }
    }

    private static DateTimeOffset EndOf(StandingRequest request, int maxDays, DateTimeOffset now, ImmutableArray<SettingProblem>.Builder errors)
    {
        var most = now.AddDays(maxDays);
        var remedy = $"write an RFC 3339 time that is to come and at most {maxDays} days away";
        if (request.Until is not null && request.Minutes is not null)
        {
            errors.Add(new SettingProblem("minutes", "stands beside until", "keep one of them"));
            return default;
        }

        if (request.Minutes is { } minutes)
        {
            if (minutes < 1 || minutes > maxDays * 24L * 60)
            {
                errors.Add(new SettingProblem("minutes", $"is not between 1 and {maxDays * 24L * 60}", "write a number of minutes in that range"));
                return default;
            }

            return now.AddMinutes(minutes);
        }

        if (request.Until is null)
        {
            errors.Add(new SettingProblem("until", "is missing, and so is minutes: a measure has an end", remedy));
            return default;
        }

        var until = Time(request.Until, "until", errors);
        if (until <= now || until > most)
        {
            errors.Add(new SettingProblem("until", $"is past or more than {maxDays} days away", remedy));
        }

        return until ?? default;
    }

    private static DateTimeOffset? Time(string? text, string key, ImmutableArray<SettingProblem>.Builder errors)
    {
        if (text is null)
        {
            return null;
        }

        // With its offset: a time of day without one is another moment to each reader.
        var isOne = DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && (text.EndsWith('Z') || text.AsSpan(19).IndexOfAny('+', '-') >= 0);
        if (!isOne)
        {
            errors.Add(new SettingProblem(key, "is not an RFC 3339 time with its offset", "write it such as 2030-01-31T12:00:00Z"));
            return null;
        }

        return time.ToUniversalTime();
    }
}
