using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Policy.Tests.Model;

internal sealed record PolicyCase(ImmutableArray<RuleModel> Rules, ImmutableArray<PolicyQuestion> Questions);

/// <summary>Well-typed policies and questions over a small world, so that rules match, fail and err about as often as each other.</summary>
internal static class PolicyGenerator
{
    private static readonly string[] Roles = ["doctor", "nurse"];
    private static readonly string[] Scopes = ["chat", "medical", "files"];
    private static readonly string[] Models = ["m-large", "m-small", "other"];
    private static readonly string[] Types = ["EMAIL", "PHONE"];
    private static readonly string[] Labels = ["financial", "sensitive"];
    private static readonly DateTimeOffset Noon = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public static Gen<PolicyCase> Cases { get; } =
        from rules in RuleList
        from questions in Questions.ListOf(6)
        select new PolicyCase(rules, [.. questions]);

    public static Gen<ImmutableArray<RuleModel>> RuleList =>
        from count in Gen.Choose(0, 7)
        from rules in Rules.ListOf(count)
        select rules.Select((r, i) => r with { Id = $"r{i}" }).ToImmutableArray();

    public static Gen<RuleModel> Rules =>
        from effect in Gen.Frequency((10, Gen.Constant("allow")), (2, Gen.Constant("deny")), (2, Gen.Constant("require")))
        from who in Who
        from actions in Rarely([GatewayActions.ModelCall, GatewayActions.BackendCall])
        from names in Gen.Frequency(
            (4, Gen.Constant((Model: true, Backend: false))),
            (2, Gen.Constant((Model: true, Backend: true))),
            (2, Gen.Constant((Model: false, Backend: true))),
            (1, Gen.Constant((Model: false, Backend: false))))
        from models in names.Model ? Some(["*", "m-large", "m-*", "M-LARGE", "*l*"]) : Gen.Constant(ImmutableArray<string>.Empty)
        from backends in names.Backend ? Some(["*", "clinic", "CLINIC", "calendar"]) : Gen.Constant(ImmutableArray<string>.Empty)
        from path in PathRule
        from targets in Targets
        from when in Gen.Frequency((6, Gen.Constant<Condition?>(null)), (5, Conditions(3).Select(c => (Condition?)c)))
        from obligations in Obligations
        from rest in Rest
        from mcp in Gen.Frequency((2, Gen.Constant<RuleModel?>(null)), (1, McpNames.Select(m => (RuleModel?)m)))
        let allow = effect == "allow"
        let isAbout = Repair(allow, actions, models, backends, path)
        let rule = new RuleModel
        {
            Id = string.Empty,
            Effect = effect,
            Priority = rest.Priority,
            Who = who,
            Actions = isAbout.Actions,
            Models = isAbout.Models,
            Backends = isAbout.Backends,
            Methods = isAbout.Path.Methods,
            Paths = isAbout.Path.Paths,
            Classes = targets.Classes,
            Regions = targets.Regions,
            Providers = targets.Providers,
            When = effect == "require" && who.IsEmpty && when is null ? new Existence("purpose") : when,
            RedactAll = allow && obligations.All,
            Redact = allow && !obligations.All ? obligations.Types : [],
            Others = allow ? obligations.Others : [],
            MaxTokens = allow ? obligations.Tokens : null,
            AllowUnscanned = rest.AllowUnscanned,
            Code = allow ? null : rest.Code,
        }
        select mcp is null ? rule : OnMcp(rule, mcp);

    private static Gen<RuleModel> McpNames =>
        from servers in Rarely(["calendar", "Calendar", "c*"])
        from tools in Some(["*", "list", "calendar.*", "LIST", "toString"])
        from resources in Rarely(["*", "cal://*"])
        from prompts in Rarely(["plan", "*"])
        from methods in Rarely(["ping", "*", "tools/*", "PING"])
        from none in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        from actions in Rarely([GatewayActions.ToolCall, GatewayActions.ResourceRead, GatewayActions.McpMethod])
        select new RuleModel
        {
            Id = string.Empty,
            Effect = string.Empty,
            Servers = servers,
            Tools = none ? [] : tools,
            Resources = none ? [] : resources,
            Prompts = none ? [] : prompts,
            McpMethods = none ? [] : methods,
            Actions = actions,
        };

