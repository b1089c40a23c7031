using System.Runtime.InteropServices;
using GatewayStack.Transform.Recognizers.Cues;
using GatewayStack.Transform.Recognizers.Dates;

namespace GatewayStack.Transform.Recognizers.Papers;

/// <summary>The number of a paper as it is written: groups of digits and capitals, joined by blanks, dashes, slashes or points.</summary>
/// <param name="Start">First unit.</param>
/// <param name="End">First unit after it; 0 for none.</param>
/// <param name="Digits">Its digits.</param>
/// <param name="Letters">Its letters.</param>
/// <param name="Groups">How many groups it has.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PaperValue(int Start, int End, int Digits, int Letters, int Groups)
{
    /// <summary>A longer one is none.</summary>
    public const int Longest = 30;

    private const int Fewest = 3;
    private const int Shortest = 5;
    private const int LongestLead = 5;
    private const int LongestName = 9;

    /// <summary>Letters among the digits, as few other numbers of a text have them.</summary>
    public bool IsMixed => Letters > 0;

    /// <summary>Reads the value whose first unit stands here.</summary>
    public static PaperValue Read(ReadOnlySpan<char> text, int start)
    {
        var at = start;
        var (end, digits, letters, groups) = (0, 0, 0, 0);
        while (at < text.Length)
        {
            var group = GroupEnd(text, at, out var count);
            if (group == at || (group < text.Length && WordStart.Joins(text[group - 1], text[group])) || (groups > 0 && text[at - 1] == ' ' && !MayFollow(text, at, group, count)))
            {
                break;
            }

            digits += count;
            letters += group - at - count;
            groups++;
            end = group;
            if (group - start > Longest || group >= text.Length || text[group] is not (' ' or '-' or '/' or '.'))
            {
                break;
            }

            at = group + 1;
        }

        return end > 0 && IsNumber(text, start, end, digits, letters) ? new PaperValue(start, end, digits, letters, groups) : default;
    }

    /// <summary>Written as the other is: letters where it has letters, digits where it has digits.</summary>
    public static bool IsAlike(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        for (var i = 0; i < one.Length && i < other.Length; i++)
        {
            if (char.IsAsciiDigit(one[i]) != char.IsAsciiDigit(other[i]) || char.IsAsciiLetter(one[i]) != char.IsAsciiLetter(other[i]))
            {
                return false;
            }
        }

        return one.Length == other.Length;
    }

    private static int GroupEnd(ReadOnlySpan<char> text, int at, out int digits)
    {
        digits = 0;
        while (at < text.Length && (char.IsAsciiDigit(text[at]) || char.IsAsciiLetterUpper(text[at])))
        {
            digits += char.IsAsciiDigit(text[at]) ? 1 : 0;
            at++;
        }

        return at;
    }

    /// <summary>Behind a blank stands another group of the same number, not a date, an amount or a word in capitals.</summary>
    private static bool MayFollow(ReadOnlySpan<char> text, int at, int end, int digits)
    {
        var next = end < text.Length ? text[end] : '\0';
        if (next is ':' or '%' or '€' or '°' || (next is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])))
        {
            return false;
        }

        return digits > 0 ? !(char.IsAsciiDigit(text[at]) && DateShape.Read(text, at) is { End: > 0, IsBare: false }) : end - at <= 3 && next is ' ' or '-'
            && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]);
    }

    private static bool IsNumber(ReadOnlySpan<char> text, int start, int end, int digits, int letters)
    {
        var next = end < text.Length ? text[end] : '\0';
        var value = text[start..end];
        if ((digits < Fewest && !IsWoven(value, digits, letters)) || digits + letters < Shortest || end - start > Longest || (letters > 0 && value.IndexOfAny(Alphabets.Digit) > LongestName)
            || next is '%' or '€' or '$' or '@' or '_' or '(' or '+' or '='
            || (next == '*' && !Emphasis.Ends(text, start, end))
            || (next is ':' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])) || (next is ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])))
        {
            return false;
        }

        if (letters == 0)
        {
            return !IsPlainDate(text, start, end) && (!value.Contains('.') || value[^2] == '-') && value.ContainsAnyInRange('1', '9');
        }

        // "ISO 27001", "RFC 7519", "PO 88120": the letters say what it is.
        var lead = value.IndexOfAnyExcept(Alphabets.Letter);
        return !(lead is > 1 and <= LongestLead && new CueReader(text).TryRead(start, start + lead, out _)) && !value.Contains("XX", StringComparison.Ordinal);
    }

    /// <summary>Two digits among letters, in one group: <c>X4RTBPFW4</c>.</summary>
    private static bool IsWoven(ReadOnlySpan<char> value, int digits, int letters) =>
        digits == Fewest - 1 && letters > Shortest && value.Length == digits + letters
            && char.IsAsciiLetter(value[value.IndexOfAny(Alphabets.Digit) + 1 is var next && next < value.Length ? next : 0])
        && value.IndexOfAny(Alphabets.Digit) < value.Length - digits;

    private static bool IsPlainDate(ReadOnlySpan<char> text, int start, int end) =>
        DateShape.Read(text, start) is { End: > 0, IsBare: false } date && date.End >= end - 1;
}
