using System.Buffers;
using GatewayStack.Transform.Recognizers.Dates;
using GatewayStack.Transform.Recognizers.Handles;
using GatewayStack.Transform.Recognizers.Verifiers;

namespace GatewayStack.Transform.Recognizers.Tables;

/// <summary>Tells whether a cell holds what its column says.</summary>
/// <param name="cell">The cell.</param>
/// <param name="length">How much of it does.</param>
internal delegate bool CellCheck(ReadOnlySpan<char> cell, out int length);

/// <summary>What the cells of columns look like.</summary>
internal static class ColumnValues
{
    private const int Oldest = 119;
    private const int LongestNumber = 24;
    private const int LongestCode = 12;

    private static readonly SearchValues<char> Login = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-\\");
    private static readonly SearchValues<char> Marks = SearchValues.Create("_.0123456789");
    private static readonly SearchValues<char> Number = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -/.");
    private static readonly SearchValues<char> Code = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-#* ");

    /// <summary>True when the keyword is a name's own word, not a part of another.</summary>
    public static bool IsName(ReadOnlySpan<char> head, int keyword, int length)
    {
        var end = keyword + length;
        return (keyword == 0 || !(char.IsLetterOrDigit(head[keyword - 1]) || head[keyword - 1] is '.' or '/' or '$'))
            && (end >= head.Length || !(char.IsLetterOrDigit(head[end]) || head[end] is '.' or '/' or '='));
    }

    public static bool IsBirth(ReadOnlySpan<char> cell, out int length)
    {
        var shape = cell.Length > 0 && char.IsAsciiDigit(cell[0]) ? DateShape.Read(cell, 0) : DateShape.None;
        length = shape.End;
        return shape.End > 0 && (shape.End == cell.Length || !char.IsLetterOrDigit(cell[shape.End]));
    }

    public static bool IsAge(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        return cell.Length <= 3 && int.TryParse(cell, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var age) && age is > 0 and <= Oldest;
    }

    public static bool IsLogin(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        return cell.Length is >= 3 and <= 40 && char.IsAsciiLetter(cell[0]) && !cell.ContainsAnyExcept(Login) && cell.ContainsAnyInRange('a', 'z')
            && !LabelledVerifiers.IsNoName(cell) && !RoleNames.Is(cell)
            && (!char.IsAsciiLetterUpper(cell[0]) || cell.ContainsAny(Marks));
    }

    public static bool IsNumber(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        return cell.Length is >= 5 and <= LongestNumber && !cell.ContainsAnyExcept(Number) && Digits(cell) >= 4 && !IsDate(cell);
    }

    public static bool IsCode(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        return cell.Length is >= 3 and <= LongestCode && !cell.ContainsAnyExcept(Code) && Digits(cell) >= 3;
    }

    private static bool IsDate(ReadOnlySpan<char> cell) => char.IsAsciiDigit(cell[0]) && DateShape.Read(cell, 0) is { IsBare: false, End: > 0 };

    private static int Digits(ReadOnlySpan<char> cell)
    {
        var count = 0;
        foreach (var c in cell)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return count;
    }
}