    public static Gen<PolicyQuestion> Questions =>
        from identity in Identities
        from kind in Gen.Choose(0, 5)
        from mcp in McpCalls
        from model in Gen.Elements(Models)
        from method in Gen.Elements("GET", "POST")
        from path in Gen.Elements("/", "/events", "/events/1", "/Events//2/", "/events/1/notes")
        from backend in Gen.Elements("clinic", "calendar")
        from targetCount in Gen.Frequency((1, Gen.Constant(0)), (5, Gen.Constant(1)), (5, Gen.Constant(2)), (2, Gen.Constant(3)))
        from targets in TargetFacts.ListOf(targetCount)
        from content in Contents
        from newest in Gen.Frequency((2, Gen.Constant<ContentMetadata?>(null)), (1, Contents.Select(c => (ContentMetadata?)c)))
        from tokens in Optional(Gen.Elements(10L, 100L, 5000L))
        from tools in Gen.SubListOf("search", "mail")
        from purpose in Maybe(Gen.Elements("treatment", "billing"))
        from hour in Gen.Choose(-12, 11)
        select new PolicyQuestion
        {
            RequestId = "q",
            Identity = identity,
            Action = kind <= 1 ? GatewayActions.ModelCall : kind <= 3 ? GatewayActions.BackendCall : mcp.Action,
            Model = kind >= 3 ? null : model,
            Mcp = kind >= 4 ? mcp.Call : null,
            Backend = kind is <= 1 or >= 4 ? null : new BackendFacts { Name = backend, Method = method, Path = path },
            Targets = [.. targets.Select((t, i) => t with { Id = $"t{i}" })],
            Content = content,
            NewContent = newest,
            MaxOutputTokens = tokens,
            Tools = [.. tools],
            Purpose = purpose,
            Now = Noon.AddHours(hour),
        };

    private static Gen<(string Action, McpFacts Call)> McpCalls =>
        from action in Gen.Elements(GatewayActions.ToolCall, GatewayActions.ToolCall, GatewayActions.ResourceRead, GatewayActions.PromptGet, GatewayActions.McpMethod)
        from server in Gen.Elements("calendar", "clinic")
        from tool in Gen.Elements("list", "List", "calendar.list", "toString", "__proto__")
        from method in Gen.Elements("ping", "logging/setLevel")
        from resource in Gen.Elements("cal://1", "file:///x")
        from readOnly in Gen.Elements<bool?>(null, true, false)
        from destructive in Gen.Elements<bool?>(null, true, false)
        from annotated in Gen.Elements(true, false)
        select (action, action switch
        {
            GatewayActions.ToolCall => new McpFacts
            {
                Server = server,
                Method = "tools/call",
                Tool = tool,
                Annotations = annotated ? new ToolAnnotations { ReadOnly = readOnly, Destructive = destructive } : null,
            },
            GatewayActions.ResourceRead => new McpFacts { Server = server, Method = "resources/read", Resource = resource },
            GatewayActions.PromptGet => new McpFacts { Server = server, Method = "prompts/get", Prompt = "plan" },
            _ => new McpFacts { Server = server, Method = method },
        });

    private static Gen<CallerIdentity> Identities =>
        from kind in Gen.Frequency((8, Gen.Constant(IdentityKind.Person)), (2, Gen.Constant(IdentityKind.Service)), (1, Gen.Constant(IdentityKind.Unspecified)))
        from roles in Gen.SubListOf(Roles)
        from scopes in Gen.SubListOf(Scopes)
        from tenant in Gen.Elements("mercy", "acme")
        from org in Maybe(Gen.Elements("o1", "o2"))
        from team in Maybe(Gen.Elements("red", "blue"))
        from plan in Maybe(Gen.Elements("free", "pro"))
        from client in Maybe(Gen.Elements("c1", "c2"))
        from clientName in Maybe(Gen.Elements("ChatGPT", "c1"))
        from user in Gen.Elements("alice", "bob")
        from licensed in Gen.Elements(null, Attribute(true), Attribute(false), Attribute("yes"), Attribute(5L), Attribute(["yes", "no"]))
        from age in Optional(Gen.Elements(0L, 60L, 4000L))
        select new CallerIdentity
        {
            PersonId = "p",
            UserId = user,
            Subject = "s",
            Issuer = "https://issuer",
            IssuerName = "demo",
            Tenant = tenant,
            Kind = kind,
            OrgId = org,
            Team = team,
            Plan = plan,
            Roles = [.. roles],
            Scopes = [.. scopes],
            ClientId = client,
            ClientName = clientName,
            Attributes = licensed is null ? [] : [licensed],
            AuthTime = age is { } seconds ? Noon.AddSeconds(-seconds) : null,
        };

