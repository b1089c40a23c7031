using System.Collections.Immutable;
using GatewayStack.Contracts.Router;

namespace GatewayStack.Router.Doors;

/// <summary>Shape of errors on a route.</summary>
internal enum ErrorShape
{
    /// <summary>RFC 9457 problem details.</summary>
    Problem,

    /// <summary>OpenAI's <c>{"error":{...}}</c>.</summary>
    OpenAi,

    /// <summary>JSON-RPC's <c>{"jsonrpc":"2.0","error":{...}}</c>, for what is refused before a message was read.</summary>
    JsonRpc,
}

/// <summary>A route with the stages it passes: metadata of every endpoint of the front door.</summary>
internal sealed record GovernedRoute
{
    public required FrontDoorRoute Route { get; init; }

    public required ErrorShape Shape { get; init; }

    public required ImmutableArray<Type> Stages { get; init; }

    public override string ToString() => $"{Route.Method} {Route.Pattern} ({Route.Class}): {string.Join(" -> ", Stages.Select(s => s.Name))}";
}
