using System.Collections.Frozen;

namespace GatewayStack.Transform.Scanning;

/// <summary>
/// Reads what URLs and HTML write in place of a character, escaped again and one in the other (<c>%25%34%30</c>, <c>&amp;amp;#64;</c>, <c>%26%2364;</c>). Each tells how long what
/// it read is: 1 for a character that stands for itself, 0 when the text ends inside.
/// </summary>
internal static class TextEscapes
{
    /// <summary>A sign that is escaped itself, each time with <c>25</c> or <c>amp;</c> more, is read as often.</summary>
    private const int MostTimes = 8;

    /// <summary>So deep what an escape is written with (its signs, digits and letters) may be escapes.</summary>
    private const int Levels = 3;

    /// <summary>No escape is longer, in UTF-16 units: whoever reads a stream waits for no more.</summary>
    private const int MostUnits = 96;

    /// <summary>Names of what values are written with, and of the letters of names; those of quotes and brackets hide nothing.</summary>
    private const string Named =
        "commat@ period. colon: lowbar_ hyphen- dash- plus+ num# sol/ bsol\\ lpar( rpar) comma, ast* equals= quest? dollar$ percnt% nbsp\u00A0 shy\u00AD lrm\u200E rlm\u200F "
            + "ZeroWidthSpace\u200B NoBreak\u2060 hairsp\u200A numsp\u2007 puncsp\u2008 Tab\t NewLine\n zwnj\u200C zwj\u200D ndash- mdash- ensp\u2002 emsp\u2003 thinsp\u2009 "
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

    /// <summary>Reads an escape where <c>%</c> or <c>&amp;</c> stands.</summary>
    /// <param name="text">What begins with it.</param>
    /// <param name="width">How much of the text the sign itself takes: more than 1 where it is written as an escape of another kind.</param>
    /// <param name="final">True when nothing follows.</param>
    /// <param name="value">The sign; what the escape stands for.</param>
    public static int Read(ReadOnlySpan<char> text, int width, bool final, ref char value)
    {
        var isCut = text.Length > MostUnits;
        return Read(isCut ? text[..MostUnits] : text, width, Levels, final || isCut, ref value);
    }

