using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>How a number is written: its digits and the groups they stand in.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly ref struct PhoneShape
{
    /// <summary>The most digits that are looked at.</summary>
    public const int Longest = 32;

    private const int MostGroups = 12;

    /// <summary>The digits, a national prefix in brackets (<c>+49 (0)30</c>) left out.</summary>
    public required ReadOnlySpan<char> Digits { get; init; }

    /// <summary>How many groups they stand in.</summary>
    public required int Groups { get; init; }

    /// <summary>What stands before the last group; a blank when nothing does.</summary>
    public required char Separator { get; init; }

    /// <summary>True when every bracket that opens is closed.</summary>
    public required bool IsBalanced { get; init; }

    /// <summary>Three, three and four digits, with or without the country's 1.</summary>
    public required bool IsNorthAmerican { get; init; }

    /// <summary>Three and four digits.</summary>
    public required bool IsLocal { get; init; }

    /// <summary>Four and four digits, as two years are.</summary>
    public required bool IsPair { get; init; }

    /// <summary>Three times three digits.</summary>
    public required bool IsInThrees { get; init; }

    /// <summary>Three digits, and three pairs.</summary>
    public required bool IsSpanish { get; init; }

    /// <summary>A Russian 8, the area's three digits, and three, two and two.</summary>
    public required bool IsRussian { get; init; }

    /// <summary>A Brazilian area in brackets, and five or four digits and four.</summary>
    public required bool IsBrazilian { get; init; }

    /// <summary>Digits of the first group.</summary>
    public required int FirstGroup { get; init; }

    /// <summary>Digits of the shortest group but the first.</summary>
    public required int ShortestGroup { get; init; }

    /// <summary>Begins as a date does (<c>01.02.2026</c>, <c>2026-02-01</c>), or stands in the groups of a social security number.</summary>
    public required bool IsOtherNumber { get; init; }

    /// <summary>Reads a number.</summary>
    /// <param name="text">As it is written.</param>
    /// <param name="digits">Takes the digits; <see cref="Longest"/> long.</param>
    public static PhoneShape Read(ReadOnlySpan<char> text, Span<char> digits)
    {
        Span<int> groups = stackalloc int[MostGroups];
        int count = 0, group = 0, depth = 0;
        var separator = ' ';
        var dots = text.Count('.');
        var balanced = true;
        var trunk = text.IndexOf("(0)");
        for (var i = 0; i < text.Length && count < digits.Length; i++)
        {
            var c = text[i];
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            balanced &= depth is 0 or 1;
            if (!char.IsAsciiDigit(c) || (trunk > 0 && i == trunk + 1))
            {
                continue;
            }

            if (count > 0 && !char.IsAsciiDigit(text[i - 1]) && group < MostGroups - 1)
            {
                group++;
                separator = text[..i].TrimEnd(' ')[^1] is var s && char.IsAsciiDigit(s) ? ' ' : s;
            }

            digits[count++] = c;
            groups[group]++;
        }

        var g = groups[..(group + 1)];
        var shortest = int.MaxValue;
        foreach (var length in g[1..])
        {
            shortest = Math.Min(shortest, length);
        }

        return new PhoneShape
        {
            Digits = digits[..count],
            Groups = g.Length,
            Separator = text.Contains('(') ? '(' : separator,
            IsBalanced = balanced && depth == 0,
            IsNorthAmerican = (g is [3, 3, 4] || (g is [1, 3, 3, 4] && digits[0] == '1')) && (dots == 0 || dots == g.Length - 1),
            IsLocal = g is [3, 4] && separator != ' ',
            IsPair = g is [4, 4],
            IsInThrees = g is [3, 3, 3],
            IsSpanish = g is [3, 2, 2, 2],
            IsRussian = g is [1, 3, 3, 2, 2] && digits[0] == '8',
            IsBrazilian = g is [2, 5 or 4, 4] && text[0] == '(' && text.IndexOf(')') == 3,
            FirstGroup = g[0],
            ShortestGroup = shortest,
            IsOtherNumber = g is [1 or 2, 1 or 2, 4, ..] or [3, 2, 4] or [5, 4]
                || (g is [4, 3] && digits[..2] is "19" or "20" && separator != ' ') || (g is [.., 4] && separator == '/' && digits[(count - 4)..(count - 2)] is "19" or "20")
                || (g is [4, 1 or 2, 1 or 2, ..] && digits[..2] is "19" or "20") || (g.Length == 4 && dots == 3)
                || (g is [2, 2, ..] && text.Length > 6 && text[2] == '/' && text[5] == ' '),
        };
    }
}
