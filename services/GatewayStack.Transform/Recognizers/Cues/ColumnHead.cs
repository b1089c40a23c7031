namespace GatewayStack.Transform.Recognizers.Cues;

/// <summary>Finds the head of the column a value stands in: <c>| Part no. | ... |</c> rows above says more of it than any word between.</summary>
internal static class ColumnHead
{
    /// <summary>So many units before a value are looked at.</summary>
    public const int Reach = 240;

    private const string Separators = "|\t;,";
    private const int LongestCell = 28;
    private const int MostDigits = 2;

    /// <summary>Where the head's cell stands in the text; empty when the value stands in no table, or its head is out of reach.</summary>
    /// <remarks>Nothing behind the value's own cell is looked at, so that a stream need not wait for the end of its line.</remarks>
    public static Range Of(ReadOnlySpan<char> text, int start, int end)
    {
        var from = Math.Max(0, start - Reach);
        var line = text[from..start].LastIndexOf('\n') + from + 1;
        if (line == from || SeparatorAt(text, line, start, end) is not { } separator)
        {
            return default;
        }

        var column = text[line..start].Count(separator);
        var (head, columns) = (default(Range), 0);
        for (var below = line; below > from; below = head.Start.Value)
        {
            var above = text[from..(below - 1)].LastIndexOf('\n') + from + 1;
            var count = text[above..(below - 1)].Count(separator);
            if (count < Math.Max(1, column) || (columns > 0 && count != columns))
            {
                break;
            }

            if (above == from && start - from == Reach)
            {
                // Where this line begins is not known: neither is which of its cells is the head.
                return default;
            }

            (head, columns) = (above..(below - 1), count);
        }

        return columns == 0 ? default : Cell(text, head, separator, column);
    }

    /// <summary>What cuts the cell off on its left, or on its right where it is the first of its line.</summary>
    private static char? SeparatorAt(ReadOnlySpan<char> text, int line, int start, int end)
    {
        var before = text[line..start].TrimEnd(" \"'`*");
        if (!before.IsEmpty)
        {
            return Separators.Contains(before[^1]) ? before[^1] : null;
        }

        var after = text[end..Math.Min(text.Length, end + LongestCell)].TrimStart(" \"'`*");
        return !after.IsEmpty && Separators.Contains(after[0]) ? after[0] : null;
    }

    /// <summary>The head's cell, where every cell of that line is as short as the name of a column.</summary>
    private static Range Cell(ReadOnlySpan<char> text, Range head, char separator, int column)
    {
        var (at, last) = (head.Start.Value, head.End.Value);
        var found = default(Range);
        for (var i = 0; at <= last; i++)
        {
            var length = text[at..last].IndexOf(separator);
            var stop = length < 0 ? last : at + length;
            var cell = text[at..stop].Trim();
            if (cell.Length > LongestCell || Digits(cell) > MostDigits || (separator == ',' && cell.Contains(". ", StringComparison.Ordinal)))
            {
                return default;
            }

            found = i == column && Digits(cell) == 0 ? at..stop : found;
            at = stop + 1;
        }

        return found;
    }

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
