using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Mcp.Clients;

namespace GatewayStack.EndToEnd.Tests.Mcp.Conformance;

/// <summary>Checks of one scenario.</summary>
internal sealed record ScenarioResult(int Passed, int Failed);

/// <summary>One run of the official conformance suite.</summary>
/// <param name="Scenarios">Every scenario that ran.</param>
/// <param name="NotScored">Those of them that the revision does not require: extensions, and what came later.</param>
/// <param name="Output">What it printed.</param>
internal sealed partial record ConformanceRun(ImmutableDictionary<string, ScenarioResult> Scenarios, ImmutableHashSet<string> NotScored, string Output)
{
    public IEnumerable<string> RequiredThatFailed => Scenarios.Where(s => s.Value.Failed > 0 && !NotScored.Contains(s.Key)).Select(s => s.Key).Order(StringComparer.Ordinal);

    /// <summary>Scenarios that went worse than in another run.</summary>
    public IEnumerable<string> WorseThan(ConformanceRun other) => other.Scenarios.Where(s => Of(s.Key).Failed > s.Value.Failed || Of(s.Key).Passed < s.Value.Passed)
        .Select(s => $"{s.Key}: {Of(s.Key)} instead of {s.Value}").Order(StringComparer.Ordinal);

    public static async Task<ConformanceRun> RunAsync(string url, params string[] arguments)
    {
        McpNode.Require();
        using var home = new TempFolder();
        var run = await McpNode.CommandAsync("conformance", home, ["server", "--url", url, .. arguments]);
        var scenarios = Result().Matches(run.Output).ToImmutableDictionary(
            m => m.Groups["name"].Value, m => new ScenarioResult(int.Parse(m.Groups["passed"].Value), int.Parse(m.Groups["failed"].Value)), StringComparer.Ordinal);
        return new ConformanceRun(scenarios, NotScoredLine().Matches(run.Output).Select(m => m.Groups["name"].Value).ToImmutableHashSet(StringComparer.Ordinal), run.Output);
    }

    private ScenarioResult Of(string scenario) => Scenarios.GetValueOrDefault(scenario) ?? new ScenarioResult(0, 0);

    [GeneratedRegex(@"^[✓✗] (?<name>[\w-]+): (?<passed>\d+) passed, (?<failed>\d+) failed", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Result();

    [GeneratedRegex(@"^  [✓✗] (?<name>[\w-]+) \([\w-]+\)", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex NotScoredLine();
}
