using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Tables;

/// <summary>A cell below a word of a table's head.</summary>
/// <param name="Start">Where its content begins; -1 when there is none.</param>
/// <param name="Length">Its length, without blanks, quotes and emphasis.</param>
/// <param name="Ahead">Where it begins at the earliest when the text that decides is still to come; -1 when nothing is.</param>
internal readonly record struct TableCell(int Start, int Length, int Ahead = -1)
{
    /// <summary>No cell.</summary>
    public static TableCell None => new(-1, 0);

    /// <summary>Perhaps a cell, once more of the text is known.</summary>
    /// <param name="earliest">Where it begins at the earliest.</param>
    public static TableCell NotBefore(int earliest) => new(-1, 0, earliest);

    /// <summary>What a row says of a match whose cell this is.</summary>
    public int? OutlookOf(in Match soFar) => Ahead < 0 ? null : Ahead - soFar.Start;
}

/// <summary>Finds the cell of a line below the keyword that was matched.</summary>
/// <param name="match">The keyword, with the lines below in its surroundings.</param>
/// <param name="line">Which line below the head, from 0.</param>
/// <param name="open">True when more of the text may follow.</param>
internal delegate TableCell CellReader(in Match match, int line, bool open);

/// <summary>Reads tables as people write them: Markdown, CSV, tabs, semicolons.</summary>
internal static class TableReader
{
    /// <summary>Where a table may be cut, the likelier first.</summary>
    private const string Separators = "|\t;,";

    /// <summary>What stands round a name in its cell.</summary>
    private const string Round = " *\"'`_";

    private const int LongestCell = 32;
    private const int LongestName = 16;

    /// <summary>Fewer of a separator stand in two lines by chance.</summary>
    private const int FewestColumns = 2;

    private static readonly SearchValues<char> Code = SearchValues.Create("={}");

    /// <summary>Tells whether a keyword may be a cell of a head, before anything waits for the lines below.</summary>
    public static bool MayBeHead(ReadOnlySpan<char> surroundings, int gate, int gateLength)
    {
        var end = gate + gateLength;
        while (end < surroundings.Length && end - gate < LongestCell && IsOfName(surroundings, end) && !(surroundings[end] == ' ' && IsBlank(surroundings, end + 1)))
        {
            end++;
        }

        var start = gate;
        while (start > 0 && gate - start < LongestCell && IsOfName(surroundings, start - 1) && !(surroundings[start - 1] == ' ' && start > 1 && surroundings[start - 2] == ' '))
        {
            start--;
        }

        var before = start == 0 ? '\n' : surroundings[start - 1];
        var after = end < surroundings.Length ? surroundings[end] : '\n';
        if (before == ' ' || after == ' ')
        {
            // Two blanks cut it off: columns that blanks alone hold apart, or a wide cell.
            before = start == 0 ? '\n' : surroundings[..start].TrimEnd(' ') is { IsEmpty: false } left ? left[^1] : '\n';
            after = end >= surroundings.Length ? '\n' : surroundings[end..].TrimStart(' ') is { IsEmpty: false } right ? right[0] : '\n';
            return !(before is ':' or '=' || after is ':' or '=');
        }

        return (before is '\n' && Separators.Contains(after)) || (Separators.Contains(before) && (after is '\n' or '\r' || Separators.Contains(after)));
    }

    private static bool IsOfName(ReadOnlySpan<char> text, int at) =>
        char.IsLetterOrDigit(text[at]) || WordStart.IsMark(text[at]) || text[at] is ' ' or '_' or '.' or '*' or '"' or '\'' or '`' or '-' or '/' or '(' or ')' or '°' or 'º' or '#' or '’' or '&';

    private static bool IsBlank(ReadOnlySpan<char> text, int at) => at < text.Length && text[at] == ' ';

    /// <summary>The cell of a line below the keyword that was matched, where that is the name of a column.</summary>
    /// <param name="match">The keyword, with the lines below in its surroundings.</param>
    /// <param name="line">Which line below the head, from 0.</param>
    /// <param name="isName">Tells whether the keyword there names the column.</param>
    /// <param name="open">True when more of the text may follow.</param>
    public static TableCell Read(in Match match, int line, Glance isName, bool open = false)
    {
        var text = match.Text;
        var headStart = text[..match.Start].LastIndexOfAny('\n', '\r') + 1;
        var headLength = text[match.Start..].IndexOfAny('\n', '\r');
        if (headStart == 0 && match.Start >= Scanning.Scanner.LeftContext)
        {
            return TableCell.None;
        }

        if (headLength < 0)
        {
            return open && MayBecomeHead(text[headStart..]) ? TableCell.NotBefore(text.Length) : TableCell.None;
        }

        var head = text[headStart..(match.Start + headLength)];
        var keyword = match.Start - headStart;
        foreach (var separator in Separators)
        {
            var columns = head.Count(separator);
            if (columns > 0 && !IsBelow(text, headStart, separator, columns) && IsHead(head, keyword, match.Length, separator, isName))
            {
                var lines = new Lines(separator, columns, head[..keyword].Count(separator), Tight: separator == ',' && !head.Contains(", ", StringComparison.Ordinal));
                return lines.Read(text, match.Start + headLength, line, open);
            }
        }

        return TableCell.None;
    }

    /// <summary>The line before has as many columns: the head is further up.</summary>
    private static bool IsBelow(ReadOnlySpan<char> text, int headStart, char separator, int columns)
    {
        if (headStart == 0 || columns < FewestColumns)
        {
            return false;
        }

        var above = text[..(headStart - 1)].TrimEnd('\r');
        return above[(above.LastIndexOf('\n') + 1)..].Count(separator) == columns;
    }

