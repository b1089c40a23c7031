using System.Text.Json;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Exchange;

/// <summary>What an app holds that is no token of ours: it is exchanged at the one issuer that its kind is exchanged at, and what that gives is judged as any token.</summary>
internal sealed class ExchangedCredential(IssuerRegistry registry, JwtCredential jwt, TimeProvider time) : ICredentialKind
{
    private static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(30);

    private readonly BoundedCache<Refusal> _refused = new(2_000);

    public string Name => "token-exchange";

    public bool Recognises(PresentedToken token) => Find(registry.Current, token) is not null;

    public async ValueTask<CredentialVerdict> VerifyAsync(PresentedToken token, CancellationToken cancellationToken)
    {
        var snapshot = registry.Current;
        if (Find(snapshot, token) is not { Exchange: { } exchange, Exchanger: { } exchanger } issuer)
        {
            return CredentialVerdict.Invalid(token.StructureProblem ?? "unknown_issuer");
        }

        var key = TokenKey.Of(token.Value);
        if (_refused.Find(key) is { } refusal && refusal.Version == snapshot.Version && time.GetUtcNow() < refusal.Until)
        {
            return CredentialVerdict.Invalid(refusal.Reason, issuer.Name);
        }

        var question = new ExchangeQuestion
        {
            SubjectToken = token.Value,
            SubjectTokenType = exchange.SubjectTokenType,
            Audience = exchange.Audience,
            Resource = exchange.Resource,
            Scope = exchange.Scope,
        };
        var answer = await exchanger.ExchangeAsync(question, "inbound", cancellationToken);
        if (answer.Outcome == ExchangeOutcome.Unavailable)
        {
            return CredentialVerdict.Unavailable("exchange_unavailable", issuer.Name);
        }

        if (answer.Token is not { } given)
        {
            var reason = "exchange_" + answer.Reason;
            _refused.Set(key, new Refusal(reason, snapshot.Version, time.GetUtcNow() + RefusedFor));
            return CredentialVerdict.Invalid(reason, issuer.Name);
        }

        return await JudgeAsync(token, given, issuer, exchange, cancellationToken);
    }

    private async Task<CredentialVerdict> JudgeAsync(PresentedToken token, string given, Issuer issuer, ExchangeOptions exchange, CancellationToken cancellationToken)
    {
        var problem = CompactToken.TryParse(given, out var signed);
        if (signed is null || !signed.Payload.TryGetProperty("iss", out var iss) || iss.ValueKind != JsonValueKind.String || !iss.ValueEquals(issuer.Url))
        {
            return CredentialVerdict.Invalid(problem is null ? "exchanged_by_another_issuer" : "exchanged_for_no_jwt", issuer.Name);
        }

        var verdict = await jwt.VerifyAsync(new PresentedToken(given, signed, null, null, token.Audiences), cancellationToken);
        if (verdict.Status != AuthenticationStatus.Authenticated)
        {
            return verdict;
        }

        var keep = time.GetUtcNow() + TimeSpan.FromSeconds(exchange.CacheSeconds);
        return verdict with { AcceptedUntil = keep < verdict.AcceptedUntil ? keep : verdict.AcceptedUntil, ExchangedFor = given };
    }

    private static Issuer? Find(IssuerSnapshot snapshot, PresentedToken token)
    {
        if (token.Signed is not { } signed)
        {
            return OpaqueToken.IsOne(token.Value) && snapshot.FindForOpaque(token.Value) is { ExchangesOpaque: true } issuer ? issuer : null;
        }

        return !Assertions.AssertionFormat.IsAssertion(signed) && signed.Payload.TryGetProperty("iss", out var iss) && iss.ValueKind == JsonValueKind.String
            ? snapshot.FindForForeign(iss.GetString()!)
            : null;
    }

    private sealed record Refusal(string Reason, int Version, DateTimeOffset Until);
}
