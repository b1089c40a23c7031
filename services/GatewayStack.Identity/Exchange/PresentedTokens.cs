using System.Text.Json;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Exchange;

/// <summary>
/// Has what callers present exchanged, once for all who present the same meanwhile, and remembers what came of it: what was given until its end, less the clock difference
/// that is tolerated, and a refusal for a while.
/// </summary>
internal sealed class PresentedTokens(TimeProvider time)
{
    private static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(30);

    /// <summary>How long an answer that is no use is not asked for again: long enough that nobody has the issuer asked at each call.</summary>
    private static readonly TimeSpan UselessFor = TimeSpan.FromSeconds(10);

    // What strangers make up must not push out what people hold.
    private readonly BoundedCache<ExchangedToken> _given = new(10_000);
    private readonly BoundedCache<ExchangedToken> _refused = new(2_000);
    // What was given, and nobody could say whether it may be used: the issuer is not asked to give it again meanwhile.
    private readonly BoundedCache<ExchangedToken> _unjudged = new(2_000);
    private readonly SingleFlight<ExchangedToken> _asked = new();

    public async ValueTask<ExchangedToken> ExchangeAsync(Issuer issuer, PresentedToken token, CancellationToken cancellationToken)
    {
        if (PresentedSubject.Judge(issuer, token, time.GetUtcNow()) is { } problem)
        {
            return new ExchangedToken { Reason = problem };
        }

        var key = KeyOf(issuer, token);
        return Find(key) ?? await _asked.RunAsync(key, () => AnswerAsync(key, issuer, token), cancellationToken);
    }

    /// <summary>What was given turned out to be no good: the next call has it exchanged again.</summary>
    public void Forget(Issuer issuer, PresentedToken token) => _given.Remove(KeyOf(issuer, token));

    /// <summary>A token that was given shortly before and could not be judged yet.</summary>
    private CompactToken? FindUnjudged(TokenKey key) => _unjudged.Find(key) is { } known && time.GetUtcNow() < known.Until ? known.Token : null;

    private ExchangedToken? Find(TokenKey key) => (_given.Find(key) ?? _refused.Find(key)) is { } known && time.GetUtcNow() < known.Until ? known : null;

    private async Task<ExchangedToken> AnswerAsync(TokenKey key, Issuer issuer, PresentedToken token)
    {
        if (Find(key) is { } known)
        {
            return known;
        }

        if (FindUnjudged(key) is { } before)
        {
            return await JudgeAsync(key, issuer, token, before);
        }

        var exchange = issuer.Exchange!;
        var question = new ExchangeQuestion
        {
            SubjectToken = token.Value,
            SubjectTokenType = SubjectTokenTypes.Of(exchange.SubjectTokenType),
            Audience = exchange.Audience,
            Resource = exchange.Resource,
            Scope = exchange.Scope,
        };
        var answer = await issuer.Exchanger!.ExchangePresentedAsync(question, _given.Find(key) is null ? Asker.Stranger : Asker.Known, token.Source);
        if (answer.Outcome == ExchangeOutcome.Unavailable)
        {
            return new ExchangedToken { Reason = "exchange_unavailable", IsOutage = true };
        }

        if (answer.Token is not { } text)
        {
            return Refuse(key, "exchange_" + answer.Reason, RefusedFor);
        }

        var problem = CompactToken.TryParse(text, out var given);
        if (given is null || !given.Payload.TryGetProperty("iss", out var iss) || iss.ValueKind != JsonValueKind.String || !iss.ValueEquals(issuer.Url))
        {
            return Refuse(key, problem is null ? "exchanged_by_another_issuer" : "exchanged_for_no_jwt", UselessFor);
        }

        return await JudgeAsync(key, issuer, token, given);
    }

    private async Task<ExchangedToken> JudgeAsync(TokenKey key, Issuer issuer, PresentedToken token, CompactToken given)
    {
        var subject = await PresentedSubject.FindAsync(issuer, token, given, time.GetUtcNow());
        if (subject.IsOutage)
        {
            if (FindUnjudged(key) is null)
            {
                Remember(_unjudged, key, new ExchangedToken { Token = given, Until = time.GetUtcNow() + UselessFor });
            }

            return new ExchangedToken { Reason = subject.Problem, IsOutage = true };
        }

        _unjudged.Remove(key);
        if (subject.Problem is not null)
        {
            return Refuse(key, subject.Problem, UselessFor);
        }

        return Remember(_given, key, new ExchangedToken { Token = given, ClientId = subject.ClientId, SubjectEnds = subject.Ends, Until = KeepUntil(issuer, given, subject) });
    }

    /// <summary>Never past the end of either: whoever may no longer call with the one token has no use of the other.</summary>
    private DateTimeOffset KeepUntil(Issuer issuer, CompactToken given, PresentedSubject subject)
    {
        var keep = time.GetUtcNow() + TimeSpan.FromSeconds(issuer.Exchange!.CacheSeconds);
        if (given.Payload.TryGetProperty("exp", out var exp) && TokenTime.TryRead(exp, out var ends) && ends - issuer.ClockSkew < keep)
        {
            keep = ends - issuer.ClockSkew;
        }

        return subject.TakenUntil < keep ? subject.TakenUntil.Value : keep;
    }

    private ExchangedToken Refuse(TokenKey key, string reason, TimeSpan duration)
    {
        _given.Remove(key);
        return Remember(_refused, key, new ExchangedToken { Reason = reason, Until = time.GetUtcNow() + duration });
    }

    private ExchangedToken Remember(BoundedCache<ExchangedToken> cache, TokenKey key, ExchangedToken exchanged)
    {
        if (time.GetUtcNow() < exchanged.Until)
        {
            cache.Set(key, exchanged);
        }

        return exchanged;
    }

    // Other settings may mean another exchange. No token has a line end in it.
    private static TokenKey KeyOf(Issuer issuer, PresentedToken token) => TokenKey.Of($"{issuer.Exchanger!.Id}\n{token.Value}");
}
