using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Reads the secret of one line of a table whose head names a column of secrets.</summary>
internal static class TableVerifier
{
    /// <summary>Where a table may be cut, the likelier first.</summary>
    private const string Separators = "|\t;,";

    private static readonly SearchValues<char> Rule = SearchValues.Create("|-: +=");

    /// <summary>The verifier of a line.</summary>
    /// <param name="line">Which line below the head, from 0.</param>
    public static Verifier ForLine(int line) => (in Match match) => Verify(match, line);

    private static Verdict Verify(in Match match, int line)
    {
        var text = match.Text;
        var headStart = text[..match.Start].LastIndexOfAny('\n', '\r') + 1;
        var headLength = text[match.Start..].IndexOfAny('\n', '\r');
        if (headLength < 0 || (headStart == 0 && match.Start >= Scanning.Scanner.LeftContext))
        {
            return Verdict.No;
        }

        var head = text[headStart..(match.Start + headLength)];
        var keyword = match.Start - headStart;
        foreach (var separator in Separators)
        {
            var columns = head.Count(separator);
            if (columns > 0 && IsHead(head, keyword, match.Length, separator))
            {
                return ReadLine(match, match.Start + headLength, line, separator, columns, head[..keyword].Count(separator));
            }
        }

        return Verdict.No;
    }

    /// <summary>Every cell of a head is a short name, and that with the keyword names a secret.</summary>
    private static bool IsHead(ReadOnlySpan<char> head, int keyword, int length, char separator)
    {
        if (head.ContainsAny("=(){}"))
        {
            return false;
        }

        var named = false;
        foreach (var range in head.Split(separator))
        {
            var (start, end) = (range.Start.GetOffset(head.Length), range.End.GetOffset(head.Length));
            var cell = head[start..end].Trim(" *\"'`_");
            if (cell.Length > 24 || (separator != '|' && cell.IsEmpty) || new ValueShape(cell).Digits > 2 || (separator == ',' && cell.Count(' ') > 1))
            {
                return false;
            }

            if (keyword >= start && keyword < end)
            {
                named = SecretName.TryRead(head, keyword, length, SecretKind.Password, out _) && cell.Length <= length + 16;
            }
        }

        return named;
    }

    private static Verdict ReadLine(in Match match, int at, int line, char separator, int columns, int column)
    {
        var text = match.Text;
        var number = -1;
        while (at < text.Length)
        {
            at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
            var length = text[Math.Min(at, text.Length)..].IndexOfAny('\n', '\r');
            var end = length < 0 ? text.Length : at + length;
            var row = text[Math.Min(at, text.Length)..end];

            // The line between head and body of a table in Markdown.
            if (!row.IsEmpty && !row.ContainsAnyExcept(Rule))
            {
                at = end;
                continue;
            }

            if (row.Count(separator) != columns)
            {
                return Verdict.No;
            }

            if (++number == line)
            {
                return Cell(match, at, row, separator, column);
            }

            at = end;
        }

        return Verdict.No;
    }

    private static Verdict Cell(in Match match, int at, ReadOnlySpan<char> row, char separator, int column)
    {
        foreach (var range in row.Split(separator))
        {
            if (column-- > 0)
            {
                continue;
            }

            var start = range.Start.GetOffset(row.Length);
            var raw = row[range];
            var cell = raw.Trim(" \t`*\"'");
            if (cell.IsEmpty)
            {
                break;
            }

            start += raw.IndexOf(cell, StringComparison.Ordinal);
            var place = new PossibleValue(start, cell.Length, ValueForm.Cell, Quoted: false, Continues: cell.Contains(' '));
            var score = SecretValue.Score(cell, SecretKind.Password, place);
            return score >= 0.5 ? new Verdict(cell.Length, score) { Offset = at + start - match.Start } : Verdict.No;
        }

        return Verdict.No;
    }
}
