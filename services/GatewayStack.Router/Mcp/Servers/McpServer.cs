using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Mcp.Servers;

/// <summary>One MCP server: validated, immutable.</summary>
internal sealed record McpServer
{
    // OpenID Connect's, and the one with which Cognito's people change their own account.
    private static readonly FrozenSet<string> OwnScopes =
        new[] { "openid", "profile", "email", "address", "phone", "offline_access", "aws.cognito.signin.user.admin" }.ToFrozenSet(StringComparer.Ordinal);

    public required string Name { get; init; }

    public required Uri Url { get; init; }

    /// <summary>The resource as configured; null where it follows from the public URL.</summary>
    public string? Resource { get; init; }

    public required ImmutableArray<string> Audiences { get; init; }

    public required string AssertionAudience { get; init; }

    public required ImmutableArray<string> InitialScopes { get; init; }

    public string? ScopePrefix { get; init; }

    public required FrozenSet<string> Origins { get; init; }

    public required FrozenSet<string> AnonymousMethods { get; init; }

    public required McpChallenge Challenge { get; init; }

    public required McpListing List { get; init; }

    /// <summary>The credential as configured: read again when the server does not take it any more.</summary>
    public string? CredentialReference { get; init; }

    /// <summary>Which token of the person's own the server gets in its place.</summary>
    public TokenExchange? TokenExchange { get; init; }

    public required ContentTreatment Treatment { get; init; }

    public required ImmutableArray<ToolResourcePointer> ResourcePointers { get; init; }

    public required TimeSpan Timeout { get; init; }

    public override string ToString() => $"MCP server {Name}";

    /// <summary>A scope as clients have to ask the issuer for it. Scopes that are not of any API stand as they are.</summary>
    public string AtIssuer(string scope) => ScopePrefix is null || OwnScopes.Contains(scope) ? scope : ScopePrefix + scope;
}

/// <summary>Where a tool's arguments name a record.</summary>
internal sealed record ToolResourcePointer(string Tool, ResourcePointer Resource)
{
    public bool IsAbout(string tool) => Tool.EndsWith('*') ? tool.StartsWith(Tool[..^1], StringComparison.Ordinal) : string.Equals(Tool, tool, StringComparison.Ordinal);
}

/// <summary>How a tool call learns that it needs a (wider) token.</summary>
[Flags]
internal enum McpChallenge
{
    Http = 1,
    ToolResult = 2,
    Both = Http | ToolResult,
}

/// <summary>Which tools a list shows.</summary>
internal enum McpListing
{
    Obtainable,
    Callable,
    Catalogue,
}
