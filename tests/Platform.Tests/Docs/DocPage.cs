using System.Text.RegularExpressions;
using GatewayStack.Platform.Tests.Architecture;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary>A page of the documentation, as a test reads it: its tables and its code blocks.</summary>
internal sealed partial class DocPage
{
    private DocPage(string path, string text)
    {
        Path = path;
        Lines = text.ReplaceLineEndings("\n").Split('\n');
    }

    public string Path { get; }

    public IReadOnlyList<string> Lines { get; }

    /// <summary>Reads a page, given relative to the root of the repository.</summary>
    public static DocPage Read(string relative) => new(relative, File.ReadAllText(Repository.PathOf(relative)));

    public static DocPage Parse(string text) => new("text", text);

    /// <summary>Rows of every table below headings that match, each with its nearest heading; header rows are left out.</summary>
    public IEnumerable<DocRow> Rows(Func<string, bool>? heading = null)
    {
        var current = string.Empty;
        var (inTable, inCode) = (false, false);
        foreach (var line in Lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inCode = !inCode;
            }

            if (inCode)
            {
                continue;
            }

            if (line.StartsWith('#'))
            {
                current = line.TrimStart('#').Trim();
            }

            if (!line.StartsWith('|'))
            {
                inTable = false;
            }
            else if (Ruler().IsMatch(line))
            {
                inTable = true;
            }
            else if (inTable && (heading is null || heading(current)))
            {
                yield return new DocRow(current, [.. Bar().Split(line.Trim()[1..^1]).Select(c => c.Trim())]);
            }
        }
    }

    /// <summary>Fenced code blocks, each with its language and the line before it that is not blank.</summary>
    public IEnumerable<DocBlock> Blocks()
    {
        DocBlock? open = null;
        var body = new List<string>();
        var before = string.Empty;
        foreach (var line in Lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                if (open is not null)
                {
                    yield return open with { Text = string.Join('\n', body) };
                    body.Clear();
                    open = null;
                    before = string.Empty;
                }
                else
                {
                    open = new DocBlock(line[3..].Trim(), before, string.Empty);
                }
            }
            else if (open is not null)
            {
                body.Add(line);
            }
            else if (line.Length > 0)
            {
                before = line;
            }
        }
    }

    [GeneratedRegex(@"\A\|(\s*:?-+:?\s*\|)+\s*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Ruler();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();
}

/// <summary>A row of a table.</summary>
internal sealed partial record DocRow(string Heading, IReadOnlyList<string> Cells)
{
    /// <summary>The text of a cell without the marks of code around it.</summary>
    public string Code(int cell) => Cells[cell].Trim('`');

    /// <summary>Everything in a cell that stands as code.</summary>
    public IEnumerable<string> Codes(int cell) => Quoted().Matches(Cells[cell]).Select(m => m.Groups["code"].Value);

    [GeneratedRegex("`(?<code>[^`]*)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();
}

/// <summary>A fenced block of code.</summary>
internal sealed record DocBlock(string Language, string Before, string Text);
