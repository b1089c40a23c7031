using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials.Topic;

/// <summary>A code that is told in words: "three one seven seven", "vier null vier, eins eins neun", "four one four star". Where one is talked of.</summary>
internal static class NumberWordsVerifier
{
    /// <summary>Digits as words.</summary>
    public static readonly string[] Digits =
    [
        "zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "double", "triple",
        "null", "eins", "zwei", "zwo", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun",
        "zéro", "un", "deux", "trois", "quatre", "cinq", "sept", "huit", "neuf",
        "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve",
        "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove",
        "um", "dois", "três", "quatro", "sete", "oito",
        "nul", "een", "één", "twee", "drie", "vijf", "zes", "zeven", "negen",
        "jeden", "dwa", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć",
        "noll", "ett", "två", "fyra", "fem", "sju", "åtta", "nio",
    ];

    private const int Fewest = 4;
    private const double Likely = 0.75;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = WordSet.Of(string.Join(' ', Digits));

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Ends = WordSet.Of("star hash pound raute stern étoile dièse almohadilla asterisco "
        + "cancelletto hekje sterretje krzyżyk gwiazdka fyrkant stjärna cardinal");

    /// <summary>At a word for a digit: four of them, or three with the key that ends an entry.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        if (IsDigit(WordBefore(text, match.Start)))
        {
            return Verdict.No;
        }

        var (at, end, words, key) = (match.Start, match.Start, 0, false);
        while (at < text.Length)
        {
            var stop = at;
            while (stop < text.Length && char.IsLetter(text[stop]))
            {
                stop++;
            }

            var word = text[at..stop];
            if (!Words.Contains(word))
            {
                key = words >= Fewest - 1 && Ends.Contains(word);
                end = key ? stop : end;
                break;
            }

            words++;
            end = stop;
            at = stop;
            while (at < text.Length && at - stop < 2 && text[at] is ' ' or ',' or '-' or '–')
            {
                at++;
            }
        }

        if (words < (key ? Fewest - 1 : Fewest))
        {
            return Verdict.No;
        }

        var context = TopicContext.Read(text, match.Start);
        return context.Topic >= 0.7 ? new Verdict(end - match.Start, Likely) : Verdict.No;
    }

    private static bool IsDigit(ReadOnlySpan<char> word) => Words.Contains(word);

    private static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end > 0 && text[end - 1] is ' ' or ',' or '-')
        {
            end--;
        }

        var start = end;
        while (start > 0 && char.IsLetter(text[start - 1]))
        {
            start--;
        }

        return text[start..end];
    }
}
