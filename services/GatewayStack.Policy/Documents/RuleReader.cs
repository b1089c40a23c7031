using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using GatewayStack.Contracts.Policy;
using GatewayStack.Documents.Reading;
using GatewayStack.Policy.Compilation;

namespace GatewayStack.Policy.Documents;

/// <summary>Reads one rule. Notes everything that is wrong; null when it has no id or effect to go on with.</summary>
internal static partial class RuleReader
{
    public const int MaxBytes = 64 * 1024;

    // Access to our own endpoints is a matter of scopes and is never asked of policies.
    private static readonly ImmutableArray<string> DecidedActions =
        [GatewayActions.ModelCall, GatewayActions.BackendCall, GatewayActions.ToolCall, GatewayActions.ResourceRead, GatewayActions.PromptGet, GatewayActions.McpMethod];

    public static Rule? Read(DocumentNode node, NamedContent names)
    {
        if (Encoding.UTF8.GetByteCount(node.RawText) > MaxBytes)
        {
            node.Error($"is larger than {MaxBytes / 1024} KiB: split it");
            return null;
        }

        if (!node.ExpectObject(
            "id", "effect", "description", "priority", "who", "actions", "models", "backends", "methods", "paths", "servers", "tools", "resources", "prompts",
            "mcpMethods", "targets", "when", "obligations", "allowUnscanned", "reason"))
        {
            return null;
        }

        node.Member("description")?.Text();
        var id = Id(node);
        var effect = Effect(node);
        var lenient = effect != RuleEffect.Allow;
        var rule = new Rule
        {
            Id = id ?? string.Empty,
            Effect = effect ?? RuleEffect.Deny,
            Priority = (int)(node.Member("priority")?.Integer(0, 1_000_000) ?? Rule.DefaultPriority),
            Who = WhoReader.Read(node.Member("who"), effect),
            Actions = Actions(node.Member("actions")),
            Models = Globs(node.Member("models"), lenient),
            Backends = Globs(node.Member("backends"), lenient),
            Methods = Texts(node.Member("methods")),
            Paths = Paths(node.Member("paths"), lenient),
            Mcp = new McpSelector
            {
                Servers = Globs(node.Member("servers"), lenient),
                Tools = Globs(node.Member("tools"), lenient),
                Resources = [.. Texts(node.Member("resources")).Select(t => new Glob(Escaped(t), lenient))],
                UnescapedResources = lenient ? [.. Texts(node.Member("resources")).Select(t => new Glob(Uri.UnescapeDataString(t), lenient))] : [],
                Prompts = Globs(node.Member("prompts"), lenient),
                Methods = Globs(node.Member("mcpMethods"), lenient),
            },
            Targets = Targets(node.Member("targets")),
            When = node.Member("when") is { } when ? PredicateReader.Read(when, names) : null,
            Obligations = node.Member("obligations") is { } obligations ? ObligationReader.Read(obligations, names) : Obligations.None,
            AllowUnscanned = node.Member("allowUnscanned")?.Boolean() ?? false,
            Reason = node.Member("reason") is { } reason ? Reason(reason) : null,
        };
        CheckWhole(node, rule, effect);
        return id is null || effect is null ? null : rule;
    }

    private static void CheckWhole(DocumentNode node, Rule rule, RuleEffect? effect)
    {
        var names = (Model: node.Member("models") is not null, Backend: node.Member("backends") is not null);
        switch (effect)
        {
            case RuleEffect.Allow when !names.Model && !names.Backend && !RuleSelectors.NameMcp(node):
                node.Error("allows nothing that it names: name models, backends, tools, resources, prompts or mcpMethods, \"*\" for all of them");
                break;
            case RuleEffect.Allow when rule.Actions is [GatewayActions.ModelCall] && !names.Model:
                node.Error("allows model.call without naming models: name them, \"*\" for all");
                break;
            case RuleEffect.Allow when rule.Actions is [GatewayActions.BackendCall] && !names.Backend:
                node.Error("allows backend.call without naming backends: name them, \"*\" for all");
                break;
            case RuleEffect.Require when node.Member("who") is null && node.Member("when") is null:
                node.Error("requires nothing: say what must hold in who or when");
                break;
        }

        if (effect == RuleEffect.Allow)
        {
            node.Member("reason")?.Error("belongs to deny and require rules: remove it");
        }
        else if (effect is not null)
        {
            node.Member("obligations")?.Error("belong to allow rules: remove them");
        }

        RuleSelectors.Check(node, rule, effect);
        if ((names.Backend || node.Member("methods") is not null || node.Member("paths") is not null) && rule.Actions is [GatewayActions.ModelCall])
        {
            node.Error("asks about a backend, but its only action is model.call: it would never match");
        }
    }

