using System.Text;

namespace GatewayStack.Demo.Contract;

/// <summary>Texts side by side, for a terminal.</summary>
internal static class Columns
{
    private const int Width = 36;

    public static string Render(IReadOnlyList<(string Title, string Text)> columns)
    {
        var wrapped = columns.Select(c => Wrap(c.Text)).ToList();
        var page = new StringBuilder();
        Line(page, [.. columns.Select(c => c.Title)]);
        page.AppendJoin("-+-", columns.Select(_ => new string('-', Width))).Append('\n');
        for (var row = 0; row < wrapped.Max(w => w.Count); row++)
        {
            Line(page, [.. wrapped.Select(w => row < w.Count ? w[row] : string.Empty)]);
        }

        return page.ToString();
    }

    private static void Line(StringBuilder page, IReadOnlyList<string> cells) =>
        page.Append(string.Join(" | ", cells.Select(c => c.PadRight(Width))).TrimEnd()).Append('\n');

    private static List<string> Wrap(string text)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = new StringBuilder();
            foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => w.Chunk(Width)))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > Width)
                {
                    lines.Add(line.ToString());
                    line.Clear();
                }

                line.Append(line.Length > 0 ? " " : string.Empty).Append(word);
            }

            lines.Add(line.ToString());
        }

        return lines;
    }
}
