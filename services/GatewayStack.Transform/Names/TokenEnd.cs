using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Names;

/// <summary>Finds where a token ends: a word, an address, a handle or a mark.</summary>
internal static class TokenEnd
{
    private const int Upper = 0;
    private const int Lower = 12;
    private const int Digit = 24;
    private const int Other = 36;
    private const int Under = 48;

    /// <summary>What each unit of ASCII adds to the counts of a word; 0 for those that are in none.</summary>
    private static readonly ulong[] Ascii = [.. Enumerable.Range(0, 128).Select(c => IsWord((char)c) ? OneOf((char)c) : 0)];

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
        var counts = 0UL;
        var i = start;
        for (; i < unit.Length; i++)
        {
            var c = unit[i];
            var one = c < 128 ? Ascii[c] : IsWord(c) ? OneOf(c) : 0;
            if (one == 0 || (c >= 128 && i > start && unit[i - 1] < 128 && WordStart.IsUnblanked(c)) || (c < 128 && i > start && WordStart.IsUnblanked(unit[i - 1])))
            {
                break;
            }

            counts += one;
        }

        int upper = Part(counts, Upper), lower = Part(counts, Lower), digits = Part(counts, Digit), other = Part(counts, Other), under = Part(counts, Under);
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

    /// <summary>Counts one of a kind: a unit is short enough for all of them to stand in one number.</summary>
    private static ulong OneOf(char c) => 1UL << (char.IsLower(c) ? Lower : char.IsUpper(c) ? Upper : char.IsDigit(c) ? Digit : c == '_' ? Under : Other);

    private static int Part(ulong counts, int kind) => (int)(counts >> kind) & 0xFFF;

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
