using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Chats;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Scanning;

/// <summary>What begins a line as a name does and is none: the name of a field before its colon, a greeting, the end of a letter.</summary>
internal static class FieldWords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Greetings =
        TitledNames.Greetings.Concat(TitledNames.Closings).Select(w => w.Trim(' ', ',')).ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True for such words.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where they begin.</param>
    /// <param name="end">Where they end.</param>
    public static bool Are(ReadOnlySpan<char> text, int start, int end)
    {
        if (start > 0 && text[start - 1] is not ('\n' or '\r' or '|' or '"'))
        {
            return false;
        }

        var word = text[start..end];
        return end == text.Length ? Greetings.Contains(word)
            : text[end] == ':' ? ChatWords.IsLabel(word) && !ChatWords.IsRole(word) : text[end] is ',' or '!' or '\n' or '\r' && Greetings.Contains(word);
    }
}
