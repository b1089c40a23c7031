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

    [GeneratedRegex(@"\x1b\[[?0-9;]*[A-Za-z]|\x1b\][^\x07]*\x07|\r")]
    private static partial Regex Terminal();

    [GeneratedRegex("http://|WARNING|paste the redirect|File modified")]
    private static partial Regex Own();
}
