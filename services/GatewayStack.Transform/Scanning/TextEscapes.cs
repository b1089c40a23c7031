using System.Collections.Frozen;
using System.Globalization;

namespace GatewayStack.Transform.Scanning;

/// <summary>Reads what URLs and HTML write in place of a character. Each tells how long what it read is: 1 for a character that stands for itself, 0 when the text ends inside.</summary>
internal static class TextEscapes
{
    /// <summary>A URL inside a URL is encoded again, each time with <c>25</c> more.</summary>
    private const int MostTimes = 3;

    private const int LongestNumber = 10;

    /// <summary>Names of what values are written with, and of the letters of names; those of quotes and brackets hide nothing.</summary>
    private const string Named =
        "commat@ period. colon: lowbar_ hyphen- dash- plus+ num# sol/ bsol\\ lpar( rpar) comma, ast* equals= quest? dollar$ nbsp\u00A0 shy\u00AD lrm\u200E rlm\u200F ZeroWidthSpace\u200B NoBreak\u2060 hairsp\u200A numsp\u2007 puncsp\u2008 Tab\t NewLine\n zwnj\u200C zwj\u200D ndash- "
            + "mdash- ensp\u2002 emsp\u2003 thinsp\u2009 "
        + "Agrave\u00C0 Aacute\u00C1 Acirc\u00C2 Atilde\u00C3 Auml\u00C4 Aring\u00C5 AElig\u00C6 Ccedil\u00C7 Egrave\u00C8 Eacute\u00C9 Ecirc\u00CA Euml\u00CB Igrave\u00CC "
            + "Iacute\u00CD Icirc\u00CE Iuml\u00CF "
        + "ETH\u00D0 Ntilde\u00D1 Ograve\u00D2 Oacute\u00D3 Ocirc\u00D4 Otilde\u00D5 Ouml\u00D6 Oslash\u00D8 Ugrave\u00D9 Uacute\u00DA Ucirc\u00DB Uuml\u00DC Yacute\u00DD "
            + "THORN\u00DE szlig\u00DF "
        + "agrave\u00E0 aacute\u00E1 acirc\u00E2 atilde\u00E3 auml\u00E4 aring\u00E5 aelig\u00E6 ccedil\u00E7 egrave\u00E8 eacute\u00E9 ecirc\u00EA euml\u00EB igrave\u00EC "
            + "iacute\u00ED icirc\u00EE iuml\u00EF "
        + "eth\u00F0 ntilde\u00F1 ograve\u00F2 oacute\u00F3 ocirc\u00F4 otilde\u00F5 ouml\u00F6 oslash\u00F8 ugrave\u00F9 uacute\u00FA ucirc\u00FB uuml\u00FC yacute\u00FD "
            + "thorn\u00FE yuml\u00FF "
        + "OElig\u0152 oelig\u0153 Scaron\u0160 scaron\u0161 Yuml\u0178";

    private static readonly FrozenDictionary<string, char> Names = Named.Split(' ').ToFrozenDictionary(n => n[..^1], n => n[^1], StringComparer.Ordinal);
    private static readonly FrozenDictionary<string, char>.AlternateLookup<ReadOnlySpan<char>> ByName = Names.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly int LongestName = Names.Keys.Max(n => n.Length);

    /// <summary>Two hex digits that make a visible character or a blank, or several such for one that is not ASCII, each of them encoded once more or not.</summary>
    public static int ReadPercent(ReadOnlySpan<char> text, ref char value)
    {
        var width = ReadByte(text, out var code);
        if (width <= 1)
        {
            return width;
        }

        if (code is >= 0x20 and < 0x7F)
        {
            value = (char)code;
            return width;
        }

        // Two or three bytes of UTF-8; what has four is no letter of anybody's name.
        var (rest, read) = code switch { >= 0xC2 and <= 0xDF => (1, code & 0x1F), >= 0xE0 and <= 0xEF => (2, code & 0x0F), _ => (0, 0) };
        if (rest == 0)
        {
            return 1;
        }

        var least = rest == 1 ? 0x80 : 0x800;
        for (; rest > 0; rest--)
        {
            var next = 0;
            var more = width == text.Length ? 0 : text[width] == '%' ? ReadByte(text[width..], out next) : 1;
            if (more <= 1 || (next & 0xC0) != 0x80)
            {
                return Math.Min(more, 1);
            }

            (read, width) = ((read << 6) | (next & 0x3F), width + more);
        }

        return read >= least && TryRead(read, ref value) ? width : 1;
    }

    /// <summary>A number between <c>&amp;#</c> and a semicolon, decimal or hexadecimal, or a name.</summary>
    public static int ReadReference(ReadOnlySpan<char> text, ref char value)
    {
        if (text.Length == 1)
        {
            return 0;
        }

        if (text[1] != '#')
        {
            return ReadName(text, ref value);
        }

        if (text.Length == 2)
        {
            return 0;
        }

        var isHex = text[2] is 'x' or 'X';
        var code = 0;
        for (var i = isHex ? 3 : 2; i < LongestNumber; i++)
        {
            if (i >= text.Length)
            {
                return 0;
            }

            if (text[i] == ';')
            {
                return TryRead(code, ref value) ? i + 1 : 1;
            }

            if (!(isHex ? char.IsAsciiHexDigit(text[i]) : char.IsAsciiDigit(text[i])))
            {
                return 1;
            }

            code = (code * (isHex ? 16 : 10)) + (char.IsAsciiDigit(text[i]) ? text[i] - '0' : (text[i] | 0x20) - 'a' + 10);
        }

        return 1;
    }

    /// <summary>True where a name begins that is known.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        var value = '&';
        return ReadName(text, ref value) > 1;
    }

    /// <summary>True for what numbers begin with.</summary>
    public static bool BeginsNumber(char c) => char.IsAsciiDigit(c) || c is '+' or '(';

    private static int ReadName(ReadOnlySpan<char> text, ref char value)
    {
        for (var i = 1; i <= LongestName + 1; i++)
        {
            if (i == text.Length)
            {
                return 0;
            }

            if (!char.IsAsciiLetter(text[i]))
            {
                return text[i] == ';' && ByName.TryGetValue(text[1..i], out value) ? i + 1 : Keep(ref value);
            }
        }

        return 1;
    }

    private static int Keep(ref char value)
    {
        value = '&';
        return 1;
    }

    /// <summary>One byte; <c>%25</c> before two more digits is a sign that was encoded itself.</summary>
    private static int ReadByte(ReadOnlySpan<char> text, out int code)
    {
        code = 0;
        for (var (at, times) = (1, 0); ; at += 2, times++)
        {
            for (var digit = at; digit < at + 2; digit++)
            {
                if (digit >= text.Length)
                {
                    // What was read so far is a sign that stands for itself, unless more of it follows.
                    return 0;
                }

                if (!char.IsAsciiHexDigit(text[digit]))
                {
                    return times == 0 ? 1 : at;
                }
            }

            code = byte.Parse(text.Slice(at, 2), NumberStyles.AllowHexSpecifier);
            if (code != '%' || times == MostTimes)
            {
                return at + 2;
            }
        }
    }

    /// <summary>Marks belong to a letter that stands in the text; halves of pairs are no characters.</summary>
    private static bool TryRead(int code, ref char value)
    {
        if (code is not ((>= 0x20 and < 0x7F) or (>= 0xA0 and < 0xD800) or (>= 0xE000 and < 0xFFFE)) || CombiningMarks.Is((char)code))
        {
            return false;
        }

        value = (char)code;
        return true;
    }
}
