using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using GatewayStack.Contracts.Transform;
using GatewayStack.Documents.Reading;
using GatewayStack.Policy.Compilation;

namespace GatewayStack.Policy.Documents;

/// <summary>Reads the obligations of an allow rule: <c>[{redact: [EMAIL], mask: [IBAN]}, {block: [JWT]}, {pseudonymise: all}, {lowerMaxTokens: 100}]</c>.</summary>
internal static partial class ObligationReader
{
    private const string LowerMaxTokens = "lowerMaxTokens";

    private static readonly ImmutableArray<(string Name, ContentAction Action)> Actions =
    [
        ("redact", ContentAction.Redact),
        ("mask", ContentAction.Mask),
        ("hash", ContentAction.Hash),
        ("pseudonymise", ContentAction.Pseudonymise),
        ("pseudonymiseFormat", ContentAction.PseudonymiseFormat),
        // As settings write it.
        ("pseudonymise-format", ContentAction.PseudonymiseFormat),
        ("block", ContentAction.Block),
    ];

    private static readonly string[] Names = [.. Actions.Select(a => a.Name), LowerMaxTokens];

    public static Obligations Read(DocumentNode list, NamedContent names)
    {
        var entries = new List<TypeAction>();
        long? tokens = null;
        var any = false;
        foreach (var item in list.Items())
        {
            any = true;
            if (!item.ExpectObject(Names))
            {
                continue;
            }

            if (Names.All(n => item.Member(n) is null))
            {
                item.Error("is empty: use " + string.Join(", ", Names));
            }

            foreach (var (name, action) in Actions)
            {
                if (item.Member(name) is { } types)
                {
                    entries.AddRange(Types(types, names).Select(t => new TypeAction { Type = t, Action = action }));
                }
            }

            if (item.Member(LowerMaxTokens)?.Integer(1, int.MaxValue) is { } most)
            {
                tokens = tokens is { } other ? Math.Min(other, most) : most;
            }
        }

        if (!any && list.Kind == JsonValueKind.Array)
        {
            list.Error("is empty: name an obligation, or leave it out");
        }

        return new Obligations(ContentActions.Of(entries), tokens);
    }

    private static ImmutableArray<string> Types(DocumentNode node, NamedContent names)
    {
        if (node is { Kind: JsonValueKind.String } && string.Equals(node.Text(), "all", StringComparison.Ordinal))
        {
            return [TypeAction.AnyType];
        }

        if (node.Kind != JsonValueKind.Array)
        {
            node.Error("must be a list of types, or all");
            return [];
        }

        var types = node.Texts();
        foreach (var type in types)
        {
            if (names.IsType(node, type) && !TypePattern().IsMatch(type))
            {
                node.Error($"has {type}: types are upper case with underscores, such as EMAIL");
            }
        }

        return types;
    }

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{0,63}\z", RegexOptions.NonBacktracking)]
    private static partial Regex TypePattern();
}
