using System.Buffers;

namespace GatewayStack.Transform.Recognizers;

/// <summary>Words that make a match likely, or unlikely, when they stand before it. Whole words, compared without case.</summary>
internal sealed class ContextWords(params string[] words)
{
    private readonly SearchValues<string> _any = SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the nearest of the words before <paramref name="start"/> begins; -1 when none stands there.</summary>
    /// <param name="text">The surroundings.</param>
    /// <param name="start">Where the match begins in them.</param>
    /// <param name="reach">How many units before the match are looked at.</param>
    public int FindBefore(ReadOnlySpan<char> text, int start, int reach)
    {
        var from = Math.Max(0, start - reach);
        if (!text[from..start].ContainsAny(_any))
        {
            return -1;
        }

        var nearest = -1;
        foreach (var word in words)
        {
            var end = start;
            while (text[from..end].LastIndexOf(word, StringComparison.OrdinalIgnoreCase) is var found and >= 0)
            {
                found += from;
                if (IsWhole(text, found, word.Length))
                {
                    nearest = Math.Max(nearest, found);
                    break;
                }

                end = found + word.Length - 1;
            }
        }

        return nearest;
    }

    private static bool IsWhole(ReadOnlySpan<char> text, int start, int length) =>
        (start == 0 || !char.IsLetterOrDigit(text[start - 1]))
        && (start + length >= text.Length || !char.IsLetterOrDigit(text[start + length]));
}
