using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Documents;
using GatewayStack.Documents.Json;
using GatewayStack.Documents.Reading;
using GatewayStack.Policy.Compilation;

namespace GatewayStack.Policy.Documents;

/// <summary>The document <c>gateway.policy/v1</c>, described in FORMAT.md beside this file, and the per-model short form as a document of its own.</summary>
/// <param name="names">What types and labels there are; without it what is built in, and the operator may have others.</param>
internal sealed class PolicyFormat(ContentNames? names = null) : IDocumentFormat<PolicySnapshot>
{
    public const string ApiVersion = "gateway.policy/v1";

    /// <summary>In force where no file is configured: nothing is allowed.</summary>
    public const string DeniesEverything = """{"apiVersion":"gateway.policy/v1","rules":[]}""";

    public const int MaxRules = 5_000;

    private static readonly string[] Members = ["apiVersion", "description", "models", "tools", "rules"];

    public DocumentResult<PolicySnapshot> Compile(ReadOnlyMemory<byte> json)
    {
        var errors = ImmutableArray.CreateBuilder<DocumentError>();
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = StrictJson.MaxDepth });
        var named = new NamedContent(names ?? ContentNames.BuiltIn);
        var rules = Read(DocumentNode.Root(document.RootElement, errors), named);
        return errors.Count == 0 ? new() { Value = new PolicySnapshot(rules) { UnfoundNames = named.Unfound } } : new() { Errors = errors.ToImmutable() };
    }

    private static ImmutableArray<Rule> Read(DocumentNode root, NamedContent named)
    {
        if (root.Kind == JsonValueKind.Object && !root.Members().Any(m => Members.Contains(m.Name, StringComparer.Ordinal)))
        {
            return Bounded(root, [.. ModelRequirements.Read(root)]);
        }

        if (!root.ExpectObject(Members))
        {
            return [];
        }

        if (root.Required("apiVersion") is { } version && version.Text() is { } text && !string.Equals(text, ApiVersion, StringComparison.Ordinal))
        {
            version.Error($"must be {ApiVersion}");
        }

        root.Member("description")?.Text();
        var rules = ImmutableArray.CreateBuilder<Rule>();
        if (root.Member("models") is { } models)
        {
            rules.AddRange(ModelRequirements.Read(models));
        }

        if (root.Member("tools") is { } tools)
        {
            rules.AddRange(ToolRequirements.Read(tools));
        }

        if (root.Member("rules") is { } list)
        {
            rules.AddRange(ReadRules(list, named));
        }

        return Bounded(root, rules.ToImmutable());
    }

    private static IEnumerable<Rule> ReadRules(DocumentNode list, NamedContent named)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.Items().Take(MaxRules + 1))
        {
            var rule = RuleReader.Read(item, named);
            if (rule is not null && !ids.Add(rule.Id))
            {
                item.Member("id")!.Error($"is used twice: {rule.Id}");
            }

            if (rule is not null)
            {
                yield return rule;
            }
        }
    }

    private static ImmutableArray<Rule> Bounded(DocumentNode root, ImmutableArray<Rule> rules)
    {
        if (rules.Length > MaxRules)
        {
            root.Error($"has more than {MaxRules} rules: a model or tool of the short form counts as two");
        }

        return rules;
    }
}
