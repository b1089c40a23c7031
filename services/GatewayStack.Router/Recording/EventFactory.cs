using System.Collections.Immutable;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Mcp;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Standings;

namespace GatewayStack.Router.Recording;

/// <summary>Turns what a request's context says into an event.</summary>
internal static class EventFactory
{
    public static GatewayEvent Create(Exchange exchange, string type, DateTimeOffset time)
    {
        var context = exchange.Context;
        return new GatewayEvent
        {
            Type = type,
            Time = time,
            Tenant = exchange.Tenant,
            RequestId = context.RequestId,
            TraceParent = exchange.Activity?.Id,
            Modes = context.Modes,
            Degraded = context.Degraded,
            Caller = context.Identity is null ? null : EventCaller.From(context.Identity),
            Personal = context.Identity is null ? null : EventPersonal.From(context.Identity),
            Action = exchange.Action,
            Route = exchange.Route.Route.Name,
            Operation = Operation(exchange),
            Model = context.ModelRequest?.Model,
            Backend = exchange.Backend?.Name,
            Mcp = Mcp(exchange),
            Resources = context.Resources,
            Purpose = context.Purpose,
            ParentRequestId = context.ParentRequestId,
            ClientRequestId = context.ClientRequestId,
            RunId = context.RunId,
            Decision = Decision(exchange, context),
            Content = Content(exchange),
            Limits = Limits(context),
        };
    }

    // The template, never the path: a path may hold a patient's number.
    private static string Operation(Exchange exchange) => exchange.BackendTemplate ?? exchange.Http.Request.Method + " " + exchange.Route.Route.Pattern;

    // What somebody invented gets into no record: a tool's name where the server has it, a method where it was let through.
    private static EventMcp? Mcp(Exchange exchange) => exchange.Mcp is not { } call ? null : new EventMcp
    {
        Server = call.Server.Name,
        Method = McpTrace.IsKnown(call.Method) || exchange.DecisionRecorded ? call.Method : "unknown",
        Tool = call.Definition?.Name,
        Prompt = exchange.Context.PolicyDecision is { Permits: true } && call.Prompt is { } prompt ? RecordedId.Of(prompt) : null,
        ProtocolVersion = McpVersions.IsKnown(call.Version) ? call.Version : null,
        IsError = call.Outcome.IsError,
        ResultTypes = call.Outcome.ResultTypes,
        ResultLabels = call.Outcome.ResultLabels,
    };

    private static EventDecision? Decision(Exchange exchange, RequestContext context)
    {
        if (exchange is { CutOff.Measure: { } measure, Execution: null or { Reason: StandingRefusals.Blocked } })
        {
            // Whatever the rules say: a block is over them.
            return new EventDecision
            {
                Effect = "deny",
                Reasons = [StandingRefusals.Blocked],
                RuleIds = [StandingRefusals.RuleId(measure)],
                PolicyRevision = context.PolicyDecision?.PolicyRevision,
            };
        }

        if (context.PolicyDecision is not { } decision)
        {
            return null;
        }

        return new EventDecision
        {
            Effect = decision.Effect switch { PolicyEffect.Allow => "allow", PolicyEffect.Modify => "modify", _ => "deny" },
            Reasons = [.. decision.Reasons.Select(r => r.Code)],
            RuleIds = decision.RuleIds,
            PolicyRevision = decision.PolicyRevision,
            Obligations = Obligations(decision),
        };
    }

    private static ImmutableArray<string> Obligations(PolicyDecision decision)
    {
        if (decision.Effect != PolicyEffect.Modify)
        {
            return [];
        }

        return
        [
            .. decision.Permitted.SelectMany(p => p.Obligations.Select(o => o.Kind == ObligationKind.LowerMaxTokens
                    ? $"{p.TargetId}:lower_max_tokens:{o.Value}"
                    : $"{p.TargetId}:{Word(o.Kind)}:{(o.Types.IsDefaultOrEmpty ? "all" : string.Join('+', o.Types))}"))
                .Distinct(StringComparer.Ordinal),
        ];
    }

    private static string Word(ObligationKind kind) => kind switch
    {
        ObligationKind.Redact => "redact",
        ObligationKind.Mask => "mask",
        ObligationKind.Hash => "hash",
        ObligationKind.Pseudonymise => "pseudonymise",
        ObligationKind.PseudonymiseFormat => "pseudonymise_format",
        ObligationKind.Block => "block",
        _ => "unknown",
    };

    private static EventContent? Content(Exchange exchange)
    {
        if (exchange.Context.Metadata is not { } metadata)
        {
            return null;
        }

        return new EventContent
        {
            Status = metadata.Status.ToString().ToLowerInvariant(),
            Types = metadata.Types,
            Labels = metadata.Labels.IsEmpty ? [] : [.. metadata.Labels.Select(l => l.Name)],
            Risk = (int)Math.Round(metadata.RiskScore * 10_000),
            Unscanned = metadata.Unscanned.Length,
            Redactions = exchange.Redactions,
            AnswerMasked = exchange.AnswerMasked,
            AnswerRestored = exchange.AnswerRestored,
        };
    }

    private static EventLimits? Limits(RequestContext context) => context.LimitsDecision is not { } decision ? null : new EventLimits
    {
        Effect = decision.Effect.ToString().ToLowerInvariant(),
        Limit = decision.Permits ? null : decision.Limit?.Name,
        Hold = decision.Hold,
        PriceTable = decision.PriceTable,
    };
}
