using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Papers;

/// <summary>Degrees as they are said over the radio: "position five four decimal four six one eight north, three decimal zero nine seven seven west".</summary>
internal static class SpokenPosition
{
    /// <summary>So many units behind the word are looked at.</summary>
    public const int Window = 200;

    private const double Said = 0.85;
    private const int FewestDecimals = 3;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Points = WordSet.Of("decimal point komma virgule coma vírgula virgola punkt przecinek");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Winds = WordSet.Of(
        "north south east west nord süd ost sud est ouest norte sur este oeste ovest sul leste noord zuid oost północ południe wschód zachód norr söder öster väster");

    /// <summary>What a position is called.</summary>
    public static readonly string[] Words =
    [
        "position", "coordinates", "latitude", "longitude", "grid", "koordinaten", "standort", "coordonnées", "coordenadas", "posición", "posizione", "coordinate", "posição", "coördinaten", "positie", "współrzędne",
        "pozycja", "koordinater",
    ];

    /// <summary>The first of the numbers behind the word, or the second.</summary>
    public static Verdict Verify(in Match match, int index)
    {
        var text = match.Text;
        for (var at = match.Start + match.Length; at < text.Length;)
        {
            if (!char.IsLetter(text[at]) || char.IsLetterOrDigit(text[at - 1]))
            {
                at++;
                continue;
            }

            var end = Read(text, at);
            if (end > 0 && index-- == 0)
            {
                return new Verdict(end - at, Said) { Offset = at - match.Start };
            }

            at = end > 0 ? end : WordEnd(text, at);
        }

        return Verdict.No;
    }

    private static int Read(ReadOnlySpan<char> text, int at)
    {
        var (whole, decimals, behind) = (0, 0, false);
        var end = 0;
        while (at < text.Length)
        {
            var word = WordEnd(text, at);
            var said = text[at..word];
            if (SpokenNumber.IsDigit(said) || (whole == 0 && !behind && said is "minus"))
            {
                decimals += behind ? 1 : 0;
                whole += behind || said is "minus" ? 0 : 1;
                end = word;
            }
            else if (!behind && whole is > 0 and <= 3 && Points.Contains(said))
            {
                behind = true;
            }
            else
            {
                end = decimals >= FewestDecimals && Winds.Contains(said) ? word : end;
                break;
            }

            if (word >= text.Length || text[word] != ' ')
            {
                break;
            }

            at = word + 1;
        }

        return decimals >= FewestDecimals ? end : 0;
    }

    private static int WordEnd(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        return Math.Max(end, at + 1);
    }
}
