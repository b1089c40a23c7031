namespace GatewayStack.Platform.Tests.Docs;

/// <summary>A command that a page shows, and what it says the command prints.</summary>
internal sealed record DocCommand(string Text, string Output)
{
    /// <summary>The commands of a page, in order: lines that begin with <c>$ </c>, indented by four or in a block of <c>console</c>.</summary>
    public static IReadOnlyList<DocCommand> Of(DocPage page)
    {
        var found = new List<DocCommand>();
        var inBlock = false;
        for (var i = 0; i < page.Lines.Count; i++)
        {
            if (page.Lines[i].StartsWith("```", StringComparison.Ordinal))
            {
                inBlock = page.Lines[i] == "```console";
                continue;
            }

            var margin = inBlock ? string.Empty : "    ";
            if (!page.Lines[i].StartsWith(margin + "$ ", StringComparison.Ordinal))
            {
                continue;
            }

            var command = new List<string> { page.Lines[i][(margin.Length + 2)..] };
            while (command[^1].EndsWith('\\'))
            {
                command.Add(page.Lines[++i][margin.Length..]);
            }

            var output = new List<string>();
            while (i + 1 < page.Lines.Count && IsOutput(page.Lines[i + 1], margin))
            {
                output.Add(page.Lines[++i][margin.Length..]);
            }

            found.Add(new DocCommand(string.Join('\n', command), string.Join('\n', output)));
        }

        return found;
    }

    private static bool IsOutput(string line, string margin) =>
        line.Length > 0 && line.StartsWith(margin, StringComparison.Ordinal)
        && !line.StartsWith(margin + "$ ", StringComparison.Ordinal) && !line.StartsWith("```", StringComparison.Ordinal);
}
