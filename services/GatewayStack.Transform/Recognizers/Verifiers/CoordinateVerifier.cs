using System.Globalization;
using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Latitude and longitude, each a finding of its own: <c>51.9921, -2.1583</c>, <c>46°31'12.4"N 6°37'55.1"E</c>, <c>57.0034 N / 5.8291 W</c>.</summary>
internal static class CoordinateVerifier
{
    /// <summary>So many units before a number are shown: another number with the words that both are about.</summary>
    public const int Before = 140;

    private const int Decimals = 3;
    private const int LongestNumber = 28;
    private const int PointAndFour = 5;

    private static readonly CueSet Positions = CueSet.Of(CueKind.Position);

    /// <summary>What also stands before other pairs of numbers than places.</summary>
    private static readonly ContextWords Weak = new("position", "pos", "posn", "fix", "pin", "waypoint", "point", "posición", "posizione", "posição", "positie", "pozycja", "pozycji", "stelle", "endroit");

    /// <summary>One of a pair, or one number alone behind its word. A pair without a word beside it is code more often than a place, unless its letters or degrees say otherwise.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var own = Read(text, match.Start);
        if (own.End == 0)
        {
            return Verdict.No;
        }

        var score = Next(text, own) is { End: > 0 } next ? OfPair(match, own, next) : 0;
        if (score == 0)
        {
            score = Previous(text, own) is { End: > 0 } previous ? OfPair(match, previous, own) : Alone(match, own);
        }