    private static string? Id(DocumentNode node)
    {
        if (node.Required("id") is not { } member || member.Text() is not { } id)
        {
            return null;
        }

        if (!IdPattern().IsMatch(id))
        {
            member.Error("must be 1 to 100 letters, digits, dots, underscores or hyphens");
            return null;
        }

        return id;
    }

    private static RuleEffect? Effect(DocumentNode node)
    {
        var member = node.Required("effect");
        switch (member?.Text())
        {
            case "allow":
                return RuleEffect.Allow;
            case "deny":
                return RuleEffect.Deny;
            case "require":
                return RuleEffect.Require;
            case { }:
                member.Error("must be allow, deny or require");
                return null;
            default:
                return null;
        }
    }

    private static ImmutableArray<string> Actions(DocumentNode? node)
    {
        foreach (var item in node?.Items() ?? [])
        {
            if (item.Kind == System.Text.Json.JsonValueKind.String && !DecidedActions.Contains(item.Text() ?? string.Empty, StringComparer.Ordinal))
            {
                item.Error($"is not an action that policies decide: use {string.Join(" or ", DecidedActions)}");
            }
        }

        return Texts(node);
    }

    private static TargetSelector Targets(DocumentNode? node)
    {
        if (node is null || !node.ExpectObject("classes", "regions", "providers"))
        {
            return new TargetSelector();
        }

        return new TargetSelector
        {
            Classes = Texts(node.Member("classes")),
            Regions = Texts(node.Member("regions")),
            Providers = Texts(node.Member("providers")),
        };
    }

    private static ImmutableArray<PathGlob> Paths(DocumentNode? node, bool lenient)
    {
        var paths = Texts(node);
        if (paths.Any(p => p[0] != '/'))
        {
            node!.Error("must begin with a slash, each of them");
        }

        return [.. paths.Select(p => new PathGlob(p, lenient))];
    }

    private static RuleReason? Reason(DocumentNode node)
    {
        if (!node.ExpectObject("code", "message"))
        {
            return null;
        }

        var member = node.Required("code");
        var code = member?.Text();
        if (code is not null && !CodePattern().IsMatch(code))
        {
            member!.Error("must be 1 to 64 lower-case letters, digits or underscores, a letter first");
        }

        var message = node.Member("message")?.Text();
        if (message is { Length: > 500 })
        {
            node.Member("message")!.Error("is longer than 500 characters");
        }

        return code is null ? null : new RuleReason(code, message);
    }

    private static ImmutableArray<Glob> Globs(DocumentNode? node, bool ignoreCase) => [.. Texts(node).Select(t => new Glob(t, ignoreCase))];

    private static ImmutableArray<string> Texts(DocumentNode? node) => node?.Texts() ?? [];

    /// <summary>A pattern of URIs as URIs are asked about: what may not stand in them is escaped (RFC 3986, 2; RFC 3987, 3.1).</summary>
    private static string Escaped(string pattern) => NotOfUris().Replace(pattern, m => Uri.EscapeDataString(m.Value));

    [GeneratedRegex(@"[^\x21-\x7e]+|[""<>\\^`{|}]+", RegexOptions.NonBacktracking)]
    private static partial Regex NotOfUris();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,100}\z", RegexOptions.NonBacktracking)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,63}\z", RegexOptions.NonBacktracking)]
    private static partial Regex CodePattern();
}
