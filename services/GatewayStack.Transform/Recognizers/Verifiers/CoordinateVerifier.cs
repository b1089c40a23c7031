using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Latitude and longitude, each a finding of its own: <c>51.9921, -2.1583</c>, <c>46°31'12.4"N 6°37'55.1"E</c>, <c>57.0034 N / 5.8291 W</c>.</summary>
internal static partial class CoordinateVerifier
{
    /// <summary>So many units before a number are shown: another number with the words that both are about.</summary>
    public const int Before = 140;

    private const int Decimals = 3;
    private const int LongestNumber = 28;
    private const int PointAndFour = 5;

    private static readonly string[] Joints =
    [
        " and then minus ", " and minus ", ", minus ", " minus ", " by minus ", " und minus ", " et moins ", " y menos ", " e meno ", " e menos ", " en min ", " och minus ", " i minus ", " and ", " by ", " und ", " et ",
        " y ", " e ", " en ", " och ", ", and ", ", then ", " W ", " E ", ", W ", ", E ",
    ];

    /// <summary>Stand before where somebody or something is.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Wheres = WordSet.Of("at near bei um nach près à cerca presso vicino perto bij koło przy vid nära where wo où dónde dove onde waar gdzie var");

    private static readonly SearchValues<char> OfNumbers = SearchValues.Create("0123456789.+-,;/ \t");

    private static readonly CueSet Positions = CueSet.Of(CueKind.Position);

    /// <summary>What also stands before other pairs of numbers than places.</summary>
    private static readonly ContextWords Weak = new("position", "pos", "posn", "fix", "pin", "waypoint", "point", "posición", "posizione", "posição", "positie", "pozycja", "pozycji", "stelle", "endroit");

    /// <summary>
    /// One of a pair, or one number alone behind its word. A pair without a word beside it is code more often than a place, unless its letters or degrees say otherwise.
    /// </summary>
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

        if (first.IsCoarse || second.IsCoarse)
        {
            return first.Wind is 'N' or 'S' && second.Wind is 'E' or 'W' or 'O' ? 0.85 : 0;
        }

        var latitude = text[first.Start..first.NumberEnd];
        var longitude = text[second.Start..second.NumberEnd];
        if (!IsDegrees(latitude, 90) || !IsDegrees(longitude, 180) || (IsFraction(latitude) && IsFraction(longitude)))
        {
            // Shares and prices; the place itself is in the sea.
            return 0;
        }

