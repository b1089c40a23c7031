using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers;

/// <summary>Words that are looked up as they stand in a text, without case.</summary>
internal static class WordSet
{
    /// <summary>The words between blanks.</summary>
    public static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Of(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