    private static Gen<PolicyTarget> TargetFacts =>
        from provider in Gen.Elements("cloud", "onprem")
        from model in Maybe(Gen.Elements(Models))
        from region in Maybe(Gen.Elements("eu", "us"))
        from targetClass in Maybe(Gen.Elements("internal", "external"))
        select new PolicyTarget { Id = string.Empty, Provider = provider, Model = model, Region = region, Class = targetClass };

    private static Gen<ContentMetadata> Contents =>
        from status in Gen.Frequency(
            (8, Gen.Constant(ContentStatus.Complete)), (2, Gen.Constant(ContentStatus.Unavailable)), (1, Gen.Constant(ContentStatus.Off)), (1, Gen.Constant(ContentStatus.Unspecified)))
        from types in Gen.SubListOf(Types)
        from labels in Gen.SubListOf(Labels)
        from risk in Gen.Elements(0.0, 0.5, 0.9)
        from unscanned in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new ContentMetadata
        {
            Status = status,
            ContainsPii = types.Count > 0,
            Types = [.. types.Order(StringComparer.Ordinal)],
            Labels = [.. labels.Order(StringComparer.Ordinal).Select(l => new ContentLabel { Name = l, Confidence = 0.9 })],
            RiskScore = risk,
            Unscanned = unscanned ? [new UnscannedPart { Pointer = "/messages/0/content/0", Type = "image_url", Reason = "not_text" }] : [],
        };

    private static Gen<ImmutableSortedDictionary<string, ImmutableArray<string>>> Who =>
        from lists in Gen.CollectToArray(
            [
                Named("anyRole", Roles), Named("allRoles", ["doctor"]), Named("anyScope", Scopes), Named("allScopes", ["chat", "medical"]), Named("kinds", ["person", "service"]),
                Named("tenants", ["mercy"]), Named("orgs", ["o1"]), Named("teams", ["red"]), Named("plans", ["pro"]), Named("clients", ["c1", "ChatGPT"]), Named("users", ["alice"]),
            ])
        let given = lists.Where(l => !l.Values.IsEmpty).ToImmutableSortedDictionary(l => l.Name, l => l.Values)
        select given.ContainsKey("users") && !given.ContainsKey("tenants") ? given.Remove("users") : given;

    private static Gen<(string Name, ImmutableArray<string> Values)> Named(string name, string[] universe) =>
        Gen.Frequency((20, Gen.Constant(ImmutableArray<string>.Empty)), (1, Gen.SubListOf(universe).Select(l => l.ToImmutableArray()))).Select(values => (name, values));

    private static Gen<(ImmutableArray<string> Methods, ImmutableArray<string> Paths)> PathRule =>
        from methods in Rarely(["GET"])
        from paths in Rarely(["/events", "/events/*", "/events/**", "/**/notes", "/*"])
        select (methods, paths);

    private static Gen<(ImmutableArray<string> Classes, ImmutableArray<string> Regions, ImmutableArray<string> Providers)> Targets =>
        from classes in Rarely(["internal", "external"])
        from regions in Rarely(["eu"])
        from providers in Rarely(["onprem"])
        select (classes, regions, providers);

    private static Gen<(bool All, ImmutableArray<string> Types, ImmutableArray<(string, ImmutableArray<string>)> Others, int? Tokens)> Obligations =>
        from all in Gen.Frequency((6, Gen.Constant(false)), (1, Gen.Constant(true)))
        from types in Rarely(Types)
        from others in Gen.Frequency((6, Gen.Constant(ImmutableArray<(string, ImmutableArray<string>)>.Empty)), (1, Others))
        from tokens in Optional(Gen.Elements(5, 50, 500))
        select (all, types, others, tokens);

