using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace GatewayStack.Policy.Tests.Model;

/// <summary>A rule as a document would say it, before any of the module's code has seen it.</summary>
internal sealed record RuleModel
{
    public required string Id { get; init; }

    public required string Effect { get; init; }

    public int Priority { get; init; } = 100;

    public ImmutableSortedDictionary<string, ImmutableArray<string>> Who { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty;

    public ImmutableArray<string> Actions { get; init; } = [];

    public ImmutableArray<string> Models { get; init; } = [];

    public ImmutableArray<string> Backends { get; init; } = [];

    public ImmutableArray<string> Methods { get; init; } = [];

    public ImmutableArray<string> Paths { get; init; } = [];

    public ImmutableArray<string> Servers { get; init; } = [];

    public ImmutableArray<string> Tools { get; init; } = [];

    public ImmutableArray<string> Resources { get; init; } = [];

    public ImmutableArray<string> Prompts { get; init; } = [];

    public ImmutableArray<string> McpMethods { get; init; } = [];

    public ImmutableArray<string> Classes { get; init; } = [];

    public ImmutableArray<string> Regions { get; init; } = [];

    public ImmutableArray<string> Providers { get; init; } = [];

    public Condition? When { get; init; }

    public bool RedactAll { get; init; }

    public ImmutableArray<string> Redact { get; init; } = [];

    /// <summary>What else is done with findings: the obligation's name and its types, none for all.</summary>
    public ImmutableArray<(string Kind, ImmutableArray<string> Types)> Others { get; init; } = [];

    public bool Redacts => RedactAll || !Redact.IsEmpty || !Others.IsEmpty;

    public int? MaxTokens { get; init; }

    public bool AllowUnscanned { get; init; }

    public string? Code { get; init; }

    public ImmutableArray<string> WhoList(string name) => Who.GetValueOrDefault(name, []);

    public JsonObject ToJson()
    {
        var rule = new JsonObject { ["id"] = Id, ["effect"] = Effect, ["priority"] = Priority };
        if (!Who.IsEmpty)
        {
            rule["who"] = new JsonObject(Who.Select(w => KeyValuePair.Create(w.Key, (JsonNode?)List(w.Value))));
        }

        Add(rule, "actions", Actions);
        Add(rule, "models", Models);
        Add(rule, "backends", Backends);
        Add(rule, "methods", Methods);
        Add(rule, "paths", Paths);
        Add(rule, "servers", Servers);
        Add(rule, "tools", Tools);
        Add(rule, "resources", Resources);
        Add(rule, "prompts", Prompts);
        Add(rule, "mcpMethods", McpMethods);
        var targets = new JsonObject();
        Add(targets, "classes", Classes);
        Add(targets, "regions", Regions);
        Add(targets, "providers", Providers);
        if (targets.Count > 0)
        {
            rule["targets"] = targets;
        }

        if (When is not null)
        {
            rule["when"] = When.ToJson();
        }

        if (Redacts || MaxTokens is not null)
        {
            var obligations = new JsonArray();
            if (RedactAll || !Redact.IsEmpty)
            {
                obligations.Add(new JsonObject { ["redact"] = RedactAll ? "all" : List(Redact) });
            }

            foreach (var (kind, types) in Others)
            {
                obligations.Add(new JsonObject { [kind] = types.IsEmpty ? "all" : List(types) });
            }

            if (MaxTokens is not null)
            {
                obligations.Add(new JsonObject { ["lowerMaxTokens"] = MaxTokens });
            }

            rule["obligations"] = obligations;
        }

        if (AllowUnscanned)
        {
            rule["allowUnscanned"] = true;
        }

        if (Code is not null)
        {
            rule["reason"] = new JsonObject { ["code"] = Code };
        }

        return rule;
    }

    private static void Add(JsonObject node, string name, ImmutableArray<string> values)
    {
        if (!values.IsEmpty)
        {
            node[name] = List(values);
        }
    }

    private static JsonArray List(ImmutableArray<string> values) => new([.. values.Select(v => (JsonNode?)JsonValue.Create(v))]);
}

/// <summary>A condition as a document would say it.</summary>
internal abstract record Condition
{
    public abstract JsonObject ToJson();

    internal static JsonNode Literal(object value) => value switch
    {
        string text => JsonValue.Create(text),
        bool boolean => JsonValue.Create(boolean),
        double number => JsonValue.Create(number),
        _ => JsonValue.Create((long)value),
    };
}

internal sealed record Many(bool All, ImmutableArray<Condition> Parts) : Condition
{
    public override JsonObject ToJson() => new() { [All ? "all" : "any"] = new JsonArray([.. Parts.Select(p => (JsonNode?)p.ToJson())]) };
}

internal sealed record Negation(Condition Part) : Condition
{
    public override JsonObject ToJson() => new() { ["not"] = Part.ToJson() };
}

internal sealed record Existence(string Attribute) : Condition
{
    public override JsonObject ToJson() => new() { ["exists"] = Attribute };
}

/// <summary>eq, ne, lt, le, gt, ge or contains.</summary>
internal sealed record Comparing(string Operator, string Attribute, object Value) : Condition
{
    public override JsonObject ToJson() => new() { [Operator] = new JsonArray(Attribute, Literal(Value)) };
}

internal sealed record Membership(string Attribute, ImmutableArray<object> Values) : Condition
{
    public override JsonObject ToJson() => new() { ["in"] = new JsonArray(Attribute, new JsonArray([.. Values.Select(v => (JsonNode?)Literal(v))])) };
}
