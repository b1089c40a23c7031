using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using GatewayStack.Documents.Reading;
using GatewayStack.Policy.Compilation;

namespace GatewayStack.Policy.Documents;

/// <summary>Reads the obligations of an allow rule: <c>[{redact: [EMAIL]}, {redact: all}, {lowerMaxTokens: 100}]</c>.</summary>
internal static partial class ObligationReader
{
    public static Obligations Read(DocumentNode list)
    {
        var all = Obligations.None;
        var any = false;
        foreach (var item in list.Items())
        {
            any = true;
            if (item.ExpectObject("redact", "lowerMaxTokens"))
            {
                all = all.With(One(item));
            }
        }

        if (!any && list.Kind == JsonValueKind.Array)
        {
            list.Error("is empty: name an obligation, or leave it out");
        }

        return all;
    }

    private static Obligations One(DocumentNode item)
    {
        var redact = item.Member("redact");
        var tokens = item.Member("lowerMaxTokens");
        if (redact is null && tokens is null)
        {
            item.Error("is empty: use redact or lowerMaxTokens");
        }

        var result = Obligations.None with { MaxTokens = tokens?.Integer(1, int.MaxValue) };
        if (redact is { Kind: JsonValueKind.String } && string.Equals(redact.Text(), "all", StringComparison.Ordinal))
        {
            return result with { RedactAll = true };
        }

        return redact is null ? result : result with { Redact = Types(redact) };
    }

    private static ImmutableSortedSet<string> Types(DocumentNode redact)
    {
        if (redact.Kind != JsonValueKind.Array)
        {
            redact.Error("must be a list of types, or all");
            return Obligations.None.Redact;
        }

        var types = redact.Texts();
        foreach (var type in types.Where(t => !TypePattern().IsMatch(t)))
        {
            redact.Error($"has {type}: types are upper case with underscores, such as EMAIL");
        }

        return types.ToImmutableSortedSet(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"\A[A-Z][A-Z0-9_]{0,63}\z", RegexOptions.NonBacktracking)]
    private static partial Regex TypePattern();
}
