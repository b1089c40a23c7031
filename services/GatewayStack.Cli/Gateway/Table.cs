using System.Globalization;

namespace GatewayStack.Cli.Gateway;

/// <summary>Rows under headings, as wide as they must be.</summary>
internal static class Table
{
    private const int Widest = 60;

    public static void Write(TextWriter output, IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var cells = rows.Select(r => r.Select(Cell).ToList()).ToList();
        var widths = headings.Select((h, i) => cells.Select(r => r[i].Length).Append(h.Length).Max()).ToList();
        Line(headings);
        cells.ForEach(Line);

        void Line(IReadOnlyList<string> row) => output.WriteLine(string.Join("  ", row.Select((c, i) => c.PadRight(widths[i]))).TrimEnd());
    }

    /// <summary>How long, in the largest unit that says it: <c>3 d</c>, <c>5 h</c>, <c>12 min</c>, <c>40 s</c>.</summary>
    public static string Span(TimeSpan span)
    {
        var (value, unit) = span switch
        {
            { TotalDays: >= 2 } => (span.TotalDays, "d"),
            { TotalHours: >= 2 } => (span.TotalHours, "h"),
            { TotalMinutes: >= 2 } => (span.TotalMinutes, "min"),
            _ => (span.TotalSeconds, "s"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(value):0} {unit}");
    }

    /// <summary>A time in UTC, to the minute.</summary>
    public static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    // What others wrote is shown without what a terminal would obey.
    private static string Cell(string text)
    {
        var plain = string.Concat(text.Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format));
        return plain.Length > Widest ? plain[..(Widest - 3)] + "..." : plain;
    }
}