    private static Gen<ImmutableArray<(string Kind, ImmutableArray<string> Types)>> Others =>
        from kinds in Gen.SubListOf("mask", "hash", "pseudonymise", "pseudonymiseFormat", "block")
        from types in Gen.SubListOf(Types).ListOf(kinds.Count)
        select kinds.Select((k, i) => (k, types[i].ToImmutableArray())).ToImmutableArray();

    private static Gen<(int Priority, bool AllowUnscanned, string? Code)> Rest =>
        from priority in Gen.Choose(1, 3)
        from allowUnscanned in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
        from code in Maybe(Gen.Elements("blocked", "residency"))
        select (priority, allowUnscanned, code);

    private static Gen<Condition> Conditions(int depth)
    {
        var leaf = Gen.OneOf<Condition>(
            Compare("identity.tenant", ["eq", "ne"], "mercy", "acme"),
            Compare("identity.team", ["eq", "ne"], "red"),
            Compare("identity.kind", ["eq"], "person", "service"),
            Compare("identity.roles", ["contains"], "doctor", "nurse"),
            Compare("identity.auth_age_seconds", ["lt", "le", "gt", "ge", "eq", "ne"], 60L, 600L),
            Compare("identity.attributes.licensed", ["eq", "ne"], true, "yes", 5L),
            Compare("identity.attributes.licensed", ["lt", "ge"], 5L),
            Compare("identity.attributes.licensed", ["contains"], "yes"),
            Compare("purpose", ["eq", "ne"], "treatment"),
            Compare("backend.method", ["eq", "ne"], "GET"),
            Compare("mcp.server", ["eq", "ne"], "calendar"),
            Compare("mcp.tool", ["eq", "ne"], "list", "toString"),
            Compare("mcp.method", ["eq", "ne"], "tools/call", "ping"),
            Compare("mcp.tool.read_only", ["eq", "ne"], true, false),
            Compare("mcp.tool.destructive", ["eq", "ne"], true, false),
            Compare("target.class", ["eq", "ne"], "internal", "external"),
            Compare("content.status", ["eq", "ne"], "complete", "off"),
            Compare("content.contains_pii", ["eq", "ne"], true, false),
            Compare("content.unscanned", ["eq"], true, false),
            Compare("content.types", ["contains"], "EMAIL"),
            Compare("content.labels", ["contains"], "financial", "sensitive"),
            Compare("content.new.types", ["contains"], "EMAIL"),
            Compare("content.new.unscanned", ["eq"], true, false),
            Compare("content.new.risk_score", ["lt", "ge"], 0.5),
            Compare("content.risk_score", ["lt", "le", "gt", "ge", "eq", "ne"], 0.5, 0.25),
            Compare("request.max_output_tokens", ["lt", "le", "gt", "ge"], 100L),
            Compare("request.tools", ["contains"], "mail"),
            Compare("now.hour", ["lt", "ge"], 8L, 18L),
            In("model", "m-large", "m-small"),
            In("target.model", "m-large"),
            In("content.types", "EMAIL", "PHONE"),
            In("content.labels", "financial"),
            In("identity.attributes.licensed", "yes"),
            In("identity.attributes.licensed", 5L, 6L),
            In("now.hour", 1L, 12L),
            Gen.Elements("purpose", "identity.team", "identity.attributes.licensed", "target.class", "content.types", "model", "request.max_output_tokens").Select(a => (Condition)new Existence(a)));
        return depth == 0
            ? leaf
            : Gen.Frequency(
                (4, leaf),
                (2, Conditions(depth - 1).Select(c => (Condition)new Negation(c))),
                (3, from all in Gen.Elements(true, false)
                    from count in Gen.Choose(1, 3)
                    from parts in Conditions(depth - 1).ListOf(count)
                    select (Condition)new Many(all, [.. parts])));
    }

    private static Gen<Condition> Compare(string attribute, string[] operators, params object[] values) =>
        from op in Gen.Elements(operators)
        from value in Gen.Elements(values)
        select (Condition)new Comparing(op, attribute, value);

