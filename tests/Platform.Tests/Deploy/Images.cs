using System.Globalization;
using System.Text.RegularExpressions;
using GatewayStack.Platform.Tests.Architecture;

namespace GatewayStack.Platform.Tests.Deploy;

/// <summary>What <c>deploy/Dockerfile</c> says.</summary>
internal static partial class Images
{
    public static string Text { get; } = File.ReadAllText(Repository.PathOf("deploy/Dockerfile"));

    /// <summary>Values of SERVICE.</summary>
    public static IReadOnlyList<string> Services { get; } = [.. Listed().Matches(Text.Split('\n').Single(l => l.StartsWith("# SERVICE is ", StringComparison.Ordinal))).Select(m => m.Value)];

    public static IReadOnlyList<int> Ports { get; } =
        [.. Text.Split('\n').Single(l => l.StartsWith("EXPOSE ", StringComparison.Ordinal)).Split(' ').Skip(1).Select(p => int.Parse(p, CultureInfo.InvariantCulture))];

    public static long User { get; } = long.Parse(Text.Split('\n').Single(l => l.StartsWith("USER ", StringComparison.Ordinal))["USER ".Length..], CultureInfo.InvariantCulture);

    /// <summary>The value of SERVICE that makes a service's image.</summary>
    public static string ServiceOf(string service) => $"{char.ToUpperInvariant(service[0])}{service[1..]}.Service";

    [GeneratedRegex(@"\b[A-Z][a-z]+(\.Service|\b(?= \())", RegexOptions.ExplicitCapture)]
    private static partial Regex Listed();
}
