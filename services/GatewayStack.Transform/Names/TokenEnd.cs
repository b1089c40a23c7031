namespace GatewayStack.Transform.Names;

/// <summary>Finds where a token ends: a word, an address, a handle or a mark.</summary>
internal static class TokenEnd
{
    /// <summary>Where the token that begins at a place ends, and what it looks like.</summary>
    public static int Of(ReadOnlySpan<char> unit, int i, bool hasAt, bool hasUrl, out TokenShape shape)
    {
        var c = unit[i];
        if (IsWord(c))
        {
            if (hasAt && MailEnd(unit, i) is var mail and > 0)
            {
                shape = TokenShape.Address;
                return mail;
            }

            if (hasUrl && UrlEnd(unit, i) is var url and > 0)
            {
                shape = TokenShape.Address;
                return url;
            }

            return WordEnd(unit, i, out shape);
        }

        if (c is '@' or '#' && i + 1 < unit.Length && (char.IsLetter(unit[i + 1]) || unit[i + 1] == '_' || (c == '@' && char.IsAsciiDigit(unit[i + 1]))))
        {
            shape = c == '@' ? TokenShape.Handle : TokenShape.Hashtag;
            return WordEnd(unit, i + 1, out _);
        }

        if (c == '\\' && i + 1 < unit.Length && unit[i + 1] is 'n' or 'r' or 't')
        {
            shape = TokenShape.Punctuation;
            return i + 2;
        }

        if (char.IsHighSurrogate(c) && i + 1 < unit.Length && char.IsLowSurrogate(unit[i + 1]))
        {
            shape = TokenShape.Symbol;
            return i + 2;
        }

        shape = c < 128 || char.IsPunctuation(c) ? TokenShape.Punctuation : TokenShape.Symbol;
        return i + 1;
    }

    /// <summary>True for characters that words are made of.</summary>
    public static bool IsWord(char c) => c < 128 ? char.IsAsciiLetterOrDigit(c) || c == '_' : char.IsLetterOrDigit(c) || IsMark(c);

    private static bool IsMark(char c) => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark
        or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    private static int WordEnd(ReadOnlySpan<char> unit, int start, out TokenShape shape)
    {
        int upper = 0, lower = 0, digits = 0, other = 0, under = 0;
        var i = start;
        for (; i < unit.Length && IsWord(unit[i]); i++)
        {
            var c = unit[i];
            if (c is >= 'a' and <= 'z')
            {
                lower++;
            }
            else if (c is >= 'A' and <= 'Z')
            {
                upper++;
            }
            else if (c is >= '0' and <= '9')
            {
                digits++;
            }
            else if (c == '_')
            {
                under++;
            }
            else if (char.IsLower(c))
            {
                lower++;
            }
            else if (char.IsUpper(c))
            {
                upper++;
            }
            else if (char.IsDigit(c))
            {
                digits++;
            }
            else
            {
                other++;
            }
        }

        var first = unit[start];
        shape = under > 0 ? TokenShape.Identifier
            : digits == i - start ? TokenShape.Number
            : digits > 0 ? TokenShape.Alphanumeric
            : upper == 0 && lower == 0 ? TokenShape.Caseless
            : upper == 0 ? TokenShape.Lower
            : upper + other == 1 ? (lower == 0 ? TokenShape.Initial : char.IsUpper(first) ? TokenShape.Capital : TokenShape.Mixed)
            : lower == 0 ? TokenShape.Upper
            : upper == 1 && char.IsUpper(first) ? TokenShape.Capital
            : TokenShape.Mixed;
        return i;
    }

    private static int MailEnd(ReadOnlySpan<char> unit, int start)
    {
        var i = start;
        while (i < unit.Length && i - start < 64 && (char.IsAsciiLetterOrDigit(unit[i]) || unit[i] is '.' or '_' or '%' or '+' or '-'))
        {
            i++;
        }

        if (i + 1 >= unit.Length || unit[i] != '@' || !char.IsLetterOrDigit(unit[i + 1]))
        {
            return 0;
        }

        for (i++; i < unit.Length && (char.IsLetterOrDigit(unit[i]) || (unit[i] is '.' or '-' && i + 1 < unit.Length && char.IsLetterOrDigit(unit[i + 1]))); i++)
        {
        }

        return i;
    }

    private static int UrlEnd(ReadOnlySpan<char> unit, int start)
    {
        var i = start;
        while (i < unit.Length && i - start < 16 && char.IsAsciiLetter(unit[i]))
        {
            i++;
        }

        var isUrl = unit[i..].StartsWith("://", StringComparison.Ordinal)
            || (i - start == 3 && unit[i..].StartsWith(".", StringComparison.Ordinal) && unit[start..i].Equals("www", StringComparison.OrdinalIgnoreCase));
        if (!isUrl)
        {
            return 0;
        }

        while (i < unit.Length && !char.IsWhiteSpace(unit[i]) && unit[i] is not ('<' or '>' or '"' or '\'' or '`' or ')' or ']' or '}' or ',' or '|'))
        {
            i++;
        }

        while (i > start && unit[i - 1] is '.' or ';' or '!' or '?' or ':')
        {
            i--;
        }

        return i;
    }
}
