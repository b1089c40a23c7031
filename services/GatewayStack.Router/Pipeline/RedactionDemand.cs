using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Pipeline;

/// <summary>What must be done with what is found in a content.</summary>
/// <param name="Actions">What is done with each type; changes something.</param>
/// <param name="IsDemanded">True where the content may not go on otherwise.</param>
internal sealed record RedactionDemand(ContentActions Actions, bool IsDemanded)
{
    private static readonly ContentActions Everything = ContentActions.Of([new TypeAction { Type = TypeAction.AnyType, Action = ContentAction.Redact }]);

    /// <summary>Asks for nothing: what Transform's own settings take out of a text goes all the same.</summary>
    public static RedactionDemand OnlyItsOwn { get; } = new(ContentActions.Of([new TypeAction { Type = TypeAction.AnyType, Action = ContentAction.Allow }]), IsDemanded: false);

    /// <summary>Names the demand among those of one request.</summary>
    public string Key => (IsDemanded ? "demanded" : "wished") + string.Concat(Actions.ToEntries().Select(e => $"|{e.Type}:{(int)e.Action}"));

    /// <summary>Types that were found and may not go on, sorted; those of turns that a model has answered already are taken out instead.</summary>
    public ImmutableArray<string> Blocked(ImmutableArray<Finding> findings, IEnumerable<ContentSegment> segments)
    {
        if (!Blocks(findings))
        {
            return [];
        }

        var earlier = segments.Where(s => s.Earlier).Select(s => s.Id).ToHashSet();
        var blocked = findings.Where(f => Actions.For(f) == ContentAction.Block && !earlier.Contains(f.SegmentId));
        return [.. blocked.Select(Actions.TypeOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>True where something was found that may not go on as it is, whatever else holds.</summary>
    public bool Blocks(ImmutableArray<Finding> findings) => findings.Any(f => Actions.For(f) == ContentAction.Block);

    /// <returns>What the decision, the route and the gateway ask for at a target, or null where they ask for nothing.</returns>
    public static RedactionDemand? Of(Exchange exchange, PlannedTarget planned, ContentTreatment treatment)
    {
        var obligations = Obligations(exchange, planned);
        var demanded = obligations.IsEmpty ? ContentActions.None : ContentActions.Of(obligations.SelectMany(Entries));
        var actions = OfRoute(exchange, treatment).With(demanded);
        return actions.ChangesNothing
            ? null
            : new RedactionDemand(actions, !demanded.ChangesNothing || (treatment == ContentTreatment.RedactRequired && exchange.Context.Modes.Transform == ModuleMode.Enforce));
    }

    /// <summary>What the decision asks for at a target.</summary>
    public static ImmutableArray<Obligation> Obligations(Exchange exchange, PlannedTarget planned) =>
        exchange.Context.Modes.Policy == ModuleMode.Enforce
            ? exchange.Context.PolicyDecision?.Permitted.FirstOrDefault(p => p.TargetId == planned.Target.Id)?.Obligations ?? []
            : [];

    /// <returns>What an obligation does with findings; unspecified for other obligations, and for unknown ones.</returns>
    public static ContentAction ActionOf(ObligationKind kind) => kind switch
    {
        ObligationKind.Redact => ContentAction.Redact,
        ObligationKind.Mask => ContentAction.Mask,
        ObligationKind.Hash => ContentAction.Hash,
        ObligationKind.Pseudonymise => ContentAction.Pseudonymise,
        ObligationKind.PseudonymiseFormat => ContentAction.PseudonymiseFormat,
        ObligationKind.Block => ContentAction.Block,
        _ => ContentAction.Unspecified,
    };

    /// <returns>What is done in the answers of the model asked for.</returns>
    public static ContentActions InAnswers(Exchange exchange)
    {
        if (exchange.Chat is null || exchange.Context.Modes.Transform != ModuleMode.Enforce || exchange.Treatment == ContentTreatment.Off)
        {
            return ContentActions.None;
        }

        var (route, gateway) = (exchange.Model?.Content.Answers ?? ContentRows.None, exchange.Snapshot.Content.Answers);
        return route.IsEmpty && gateway.IsEmpty ? ContentActions.None : ContentRows.Cover(route.For(exchange.Tenant), gateway.For(exchange.Tenant));
    }

    /// <returns>What the settings ask for, whatever the mode; what the route's own rows do not name is redacted where the route redacts, or has what holds for all
    /// routes, whichever is stricter.</returns>
    public static ContentActions Configured(Exchange exchange, ContentTreatment treatment)
    {
        if (treatment == ContentTreatment.Off)
        {
            return ContentActions.None;
        }

        var (route, gateway) = ((exchange.Model?.Content ?? exchange.Backend?.Content)?.Requests ?? ContentRows.None, exchange.Snapshot.Content.Requests);
        var below = gateway.For(exchange.Tenant);
        if (treatment is ContentTreatment.Redact or ContentTreatment.RedactRequired)
        {
            below = below.With(Everything);
        }

        return route.IsEmpty ? below : ContentRows.Cover(route.For(exchange.Tenant), below);
    }

    private static ContentActions OfRoute(Exchange exchange, ContentTreatment treatment) =>
        exchange.Context.Modes.Transform == ModuleMode.Enforce ? Configured(exchange, treatment) : ContentActions.None;

    private static IEnumerable<TypeAction> Entries(Obligation obligation)
    {
        if (ActionOf(obligation.Kind) is not ContentAction.Unspecified and var action)
        {
            foreach (var type in obligation.Types.IsDefaultOrEmpty ? [TypeAction.AnyType] : obligation.Types)
            {
                yield return new TypeAction { Type = type, Action = action };
            }
        }
    }
}
