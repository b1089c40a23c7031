namespace GatewayStack.Transform.Recognizers;

/// <summary>What the simplest patterns say, read by hand: the digits of a text ask for them most, and an expression costs more to begin than they do to read.</summary>
/// <remarks>Each stands beside its pattern in the table, and a test holds it to that.</remarks>
internal static class Shapes
{
    /// <summary>The pattern has to be asked.</summary>
    public const int Unsaid = -1;

    /// <summary><c>[+(]{0,2}\d[\d ().\-/]{4,24}\d</c>.</summary>
    public static int Phone(ReadOnlySpan<char> window)
    {
        const int Fewest = 4, Most = 24;
        var first = 0;
        while (first < 2 && first < window.Length && window[first] is '+' or '(')
        {
            first++;
        }

        if (first == window.Length || !char.IsAsciiDigit(window[first]))
        {
            return 0;
        }

        var last = 0;
        for (var i = first + 1; i < window.Length && i <= first + 1 + Most; i++)
        {
            if (char.IsAsciiDigit(window[i]))
            {
                last = i;
            }
            else if (window[i] is not (' ' or '(' or ')' or '.' or '-' or '/'))
            {
                break;
            }
        }

        return last > first + Fewest ? last + 1 : 0;
    }

    /// <summary><c>\d(?:[ \-]?\d){11,18}</c>.</summary>
    public static int Card(ReadOnlySpan<char> window) => Digits(window, fewest: 11, most: 18, isParted: false);

    /// <summary><c>\d(?:[ \-]\d){2,7}</c>.</summary>
    public static int SpelledDigits(ReadOnlySpan<char> window) => Digits(window, fewest: 2, most: 7, isParted: true);

    /// <summary><c>\d{1,3}(?:\.\d{1,3}){3}</c>.</summary>
    public static int Ip4(ReadOnlySpan<char> window)
    {
        var end = 0;
        for (var part = 0; part < 4; part++)
        {
            var digits = DigitsAt(window, end, 3);
            end += digits;
            if (digits == 0 || (part < 3 && (end == window.Length || window[end++] != '.')))
            {
                return 0;
            }
        }

        return end;
    }

    /// <summary><c>[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]*[0-9A-Fa-f:]</c>.</summary>
    public static int Ip6(ReadOnlySpan<char> window)
    {
        var colon = window.IndexOf(':');
        if (colon is < 0 or > 4 || window[..colon].ContainsAnyExcept(Alphabets.Hex))
        {
            return 0;
        }

        var rest = window[(colon + 1)..];
        rest = rest.IndexOfAnyExcept(Alphabets.Ip6) is var other and >= 0 ? rest[..other] : rest;
        rest = rest.TrimEnd('.');
        return rest.IsEmpty ? 0 : colon + 1 + rest.Length;
    }

    /// <summary><c>[*#A-Z]?\d{3,8}</c>.</summary>
    public static int Keyed(ReadOnlySpan<char> window)
    {
        var first = window.Length > 0 && (window[0] is '*' or '#' || char.IsAsciiLetterUpper(window[0])) ? 1 : 0;
        return DigitsAt(window, first, 8) is var digits and >= 3 ? first + digits : 0;
    }

    /// <summary>Degrees: one to three digits, and a point with three decimals or a ring behind them, or less and a letter; the rest is the pattern's.</summary>
    public static int Degrees(ReadOnlySpan<char> window)
    {
        var first = window.Length > 0 && window[0] is '+' or '-' or 'N' or 'S' or 'E' or 'W' ? 1 : 0;
        var digits = DigitsAt(window, first, 3);
        var rest = window[(first + digits)..];
        return digits > 0 && rest.Length > 0 && (rest[0] == '°' || (rest[0] == '.' && DigitsAt(rest, 1, 3) is var decimals && (decimals == 3 || (decimals == 2 && rest.Length > 3 && rest[3] is ' ' or 'N' or 'S' or 'E' or 'W')))
            || (rest[0] == ' ' && DigitsAt(rest, 1, 3) == 2 && rest.Length > 4 && rest[3] == '.')) ? Unsaid : 0;
    }

    /// <summary>Two points after four units each; the rest is the pattern's.</summary>
    public static int MacInThrees(ReadOnlySpan<char> window) => window.Length > 9 && window[4] == '.' && window[9] == '.' ? Unsaid : 0;

    /// <summary>Pairs of digits: the second stands behind a blank or a dash; the rest is the pattern's.</summary>
    public static int SpelledPairs(ReadOnlySpan<char> window) =>
        window.Length >= 5 && char.IsAsciiDigit(window[0]) && char.IsAsciiDigit(window[1]) && window[2] is ' ' or '-' && char.IsAsciiDigit(window[3])
        && char.IsAsciiDigit(window[4]) ? Unsaid : 0;

    /// <summary><c>\d{1,2}:\d\d</c>.</summary>
    public static int ClockTime(ReadOnlySpan<char> window) =>
        DigitsAt(window, 0, 2) is var hours and > 0 && hours < window.Length && window[hours] == ':' && DigitsAt(window, hours + 1, 2) == 2 ? hours + 3 : 0;

    private static int Digits(ReadOnlySpan<char> window, int fewest, int most, bool isParted)
    {
        if (window.IsEmpty || !char.IsAsciiDigit(window[0]))
        {
            return 0;
        }

        var end = 1;
        var count = 0;
        for (; count < most; count++)
        {
            var next = end < window.Length && window[end] is ' ' or '-' ? end + 1 : end;
            if (next == window.Length || !char.IsAsciiDigit(window[next]) || (isParted && next == end))
            {
                break;
            }

            end = next + 1;
        }

        return count >= fewest ? end : 0;
    }

    private static int DigitsAt(ReadOnlySpan<char> window, int at, int most)
    {
        var end = at;
        while (end < window.Length && end < at + most && char.IsAsciiDigit(window[end]))
        {
            end++;
        }

        return end - at;
    }
}