        return (first.Wind is 'N' or 'S' && second.Wind is 'E' or 'W' or 'O') || (IsNamed(text, first.Start, "NS") && IsNamed(text, second.Start, "EW")) ? 0.9
            : Says(match, first.Start, end, out var distance) && distance <= 40 ? 0.9
            : IsExact(latitude) && IsExact(longitude) && Weak.FindBefore(text, first.Start, 16) >= 0 ? 0.8
            : (IsPlace(text, first, second) || IsAlonePair(text, first, second)) && !IsOfReadings(text, first, second) ? 0.6 : AreToldTogether(text, first, second) ? 0.7 : 0;
    }

    private static double Alone(in Match match, Number own)
    {
        var value = match.Text[own.Start..own.NumberEnd];
        if (own.HasRing)
        {
            return own.Wind != '\0' ? 0.95 : Says(match, own.Start, own.Behind, out _) ? 0.8 : 0;
        }

        if (own.IsCoarse)
        {
            return 0;
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

    /// <summary>The second number of a pair that this one may begin.</summary>
    private static Number Next(ReadOnlySpan<char> text, Number own)
    {
        var at = own.Behind;
        var start = at;
        while (at < text.Length && at - start < 3 && text[at] is ' ' or ',' or '/' or ';')
        {
            at++;
        }

        var next = at > start && IsSeparator(text[start..at]) ? Read(text, at) : default;
        return next.End > 0 ? next : AfterJoint(text, own.Behind) is var joint and > 0 ? Read(text, joint) : default;
    }

    /// <summary>Behind what is said between two numbers: "51.8824 and then minus 2.0931".</summary>
    private static int AfterJoint(ReadOnlySpan<char> text, int at)
    {
        foreach (var joint in Joints)
        {
            if (text[at..].StartsWith(joint, StringComparison.Ordinal))
            {
                return at + joint.Length;
            }
        }

        return 0;
    }

    /// <summary>The first number of a pair that this one may end.</summary>
    private static Number Previous(ReadOnlySpan<char> text, Number own)
    {
        var end = own.Start;
        while (end > 0 && own.Start - end < 3 && text[end - 1] is ' ' or ',' or '/' or ';')
        {
            end--;
        }

        if (end < own.Start && IsSeparator(text[end..own.Start]) && EndingAt(text, end) is { End: > 0 } first)
        {
            return first;
        }

        foreach (var joint in Joints)
        {
            if (text[..own.Start].EndsWith(joint, StringComparison.Ordinal) && EndingAt(text, own.Start - joint.Length) is { End: > 0 } other)
            {
                return other;
            }
        }

        return default;
    }

    private static Number EndingAt(ReadOnlySpan<char> text, int end)
    {
        var limit = Math.Max(0, end - LongestNumber);
        for (var start = end - 1; start >= limit && IsOfNumber(text[start]); start--)
        {
            if ((char.IsAsciiDigit(text[start]) || (text[start] is 'N' or 'S' && start + 1 < end && char.IsAsciiDigit(text[start + 1])))
                && (start == 0 || !(char.IsAsciiDigit(text[start - 1]) || text[start - 1] is '.')))
            {
                var first = Read(text, start > 0 && text[start - 1] is '+' or '-' or 'N' or 'S' ? start - 1 : start);
                if (first.End > 0 && first.Behind == end)
                {
                    return first;
                }
            }
        }

        return default;
    }

    private static bool IsOfNumber(char c) => c is (>= '0' and <= '9') or '.' or '°' or ' ' or '\'' or '"' or '′' or '″' or '’' or '”' or '+' or '-' or 'N' or 'S' or 'E' or 'W';

    private static bool IsSeparator(ReadOnlySpan<char> between) => between is " " or "," or ", " or "/" or " / " or ";" or "; ";

    /// <summary>Two numbers to about a metre in running text; in brackets and lists they are code.</summary>
    private static bool IsPlace(ReadOnlySpan<char> text, Number first, Number second)
    {
        var latitude = text[first.Start..first.NumberEnd];
        var longitude = text[second.Start..second.NumberEnd];
        var (before, after) = (At(text, first.Start - 1), At(text, second.Behind));
        var isBracketed = before == '(' && after == ')' && At(text, first.Start - 2) == ' '
            && (char.IsLetterOrDigit(At(text, first.Start - 3)) || At(text, first.Start - 3) is ',' or '.');
        var isKeyed = before is '=' or '@' or ':' or '"' && latitude.Length - latitude.IndexOf('.') == longitude.Length - longitude.IndexOf('.')
            && after is not (',' or ']' or '}');
        return (isBracketed || isKeyed || (before is ' ' or '\n' or '\0' or '"' && At(text, first.Start - 2) is not (',' or '(' or '[' or '=') && after is not (')' or ']' or '}')))
            && !IsAmongNumbers(text, first.Start, second.Behind)
            && latitude.Length - latitude.IndexOf('.') is var decimals and >= PointAndFour and <= 8 && longitude.Length - longitude.IndexOf('.') is >= PointAndFour and <= 8
            && (decimals > PointAndFour || latitude[0] == '-' || longitude[0] == '-' || isKeyed) && latitude.IndexOf('.') >= 2
            && !(after is ',' && At(text, second.Behind + 1) == ' ' && text.Contains("[", StringComparison.Ordinal));
    }

    /// <summary>
    /// Two numbers of the same exactness with nothing but a comma between, which are all there is in their line or their quotation marks, or stand behind a word for where:
    /// <c>48.2082,16.3738</c>. Of the lines of a file of numbers the one before ends in a number, too.
    /// </summary>
    private static bool IsAlonePair(ReadOnlySpan<char> text, Number first, Number second)
    {
        if (text[first.NumberEnd..second.Start] is not ",")
        {
            return false;
        }

        var latitude = text[first.Start..first.NumberEnd];
        var longitude = text[second.Start..second.NumberEnd];
        var decimals = latitude.Length - latitude.IndexOf('.');
        if (decimals is < PointAndFour or > 8 || decimals != longitude.Length - longitude.IndexOf('.') || latitude.TrimStart("+-").IndexOf('.') < 2
            || longitude.TrimStart("+-").StartsWith("0."))
        {
            return false;
        }

        var (before, after) = (At(text, first.Start - 1), At(text, second.NumberEnd));
        if (before is '\0' or '\n' or '"' or '\'')
        {
            return after is '\0' or '\n' or '\r' or '"' or '\'' && !(before == '\n' && char.IsAsciiDigit(At(text, text[..first.Start].TrimEnd("\r\n").Length - 1)));
        }

        return before == ' ' && !IsAmongNumbers(text, first.Start, second.NumberEnd) && Wheres.Contains(Dates.AgeText.LastWord(text, first.Start - 1));
    }

    /// <summary>A line of two numbers above or below another line of such numbers: what was measured.</summary>
    private static bool IsOfReadings(ReadOnlySpan<char> text, Number first, Number second)
    {
        var above = text[..first.Start].TrimEnd(" \t");
        var below = text[second.Behind..].TrimStart(" \t");
        if ((above.Length > 0 && above[^1] != '\n') || (below.Length > 0 && below[0] is not ('\r' or '\n')))
        {
            return false;
        }

        above = above.TrimEnd();
        below = below.TrimStart();
        return (IsNumbers(above[(above.LastIndexOf('\n') + 1)..]) && EndingAt(text, above.Length).End > 0)
            || (IsNumbers(below[..(below.IndexOfAny('\r', '\n') is var end and >= 0 ? end : below.Length)]) && Read(below, 0).End > 0);
    }

    private static bool IsNumbers(ReadOnlySpan<char> line) => !line.ContainsAnyExcept(OfNumbers);

    /// <summary>A letter before the number: <c>N 52.6309</c>.</summary>
    private static bool IsNamed(ReadOnlySpan<char> text, int start, string winds) =>
        At(text, start - 1) == ' ' && winds.Contains(At(text, start - 2), StringComparison.Ordinal) && !char.IsLetterOrDigit(At(text, start - 3));

    /// <summary>Two numbers of the same exactness that a sentence joins, the second below zero.</summary>
    private static bool AreToldTogether(ReadOnlySpan<char> text, Number first, Number second) =>
        text[first.Behind..second.Start].Contains("minus", StringComparison.Ordinal) && IsExact(text[first.Start..first.NumberEnd]) && IsExact(text[second.Start..second.NumberEnd])
        && text[first.Start..first.NumberEnd].IndexOf('.') >= 2;

    /// <summary>Two of a row of readings.</summary>
    private static bool IsAmongNumbers(ReadOnlySpan<char> text, int start, int end) =>
        (At(text, start - 1) is ' ' or '\t' or ';' or ','
            && (char.IsAsciiDigit(At(text, start - 2)) || (At(text, start - 2) is ',' or ';' && char.IsAsciiDigit(At(text, start - 3)))))
        || (At(text, end) is ' ' or ',' or ';' or '\t' && At(text, end + 1) is '-' or (>= '0' and <= '9'));

    private static bool IsExact(ReadOnlySpan<char> number) => number.Length - number.IndexOf('.') is >= PointAndFour and <= 8;

    private static bool IsFraction(ReadOnlySpan<char> number) => number.TrimStart("+-").StartsWith("0.");

    private static bool IsDegrees(ReadOnlySpan<char> written, double most) =>
        written.TrimStart("NSEW") is var text && text.IndexOf('.') is var point and > 0 && text.Length - point - 1 >= Decimals
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= most;

    private static char At(ReadOnlySpan<char> text, int at) => (uint)at < (uint)text.Length ? text[at] : '\0';
}
