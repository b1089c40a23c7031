using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Mcp.Servers;

/// <summary>One MCP server, reached at <c>/mcp/{name}</c> by Streamable HTTP.</summary>
public sealed record McpServerOptions
{
    /// <summary>The server's own endpoint.</summary>
    public string? Url { get; init; }

    /// <summary>The resource that tokens must be for (RFC 8707), as clients type it; default: the public URL and <c>/mcp/{name}</c>.</summary>
    public string? Resource { get; init; }

    /// <summary>Further <c>aud</c> values that are accepted, such as Entra's <c>api://...</c>.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Audience of the assertion the server gets; default: its name.</summary>
    public string? AssertionAudience { get; init; }

    /// <summary>Scopes that a first sign-in asks for: the metadata's <c>scopes_supported</c> and the first challenge's <c>scope</c>.</summary>
    public IReadOnlyList<string> InitialScopes { get; init; } = [];

    /// <summary>What the issuer wants before the gateway's scopes, such as <c>api://calendar/</c>: clients are told the scopes with it. Default: none.</summary>
    public string? ScopePrefix { get; init; }

    /// <summary>Origins of web pages that may call the route, such as <c>https://inspector.example.com</c>; in Development loopback origins may, too.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Methods that need no token: of <c>initialize</c>, <c>server/discover</c> and the lists.</summary>
    public IReadOnlyList<string> AnonymousMethods { get; init; } = [];

    /// <summary>
    /// How a tool call is told that it needs a (wider) token: <c>http</c> (status and header), <c>tool-result</c> (the form of the Apps SDK) or <c>both</c> (default).
    /// </summary>
    public string Challenge { get; init; } = "both";

    /// <summary>
    /// Which tools a list shows: <c>obtainable</c> (default: those the caller may call, and could with a further scope), <c>callable</c>, or <c>catalogue</c> (everyone
    /// the same).
    /// </summary>
    public string List { get; init; } = "obtainable";

    /// <summary>Sent to the server as <c>Authorization</c>, whole; a secret.</summary>
    public string? Credential { get; init; }

    /// <summary>In its place a token of the person's own, by exchange at their issuer. Default: none.</summary>
    public TokenExchangeOptions? TokenExchange { get; init; }

    /// <summary><c>off</c>, <c>detect</c> (default), <c>redact</c> or <c>redact-required</c>: how arguments and results are treated.</summary>
    public string? Transform { get; init; }

    /// <summary>Which records a tool call touches, as <c>tool type=/pointer</c> into its arguments; the tool may be a pattern (<c>calendar.*</c>).</summary>
    public IReadOnlyList<string> ResourcePointers { get; init; } = [];

    /// <summary>Longest wait for the server's first byte, in seconds; default 100. A stream may be silent for longer.</summary>
    public int TimeoutSeconds { get; init; } = 100;

    /// <summary>Leaves the credential out: it may stand there itself in place of a reference.</summary>
    public override string ToString() => $"MCP server {Url}";
}
