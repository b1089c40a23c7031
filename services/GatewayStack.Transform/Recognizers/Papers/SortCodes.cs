namespace GatewayStack.Transform.Recognizers.Papers;

/// <summary>
/// A British sort code and the account behind it, each a finding of its own: <c>sort code 30-94-17, number 94903366</c>. The one says what the other is, whatever word
/// stands between.
/// </summary>
internal static class SortCodes
{
    /// <summary>So many units from the word on are looked at.</summary>
    public const int Window = 80;

    private const double Said = 0.9;
    private const int CodeLength = 8;
    private const int AccountDigits = 8;
    private const int LongestLabel = 14;
    private const int LongestBetween = 32;

    /// <summary>What a sort code is called.</summary>
    public static readonly string[] Words = ["sort"];

    /// <summary>The sort code, or the account.</summary>
    public static Verdict Verify(in Match match, int index)
    {
        var text = match.Text;
        var code = NumberAt(text, match.Start + match.Length, LongestLabel);
        if (code < 0 || !IsCode(text, code))
        {
            return Verdict.No;
        }

        var account = NumberAt(text, code + CodeLength, LongestBetween);
        var end = account;
        while (account >= 0 && end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        if (account < 0 || end - account != AccountDigits || (end < text.Length && (char.IsLetter(text[end]) || text[end] is '-' or '_' or '/')))
        {
            return Verdict.No;
        }

        return index == 0 ? new Verdict(CodeLength, Said) { Offset = code - match.Start } : new Verdict(AccountDigits, Said) { Offset = account - match.Start };
    }

    /// <summary>The first digit in reach, behind words and the signs of labels; -1 for none.</summary>
    private static int NumberAt(ReadOnlySpan<char> text, int at, int reach)
    {
        for (var i = at; i < text.Length && i - at <= reach; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                return i == at ? -1 : i;
            }

            if (!(char.IsLetter(text[i]) || text[i] is ' ' or ':' or '=' or ',' or ';' or '/' or '(' or ')' or '.' or '#' or '"' or '\'' or '_' or '-' or '|' or '\n' or '\r' or '*'))
            {
                return -1;
            }
        }

        return -1;
    }

    private static bool IsCode(ReadOnlySpan<char> text, int at)
    {
        if (at + CodeLength > text.Length || (at + CodeLength < text.Length && (char.IsLetterOrDigit(text[at + CodeLength]) || text[at + CodeLength] == '-')))
        {
            return false;
        }

        for (var i = 0; i < CodeLength; i++)
        {
            if (i % 3 == 2 ? text[at + i] is not ('-' or ' ') || text[at + i] != text[at + 2] : !char.IsAsciiDigit(text[at + i]))
            {
                return false;
            }
        }

        return true;
    }
}
