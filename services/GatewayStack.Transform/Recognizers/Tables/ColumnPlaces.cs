using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Tables;

/// <summary>Parts of addresses in cells.</summary>
internal static class ColumnPlaces
{
    private const int LongestStreet = 90;

    private static readonly SearchValues<char> Code = SearchValues.Create("@_=<>{}[]\\*");

    /// <summary>A street with its number, or more of an address; never that of a machine.</summary>
    public static bool IsStreet(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        if (cell.Length is < 5 or > LongestStreet || !char.IsLetterOrDigit(cell[0]) || cell.ContainsAny(Code) || cell.Contains("://", StringComparison.Ordinal))
        {
            return false;
        }

        int letters = 0, digits = 0, capitals = 0;
        for (var i = 0; i < cell.Length; i++)
        {
            letters += char.IsLetter(cell[i]) ? 1 : 0;
            digits += char.IsAsciiDigit(cell[i]) ? 1 : 0;
            capitals += char.IsUpper(cell[i]) && (i == 0 || cell[i - 1] is ' ' or '.' or '-' or '\'') && i + 1 < cell.Length && char.IsLower(cell[i + 1]) ? 1 : 0;
            if (cell[i] == ':' || (cell[i] == '.' && i + 1 < cell.Length && char.IsAsciiDigit(cell[i + 1]) && i > 0 && char.IsAsciiDigit(cell[i - 1])))
            {
                return false;
            }
        }

        return letters >= 4 && letters > digits && capitals > 0 && cell.Contains(' ') && digits > 0;
    }

    /// <summary>A postcode.</summary>
    public static bool IsPostcode(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        var digits = ColumnValues.Digits(cell);
        var letters = 0;
        foreach (var c in cell)
        {
            if (!(char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c) || c is ' ' or '-'))
            {
                return false;
            }

            letters += char.IsAsciiLetter(c) ? 1 : 0;
        }

        return cell.Length is >= 4 and <= 10 && ((letters == 0 && digits is >= 4 and <= 8) || (letters is >= 1 and <= 5 && digits is >= 2 and <= 6));
    }
}
