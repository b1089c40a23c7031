namespace GatewayStack.McpUpstream;

/// <summary>How the upstream runs.</summary>
internal sealed record UpstreamOptions
{
    /// <summary>Where it listens; a free port unless said.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>
    /// The gateway in front of it. Where there is one, only requests with its assertion are served; the audience is the path: <c>mcp</c>, <c>bare</c>,
    /// <c>bad-redirect</c>.
    /// </summary>
    public Uri? Gateway { get; init; }
}
