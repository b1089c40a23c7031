namespace GatewayStack.Transform.Recognizers.Persons;

/// <summary>Who paid or was paid, as statements of banks write it: initials and a surname in capitals behind the word for the payment, <c>FASTER PAYMENT M DOE RENT</c>.</summary>
internal static class PaidNames
{
    private const int LongestReference = 28;
    private const int ShortestSurname = 3;
    private const double Score = 0.8;

    /// <summary>What statements call payments.</summary>
    public static readonly string[] Words =
    [
        "faster payment", "faster payments", "faster payment from", "faster payment to", "fpi", "fpo", "bgc", "tfr", "tfr to", "tfr from", "transfer to", "transfer from", "bank credit",
        "standing order", "sto", "bacs", "mobile payment", "payment to", "payment from", "sepa", "überweisung", "dauerauftrag", "virement de", "virement a", "vir de", "bizum de", "bizum a",
        "transferencia de", "transferencia a", "bonifico da", "bonifico a", "przelew od", "transf de",
    ];

    /// <summary>True where the word is written in capitals, as the name is.</summary>
    public static bool MayBegin(ReadOnlySpan<char> text, int gate, int gateLength) => char.IsUpper(text[gate + gateLength - 1]) && Read(text, gate + gateLength, out _) > 0;

    /// <summary>The initials and the surname.</summary>
    public static Verdict Verify(in Match match)
    {
        var start = Read(match.Text, match.Start + match.Length, out var end);
        return start > 0 ? new Verdict(end - start, Score, start - match.Start) : Verdict.No;
    }

    /// <summary>Where the initials begin, behind numbers of accounts; 0 where there are none.</summary>
    private static int Read(ReadOnlySpan<char> text, int from, out int end)
    {
        var start = from;
        while (start < text.Length && start - from < LongestReference && (char.IsAsciiDigit(text[start]) || text[start] is ' ' or '-' or ':' or '/'))
        {
            start++;
        }

        end = start;
        for (var initials = 0; initials < 3 && start > from; initials++)
        {
            var word = NameShape.Word(text, end);
            if (word.Length is 1 or 2 && !word.ContainsAnyExceptInRange('A', 'Z') && (word.Length == 1 || word is "MR" or "MS" or "DR") && end + word.Length < text.Length
                && text[end + word.Length] == ' ')
            {
                end += word.Length + 1;
                continue;
            }

            var isName = initials > 0 && word.Length >= ShortestSurname && IsShouted(word) && !NameWords.IsOther(word);
            end += word.Length;
            return isName ? start : 0;
        }

        return 0;
    }

    private static bool IsShouted(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!(char.IsUpper(c) || c is '-' or '\'' or '’'))
            {
                return false;
            }
        }

        return true;
    }
}
