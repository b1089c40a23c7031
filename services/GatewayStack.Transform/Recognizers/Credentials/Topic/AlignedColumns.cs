using GatewayStack.Transform.Recognizers.Tables;

namespace GatewayStack.Transform.Recognizers.Credentials.Topic;

/// <summary>Reads tables whose columns are held apart by blanks alone, as reports and terminals print them: a cell belongs to the name that stands above it.</summary>
internal static class AlignedColumns
{
    private const int FewestColumns = 3;
    private const int LongestName = 28;

    /// <summary>The cell below the name that a keyword stands in.</summary>
    /// <param name="match">The keyword, with the lines below in its surroundings.</param>
    /// <param name="line">Which line below the head, from 0.</param>
    public static TableCell Read(in Match match, int line)
    {
        var text = match.Text;
        var headStart = text[..match.Start].LastIndexOfAny('\n', '\r') + 1;
        var headLength = text[match.Start..].IndexOfAny('\n', '\r');
        if (headLength < 0 || (headStart == 0 && match.Start >= Scanning.Scanner.LeftContext))
        {
            return TableCell.None;
        }

        var head = text[headStart..(match.Start + headLength)];
        if (head.ContainsAny('|', '\t', ';') || head.ContainsAny('=', ':') || head.Contains(". ", StringComparison.Ordinal) && !head.Contains(".  ", StringComparison.Ordinal)
            || !Column(head, match.Start - headStart, out var start, out var end, out var next)
            || end - start > LongestName || CellsOf(head) < FewestColumns)
        {
            return TableCell.None;
        }

        var at = match.Start + headLength;
        for (var number = 0; at < text.Length; number++)
        {
            at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
            var length = text[Math.Min(at, text.Length)..].IndexOfAny('\n', '\r');
            var row = length < 0 ? text[Math.Min(at, text.Length)..] : text.Slice(at, length);
            if (!row.ContainsAnyExcept("-+= ") && row.Contains('-'))
            {
                number--;
            }
            else if (CellsOf(row) < FewestColumns - 1 || row.Contains('|'))
            {
                return TableCell.None;
            }
            else if (number == line)
            {
                return Cell(row, at, start, next);
            }

            at += row.Length;
        }

        return TableCell.None;
    }

    /// <summary>Where the name round a place begins and ends, and where the next one begins.</summary>
    private static bool Column(ReadOnlySpan<char> head, int at, out int start, out int end, out int next)
    {
        start = at;
        while (start > 0 && !(head[start - 1] == ' ' && (start < 2 || head[start - 2] == ' ')))
        {
            start--;
        }

        end = at;
        while (end < head.Length && !(head[end] == ' ' && (end + 1 >= head.Length || head[end + 1] == ' ')))
        {
            end++;
        }

        next = end;
        while (next < head.Length && head[next] == ' ')
        {
            next++;
        }

        next = next >= head.Length ? int.MaxValue : next;
        return start == 0 || (start > 1 && head[start - 2] == ' ');
    }

    private static TableCell Cell(ReadOnlySpan<char> row, int at, int start, int next)
    {
        if (start >= row.Length || (start > 0 && row[start - 1] != ' '))
        {
            return TableCell.None;
        }

        var end = start;
        while (end < row.Length && end < next && !(row[end] == ' ' && (end + 1 >= row.Length || row[end + 1] == ' ')))
        {
            end++;
        }

        var cell = row[start..end].Trim();
        return cell.IsEmpty || row[start] == ' ' ? TableCell.None : new TableCell(at + start, cell.Length);
    }

    /// <summary>Runs of text with two blanks or more between them.</summary>
    private static int CellsOf(ReadOnlySpan<char> line)
    {
        var cells = 0;
        for (var i = 0; i < line.Length; i++)
        {
            cells += line[i] != ' ' && (i == 0 || (line[i - 1] == ' ' && (i < 2 || line[i - 2] == ' '))) ? 1 : 0;
        }

        return cells;
    }
}
