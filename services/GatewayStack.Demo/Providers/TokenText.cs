using System.Collections.Immutable;

namespace GatewayStack.Demo.Providers;

/// <summary>A tokenizer that needs no vocabulary: plausible counts, always the same for the same text, never more tokens than UTF-8 bytes.</summary>
internal static class TokenText
{
    private const int LongestWordPiece = 5;

    public static int Count(string text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i = End(text, i))
        {
            count++;
        }

        return count;
    }

    /// <summary>The tokens; concatenated they are the text.</summary>
    public static ImmutableArray<string> Split(string text)
    {
        var tokens = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < text.Length;)
        {
            var end = End(text, i);
            tokens.Add(text[i..end]);
            i = end;
        }

        return tokens.DrainToImmutable();
    }

    // At most one blank and then a piece of a word; never between two halves of a surrogate pair.
    private static int End(string text, int start)
    {
        var i = char.IsWhiteSpace(text[start]) ? start + 1 : start;
        for (var length = 0; length < LongestWordPiece && i < text.Length && !char.IsWhiteSpace(text[i]); length++)
        {
            i += char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
        }

        return i;
    }
}
