using System.Globalization;

namespace GatewayStack.Transform.Recognizers.Addresses;

/// <summary>Cuts a window into tokens, one after another.</summary>
internal static class Lexer
{
    /// <summary>So many units behind a token may decide what it is: the rest of a line break that is written as a tag.</summary>
    public const int MostAhead = 6;

    /// <summary>Reads the next token from a place on, and returns where the text goes on behind it.</summary>
    public static int Next(ReadOnlySpan<char> text, int at, out Token token)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        token = at == text.Length ? default : char.IsAsciiDigit(text[at]) ? Digits(text, at) : IsLetter(text[at]) ? Word(text, at) : Sign(text, at);
        return token.Kind == TokenKind.End ? at : token.Close;
    }

    /// <summary>Letters, and the marks that are written on them.</summary>
    public static bool IsLetter(char c) => c < 128 ? char.IsAsciiLetter(c) : IsLetterBeyondAscii(c);

    /// <summary>True for what begins with a digit and is no number, with or without a letter, and no rank: <c>14ms</c>.</summary>
    public static bool IsMixed(ReadOnlySpan<char> word) => KindOf(word.TrimStart("0123456789")) == TokenKind.Mixed;

    private static bool IsLetterBeyondAscii(char c) =>
        (char.IsLetter(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark) && c is not ('º' or 'ª');

    private static Token Digits(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        var digits = end;
        while (end < text.Length && (IsLetter(text[end]) || char.IsAsciiDigit(text[end])))
        {
            end++;
        }

        var rest = text[digits..end];
        return new Token((short)start, (short)end, KindOf(rest), WordClass.None, Capital: true, Dot: false);
    }

    private static TokenKind KindOf(ReadOnlySpan<char> rest) => rest.Length switch
    {
        0 => TokenKind.Number,
        1 when IsLetter(rest[0]) => TokenKind.House,
        2 when IsRank(rest) => TokenKind.Ordinal,
        3 when rest.Equals("bis", StringComparison.OrdinalIgnoreCase) || rest.Equals("ter", StringComparison.OrdinalIgnoreCase) => TokenKind.House,
        _ => TokenKind.Mixed,
    };

    private static bool IsRank(ReadOnlySpan<char> rest) =>
        rest.Equals("st", StringComparison.OrdinalIgnoreCase) || rest.Equals("nd", StringComparison.OrdinalIgnoreCase)
        || rest.Equals("rd", StringComparison.OrdinalIgnoreCase) || rest.Equals("th", StringComparison.OrdinalIgnoreCase);

    private static Token Word(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        var mixed = false;
        while (end < text.Length)
        {
            var c = text[end];
            if (char.IsAsciiLetter(c))
            {
                end++;
                continue;
            }

            var goesOn = IsLetter(c) || (char.IsAsciiDigit(c) && end > start && !IsJoint(text[end - 1])) || (IsJoint(c) && end + 1 < text.Length && IsLetter(text[end + 1]))
                || (c == '.' && end + 1 < text.Length && IsInitial(text, start, end));
            if (!goesOn)
            {
                break;
            }

            mixed |= char.IsAsciiDigit(c);
            end++;
        }

        var word = text[start..end];
        var dot = end < text.Length && text[end] == '.';
        var first = text[start];
        var capital = first < 128 ? char.IsAsciiLetterUpper(first) : char.IsUpper(first)
            || char.GetUnicodeCategory(first) is UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter;
        return new Token(
            (short)start, (short)end, mixed ? TokenKind.Mixed : TokenKind.Word, mixed ? WordClass.None : AddressWords.Classify(word), capital, dot);
    }

    private static bool IsJoint(char c) => c is '\'' or '’' or '-';

    /// <summary>Single letters with dots, as in <c>P.O.</c> and <c>N.W.</c>, are one word.</summary>
    private static bool IsInitial(ReadOnlySpan<char> text, int start, int dot) =>
        IsLetter(text[dot + 1]) && (dot == start + 1 || text[dot - 2] == '.')
            && (dot + 2 >= text.Length || !IsLetter(text[dot + 2]) || dot == start + 1 && text[dot + 1] is 'n' or 'N');

    private static Token Sign(ReadOnlySpan<char> text, int start)
    {
        var rest = text[start..];
        var line = rest[0] switch
        {
            '\n' => 1,
            '\r' => rest.StartsWith("\r\n") ? 2 : 1,
            '\\' when rest.StartsWith("\\r\\n") => 4,
            '\\' when rest.StartsWith("\\n") => 2,
            '<' when rest.StartsWith("<br>") => 4,
            '<' when rest.StartsWith("<br/>") => 5,
            '<' when rest.StartsWith("<br />") => 6,
            _ => 0,
        };
        return line > 0
            ? new Token((short)start, (short)(start + line), TokenKind.Line, WordClass.None, Capital: false, Dot: false)
            : new Token((short)start, (short)(start + 1), TokenKind.Sign, WordClass.None, Capital: false, Dot: false);
    }
}