    private static Gen<Condition> In(string attribute, params object[] values) => Gen.Constant((Condition)new Membership(attribute, [.. values]));

    // What the loader would refuse is mended, so that every generated policy is in force.
    private static (ImmutableArray<string> Actions, ImmutableArray<string> Models, ImmutableArray<string> Backends, (ImmutableArray<string> Methods, ImmutableArray<string> Paths) Path) Repair(
        bool allow, ImmutableArray<string> actions, ImmutableArray<string> models, ImmutableArray<string> backends, (ImmutableArray<string> Methods, ImmutableArray<string> Paths) path)
    {
        if (allow && models.IsEmpty && backends.IsEmpty)
        {
            models = ["*"];
        }

        if (actions is [GatewayActions.ModelCall])
        {
            (models, backends, path) = (models.IsEmpty ? ["*"] : models, [], ([], []));
        }

        if (allow && actions is [GatewayActions.BackendCall] && backends.IsEmpty)
        {
            backends = ["*"];
        }

        return (actions, models, backends, path);
    }

    // The same rule, about calls to MCP servers.
    private static RuleModel OnMcp(RuleModel rule, RuleModel mcp)
    {
        var allow = rule.Effect == "allow";
        var tools = mcp.Tools;
        if (allow && tools.IsEmpty && mcp.Resources.IsEmpty && mcp.Prompts.IsEmpty && mcp.McpMethods.IsEmpty)
        {
            tools = ["*"];
        }

        bool Named(string action) => action switch
        {
            GatewayActions.ToolCall => !tools.IsEmpty,
            GatewayActions.ResourceRead => !mcp.Resources.IsEmpty,
            GatewayActions.PromptGet => !mcp.Prompts.IsEmpty,
            _ => !mcp.McpMethods.IsEmpty,
        };
        string[] all = [GatewayActions.ToolCall, GatewayActions.ResourceRead, GatewayActions.PromptGet, GatewayActions.McpMethod];
        ImmutableArray<string> named = [.. all.Where(Named)];
        return rule with
        {
            Models = [],
            Backends = [],
            Methods = [],
            Paths = [],
            MaxTokens = null,
            Servers = mcp.Servers,
            Tools = tools,
            Resources = mcp.Resources,
            Prompts = mcp.Prompts,
            McpMethods = mcp.McpMethods,
            // Actions beside those that the names belong to are an error where the rule grants, and without effect elsewhere.
            Actions = mcp.Actions.IsEmpty ? [] : named.IsEmpty ? mcp.Actions : allow ? named : [.. named.Union(mcp.Actions)],
        };
    }

    private static Gen<ImmutableArray<string>> Rarely(string[] universe) =>
        Gen.Frequency((4, Gen.Constant(ImmutableArray<string>.Empty)), (1, Gen.SubListOf(universe).Select(l => l.ToImmutableArray())));

    // At least the first of them, half the time.
    private static Gen<ImmutableArray<string>> Some(string[] universe) =>
        from list in Gen.SubListOf(universe)
        from first in Gen.Elements(true, false)
        select list.Count == 0 || first ? [.. list.Append(universe[0]).Distinct(StringComparer.Ordinal)] : list.ToImmutableArray();

    private static Gen<string?> Maybe(Gen<string> gen) => Gen.Frequency((1, Gen.Constant<string?>(null)), (2, gen.Select(v => (string?)v)));

    private static Gen<T?> Optional<T>(Gen<T> gen)
        where T : struct => Gen.Frequency((1, Gen.Constant<T?>(null)), (1, gen.Select(v => (T?)v)));

    private static IdentityAttribute? Attribute(bool value) => new() { Name = "licensed", Type = IdentityAttributeType.Boolean, Boolean = value };

    private static IdentityAttribute? Attribute(string value) => new() { Name = "licensed", Type = IdentityAttributeType.Text, Text = value };

    private static IdentityAttribute? Attribute(long value) => new() { Name = "licensed", Type = IdentityAttributeType.Integer, Integer = value };

    private static IdentityAttribute? Attribute(string[] value) => new() { Name = "licensed", Type = IdentityAttributeType.List, List = [.. value] };
}
