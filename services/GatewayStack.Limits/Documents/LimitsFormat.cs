using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Documents;
using GatewayStack.Limits.Windows;

namespace GatewayStack.Limits.Documents;

/// <summary>The format <c>gateway.limits/v1</c>.</summary>
internal sealed class LimitsFormat : IDocumentFormat<LimitsDocument>
{
    public const string ApiVersion = "gateway.limits/v1";

    private const int MostLimits = 200;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.");

    private static readonly ImmutableArray<string> McpActions = [GatewayActions.ToolCall, GatewayActions.ResourceRead, GatewayActions.PromptGet, GatewayActions.McpMethod];

    private static readonly ImmutableArray<string> Actions = [GatewayActions.ModelCall, GatewayActions.BackendCall, .. McpActions];

    public DocumentResult<LimitsDocument> Compile(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var errors = new List<DocumentError>();
        var root = new DocumentNode(document.RootElement, string.Empty, errors);
        var rules = ImmutableArray.CreateBuilder<LimitRule>();
        if (root.IsObjectOf("apiVersion", "description", "limits"))
        {
            if (root.Text("apiVersion", required: true) is { } version && version != ApiVersion)
            {
                root.Error("apiVersion", $"must be {ApiVersion}");
            }

            var names = new HashSet<string>(StringComparer.Ordinal);
            var series = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var node in root.Items("limits", MostLimits))
            {
                if (Rule(node, names, series) is { } rule)
                {
                    rules.Add(rule);
                }
            }
        }

        return errors.Count > 0 ? new() { Errors = [.. errors] } : new() { Value = new LimitsDocument(rules.ToImmutable()) };
    }

    private static LimitRule? Rule(DocumentNode node, HashSet<string> names, Dictionary<string, string> series)
    {
        if (!node.IsObjectOf("name", "description", "per", "metric", "window", "limit", "match"))
        {
            return null;
        }

        var name = Name(node, names);
        var per = node.Choice<LimitPer>("per");
        var metric = node.Choice<LimitMetric>("metric");
        var window = node.Choice<WindowKind>("window");
        var limit = metric switch
        {
            LimitMetric.Cost => node.Money("limit"),
            null when node.Find("limit") is null => node.Count("limit"),
            null => null,
            _ => node.Count("limit"),
        };
        var match = node.Object("match") is { } matchNode ? Match(matchNode) : LimitMatch.Everything;
        if (name is null || per is null || metric is null || window is null || limit is null || match is null)
        {
            return null;
        }

        CheckTools(node, per.Value, metric.Value, match);
        var rule = new LimitRule { Name = name, Per = per.Value, Metric = metric.Value, Window = window.Value, Limit = limit.Value, Match = match };
        if (!series.TryAdd(rule.Series, name))
        {
            node.Error($"counts the same as {series[rule.Series]}: keep the smaller of the two");
        }

        return rule;
    }

    // What could never count anything is an error: calls to MCP servers have no tokens and no price.
    private static void CheckTools(DocumentNode node, LimitPer per, LimitMetric metric, LimitMatch match)
    {
        var ofTools = per == LimitPer.UserTool || !match.Tools.IsEmpty;
        var ofMcp = ofTools || !match.Servers.IsEmpty || (!match.Actions.IsEmpty && match.Actions.All(a => McpActions.Contains(a, StringComparer.Ordinal)));
        if (ofMcp && metric != LimitMetric.Requests)
        {
            node.Error("metric", "must be requests: calls to MCP servers have no tokens and no price");
        }

        if (match.Actions.IsEmpty)
        {
            return;
        }

        if (ofTools && !match.Actions.Contains(GatewayActions.ToolCall, StringComparer.Ordinal))
        {
            node.Error("match", $"has actions without {GatewayActions.ToolCall}, so that no tool is ever counted");
        }
        else if (!match.Servers.IsEmpty && !match.Actions.Any(a => McpActions.Contains(a, StringComparer.Ordinal)))
        {
            node.Error("match", "names servers, and no action that is about one");
        }
    }

    private static string? Name(DocumentNode node, HashSet<string> names)
    {
        var name = node.Text("name", required: true);
        if (name is null)
        {
            return null;
        }

        if (name.Length > 64 || name.AsSpan().ContainsAnyExcept(NameCharacters))
        {
            node.Error("name", "must be at most 64 of a-z, 0-9, '_', '-' and '.': callers are shown it");
            return null;
        }

        if (!names.Add(name))
        {
            node.Error("name", $"stands here twice: {name}");
        }

        return name;
    }

    private static LimitMatch? Match(DocumentNode node)
    {
        if (!node.IsObjectOf("tenants", "orgs", "teams", "plans", "roles", "kinds", "actions", "servers", "tools"))
        {
            return null;
        }

        var actions = node.Texts("actions");
        if (actions.Any(a => !Actions.Contains(a)))
        {
            node.Error("actions", $"may name {string.Join(", ", Actions)} only: nothing else is reserved");
        }

        return new LimitMatch
        {
            Tenants = node.Texts("tenants"),
            Orgs = node.Texts("orgs"),
            Teams = node.Texts("teams"),
            Plans = node.Texts("plans"),
            Roles = node.Texts("roles"),
            Actions = actions,
            Servers = node.Texts("servers"),
            Tools = node.Texts("tools"),
            Kinds = Kinds(node),
        };
    }

    private static ImmutableArray<IdentityKind> Kinds(DocumentNode node)
    {
        var kinds = ImmutableArray.CreateBuilder<IdentityKind>();
        foreach (var text in node.Texts("kinds"))
        {
            switch (text)
            {
                case "person":
                    kinds.Add(IdentityKind.Person);
                    break;
                case "service":
                    kinds.Add(IdentityKind.Service);
                    break;
                default:
                    node.Error("kinds", "may name person and service only");
                    break;
            }
        }

        return kinds.ToImmutable();
    }
}
