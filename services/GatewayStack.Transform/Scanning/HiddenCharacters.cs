using System.Buffers;
using System.Globalization;
using System.Text;

namespace GatewayStack.Transform.Scanning;

/// <summary>Characters that look like, or hide between, the ones the recognisers know.</summary>
internal static class HiddenCharacters
{
    /// <summary>What <see cref="Fold"/> returns for a character that is not seen at all.</summary>
    public const int Nothing = -1;

    private const string Invisible = "\u00AD\u200B\u200C\u200D\u2060\uFEFF";
    private const string Blanks = "\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000";
    private const string Dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFE58\uFE63";

    private static readonly SearchValues<char> Foldable = SearchValues.Create(
        Enumerable.Range(0x80, 0x10000 - 0x80).Select(c => (char)c).Where(c => Fold(c) != c).ToArray());

    /// <summary>True when folding would change something.</summary>
    /// <remarks>Plain ASCII, the usual case, is told apart faster than the set can be searched.</remarks>
    public static bool AreIn(ReadOnlySpan<char> text) => !Ascii.IsValid(text) && text.ContainsAny(Foldable);

    /// <summary>The character as the recognisers see it: decimal digits of every script and full-width forms as ASCII, blanks and dashes as one of each.</summary>
    public static int Fold(char c)
    {
        if (c < 0x80)
        {
            return c;
        }

        if (c is >= '\uFF01' and <= '\uFF5E')
        {
            return c - '\uFF01' + '!';
        }

        if (Invisible.Contains(c))
        {
            return Nothing;
        }

        if (CharUnicodeInfo.GetDecimalDigitValue(c) is var digit and >= 0)
        {
            return '0' + digit;
        }

        return Blanks.Contains(c) ? ' ' : Dashes.Contains(c) ? '-' : c == '\uFE6B' ? '@' : c is '\uFE52' or '\u3002' ? '.' : c;
    }
}
