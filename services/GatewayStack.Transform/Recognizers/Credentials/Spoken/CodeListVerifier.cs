namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>Reads one of the codes that are listed behind "recovery codes".</summary>
internal static class CodeListVerifier
{
    private const int MostWords = 14;
    private const int Shortest = 6;
    private const int Longest = 29;
    private const double Certain = 0.9;

    /// <summary>The verifier of a code.</summary>
    /// <param name="index">Which one, from 0.</param>
    public static Verifier For(int index) => (in Match match) => Verify(match, index);

    private static Verdict Verify(in Match match, int index)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        if (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '('))
        {
            return Verdict.No;
        }

        var found = -1;
        for (var words = 0; words < MostWords && at < text.Length;)
        {
            while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] is ',' or ';' or ':' or '-' or '*' or '•' or '|' or '/' or '"' or '\'' or '`' or '(' or '[' or '→'))
            {
                at++;
            }

            var start = at;
            while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || (text[at] == '-' && at > start && at + 1 < text.Length && char.IsAsciiLetterOrDigit(text[at + 1]))))
            {
                at++;
            }

            // Eight digits are often written in two groups.
            if (at - start == 4 && at + 5 <= text.Length && text[at] == ' ' && IsDigits(text[start..at]) && IsDigits(text[(at + 1)..(at + 5)])
                && (at + 5 == text.Length || !char.IsLetterOrDigit(text[at + 5])))
            {
                at += 5;
            }

            if (IsCode(text[start..at]) && (at == text.Length || !(char.IsLetterOrDigit(text[at]) || text[at] is '_' or '@' or '=' or ':')))
            {
                if (++found == index)
                {
                    return new Verdict(at - start, Certain) { Offset = start - match.Start };
                }

                words = 0;
                continue;
            }

            // Numbers of the list's lines are skipped; a sentence ends the list.
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            words += found >= 0 && text[start..at].TrimEnd(".)").ContainsAnyExcept(Alphabets.Digit) ? MostWords : 1;
        }

        return Verdict.No;
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Alphabets.Digit);

    private static bool IsCode(ReadOnlySpan<char> token)
    {
        var shape = new ValueShape(token);
        return shape.Length is >= Shortest and <= Longest && (shape.IsMixed ? shape.Changes >= 1 || shape.Symbols > 0 : shape.IsNumbers ? shape.Digits >= 8
            || (shape.IsDigits && shape.Digits >= 6) : shape.Digits == 0 && shape.Symbols > 0
            && Gibberish.RareShare(token) >= 0.3) && !(shape.IsNumbers && shape.Symbols == 2) && !PlaceholderValues.Is(token);
    }
}
