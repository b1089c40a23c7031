using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;
using GatewayStack.Policy.Compilation;

namespace GatewayStack.Policy.Evaluation;

/// <summary>Says what the rules ask for tools, whoever calls them. A pure function of the snapshot.</summary>
internal sealed class ToolDescriber(PolicySnapshot snapshot, string server)
{
    // Who asks, and for which target, is not known: rules are shown a call and nothing else.
    private static readonly CallerIdentity Nobody = new()
    {
        PersonId = string.Empty,
        UserId = string.Empty,
        Subject = string.Empty,
        Issuer = string.Empty,
        IssuerName = string.Empty,
        Tenant = string.Empty,
        Kind = IdentityKind.Unspecified,
    };

    private static readonly PolicyTarget Nowhere = new() { Id = string.Empty, Provider = string.Empty };

    private readonly RuleSet _rules = snapshot.For(GatewayActions.ToolCall);

    public ToolRule Describe(string tool)
    {
        var call = new McpFacts { Server = server, Method = "tools/call", Tool = tool };
        var facts = new Facts(Ask(call), Nowhere, AllowUnscanned: true, OfNobody: true);
        var allows = About(_rules.AllowsOf(facts.Question).Concat(_rules.OtherAllows), facts);
        var denies = About(_rules.Denies, facts);
        if (allows.Count == 0 || denies.Exists(d => d.Rule is { Who.IsEverybody: true, Targets.IsEmpty: true } && d.Condition == Ternary.True))
        {
            return new ToolRule { Tool = tool, Named = false };
        }

        var requires = About(_rules.Requires, facts);
        var open = allows.FindAll(AsksOnlyForScopes);
        var nearest = (open.Count > 0 ? open : allows).ConvertAll(a => Sorted(a.Rule.Who.NeededScopes([]))).Order(Nearness).First();
        return new ToolRule
        {
            Tool = tool,
            Named = true,
            OnlyScopes = open.Count > 0 && requires.TrueForAll(AsksOnlyForScopes) && denies.TrueForAll(d => d.Rule.Who.IsEverybody && AsksNothingOfTheCaller(d.Rule)),
            Scopes = Sorted(nearest.Concat(requires.SelectMany(r => r.Rule.Who.NeededScopes([])))),
        };
    }

    /// <summary>Names in rules that can be about the server and fit none of its tools.</summary>
    public ImmutableArray<string> WithoutTool(ImmutableArray<string> tools) => Sorted(
        snapshot.Rules.Where(r => r.Mcp.Servers.IsEmpty || Glob.Any(r.Mcp.Servers, server))
            .SelectMany(r => r.Mcp.Tools)
            .Where(glob => !tools.Any(t => glob.Matches(t)))
            .Select(glob => glob.Pattern));

    private static Comparer<ImmutableArray<string>> Nearness { get; } = Comparer<ImmutableArray<string>>.Create((left, right) =>
        left.Length != right.Length ? left.Length.CompareTo(right.Length) : string.CompareOrdinal(string.Join(' ', left), string.Join(' ', right)));

    // The rules that are about the call, unless what they say of it is not so.
    private static List<(Rule Rule, Ternary Condition)> About(IEnumerable<Rule> rules, Facts facts) =>
    [
        .. rules.Where(r => r.IsAboutMcp(GatewayActions.ToolCall, facts.Question.Mcp!))
            .Select(r => (Rule: r, Condition: r.Condition(facts)))
            .Where(r => r.Rule.Effect == RuleEffect.Require || r.Condition != Ternary.False),
    ];

    private static bool AsksOnlyForScopes((Rule Rule, Ternary Condition) rule) =>
        rule.Condition != Ternary.False && rule.Rule.Who.AsksOnlyForScopes && rule.Rule.Targets.IsEmpty && AsksNothingOfTheCaller(rule.Rule);

    private static bool AsksNothingOfTheCaller(Rule rule) => rule.When?.AsksOfTheCaller != true;

    private static ImmutableArray<string> Sorted(IEnumerable<string> texts) => [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static PolicyQuestion Ask(McpFacts call) => new()
    {
        RequestId = string.Empty,
        Identity = Nobody,
        Action = GatewayActions.ToolCall,
        Mcp = call,
        Content = new ContentMetadata { Status = ContentStatus.Off },
        Now = DateTimeOffset.UnixEpoch,
    };
}