    /// <summary>True where a name begins that is known.</summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        var value = '&';
        return Read(text[..Math.Min(text.Length, MostUnits)], 1, levels: 1, final: true, ref value) > 1;
    }

    /// <summary>
    /// True where <c>\n</c>, <c>\r</c> or <c>\t</c> outside of JSON is what a program or a log writes for a line's end or a tab: before a number, and before a word behind what ends a sentence, a
    /// setting or a quotation. Folders and accounts of domains (<c>C:\new</c>, <c>..\tools</c>, <c>CORP\nina</c>) are written so too: behind a word only capitals follow.
    /// </summary>
    /// <param name="before">What stands before the backslash.</param>
    /// <param name="next">What stands behind the letter: one unit, or two.</param>
    public static bool EndsLine(ReadOnlySpan<char> before, ReadOnlySpan<char> next)
    {
        if (char.IsAsciiDigit(next[0]) || next[0] is '+' or '(')
        {
            return true;
        }

        var last = before.IsEmpty ? '\n' : before[^1];
        return last switch
        {
            ' ' or '\n' or '\t' or ',' or ';' or '!' or '?' or '"' or '\'' => char.IsLetter(next[0]) || next[0] == '\\',
            ':' => !IsDrive(before[..^1]) && (char.IsLetter(next[0]) || next[0] == '\\'),
            '.' => before.Length > 1 && char.IsLetterOrDigit(before[^2]) && (char.IsLetter(next[0]) || next[0] == '\\'),
            _ => char.IsLetterOrDigit(last) && next.Length > 1 && char.IsAsciiLetterUpper(next[0]) && (char.IsAsciiLetterUpper(next[1]) || char.IsAsciiDigit(next[1])),
        };
    }

    private static bool IsDrive(ReadOnlySpan<char> before) =>
        before.Length > 0 && char.IsAsciiLetter(before[^1]) && (before.Length == 1 || !char.IsLetterOrDigit(before[^2]));

    private static int Read(ReadOnlySpan<char> text, int width, int levels, bool final, ref char value)
    {
        // What an escape stands for may be the sign of another one, whose rest is written one level less deep.
        for (var inner = 0; inner < levels && width > 0 && value is '%' or '&'; inner++)
        {
            width = value == '%' ? ReadPercent(text, width, inner, final, ref value) : ReadReference(text, width, inner, final, ref value);
        }

        return width;
    }

    /// <summary>The next character as it is written at a level: its length, 0 when more text must be known, -1 when there is none.</summary>
    private static int Next(ReadOnlySpan<char> text, int at, int levels, bool final, out char value)
    {
        if (at == text.Length)
        {
            value = '\0';
            return final ? -1 : 0;
        }

        value = text[at];
        return levels == 0 || value is not ('%' or '&') ? 1 : Read(text[at..], 1, levels, final, ref value);
    }

    /// <summary>Two hex digits that make a visible character or a blank, or several such for one that is not ASCII.</summary>
    private static int ReadPercent(ReadOnlySpan<char> text, int sign, int levels, bool final, ref char value)
    {
        var width = ReadByte(text, sign, levels, final, out var code);
        if (width <= sign)
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
            return sign;
        }

        var least = rest == 1 ? 0x80 : 0x800;
        for (; rest > 0; rest--)
        {
            var more = Next(text, width, levels, final, out var c);
            if (more == 0)
            {
                return 0;
            }

            var end = c == '%' ? ReadByte(text, width + more, levels, final, out code) : width;
            if (end <= width + more || (code & 0xC0) != 0x80)
            {
                return end == 0 ? 0 : sign;
            }

            (read, width) = ((read << 6) | (code & 0x3F), end);
        }

        return read >= least && TryRead(read, ref value) ? width : sign;
    }

    /// <summary>One byte; <c>%25</c> before two more digits is a sign that was encoded itself.</summary>
    /// <returns>Where it ends: right behind the sign where no byte follows, 0 when more text must be known.</returns>
    private static int ReadByte(ReadOnlySpan<char> text, int at, int levels, bool final, out int code)
    {
        code = '%';
        for (var times = 0; times <= MostTimes && code == '%'; times++)
        {
            var (end, read) = (at, 0);
            for (var digit = 0; digit < 2; digit++)
            {
                var width = Next(text, end, levels, final, out var c);
                if (width <= 0 || !char.IsAsciiHexDigit(c))
                {
                    return width == 0 ? 0 : at;
                }

                (end, read) = (end + width, (read << 4) | DigitOf(c));
            }

            (at, code) = (end, read);
        }

        return at;
    }

    /// <summary>A number behind <c>&amp;#</c>, decimal or hexadecimal, with a semicolon or, as browsers read it, without; or a name with one.</summary>
    private static int ReadReference(ReadOnlySpan<char> text, int sign, int levels, bool final, ref char value)
    {
        Span<char> name = stackalloc char[LongestName];
        for (var (at, times) = (sign, 0); times <= MostTimes; times++)
        {
            var length = 0;
            int width;
            char c;
            for (; (width = Next(text, at, levels, final, out c)) > 0 && char.IsAsciiLetter(c) && length < name.Length; at += width)
            {
                name[length++] = c;
            }

            if (width == 0)
            {
                return 0;
            }

            if (length == 0 && c == '#')
            {
                var end = ReadNumber(text, at + width, levels, final, out var code);
                return end <= 0 ? end + (end < 0 ? sign + 1 : 0) : TryRead(code, ref value) ? end : sign;
            }

            if (width < 0 || c != ';')
            {
                return sign;
            }

            at += width;
            if (name[..length] is not ("amp" or "AMP"))
            {
                return ByName.TryGetValue(name[..length], out var named) ? Take(named, at, ref value) : sign;
            }
        }

        return sign;
    }

    /// <summary>The digits of a reference.</summary>
    /// <returns>Where it ends, 0 when more text must be known, -1 when there are none.</returns>
    private static int ReadNumber(ReadOnlySpan<char> text, int at, int levels, bool final, out int code)
    {
        code = 0;
        var width = Next(text, at, levels, final, out var c);
        var isHex = width > 0 && c is 'x' or 'X';
        if (isHex)
        {
            at += width;
            width = Next(text, at, levels, final, out c);
        }

        var first = at;
        for (; width > 0 && (isHex ? char.IsAsciiHexDigit(c) : char.IsAsciiDigit(c)); width = Next(text, at, levels, final, out c))
        {
            code = Math.Min((code * (isHex ? 16 : 10)) + DigitOf(c), char.MaxValue + 1);
            at += width;
        }

        return width == 0 ? 0 : at == first ? -1 : width > 0 && c == ';' ? at + width : at;
    }

    private static int DigitOf(char c) => char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;

    private static int Take(char named, int width, ref char value)
    {
        value = named;
        return width;
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
