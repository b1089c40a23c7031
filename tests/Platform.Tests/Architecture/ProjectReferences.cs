using System.Xml.Linq;

namespace GatewayStack.Platform.Tests.Architecture;

/// <summary>Who may reference whom, and what a project references.</summary>
internal static class ProjectReferences
{
    // A module uses of the shared libraries what it needs and no more; hosts are not listed, they may reference everything.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["GatewayStack.Contracts"] = [],
        ["GatewayStack.Postgres"] = ["GatewayStack.Contracts"],
        ["GatewayStack.Documents"] = ["GatewayStack.Contracts", "GatewayStack.Postgres"],
        ["GatewayStack.Events"] = ["GatewayStack.Contracts"],
        ["GatewayStack.Events.Kafka"] = ["GatewayStack.Contracts", "GatewayStack.Events"],
        ["GatewayStack.Wire"] = ["GatewayStack.Contracts"],
        ["GatewayStack.Identity"] = ["GatewayStack.Contracts", "GatewayStack.Postgres"],
        ["GatewayStack.Transform"] = ["GatewayStack.Contracts"],
        ["GatewayStack.Policy"] = ["GatewayStack.Contracts", "GatewayStack.Documents"],
        ["GatewayStack.Limits"] = ["GatewayStack.Contracts", "GatewayStack.Documents", "GatewayStack.Events", "GatewayStack.Postgres"],
        ["GatewayStack.Router"] = ["GatewayStack.Contracts", "GatewayStack.Events"],
        ["GatewayStack.Audit"] = ["GatewayStack.Contracts", "GatewayStack.Events", "GatewayStack.Postgres"],
        ["GatewayStack.Credentials"] = [],
        ["GatewayStack.Demo"] = ["GatewayStack.Contracts"],
        ["GatewayStack.ServiceDefaults"] = ["GatewayStack.Contracts"],
    };

    private static readonly HashSet<string> Hosts =
        new(["GatewayStack.AppHost", "GatewayStack.Gateway", "GatewayStack.Demo.Host", "GatewayStack.Cli"], StringComparer.Ordinal);

    /// <summary>Names of all projects that have a rule.</summary>
    public static IEnumerable<string> Ruled => Allowed.Keys;

    public static bool IsHost(string project) => Hosts.Contains(project) || project.EndsWith(".Service", StringComparison.Ordinal);

    /// <summary>What is wrong with a project's references; empty when nothing is.</summary>
    public static IEnumerable<string> Violations(string project, IEnumerable<string> references)
    {
        if (IsHost(project))
        {
            return [];
        }

        return Allowed.TryGetValue(project, out var allowed)
            ? references.Except(allowed, StringComparer.Ordinal).Select(r => $"{project} references {r}")
            : [$"{project} has no row: say what it may reference"];
    }

    /// <summary>The projects that a project file references, by name.</summary>
    public static IReadOnlyList<string> Of(string projectXml) =>
        [.. XDocument.Parse(projectXml).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))];
}
