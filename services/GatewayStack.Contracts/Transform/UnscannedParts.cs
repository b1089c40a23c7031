using System.Collections.Immutable;

namespace GatewayStack.Contracts.Transform;

/// <summary>Says in words what could not be looked at, for whoever has to leave it out.</summary>
public static class UnscannedParts
{
    private const string Other = "a part that is not text";

    // A type's own name may come from the caller: it chooses among these words and is never repeated.
    private static readonly ImmutableArray<(string Sign, string Words)> Kinds =
    [
        ("image", "a picture"), ("audio", "sound"), ("video", "video"), ("file", "a file"), ("document", "a file"), ("encoded", "encoded bytes"),
        ("nested", "JSON in strings of JSON, too deep to be read"),
    ];

    /// <summary>Each kind of part once, such as <c>a picture and a file</c>.</summary>
    public static string Describe(ImmutableArray<UnscannedPart> parts)
    {
        string[] words = [.. parts.Select(p => Of(p.Type)).Distinct(StringComparer.Ordinal)];
        return words.Length <= 1 ? words.FirstOrDefault() ?? Other : string.Join(", ", words[..^1]) + " and " + words[^1];
    }

    private static string Of(string type) => Kinds.FirstOrDefault(k => type.Contains(k.Sign, StringComparison.OrdinalIgnoreCase)).Words ?? Other;
}
