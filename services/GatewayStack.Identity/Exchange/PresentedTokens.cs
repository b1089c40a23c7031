using System.Globalization;
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

    // What strangers make up must not push out what people hold.
    private readonly BoundedCache<ExchangedToken> _given = new(10_000);
    private readonly BoundedCache<ExchangedToken> _refused = new(2_000);
    private readonly SingleFlight<ExchangedToken> _asked = new();

    public async ValueTask<ExchangedToken> ExchangeAsync(IssuerSnapshot snapshot, Issuer issuer, PresentedToken token, CancellationToken cancellationToken)
    {
        var key = KeyOf(snapshot, token);
        return Find(key) ?? await _asked.RunAsync(key, () => AnswerAsync(key, issuer, token), cancellationToken);
    }

    /// <summary>What was given turned out to be no good: the next call has it exchanged again.</summary>
    public void Forget(IssuerSnapshot snapshot, PresentedToken token) => _given.Remove(KeyOf(snapshot, token));

    private ExchangedToken? Find(TokenKey key) => (_given.Find(key) ?? _refused.Find(key)) is { } known && time.GetUtcNow() < known.Until ? known : null;

    private async Task<ExchangedToken> AnswerAsync(TokenKey key, Issuer issuer, PresentedToken token)
    {
        if (Find(key) is { } known)
        {
            return known;
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
            _given.Remove(key);
            return Remember(_refused, key, new ExchangedToken { Reason = "exchange_" + answer.Reason, Until = time.GetUtcNow() + RefusedFor });
        }

        var problem = CompactToken.TryParse(text, out var given);
        if (given is null || !given.Payload.TryGetProperty("iss", out var iss) || iss.ValueKind != JsonValueKind.String || !iss.ValueEquals(issuer.Url))
        {
            return new ExchangedToken { Reason = problem is null ? "exchanged_by_another_issuer" : "exchanged_for_no_jwt" };
        }

        var client = await SubjectClient.FindAsync(issuer, token);
        if (client.Problem is not null)
        {
            return new ExchangedToken { Reason = client.Problem, IsOutage = client.IsOutage };
        }

        return Remember(_given, key, new ExchangedToken { Token = given, ClientId = client.Id, Until = KeepUntil(issuer, given) });
    }

    private DateTimeOffset KeepUntil(Issuer issuer, CompactToken given)
    {
        var keep = time.GetUtcNow() + TimeSpan.FromSeconds(issuer.Exchange!.CacheSeconds);
        return given.Payload.TryGetProperty("exp", out var exp) && TokenTime.TryRead(exp, out var ends) && ends - issuer.ClockSkew < keep ? ends - issuer.ClockSkew : keep;
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
    private static TokenKey KeyOf(IssuerSnapshot snapshot, PresentedToken token) => TokenKey.Of(string.Create(CultureInfo.InvariantCulture, $"{snapshot.Version}\n{token.Value}"));
}
