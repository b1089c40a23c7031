using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Papers;

/// <summary>A number as it is said: <c>K four four one, nine double seven</c>.</summary>
internal static class SpokenNumber
{
    private const int Fewest = 4;
    private const int Shortest = 5;

    private static readonly string[] Names = (
        "zero one two three four five six seven eight nine oh null eins zwei zwo drei vier fünf sechs sieben acht neun zéro un deux trois quatre cinq sept huit neuf cero uno "
            + "dos tres cuatro cinco seis siete ocho nueve due tre quattro cinque sei sette otto nove um dois três quatro sete oito nul een twee drie vijf zes zeven negen jeden "
            + "dwa trzy cztery pięć sześć siedem osiem dziewięć noll ett två fyra fem sex sju åtta nio").Split(' ');

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Digits = WordSet.Of(string.Join(' ', Names.Distinct()));

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Times = WordSet.Of("double triple doppel zweimal dreimal deux-fois doble doppio duplo dubbel");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Spelling = WordSet.Of(
        "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec romeo sierra tango uniform victor "
            + "whiskey whisky x-ray xray yankee zulu dash");

    private static readonly SearchValues<string> Some = SearchValues.Create([.. Names.Where(n => n.Length >= 4).Distinct(StringComparer.OrdinalIgnoreCase)], StringComparison.OrdinalIgnoreCase);

    /// <summary>False where no digit is written as a word.</summary>
    public static bool MayStand(ReadOnlySpan<char> text) => text.ContainsAny(Some);

    /// <summary>True for a digit in words.</summary>
    public static bool IsDigit(ReadOnlySpan<char> word) => Digits.Contains(word);

    /// <summary>The first run of digits and letters that are said one by one.</summary>
    public static PaperValue Find(ReadOnlySpan<char> text, int from)
    {
        for (var at = from; at < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[at]) || char.IsLetterOrDigit(text[at - 1]))
            {
                at++;
                continue;
            }

            var run = Run(text, at);
            if (run.End > 0)
            {
                return run;
            }

            at = WordEnd(text, at);
        }

        return default;
    }

    /// <summary>Where such a run begins, or may begin once more of the text is known; the end of the text where there is none.</summary>
    public static int FirstRun(ReadOnlySpan<char> text, int from)
    {
        var at = from;
        while (at < text.Length)
        {
            if (!char.IsLetterOrDigit(text[at]) || char.IsLetterOrDigit(text[at - 1]))
            {
                at++;
            }
            else if (Run(text, at, out var goesOn).End > 0 || goesOn)
            {
                return at;
            }
            else
            {
                at = WordEnd(text, at);
            }
        }

        return at;
    }

    private static PaperValue Run(ReadOnlySpan<char> text, int start) => Run(text, start, out _);

    private static PaperValue Run(ReadOnlySpan<char> text, int start, out bool goesOn)
    {
        var (at, end, digits, letters, words) = (start, 0, 0, 0, 0);
        while (at < text.Length)
        {
            var word = WordEnd(text, at);
            var said = text[at..word];
            if (Digits.Contains(said) || (said.Length == 1 && char.IsAsciiDigit(said[0])))
            {
                digits++;
                words += said.Length > 1 ? 1 : 0;
            }
            else if (Spelling.Contains(said) || (said.Length == 1 && char.IsAsciiLetterUpper(said[0])))
            {
                letters++;
            }
            else if (!Times.Contains(said))
            {
                goesOn = word == text.Length;
                return Of(start, end, digits, letters, words);
            }

            end = word;
            at = word;
            at += at < text.Length && text[at] is ',' or '.' or '-' ? 1 : 0;
            if (at < text.Length && text[at] == ' ')
            {
                at++;
            }
            else if (at == word || text[at - 1] != '-')
            {
                break;
            }
        }

        goesOn = at >= text.Length;
        return Of(start, end, digits, letters, words);
    }

    private static PaperValue Of(int start, int end, int digits, int letters, int words) =>
        words >= 3 && digits >= Fewest && digits + letters >= Shortest ? new PaperValue(start, end, digits, Math.Max(1, letters), digits + letters) : default;

    private static int WordEnd(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsLetterOrDigit(text[end]))
        {
            end++;
        }

        return Math.Max(end, at + 1);
    }
}