    /// <summary>Every cell of a head is a short name, and that with the keyword names what is looked for.</summary>
    private static bool IsHead(ReadOnlySpan<char> head, int keyword, int length, char separator, Glance isName)
    {
        if (head.ContainsAny(Code) || IsCall(head))
        {
            return false;
        }

        var named = false;
        foreach (var range in head.Split(separator))
        {
            var (start, end) = (range.Start.GetOffset(head.Length), range.End.GetOffset(head.Length));
            var cell = head[start..end].Trim(Round);
            if (!IsShort(cell, separator) || (separator == ',' && cell.IsEmpty && start > 0))
            {
                return false;
            }

            if (keyword >= start && keyword < end)
            {
                named = isName(head, keyword, length) && cell.Length <= length + LongestName;
            }
        }

        return named;
    }

    private static bool IsShort(ReadOnlySpan<char> cell, char separator) => cell.Length <= LongestCell && DigitsIn(cell) <= 2 && (separator != ',' || cell.Count(' ') <= 1);

    /// <summary>False when the beginning of a line says that it is prose.</summary>
    private static bool MayBecomeHead(ReadOnlySpan<char> line)
    {
        if (line.ContainsAny(Code))
        {
            return false;
        }

        foreach (var separator in Separators)
        {
            var isShort = true;
            foreach (var range in line.Split(separator))
            {
                isShort = isShort && IsShort(line[range].Trim(Round), separator);
            }

            if (isShort)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Something called with arguments: a bracket that is neither behind a blank nor round an ending (<c>né(e)</c>).</summary>
    private static bool IsCall(ReadOnlySpan<char> head)
    {
        for (var i = 1; i < head.Length; i++)
        {
            if (head[i] == '(' && (char.IsAsciiLetterOrDigit(head[i - 1]) || head[i - 1] is '_' or ']') && !(i + 4 > head.Length || head[i..].IndexOf(')') is > 0 and <= 3))
            {
                return true;
            }
        }

        return false;
    }

    private static int DigitsIn(ReadOnlySpan<char> cell)
    {
        var digits = 0;
        foreach (var c in cell)
        {
            digits += char.IsDigit(c) ? 1 : 0;
        }

        return digits;
    }

    /// <summary>The lines below a head.</summary>
    /// <param name="Separator">What their cells are held apart by.</param>
    /// <param name="Columns">How many of it the head has.</param>
    /// <param name="Column">How many of it stand before the cell.</param>
    /// <param name="Tight">True where no blank follows the commas of the head: one with a blank behind it belongs to a cell then, as in <c>Doe, John</c>.</param>
    private readonly record struct Lines(char Separator, int Columns, int Column, bool Tight)
    {
        private static readonly SearchValues<char> Rule = SearchValues.Create("|-: +=");

        /// <summary>The cell of one of them.</summary>
        public TableCell Read(ReadOnlySpan<char> text, int at, int line, bool open)
        {
            var number = -1;
            while (at < text.Length)
            {
                at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
                var length = text[Math.Min(at, text.Length)..].IndexOfAny('\n', '\r');
                var end = length < 0 ? text.Length : at + length;
                var row = text[Math.Min(at, text.Length)..end];
                if (open && length < 0)
                {
                    return TableCell.NotBefore(number + 1 == line ? at + BeginningOf(row) : text.Length);
                }

                // The line between head and body of a table in Markdown.
                if (!row.IsEmpty && !row.ContainsAnyExcept(Rule))
                {
                    at = end;
                    continue;
                }

                // Somebody left a cell out at the end, or wrote a remark with commas there.
                var cells = CellsOf(row);
                if (cells == 0 || (Separator == ',' ? cells < Columns : Math.Abs(cells - Columns) > 1) || cells < Column)
                {
                    return TableCell.None;
                }

                if (++number == line)
                {
                    return Cell(row, at);
                }

                at = end;
            }

            return TableCell.None;
        }

        /// <summary>Separators outside of quotes.</summary>
        private int CellsOf(ReadOnlySpan<char> row)
        {
            if (Separator != ',')
            {
                return row.Count(Separator);
            }

            var count = 0;
            var quoted = false;
            for (var i = 0; i < row.Length; i++)
            {
                quoted ^= row[i] == '"';
                count += !quoted && IsSeparator(row, i) ? 1 : 0;
            }

            return count;
        }

        private bool IsSeparator(ReadOnlySpan<char> row, int at) => row[at] == Separator && !(Tight && at + 1 < row.Length && row[at + 1] == ' ');

        /// <summary>Where the column begins in a line; its end where it does not reach so far.</summary>
        private int BeginningOf(ReadOnlySpan<char> row)
        {
            var (quoted, before) = (false, Column);
            for (var i = 0; before > 0 && i < row.Length; i++)
            {
                quoted ^= Separator == ',' && row[i] == '"';
                before -= !quoted && IsSeparator(row, i) ? 1 : 0;
                if (before == 0)
                {
                    return i + 1;
                }
            }

            return before == 0 ? 0 : row.Length;
        }

        private TableCell Cell(ReadOnlySpan<char> row, int at)
        {
            var start = BeginningOf(row);
            var quoted = false;
            var end = start;
            for (; end < row.Length; end++)
            {
                quoted ^= Separator == ',' && row[end] == '"';
                if (!quoted && IsSeparator(row, end))
                {
                    break;
                }
            }

            var raw = row[start..end];
            var cell = raw.Trim(" \t`*\"'");
            return cell.IsEmpty ? TableCell.None : new TableCell(at + start + raw.IndexOf(cell, StringComparison.Ordinal), cell.Length);
        }
    }
}