        return score > 0 ? new Verdict(own.End - own.Start, score) : Verdict.No;
    }

    private static double OfPair(in Match match, Number first, Number second)
    {
        var text = match.Text;
        var end = Math.Max(first.Behind, second.Behind);
        if (first.HasRing || second.HasRing)
        {
            return first.Wind != '\0' || second.Wind != '\0' ? 0.95 : Says(match, first.Start, end, out _) ? 0.8 : 0;
        }

        var latitude = text[first.Start..first.NumberEnd];
        var longitude = text[second.Start..second.NumberEnd];
        if (!IsDegrees(latitude, 90) || !IsDegrees(longitude, 180) || (IsFraction(latitude) && IsFraction(longitude)))
        {
            // Shares and prices; the place itself is in the sea.
            return 0;
        }

        return first.Wind is 'N' or 'S' && second.Wind is 'E' or 'W' or 'O' ? 0.9
            : Says(match, first.Start, end, out var distance) && distance <= 40 ? 0.9
            : IsExact(latitude) && IsExact(longitude) && Weak.FindBefore(text, first.Start, 16) >= 0 ? 0.8
            : IsPlace(text, first, second) ? 0.6 : 0;
    }

    private static double Alone(in Match match, Number own)
    {
        var value = match.Text[own.Start..own.NumberEnd];
        if (own.HasRing)
        {
            return own.Wind != '\0' ? 0.95 : Says(match, own.Start, own.Behind, out _) ? 0.8 : 0;
        }

        return IsDegrees(value, 180) && !IsFraction(value) && Says(match, own.Start, own.Behind, out var distance) && distance <= 12 ? 0.8 : 0;
    }

    /// <summary>Only words for places are asked for: without one in reach nothing round it is read.</summary>
    private static bool Says(in Match match, int start, int end, out int distance)
    {
        distance = int.MaxValue;
        if (!Surroundings.MaySay(match, start, end, Positions))
        {
            return false;
        }

        var around = Surroundings.Read(match, start, end);
        distance = around.Distance;
        return around.Says(Positions);
    }

    /// <summary>The number that begins here.</summary>
    private static Number Read(ReadOnlySpan<char> text, int start)
    {
        var at = start < text.Length && text[start] is '+' or '-' ? start + 1 : start;
        var whole = DigitsAt(text, at, 3);
        at += whole;
        if (whole == 0 || at >= text.Length)
        {
            return default;
        }

        var fraction = text[at] == '.' ? DigitsAt(text, at + 1, 15) : 0;
        at += fraction >= Decimals ? fraction + 1 : 0;
        var number = at;
        var ring = at < text.Length && text[at] == '°';
        if (!ring && fraction < Decimals)
        {
            return default;
        }

        if (ring)
        {
            at = AfterMinutes(text, at + 1);
        }

        // A letter that stands apart belongs to a decimal number no more than the sign of degrees to its own.
        var letter = at < text.Length && text[at] == ' ' ? at + 1 : at;
        if (letter < text.Length && text[letter] is 'N' or 'S' or 'E' or 'W' or 'O' && (letter + 1 == text.Length || !char.IsLetterOrDigit(text[letter + 1])))
        {
            return new Number(start, ring || letter == at ? letter + 1 : at, number, letter + 1, text[letter], ring);
        }

        return new Number(start, at, number, at, '\0', ring);
    }

    /// <summary>Minutes and seconds; a number that has a sign of degrees itself is the next one.</summary>
    private static int AfterMinutes(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (at < text.Length && at - end < 2)
        {
            if (char.IsAsciiDigit(text[at]))
            {
                var digits = DigitsAt(text, at, 6);
                digits += at + digits < text.Length && text[at + digits] == '.' ? 1 + DigitsAt(text, at + digits + 1, 6) : 0;
                if (at + digits < text.Length && text[at + digits] == '°')
                {
                    break;
                }

                at += digits;
                end = at;
            }
            else if (text[at] is '\'' or '"' or '′' or '″' or '’' or '”')
            {
                end = ++at;
            }
            else if (text[at] == ' ')
            {
                at++;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    /// <summary>The second number of a pair that this one may begin.</summary>
    private static Number Next(ReadOnlySpan<char> text, Number own)
    {
        var at = own.Behind;
        var start = at;
        while (at < text.Length && at - start < 3 && text[at] is ' ' or ',' or '/' or ';')
        {
            at++;
        }

        return at > start && IsSeparator(text[start..at]) ? Read(text, at) : default;
    }

    /// <summary>The first number of a pair that this one may end.</summary>
    private static Number Previous(ReadOnlySpan<char> text, Number own)
    {
        var end = own.Start;
        while (end > 0 && own.Start - end < 3 && text[end - 1] is ' ' or ',' or '/' or ';')
        {
            end--;
        }

        if (end == own.Start || !IsSeparator(text[end..own.Start]))
        {
            return default;
        }

        var limit = Math.Max(0, end - LongestNumber);
        for (var start = end - 1; start >= limit && text[start] is (>= '0' and <= '9') or '.' or '°' or ' ' or '\'' or '"' or '′' or '″' or '’' or '”' or '+' or '-' or 'N' or 'S' or 'E' or 'W'; start--)
        {
            if (char.IsAsciiDigit(text[start]) && (start == 0 || !(char.IsAsciiDigit(text[start - 1]) || text[start - 1] is '.')))
            {
                var first = Read(text, start > 0 && text[start - 1] is '+' or '-' ? start - 1 : start);
                if (first.End > 0 && first.Behind == end)
                {
                    return first;
                }
            }
        }

        return default;
    }

    private static bool IsSeparator(ReadOnlySpan<char> between) => between is " " or "," or ", " or "/" or " / " or ";" or "; ";

    /// <summary>Two numbers to about a metre in running text; in brackets and lists they are code.</summary>
    private static bool IsPlace(ReadOnlySpan<char> text, Number first, Number second)
    {
        var latitude = text[first.Start..first.NumberEnd];
        var longitude = text[second.Start..second.NumberEnd];
        var (before, after) = (At(text, first.Start - 1), At(text, second.Behind));
        var isBracketed = before == '(' && after == ')' && At(text, first.Start - 2) == ' ' && (char.IsLetterOrDigit(At(text, first.Start - 3)) || At(text, first.Start - 3) is ',' or '.');
        return (isBracketed || (before is ' ' or '\n' or '\0' or '"' && At(text, first.Start - 2) is not (',' or '(' or '[' or '=') && after is not (')' or ']' or '}')))
            && !IsAmongNumbers(text, first.Start, second.Behind)
            && latitude.Length - latitude.IndexOf('.') is var decimals and >= PointAndFour and <= 8 && longitude.Length - longitude.IndexOf('.') is >= PointAndFour and <= 8
            && (decimals > PointAndFour || latitude[0] == '-' || longitude[0] == '-') && latitude.IndexOf('.') >= 2
            && !(after is ',' && At(text, second.Behind + 1) == ' ' && text.Contains("[", StringComparison.Ordinal));
    }

    /// <summary>Two of a row of readings.</summary>
    private static bool IsAmongNumbers(ReadOnlySpan<char> text, int start, int end) =>
        (At(text, start - 1) is ' ' or '\t' or ';' or ',' && (char.IsAsciiDigit(At(text, start - 2)) || (At(text, start - 2) is ',' or ';' && char.IsAsciiDigit(At(text, start - 3)))))
        || (At(text, end) is ' ' or ',' or ';' or '\t' && At(text, end + 1) is '-' or (>= '0' and <= '9'));

    private static bool IsExact(ReadOnlySpan<char> number) => number.Length - number.IndexOf('.') is >= PointAndFour and <= 8;

    private static bool IsFraction(ReadOnlySpan<char> number) => number.TrimStart("+-").StartsWith("0.");

    private static bool IsDegrees(ReadOnlySpan<char> text, double most) =>
        text.IndexOf('.') is var point and > 0 && text.Length - point - 1 >= Decimals
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= most;

    private static int DigitsAt(ReadOnlySpan<char> text, int at, int most)
    {
        var end = at;
        while (end < text.Length && end - at < most && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - at;
    }

    private static char At(ReadOnlySpan<char> text, int at) => (uint)at < (uint)text.Length ? text[at] : '\0';

    /// <summary>A number of degrees.</summary>
    /// <param name="Start">Where it begins, with its sign.</param>
    /// <param name="End">Where what is found of it ends; 0 for none.</param>
    /// <param name="NumberEnd">Where its digits end, for a decimal number.</param>
    /// <param name="Behind">Behind its letter.</param>
    /// <param name="Wind">Its letter.</param>
    /// <param name="HasRing">True when it has the sign of degrees.</param>
    private readonly record struct Number(int Start, int End, int NumberEnd, int Behind, char Wind, bool HasRing);
}
