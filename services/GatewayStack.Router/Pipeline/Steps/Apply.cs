using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>Computes the edits that the decision's obligations and the route ask for, once for each distinct set.</summary>
internal sealed class Apply(ITransformModule transform, StageInvoker stages, RouterSnapshotStore settings, RouterMetrics metrics, ILogger<Apply> logger) : IPipelineStep
{
    private static readonly EditResult Nothing = new() { Status = EditStatus.Applied };

    public string Name => "apply";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        if (PrepareAnswer(exchange) is { } unprepared)
        {
            return unprepared;
        }

        Observe(exchange);
        var edits = new Dictionary<string, EditResult>(StringComparer.Ordinal);
        var plan = ImmutableArray.CreateBuilder<PlannedTarget>(exchange.Plan.Length);
        foreach (var planned in exchange.Plan)
        {
            var target = planned;
            var obligations = RedactionDemand.Obligations(exchange, planned);
            foreach (var cap in obligations.Where(o => o.Kind == ObligationKind.LowerMaxTokens))
            {
                target = target with { MaxOutputTokens = Math.Min(target.MaxOutputTokens, cap.Value ?? 0) };
            }

            var nothingLeft = target.MaxOutputTokens < 1 && target.Target.Model is not null;
            if (nothingLeft || CannotCap(exchange, obligations)
                || obligations.Any(o => o.Kind != ObligationKind.LowerMaxTokens && RedactionDemand.ActionOf(o.Kind) == ContentAction.Unspecified))
            {
                return NotPossible("unsupported_obligation");
            }

            if ((RedactionDemand.Of(exchange, planned, exchange.Treatment) ?? (MustEdit(exchange) ? RedactionDemand.OnlyItsOwn : null)) is { } demand)
            {
                var key = demand.Key;
                if (!edits.TryGetValue(key, out var made))
                {
                    (made, var refusal) = await EditAsync(exchange, demand, cancellationToken);
                    if (made is null)
                    {
                        return refusal;
                    }

                    edits.Add(key, made);
                }

                target = target with { Edits = made.Edits, Pseudonyms = made.Pseudonyms };
            }

            plan.Add(target);
        }

        exchange.Plan = plan.ToImmutable();
        exchange.Redactions = plan.Max(p => (int?)p.Edits.Length) ?? 0;
        return null;
    }

    /// <summary>A backend that calls its model through us is capped there, by the decision on its own call; nobody caps another one.</summary>
    private static bool CannotCap(Exchange exchange, ImmutableArray<Obligation> obligations) =>
        (exchange.Mcp is not null || exchange.Backend is { CallerCredential: null }) && obligations.Any(o => o.Kind == ObligationKind.LowerMaxTokens);

    /// <summary>An answer that must be changed needs a module that is there; a route that only wishes it goes on as its request did.</summary>
    private Refusal? PrepareAnswer(Exchange exchange)
    {
        var actions = RedactionDemand.InAnswers(exchange);
        if (actions.ChangesNothing)
        {
            return null;
        }

        // A row that ends an answer holds whatever became of the request: the session is opened all the same, and where it cannot be, the answer is refused.
        if (exchange.Context.Metadata?.Status != ContentStatus.Unavailable || actions.Blocks)
        {
            exchange.AnswerActions = actions;
            return null;
        }

        return exchange.Treatment == ContentTreatment.RedactRequired ? Refusal.Unavailable(Name) : null;
    }

    private void Observe(Exchange exchange)
    {
        if (exchange.Context.Modes.Transform == ModuleMode.Observe && exchange.Inspection is { } inspection
            && Blocked(RedactionDemand.Configured(exchange, exchange.Treatment), inspection.Findings))
        {
            logger.OnlyObserved(exchange.Context.RequestId, ModuleNames.Transform, ContentRefusals.Code);
        }

        static bool Blocked(ContentActions actions, ImmutableArray<Finding> findings) => findings.Any(f => actions.For(f) == ContentAction.Block);
    }

    private static bool MustEdit(Exchange exchange) => exchange.Context.Modes.Transform == ModuleMode.Enforce && exchange.Inspection?.Segments.Any(s => s.MustEdit) == true;

    /// <returns>The edits, or why there are none.</returns>
    private async ValueTask<(EditResult? Edits, Refusal? Refusal)> EditAsync(Exchange exchange, RedactionDemand demand, CancellationToken cancellationToken)
    {
        if (exchange.Mcp is not null && exchange.BackendContent is null)
        {
            // A message without a text, or a stream: what is to be taken out may stand in the answer alone.
            return (Nothing, null);
        }

        if (exchange.Inspection is not { } inspection)
        {
            if (!demand.IsDemanded)
            {
                return (Nothing, null);
            }

            return (null, exchange.Context.Metadata?.Status == ContentStatus.Unavailable ? Refusal.Unavailable(Name) : NotPossible("content_unavailable"));
        }

        if (inspection.Metadata.Unscanned.Length > 0 && !demand.Actions.ChangesNothing)
        {
            return (null, ContentRefusals.NotScanned(inspection.Metadata.Unscanned, demand.Actions.Replaces));
        }

        if (!MustEdit(exchange) && !inspection.Findings.Any(demand.Actions.Changes))
        {
            return (Nothing, null);
        }

        // What is known needs nobody else to be refused.
        if (demand.Blocked(inspection.Findings, exchange.Context.Content) is { IsEmpty: false } blocked)
        {
            return (null, ContentRefusals.Request(blocked));
        }

        var touched = inspection.Findings.Select(f => f.SegmentId).Concat(inspection.Segments.Where(s => s.MustEdit).Select(s => s.SegmentId)).ToHashSet();
        var request = new EditRequest
        {
            RequestId = exchange.Context.RequestId,
            Tenant = exchange.Tenant,
            Assertion = exchange.Assertion,
            Segments = [.. exchange.Context.Content.Where(s => touched.Contains(s.Id))],
            Findings = inspection.Findings,
            Actions = demand.Actions.ToEntries(),
            PersonId = exchange.Context.Identity?.PersonId,
        };
        var (call, result) = await stages.InvokeAsync(
            ModuleCall.For(exchange, ModuleNames.Transform, Name, exchange.Body.Length), (transform, request), static (s, ct) => s.transform.ApplyAsync(s.request, ct), cancellationToken);
        if (call == StageCall.NeverReached && !demand.IsDemanded && !demand.Blocks(inspection.Findings))
        {
            exchange.Degrade(ModuleNames.Transform, metrics);
            return settings.Options.OnUnavailable.Transform == "allow" ? (Nothing, null) : (null, Refusal.Of(Name, call));
        }

        if (call != StageCall.Answered)
        {
            return (null, Refusal.Of(Name, call));
        }

        return result!.Status switch
        {
            EditStatus.Applied => (result, null),
            EditStatus.Blocked => (null, ContentRefusals.Request(result.BlockedTypes)),
            _ => (null, ContentRefusals.NotEditable(result.Reason)),
        };
    }

    private static Refusal NotPossible(string reason) => new()
    {
        Status = 403,
        Code = "obligation_not_possible",
        Message = "This request may only go out changed, and the change cannot be made.",
        Reason = reason,
        Final = true,
    };
}
