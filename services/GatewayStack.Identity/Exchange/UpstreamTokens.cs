using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Assertions;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Exchange;

/// <summary>
/// Tokens of one person for one upstream, by exchange of the token that the person called with: the token itself never goes on. Kept per person, client, session,
/// upstream and token, never past the end of either token.
/// </summary>
internal sealed class UpstreamTokens(IssuerRegistry registry, AssertionReader reader, TimeProvider time)
{
    /// <summary>What a token must still have to live when it is handed out.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(10);

    /// <summary>How long a refusal is not asked for again: a person who consented is not kept waiting for longer.</summary>
    private static readonly TimeSpan RefusedFor = TimeSpan.FromSeconds(10);

    /// <summary>How long a token is given again although the upstream refused it: whoever refuses everything is no reason to ask the issuer at each call.</summary>
    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(10);

    private readonly BoundedCache<Kept> _kept = new(10_000);
    private readonly SingleFlight<UpstreamTokenResult> _asked = new();

    /// <param name="request">Which upstream.</param>
    /// <param name="caller">Whose credential was verified.</param>
    /// <param name="subject">The token to exchange.</param>
    /// <param name="isExchanged">True where that is what an issuer gave for the credential, false where it is the credential.</param>
    /// <param name="subjectEnds">When that ends.</param>
    /// <param name="cancellationToken">Ends the wait, not the exchange: it serves everybody who waits for it.</param>
    public async Task<UpstreamTokenResult> ExchangeAsync(
        UpstreamTokenRequest request, CallerIdentity caller, string subject, bool isExchanged, DateTimeOffset? subjectEnds, CancellationToken cancellationToken)
    {
        if (!IsOf(request.InternalAssertion, caller))
        {
            return Refused("token_of_another");
        }

        var snapshot = registry.Current;
        if (caller.IssuerName != request.IssuerName)
        {
            return Refused("token_of_another_issuer");
        }

        if (snapshot.FindByName(request.IssuerName) is not { Exchanger: not null } issuer)
        {
            return new UpstreamTokenResult { Status = UpstreamTokenStatus.Unavailable, Reason = "issuer_without_client" };
        }

        var key = KeyOf(request, caller, subject);
        if (Find(key, issuer.Exchanger.Id, request.Renew) is { } kept)
        {
            return kept;
        }

        var question = new ExchangeQuestion
        {
            SubjectToken = subject,
            SubjectTokenType = isExchanged ? SubjectTokenTypes.AccessToken : issuer.SubjectTokenType,
            Audience = request.Audience,
            Resource = request.Resource,
            Scope = request.Scope,
        };
        return await _asked.RunAsync(key, () => AnswerAsync(key, issuer.Exchanger, question, caller.PersonId, subjectEnds, request.Renew), cancellationToken);
    }

    private UpstreamTokenResult? Find(TokenKey key, Guid exchanger, bool renew) =>
        _kept.Find(key) is { } kept && kept.Exchanger == exchanger && time.GetUtcNow() < kept.Until && !(renew && time.GetUtcNow() >= kept.At + RenewAfter) ? kept.Result : null;

    private async Task<UpstreamTokenResult> AnswerAsync(TokenKey key, TokenExchanger exchanger, ExchangeQuestion question, string personId, DateTimeOffset? subjectEnds, bool renew)
    {
        if (Find(key, exchanger.Id, renew) is { } kept)
        {
            return kept;
        }

        var answer = await exchanger.ExchangeForUpstreamAsync(question, personId);
        var (result, until) = Read(answer, subjectEnds);
        if (time.GetUtcNow() < until)
        {
            _kept.Set(key, new Kept(result, time.GetUtcNow(), until, exchanger.Id));
        }

        return result;
    }

    private (UpstreamTokenResult Result, DateTimeOffset Until) Read(ExchangeAnswer answer, DateTimeOffset? subjectEnds)
    {
        switch (answer.Outcome)
        {
            case ExchangeOutcome.Granted:
                // Whoever may no longer call with the one token has no use of the other.
                var ends = subjectEnds < answer.ExpiresAt ? subjectEnds.Value : answer.ExpiresAt;
                return (new UpstreamTokenResult { Status = UpstreamTokenStatus.Issued, Token = answer.Token, ExpiresAt = ends }, ends - Reserve);
            case ExchangeOutcome.InteractionRequired:
                return (new UpstreamTokenResult { Status = UpstreamTokenStatus.InteractionRequired, Reason = answer.Reason }, time.GetUtcNow() + RefusedFor);
            case ExchangeOutcome.Refused:
                return (Refused(answer.Reason!), time.GetUtcNow() + RefusedFor);
            default:
                return (new UpstreamTokenResult { Status = UpstreamTokenStatus.Unavailable, Reason = answer.Reason }, DateTimeOffset.MinValue);
        }
    }

    /// <summary>Whether the assertion that came with the request is the same person's, through the same client.</summary>
    private bool IsOf(string internalAssertion, CallerIdentity caller) =>
        CompactToken.TryParse(internalAssertion, out var token) is null
        && reader.Read(token!, AssertionFormat.InternalAudience).Assertion is { } assertion
        && assertion.Identity.PersonId == caller.PersonId && assertion.Identity.Tenant == caller.Tenant && assertion.Identity.ClientId == caller.ClientId;

    // A separator that no part can have: parts that are put together otherwise are another key.
    private static TokenKey KeyOf(UpstreamTokenRequest request, CallerIdentity caller, string subject) => TokenKey.Of(string.Join(
        '\n',
        caller.Tenant,
        caller.PersonId,
        caller.ClientId,
        caller.SessionId,
        request.IssuerName,
        request.Audience,
        request.Resource,
        request.Scope,
        subject));

    private static UpstreamTokenResult Refused(string reason) => new() { Status = UpstreamTokenStatus.Refused, Reason = reason };

    private sealed record Kept(UpstreamTokenResult Result, DateTimeOffset At, DateTimeOffset Until, Guid Exchanger);
}
