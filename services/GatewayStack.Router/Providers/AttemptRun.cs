using System.Collections.Immutable;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Standings;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Providers;

/// <summary>The attempts of one request: what was tried, how it ended, and what each is billed.</summary>
internal sealed class AttemptRun(Exchange exchange)
{
    private readonly ImmutableArray<RoutingAttempt>.Builder _attempts = ImmutableArray.CreateBuilder<RoutingAttempt>();
    private readonly ImmutableArray<AttemptUsage>.Builder _usages = ImmutableArray.CreateBuilder<AttemptUsage>();
    private PlannedTarget? _target;

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? LastError { get; private set; }

    /// <summary>Where the attempt under way goes.</summary>
    public PlannedTarget Target => _target!;

    public void Begin(PlannedTarget target)
    {
        _target = target;
        exchange.Attempting = target.Target;
        LastError = null;
    }

    /// <summary>
    /// The attempt failed. One that may have been worked on is billed by its bound, or aborting would be free; unseen output counts in full where it was the caller's
    /// doing or length that nothing was seen.
    /// </summary>
    public void Fail(string error, bool billed = false, int? status = null, long receivedBytes = 0)
    {
        LastError = error;
        var unseen = receivedBytes == 0 && error is "cancelled" or "cut_off" or "timeout";
        Add(error, status, billed ? new TokenUsage { InputTokens = Bound(), OutputTokens = unseen ? MaxOutput() : Math.Min(receivedBytes, MaxOutput()) } : null, estimated: billed);
    }

    /// <summary>The attempt answered.</summary>
    /// <param name="usage">What the provider says it used; null when it does not say.</param>
    /// <param name="receivedBytes">Bytes of the answer, the bound where nothing is said.</param>
    public void Succeed(TokenUsage? usage, long receivedBytes) =>
        Add(null, 200, usage ?? new TokenUsage { InputTokens = Bound(), OutputTokens = Math.Min(receivedBytes, MaxOutput()) }, estimated: usage is null);

    public void Finish(string outcome, int status, string? reason = null)
    {
        var last = _attempts.Count > 0 ? _attempts[^1].Target : exchange.Plan[0].Target;
        var named = exchange.Context.ModelRequest!.Model;
        exchange.Context.RoutingDecision = new RoutingDecision
        {
            Provider = last.Provider,
            Model = last.Model,
            Region = last.Region,
            Class = last.Class,
            Alias = string.Equals(named, last.Model, StringComparison.Ordinal) ? null : named,
            Attempts = _attempts.ToImmutable(),
        };
        exchange.Execution = new ExecutionResult { Outcome = outcome, Status = status, Reason = reason, Attempts = _usages.ToImmutable() };
    }

    /// <summary>The way to the answer ended under way: the caller has left, or was cut off and is told so.</summary>
    public void Leave(long receivedBytes, int? status, Func<Refusal, IHeldBackEnd> tell)
    {
        if (exchange.CutOff is not { Refusal: var refusal })
        {
            Fail("cancelled", billed: true, status, receivedBytes);
            Finish(EventOutcomes.Cancelled, StatusCodes.Status499ClientClosedRequest, "client_closed");
            return;
        }

        Fail("cut_off", billed: true, status, receivedBytes);
        Finish(EventOutcomes.Refused, exchange.Http.Response.HasStarted ? StatusCodes.Status200OK : refusal.Status, refusal.Code);
        exchange.HeldBack = new CutOffEnd(exchange, tell(refusal));
    }

    private void Add(string? error, int? status, TokenUsage? tokens, bool estimated)
    {
        var target = _target!.Target;
        _attempts.Add(new RoutingAttempt { Number = _attempts.Count + 1, Target = target, Status = status, Error = error });
        var price = exchange.Context.LimitsDecision?.Prices.FirstOrDefault(p =>
            string.Equals(p.Provider, target.Provider, StringComparison.Ordinal) && string.Equals(p.Model, target.Model, StringComparison.Ordinal));
        _usages.Add(new AttemptUsage
        {
            Attempt = _attempts.Count,
            Provider = target.Provider,
            Model = target.Model,
            Tokens = tokens,
            Estimated = estimated,
            CostMicros = tokens is null || price is null ? null : Pricing.Cost(price, tokens),
        });
    }

    /// <summary>What was held for the input: by bound, an attempt is never charged more.</summary>
    private long Bound() => exchange.InputTokenBound;

    private long MaxOutput() => _target!.MaxOutputTokens * Math.Max(1, exchange.Context.ModelRequest!.Choices);
}
