using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Pipeline.Steps;

namespace GatewayStack.Router.Pipeline;

/// <summary>Which stages each class of routes passes. A route outside this table does not start.</summary>
internal static class StageMatrix
{
    // The order is the product: docs/architecture.md says why each step stands where it does.
    private static readonly ImmutableArray<Type> Governed =
    [
        typeof(Identify), typeof(RequireStanding), typeof(Inspect), typeof(ResolveCandidates), typeof(RequireTargets), typeof(Decide), typeof(Apply),
        typeof(Reserve), typeof(RecordDecision), typeof(Execute), typeof(RecordOutcome), typeof(Settle),
    ];

    private static readonly ImmutableArray<Type> Tools =
    [
        typeof(Identify), typeof(RequireStanding), typeof(ReadMcp), typeof(RequireTargets), typeof(Inspect), typeof(DecideMcp), typeof(Apply),
        typeof(Reserve), typeof(RecordDecision), typeof(Execute), typeof(RecordOutcome), typeof(Settle),
    ];

    private static readonly ImmutableArray<Type> Listing = [typeof(Identify), typeof(RequireStanding), typeof(DecideVisibleModels), typeof(RecordAccess), typeof(Execute)];

    private static readonly ImmutableArray<Type> Own = [typeof(Identify), typeof(RequireStanding), typeof(RequireScope), typeof(RecordAccess), typeof(Execute)];

    /// <returns>The stages, or null when no such route may exist.</returns>
    public static ImmutableArray<Type>? For(RouteClass routeClass, string? action) => (routeClass, action) switch
    {
        (RouteClass.Llm, GatewayActions.ModelCall) => Governed,
        (RouteClass.Llm, GatewayActions.ModelList) => Listing,
        (RouteClass.Backend, GatewayActions.BackendCall) => Governed,
        (RouteClass.Mcp, GatewayActions.McpMethod) => Tools,
        (RouteClass.Account, not null) => Own,
        (RouteClass.Admin, GatewayActions.AdminRead or GatewayActions.AdminWrite) => Own,
        (RouteClass.Public, null) => ImmutableArray<Type>.Empty,
        _ => null,
    };
}
