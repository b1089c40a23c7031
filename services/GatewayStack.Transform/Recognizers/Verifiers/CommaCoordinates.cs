using System.Globalization;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>
/// Latitude and longitude with decimal commas, each a finding of its own, behind the word for the first: <c>Breite 48,2082, Länge 16,3738</c>,
/// <c>Koordinaten: 48,2082; 16,3738</c>.
/// </summary>
/// <remarks>Breadth and length are measures, too: both numbers have four decimals, and no unit stands behind them.</remarks>
internal static class CommaCoordinates
{
    /// <summary>So many units from the word on are looked at.</summary>
    public const int Window = 110;

    private const double Said = 0.85;
    private const int FewestDecimals = 4;
    private const int MostDecimals = 8;
    private const int MostBetween = 28;
    private const int LongestInflection = 12;

    /// <summary>How words for a latitude, or for both, begin.</summary>
    public static readonly string[] Words =
        ["breite", "geobreite", "latitud", "breedte", "szeroko", "koordinat", "coordonn", "coordenad", "coordinat", "coördinat", "współrzędn", "gps", "standort"];

    /// <summary>The first of the numbers behind the word, or the second.</summary>
    public static Verdict Verify(in Match match, int index)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        for (var letters = 0; at < text.Length && char.IsLetter(text[at]); at++)
        {
            if (++letters > LongestInflection)
            {
                return Verdict.No;
            }
        }

        var first = Next(text, at, MostBetween / 2, isPair: false);
        if (first < 0 || Read(text, first, 90) is not (> 0 and var firstEnd))
        {
            return Verdict.No;
        }

        var second = Next(text, firstEnd, MostBetween, isPair: true);
        if (second < 0 || Read(text, second, 180) is not (> 0 and var secondEnd) || HasUnit(text, secondEnd))
        {
            return Verdict.No;
        }

        var (start, end) = index == 0 ? (first, firstEnd) : (second, secondEnd);
        return new Verdict(end - start, Said) { Offset = start - match.Start };
    }

    /// <summary>Where the next number begins; -1 where there is none in reach, or where the number before has a unit or belongs to a list.</summary>
    private static int Next(ReadOnlySpan<char> text, int at, int reach, bool isPair)
    {
        if (isPair && HasUnit(text, at))
        {
            return -1;
        }

        for (var i = at; i < text.Length && i - at <= reach; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c))
            {
                return i == at ? -1 : text[i - 1] is '-' or '+' && i - 1 > at ? i - 1 : i;
            }

            if (!(char.IsLetter(c) || c is ' ' or ':' or '=' or ',' or ';' or '/' or '(' or ')' or '.' or '-' or '+' or '|' or '°' or '"' || (isPair && c is '\n' or '\r')))
            {
                return -1;
            }
        }

        return -1;
    }

    /// <summary>Behind the number; 0 where none stands that may be degrees.</summary>
    private static int Read(ReadOnlySpan<char> text, int start, int most)
    {
        var at = text[start] is '-' or '+' ? start + 1 : start;
        var whole = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        if (at - whole is < 1 or > 3 || at >= text.Length || text[at] != ',')
        {
            return 0;
        }

        var point = at++;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at - point - 1 is >= FewestDecimals and <= MostDecimals
            && !(at < text.Length && (text[at] is '%' or '_' || (text[at] is ',' or '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))))
            && int.Parse(text[whole..point], NumberStyles.None, CultureInfo.InvariantCulture) < most ? at : 0;
    }

    /// <summary>A small word directly behind a number, which is no letter of the wind.</summary>
    private static bool HasUnit(ReadOnlySpan<char> text, int at)
    {
        var start = at < text.Length && text[at] == ' ' ? at + 1 : at;
        var end = start;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        return end - start is > 0 and <= 4 && text[start..end] is not ("N" or "S" or "E" or "W" or "O" or "und" or "and" or "et" or "y" or "e" or "en" or "i" or "och" or "lon" or "lng" or "Nord" or "Ost" or "Süd" or "West");
    }
}
