using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Documents.Reading;
using GatewayStack.Policy.Compilation;

namespace GatewayStack.Policy.Documents;

/// <summary>
/// The short form of tools:
/// <c>{"calendar.list": "calendar:read", "calendar.*": ["a", "b"], "x": {"requiredRoles": ["doctor"], "requiredScopes": ["a"], "servers": ["clinic"]}}</c>. Any of the
/// roles, all of the scopes.
/// </summary>
/// <remarks>
/// One tool becomes two rules, as a model does: one that allows persons who have them, and one that requires them of everybody, so that no wider rule leads round them.
/// </remarks>
internal static class ToolRequirements
{
    public static IEnumerable<Rule> Read(DocumentNode tools)
    {
        if (tools.Kind != JsonValueKind.Object)
        {
            tools.Error("must be an object: tools with the scopes they require");
        }

        return tools.Members().Take(PolicyFormat.MaxRules).SelectMany(m => Read(m.Name, m.Value));
    }

    private static IEnumerable<Rule> Read(string tool, DocumentNode node)
    {
        if (string.IsNullOrWhiteSpace(tool))
        {
            node.Error("names no tool");
        }

        var servers = node.Member("servers")?.Texts() ?? [];
        return Required(node) is not { } who
            ? []
            :
            [
                new Rule
                {
                    Id = $"tool:{tool}",
                    Effect = RuleEffect.Allow,
                    Who = who with { Kinds = [IdentityKind.Person] },
                    Actions = [GatewayActions.ToolCall],
                    Mcp = Named(tool, servers, ignoreCase: false),
                },
                new Rule
                {
                    Id = $"tool:{tool}:required",
                    Effect = RuleEffect.Require,
                    Who = who,
                    Actions = [GatewayActions.ToolCall],
                    Mcp = Named(tool, servers, ignoreCase: true),
                },
            ];
    }

    private static Who? Required(DocumentNode node)
    {
        switch (node.Kind)
        {
            case JsonValueKind.String:
                return node.Text() is { } scope ? new Who { AllScopes = [scope] } : null;
            case JsonValueKind.Array:
                return new Who { AllScopes = node.Texts() };
            case JsonValueKind.Object:
                break;
            default:
                node.Error("must be a scope, a list of scopes, or an object with requiredRoles or requiredScopes");
                return null;
        }

        _ = node.ExpectObject("requiredRoles", "requiredScopes", "servers");
        var roles = node.Member("requiredRoles");
        var scopes = node.Member("requiredScopes");
        if (roles is null && scopes is null)
        {
            node.Error("requires nothing: name requiredRoles or requiredScopes, or allow the tool to everyone with a rule");
            return null;
        }

        return new Who { AnyRole = roles?.Texts() ?? [], AllScopes = scopes?.Texts() ?? [] };
    }

    private static McpSelector Named(string tool, ImmutableArray<string> servers, bool ignoreCase) =>
        new() { Tools = [new Glob(tool, ignoreCase)], Servers = [.. servers.Select(s => new Glob(s, ignoreCase))] };
}
