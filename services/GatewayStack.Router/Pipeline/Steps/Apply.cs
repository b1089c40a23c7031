using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>Computes the edits that the decision's obligations and the route ask for, once for each distinct set.</summary>
internal sealed class Apply(ITransformModule transform, StageInvoker stages, RouterSnapshotStore settings, RouterMetrics metrics) : IPipelineStep
{
    public string Name => "apply";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var edits = new Dictionary<string, ImmutableArray<TextEdit>>(StringComparer.Ordinal);
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
            if (nothingLeft || CannotCap(exchange, obligations) || obligations.Any(o => o.Kind is not (ObligationKind.Redact or ObligationKind.LowerMaxTokens)))
            {
                return NotPossible("unsupported_obligation");
            }

            if (RedactionDemand.Of(exchange, planned, exchange.Treatment) is { } demand)
            {
                var key = (demand.IsDemanded ? "demanded:" : "wished:") + string.Join(',', demand.Types);
                if (!edits.TryGetValue(key, out var made))
                {
                    (made, var refusal) = await EditAsync(exchange, demand.Types, demand.IsDemanded, cancellationToken);
                    if (refusal is not null)
                    {
                        return refusal;
                    }

                    edits.Add(key, made);
                }

                target = target with { Edits = made };
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

    private async ValueTask<(ImmutableArray<TextEdit> Edits, Refusal? Refusal)> EditAsync(
        Exchange exchange, ImmutableArray<string> types, bool demanded, CancellationToken cancellationToken)
    {
        if (exchange.Mcp is not null && exchange.BackendContent is null)
        {
            // A message without a text, or a stream: what is to be taken out may stand in the answer alone.
            return ([], null);
        }

        if (exchange.Inspection is not { } inspection)
        {
            if (!demanded)
            {
                return ([], null);
            }

            return ([], exchange.Context.Metadata?.Status == ContentStatus.Unavailable ? Refusal.Unavailable(Name) : NotPossible("content_unavailable"));
        }

        if (inspection.Metadata.Unscanned.Length > 0)
        {
            return ([], Refusal.BadRequest("content_not_scannable", "The content must be redacted, and parts of it are not text. Send text only."));
        }

        if (inspection.Findings.IsEmpty)
        {
            return ([], null);
        }

        var touched = inspection.Findings.Select(f => f.SegmentId).ToHashSet();
        var request = new EditRequest
        {
            RequestId = exchange.Context.RequestId,
            Tenant = exchange.Tenant,
            Assertion = exchange.Assertion,
            Segments = [.. exchange.Context.Content.Where(s => touched.Contains(s.Id))],
            Findings = inspection.Findings,
            Types = types,
        };
        var (call, result) = await stages.InvokeAsync(
            ModuleCall.For(exchange, ModuleNames.Transform, Name, exchange.Body.Length), (transform, request), static (s, ct) => s.transform.ApplyAsync(s.request, ct), cancellationToken);
        if (call == StageCall.NeverReached && !demanded)
        {
            exchange.Degrade(ModuleNames.Transform);
            metrics.Degraded(ModuleNames.Transform);
            return ([], settings.Options.OnUnavailable.Transform == "allow" ? null : Refusal.Of(Name, call));
        }

        if (call != StageCall.Answered)
        {
            return ([], Refusal.Of(Name, call));
        }

        return result!.Status == EditStatus.Applied
            ? (result.Edits, null)
            : ([], Refusal.BadRequest("content_not_editable", "Something that must be redacted stands where it cannot be taken out; remove it.") with { Reason = result.Reason });
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
