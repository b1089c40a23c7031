using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Documents.Reading;
using GatewayStack.Policy.Compilation;

namespace GatewayStack.Policy.Documents;

/// <summary>Checks that what a rule names and the actions it names fit together, where calls to MCP servers are meant: what could never match is an error.</summary>
internal static class RuleSelectors
{
    private const string MethodsMember = "mcpMethods";

    private static readonly ImmutableArray<(string Action, string Member)> Named =
    [
        (GatewayActions.ToolCall, "tools"),
        (GatewayActions.ResourceRead, "resources"),
        (GatewayActions.PromptGet, "prompts"),
        (GatewayActions.McpMethod, MethodsMember),
    ];

    private static readonly ImmutableArray<string> OfModelsAndBackends = ["models", "backends", "methods", "paths"];

    private static readonly ImmutableArray<string> DecidedByName = ["tools/call", "resources/read", "prompts/get"];

    public static bool NameMcp(DocumentNode node) => Named.Any(n => node.Member(n.Member) is not null);

    public static void Check(DocumentNode node, Rule rule, RuleEffect? effect)
    {
        var asksOfMcp = NameMcp(node) || node.Member("servers") is not null;
        var asksOfOthers = OfModelsAndBackends.Any(m => node.Member(m) is not null);
        if (asksOfMcp && asksOfOthers)
        {
            node.Error("asks about models or backends and about MCP servers: no request is both, make it two rules");
            return;
        }

        var mcpActions = rule.Actions.Count(IsMcp);
        if (asksOfOthers && mcpActions > 0 && mcpActions == rule.Actions.Length)
        {
            node.Error($"asks about models or backends, but its only actions are {string.Join(" and ", rule.Actions)}: it would never match");
        }

        if (asksOfMcp && mcpActions == 0 && !rule.Actions.IsEmpty)
        {
            node.Error($"asks about MCP servers, but its only actions are {string.Join(" and ", rule.Actions)}: it would never match");
            return;
        }

        foreach (var (action, member) in Named)
        {
            CheckNamed(node, rule, effect, action, member);
        }

        if (effect == RuleEffect.Allow && asksOfMcp)
        {
            CheckAllow(node, rule);
        }
    }

    // Names of what the actions are not about; a rule that keeps out may name methods of any action.
    private static void CheckNamed(DocumentNode node, Rule rule, RuleEffect? effect, string action, string member)
    {
        var isAnyActions = effect != RuleEffect.Allow && member == MethodsMember;
        if (node.Member(member) is { } names && !rule.CanBeAbout(action) && !isAnyActions)
        {
            names.Error($"need {action} among the actions: they would never match");
        }
        else if (effect == RuleEffect.Allow && node.Member(member) is null && rule.Actions.Contains(action, StringComparer.Ordinal))
        {
            node.Error($"allows {action} without naming {member}: name them, \"*\" for all");
        }
    }

    private static void CheckAllow(DocumentNode node, Rule rule)
    {
        foreach (var method in rule.Mcp.Methods.Where(m => DecidedByName.Contains(m.Pattern, StringComparer.Ordinal)))
        {
            node.Member(MethodsMember)!.Error($"has {method.Pattern}, which is decided on what it calls: name tools, resources or prompts");
        }

        if (rule.Obligations.MaxTokens is not null)
        {
            node.Member("obligations")!.Error("has lowerMaxTokens, which is about models: remove it");
        }
    }

    private static bool IsMcp(string action) => Named.Any(n => n.Action == action);
}
