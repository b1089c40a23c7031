using System.Runtime.CompilerServices;

namespace GatewayStack.Transform.Recognizers;

/// <summary>Tells where words begin. Every unit of a text is asked: the answer for ASCII comes from a table.</summary>
internal static class WordStart
{
    private const int LetterOrDigit = 1;
    private const int Upper = 2;
    private const int Lower = 4;

    /// <summary>Of ASCII: 1 for letters and digits, and 2 more for capitals, 4 more for small letters.</summary>
    private static ReadOnlySpan<byte> Kinds =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
        0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0,
        0, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 0, 0, 0, 0, 0,
    ];

    /// <summary>True where a word may begin: behind what is no letter or digit, at a hump (<c>dbPassword</c>), and anywhere in scripts without blanks.</summary>
    public static bool Is(ReadOnlySpan<char> text, int start) => start == 0 || Is(text[start - 1], text[start]);

    /// <summary>True where a word may begin behind a unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(char before, char c)
    {
        if ((before | c) >= 128)
        {
            return IsBeyondAscii(before, c);
        }

        int left = Kinds[before], right = Kinds[c];
        return (left & right & LetterOrDigit) == 0 || (left & Lower & (right << 1)) != 0;
    }

    /// <summary>True for characters of scripts that put no blanks between words.</summary>
    public static bool IsIdeographic(char c) => c is >= '\u2E80' and < '\uD800' or (>= '\u0E00' and <= '\u0E7F');

    private static bool IsBeyondAscii(char before, char c) =>
        !char.IsLetterOrDigit(before) || !char.IsLetterOrDigit(c) || (char.IsUpper(c) && char.IsLower(before)) || IsIdeographic(c);
}
