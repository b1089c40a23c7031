using System.Collections.Immutable;

namespace GatewayStack.Router.Mcp.Protocol;

/// <summary>Revisions of the Model Context Protocol that the gateway serves over Streamable HTTP.</summary>
internal static class McpVersions
{
    /// <summary>The first revision without sessions: everything a request needs stands in the request.</summary>
    public const string Stateless = "2026-07-28";

    /// <summary>What a request of the session era speaks that does not say so (2025-06-18, transports).</summary>
    public const string Assumed = "2025-03-26";

    /// <summary>All of them, the newest first.</summary>
    public static ImmutableArray<string> Known { get; } = [Stateless, "2025-11-25", "2025-06-18", Assumed];

    public static bool IsKnown(string version) => Known.Contains(version, StringComparer.Ordinal);

    /// <summary>Whether a version, known or not, is of the era without sessions. Revisions are dates: their text sorts as they do.</summary>
    public static bool IsStateless(string version) => version.Length == 10 && string.CompareOrdinal(version, Stateless) >= 0;
}
