using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace GatewayStack.Transform.Scanning;

/// <summary>Characters that look like, or hide between, the ones the recognisers know.</summary>
internal static class HiddenCharacters
{
    /// <summary>What <see cref="Fold"/> returns for a character that is not seen at all.</summary>
    public const int Nothing = -1;

    private const string Blanks = "\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F\u3000";
    private const string Dashes = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uFE58\uFE63\uFF70";

    /// <summary>Cyrillic and Greek letters, and the Latin ones they look like.</summary>
    private const string Alike = "аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwӏlАAВBЕEКKМMНHОOРPСCТTХXУYІIЈJЅSΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνvρpαaικκkυu";

    private static readonly FrozenDictionary<char, char> LooksLike =
        Enumerable.Range(0, Alike.Length / 2).Select(i => (From: Alike[2 * i], To: Alike[(2 * i) + 1])).Where(p => char.IsAscii(p.To)).ToFrozenDictionary(p => p.From, p => p.To);

    private const string Singles =
        "\u00B22 \u00B33 \u00B91 \u20700 \u24EA0 \uFB00ff \uFB01fi \uFB02fl \uFB03ffi \uFB04ffl \uFB05st \uFB06st \u2116# \u2102C \u210Ag \u210BH \u210CH " +
        "\u210DH \u210Eh \u2110I \u2111I \u2112L " +
        "\u2113l \u2115N \u2119P \u211AQ \u211BR \u211CR \u211DR \u2124Z \u2128Z \u212AK \u212CB \u212DC \u212Fe \u2130E \u2131F \u2133M \u2134o \u2139i \u2145D \u2146d \u2147e " +
        "\u2148i \u2149j";

    private static readonly FrozenDictionary<char, string> Compatible = FindCompatible();

    private static readonly SearchValues<char> Foldable = SearchValues.Create(
        Enumerable.Range(0x80, 0x10000 - 0x80).Select(c => (char)c).Where(c => Fold(c) != c || LooksLike.ContainsKey(c) || Compatible.ContainsKey(c) || IsLead(c) || CombiningMarks.Is(c)).ToArray());

    /// <summary>True when folding would change something.</summary>
    /// <remarks>Plain ASCII without escapes, the usual case, is told apart faster than the set can be searched.</remarks>
    public static bool AreIn(ReadOnlySpan<char> text) => HasEscapes(text) || (!Ascii.IsValid(text) && text.ContainsAny(Foldable));

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

        if (IsInvisible(c))
        {
            return Nothing;
        }

        if (CharUnicodeInfo.GetDecimalDigitValue(c) is var digit and >= 0)
        {
            return '0' + digit;
        }

        return Blanks.Contains(c) ? ' ' : Dashes.Contains(c) ? '-' : c == '\uFE6B' ? '@' : c is '\uFE52' or '\u3002' ? '.' : c;
    }

    /// <summary>The Latin letter that a Cyrillic or Greek one looks like; NUL when it looks like none.</summary>
    public static char Lookalike(char c) => c < '\u0370' ? '\0' : LooksLike.GetValueOrDefault(c);

    /// <summary>What a character stands for that is several, or is circled, raised or ornamented; null when it is itself.</summary>
    public static string? Decompose(char c) => c < '\u00B2' ? null : Compatible.GetValueOrDefault(c);

    /// <summary>What a pair of surrogates stands for: an ASCII letter or digit (mathematical and enclosed alphabets), <see cref="Nothing"/> (tags), or 0 when
    /// it is itself.</summary>
    public static int FoldPair(char high, char low) => char.ConvertToUtf32(high, low) switch
    {
        >= 0xE0000 and <= 0xE01EF => Nothing,
        >= 0x1D400 and <= 0x1D6A3 and var code => (code - 0x1D400) % 52 is var letter && letter < 26 ? 'A' + letter : 'a' + letter - 26,
        >= 0x1D7CE and <= 0x1D7FF and var code => '0' + ((code - 0x1D7CE) % 10),
        >= 0x1F110 and <= 0x1F129 and var code => 'A' + code - 0x1F110,
        >= 0x1F130 and <= 0x1F189 and var code when (code - 0x1F130) % 32 < 26 => 'A' + ((code - 0x1F130) % 32),
        _ => 0,
    };

    /// <summary>True for the first half of pairs that may stand for something else.</summary>
    public static bool IsLead(char c) => c is '\uD835' or '\uDB40' or '\uD83C';

    private static bool IsInvisible(char c) =>
        c is '\u00AD' or '\u034F' or '\u061C' or '\u180E' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2064') or (>= '\u2066' and <= '\u206F')
            or '\u115F' or '\u1160' or '\u3164' or '\uFFA0' or '\uFEFF' or (>= '\uFE00' and <= '\uFE0F');

    /// <summary>Something like <c>%40</c>, <c>&amp;#64;</c>, <c>&amp;commat;</c> or <c>\u0040</c>, and <c>\n</c> before a number.</summary>
    private static bool HasEscapes(ReadOnlySpan<char> text)
    {
        for (var from = 0; text[from..].IndexOfAny('%', '&', '\\') is var next and >= 0 && from + next + 2 < text.Length;)
        {
            var at = from + next;
            if (text[at] switch
            {
                '%' => char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]),
                '&' => text[at + 1] == '#' || TextEscapes.IsName(text[at..]),
                _ => text[at + 1] == 'u' ? char.IsAsciiHexDigit(text[at + 2])
                    : text[at + 1] is 'n' or 'r' or 't' && TextEscapes.EndsLine(text[..at], text[(at + 2)..Math.Min(text.Length, at + 4)]),
            })
            {
                return true;
            }

            from = at + 1;
        }

        return false;
    }

    /// <summary>Ranges of characters that count on from a first one, and single ones with what they stand for.</summary>
    private static FrozenDictionary<char, string> FindCompatible()
    {
        var found = new Dictionary<char, string>();
        foreach (var (from, count, first) in new[] { (0x2474, 9, 1), (0x2460, 20, 1), (0x2776, 10, 1), (0x2780, 10, 1), (0x278A, 10, 1), (0x2080, 10, 0), (0x2074, 6, 4) })
        {
            for (var i = 0; i < count; i++)
            {
                found[(char)(from + i)] = (first + i).ToString(CultureInfo.InvariantCulture);
            }
        }

        for (var i = 0; i < 26; i++)
        {
            found[(char)(0x24B6 + i)] = ((char)('A' + i)).ToString();
            found[(char)(0x24D0 + i)] = ((char)('a' + i)).ToString();
        }

        foreach (var pair in Singles.Split(' '))
        {
            found[pair[0]] = pair[1..];
        }

        return found.ToFrozenDictionary();
    }
}
