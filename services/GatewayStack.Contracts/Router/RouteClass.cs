namespace GatewayStack.Contracts.Router;

/// <summary>What kind of route a request came in by; it fixes the stages that the request passes.</summary>
public enum RouteClass
{
    /// <summary>Not said; such a route does not start.</summary>
    Unspecified = 0,

    /// <summary>A model provider's API.</summary>
    Llm = 1,

    /// <summary>A customer's backend.</summary>
    Backend = 2,

    /// <summary>An MCP server.</summary>
    Mcp = 3,

    /// <summary>The caller's own data: limits, usage, audit.</summary>
    Account = 4,

    /// <summary>Administration, on the management address only.</summary>
    Admin = 5,

    /// <summary>Open to everyone: key sets, metadata, liveness.</summary>
    Public = 6,
}
