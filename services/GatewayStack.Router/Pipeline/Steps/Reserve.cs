using System.Collections.Immutable;
using System.Globalization;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Recording;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>How much may they use? Holds the most this request can use before anything goes out.</summary>
internal sealed class Reserve(ILimitsModule limits, StageInvoker stages, RouterSnapshotStore settings, CappedAllowance allowance, ChildRequests children, RouterMetrics metrics,
    ILogger<Reserve> logger) : IPipelineStep
{
    /// <summary>A part that is not text costs tokens that its bytes do not bound: the most a large image was billed with, doubled.</summary>
    private const long TokensOfUnscannedPart = 100_000;

    /// <summary>How long a hold stands that nobody settles.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    public string Name => "reserve";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var refusal = await ReserveAsync(exchange, cancellationToken);
        if (refusal is null && exchange.Context.ParentRequestId is { } parent)
        {
            // It goes on, and so it is what was used, whether something is held for it or nobody could be asked.
            children.Arrived(parent);
        }

        return refusal;
    }

    private async ValueTask<Refusal?> ReserveAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var context = exchange.Context;
        exchange.InputTokenBound = InputTokenBound(exchange);
        if (context.Modes.Limits == ModuleMode.Off || exchange.Mcp is { IsDecided: false } or { IsRetry: true })
        {
            return null;
        }

        var (call, decision) = await stages.InvokeAsync(ModuleCall.For(exchange, ModuleNames.Limits, Name), (limits, exchange, Request(exchange)), Ask, cancellationToken);
        exchange.MayBeHeld &= call is StageCall.Failed or StageCall.NeverReached || exchange.ReservationAttempts > 1;
        if (call != StageCall.Answered)
        {
            return WithoutAnswer(exchange, call);
        }

        context.LimitsDecision = decision;
        if (!decision!.Permits)
        {
            if (context.Modes.Limits == ModuleMode.Enforce)
            {
                return Refuse(exchange, decision);
            }

            logger.OnlyObserved(context.RequestId, "limits", decision.Limit?.Name ?? "limit");
            return null;
        }

        if (decision.Constraints?.MaxTokens is { } most)
        {
            exchange.Plan = [.. exchange.Plan.Select(p => p with { MaxOutputTokens = Math.Min(p.MaxOutputTokens, most) })];
        }

        return null;
    }

    /// <summary>
    /// Once asked, Limits may hold something, however this ends: the caller may hang up meanwhile, the store of the counters not say what it did, or what came too late
    /// hold after the next attempt was refused.
    /// </summary>
    private static Task<LimitsDecision> Ask((ILimitsModule Limits, Exchange Exchange, ReservationRequest Request) asked, CancellationToken cancellationToken)
    {
        asked.Exchange.MayBeHeld = true;
        asked.Exchange.ReservationAttempts++;
        return asked.Limits.ReserveAsync(asked.Request, cancellationToken);
    }

    private Refusal? WithoutAnswer(Exchange exchange, StageCall call)
    {
        var observes = exchange.Context.Modes.Limits == ModuleMode.Observe;
        if (call != StageCall.NeverReached && !observes)
        {
            return Refusal.Of(Name, call);
        }

        exchange.Degrade(ModuleNames.Limits, metrics);
        if (observes)
        {
            logger.ObservedWithout(exchange.Context.RequestId, ModuleNames.Limits);
            return null;
        }

        return settings.Options.OnUnavailable.Limits switch
        {
            "allow" => null,
            "allow_capped" when allowance.TryTake(exchange.Tenant) => null,
            _ => Refusal.Of(Name, call),
        };
    }

    private static ReservationRequest Request(Exchange exchange)
    {
        var context = exchange.Context;
        var choices = context.ModelRequest?.Choices ?? 1;
        return new ReservationRequest
        {
            RequestId = context.RequestId,
            ParentRequestId = context.ParentRequestId,
            Identity = context.Identity!,
            Assertion = exchange.Assertion,
            Action = exchange.Action!,
            Server = exchange.Mcp?.Server.Name,
            Tool = exchange.Mcp?.Definition?.Name,
            InputTokenBound = exchange.InputTokenBound,
            Targets = Targets(exchange, choices),
            Lease = Lease,
        };
    }

    /// <summary>No tokenizer makes more tokens than bytes; a redaction may be longer than what it replaces.</summary>
    private static long InputTokenBound(Exchange exchange)
    {
        if (exchange.Context.ModelRequest is null || CallsBack(exchange))
        {
            return 0;
        }

        var growth = exchange.Plan.Max(p => p.Edits.Sum(e => (long)Math.Max(0, (e.Replacement.Length * 3) - (e.End - e.Start))));
        var prompt = exchange.SystemPrompt is { } text ? ChatBodyWriter.SystemMessage(text).Length : 0;
        return exchange.Body.Length + growth + prompt + (TokensOfUnscannedPart * exchange.Unscanned.Length);
    }

    /// <summary>A backend that calls its model through us is paid for by that call: the hold is the child's.</summary>
    private static bool CallsBack(Exchange exchange) => exchange.Backend is { CallerCredential: not null, StatesUsage: false };

    private static ImmutableArray<ReservationTarget> Targets(Exchange exchange, int choices)
    {
        if (exchange.Backend is { } backend && CallsBack(exchange))
        {
            return [new ReservationTarget { Provider = backend.Name, MaxOutputTokens = 0 }];
        }

        // A backend's model is priced as the model the caller named is priced here, where it is known.
        if (exchange.Backend is not null && exchange.Context.ModelRequest is { } named && exchange.Snapshot.Models.TryGetValue(named.Model, out var known))
        {
            return [.. known.Targets.Select(t => new ReservationTarget { Provider = t.Provider.Name, Model = t.Model, MaxOutputTokens = exchange.Plan[0].MaxOutputTokens })];
        }

        return [.. exchange.Plan.Select(p => new ReservationTarget { Provider = p.Target.Provider, Model = p.Target.Model, MaxOutputTokens = p.MaxOutputTokens * choices })];
    }

    private static Refusal Refuse(Exchange exchange, LimitsDecision decision)
    {
        if (decision.Limit is not { } limit)
        {
            return new Refusal
            {
                Status = StatusCodes.Status403Forbidden,
                Code = "price_unknown",
                Message = "No price is known for this model, so it cannot be used under a cost limit. Ask your administrator to add it to the price table.",
                Reason = decision.Reasons.FirstOrDefault(),
                Final = true,
            };
        }

        if (limit.Metric is "requests" or "tokens")
        {
            var headers = exchange.Http.Response.Headers;
            headers["x-ratelimit-limit-" + limit.Metric] = limit.Limit.ToString(CultureInfo.InvariantCulture);
            headers["x-ratelimit-remaining-" + limit.Metric] = limit.Remaining.ToString(CultureInfo.InvariantCulture);
            headers["x-ratelimit-reset-" + limit.Metric] = ((long)Math.Ceiling((decision.RetryAfter ?? TimeSpan.Zero).TotalSeconds)).ToString(CultureInfo.InvariantCulture) + "s";
        }

        var fast = decision.Effect == LimitsEffect.Throttle;
        return new Refusal
        {
            Status = StatusCodes.Status429TooManyRequests,
            Code = fast ? "rate_limit_exceeded" : "insufficient_quota",
            Message = string.Create(CultureInfo.InvariantCulture,
            $"The limit '{limit.Name}' ({limit.Metric} per {limit.Window}) does not allow this request: {limit.Remaining} of {limit.Limit} left{(limit.Metric == "cost" ? " (micro-units)" : string.Empty)}, resets at {limit.ResetsAt:yyyy-MM-dd'T'HH:mm:ss'Z'}. GET /me/limits shows your limits."),
            RetryAfter = decision.RetryAfter,
            Reason = limit.Name,
            // What is larger than the limit itself never fits; a client library that tries again only adds load.
            Final = !fast || decision.RetryAfter is null,
        };
    }
}
