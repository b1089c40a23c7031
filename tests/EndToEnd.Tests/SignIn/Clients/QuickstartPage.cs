using System.Text.RegularExpressions;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.SignIn.Clients;

/// <summary>docs/quickstart-mcp.md, which shows what the clients print.</summary>
internal static partial class QuickstartPage
{
    private static readonly Lazy<string> Text = new(() => File.ReadAllText(Path.Combine(BuildOutput.NodeClients, "../../../docs/quickstart-mcp.md")));

    /// <summary>Every line that a client printed stands on the page; not those that are others at every run, or on other machines.</summary>
    public static void ShouldShow(ClientRun run)
    {
        foreach (var line in Terminal().Replace(run.Text, string.Empty).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && !Own().IsMatch(l)))
        {
            Text.Value.ShouldContain(line);
        }
    }

    /// <summary>Every line that the page shows below a command was printed by it, but for what stands as <c>...</c>.</summary>
    /// <param name="command">How the command begins that the page shows.</param>
    /// <param name="run">What was run.</param>
    /// <param name="address">The gateway's address, which the page has as the usual one.</param>
    public static void ShouldBePrinted(string command, ClientRun run, Uri address)
    {
        var shown = Text.Value.Split('\n').SkipWhile(l => !l.StartsWith("$ ", StringComparison.Ordinal) || !l.Contains(command, StringComparison.Ordinal)).Skip(1)
            .TakeWhile(l => !l.StartsWith("```", StringComparison.Ordinal) && !l.StartsWith("$ ", StringComparison.Ordinal)).ToList();
        shown.ShouldNotBeEmpty();
        var printed = Terminal().Replace(run.Text, string.Empty).Split('\n');
        foreach (var line in shown.Where(l => l != "..."))
        {
            var pieces = line.Replace("http://127.0.0.1:8080", address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal).Split("...");
            var pattern = string.Join(".*", pieces.Select(Regex.Escape));
            printed.ShouldContain(l => Regex.IsMatch(l, pattern), $"{line}{Environment.NewLine}{run.Text}");
        }
    }

    [GeneratedRegex(@"\x1b\[[?0-9;]*[A-Za-z]|\x1b\][^\x07]*\x07|\r")]
    private static partial Regex Terminal();

    [GeneratedRegex("http://|WARNING|paste the redirect|File modified")]
    private static partial Regex Own();
}
