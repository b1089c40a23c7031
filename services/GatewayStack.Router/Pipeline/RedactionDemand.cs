using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Router.Pipeline;

/// <summary>What must be taken out of a content.</summary>
/// <param name="Types">The types; empty means every type.</param>
/// <param name="IsDemanded">True where the content may not go on otherwise.</param>
internal sealed record RedactionDemand(ImmutableArray<string> Types, bool IsDemanded)
{
    /// <returns>What the decision and the route ask for at a target, or null where they ask for nothing.</returns>
    public static RedactionDemand? Of(Exchange exchange, PlannedTarget planned, ContentTreatment treatment)
    {
        var redact = Obligations(exchange, planned).Where(o => o.Kind == ObligationKind.Redact).ToList();
        var ofRoute = exchange.Context.Modes.Transform == ModuleMode.Enforce && treatment is ContentTreatment.Redact or ContentTreatment.RedactRequired;
        if (redact.Count == 0 && !ofRoute)
        {
            return null;
        }

        ImmutableArray<string> types = ofRoute || redact.Any(o => o.Types.IsDefaultOrEmpty) ? [] : [.. redact.SelectMany(o => o.Types).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new RedactionDemand(types, redact.Count > 0 || treatment == ContentTreatment.RedactRequired);
    }

    /// <summary>What the decision asks for at a target.</summary>
    public static ImmutableArray<Obligation> Obligations(Exchange exchange, PlannedTarget planned) =>
        exchange.Context.Modes.Policy == ModuleMode.Enforce
            ? exchange.Context.PolicyDecision?.Permitted.FirstOrDefault(p => p.TargetId == planned.Target.Id)?.Obligations ?? []
            : [];
}
