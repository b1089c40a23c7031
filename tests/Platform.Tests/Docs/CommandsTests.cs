using System.Text.RegularExpressions;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary>What the README and the quickstart show is what a fresh gateway answers.</summary>
public partial class CommandsTests
{
    private const string Shown = "http://127.0.0.1:8080";
    private const string ShownCommandLine = "dotnet run --project services/GatewayStack.Cli -- \"$@\"";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/quickstart.md")]
    [InlineData("docs/quickstart-mcp.md")]
    public async Task Commands_print_what_the_page_says(string page)
    {
        DocShell.Require();
        var commands = DocCommand.Of(DocPage.Read(page)).Where(c => !NeedsMore(c)).ToList();
        commands.Count.ShouldBeGreaterThan(5);
        await using var gateway = await DocGateway.StartAsync(Cancel);
        var printed = await DocShell.RunAsync([.. commands.Select(c => Own(c.Text, gateway))], Cancel);
        for (var i = 0; i < commands.Count; i++)
        {
            Comparable(printed[i].Replace(gateway.Address, Shown, StringComparison.Ordinal)).ShouldBe(Comparable(commands[i].Output), commands[i].Text);
        }
    }

    [Fact]
    public void Commands_are_read_with_their_output()
    {
        var page = DocPage.Parse("Text\n\n    $ one \\\n      more\n    out\n    $ two\n\n```console\n$ three\nfour\n```\n    not a command");
        DocCommand.Of(page).ShouldBe([new DocCommand("one \\\n  more", "out"), new DocCommand("two", string.Empty), new DocCommand("three", "four")]);
    }

    private static string Own(string command, DocGateway gateway) =>
        command.Replace(Shown, gateway.Address, StringComparison.Ordinal).Replace(ShownCommandLine, gateway.CommandLine, StringComparison.Ordinal);

    // The SDKs and the MCP clients have tests of their own, with the tools and packages they need.
    private static bool NeedsMore(DocCommand command) => command.Text.Contains("docs/samples/", StringComparison.Ordinal) || Clients().IsMatch(command.Text);

    // What is another one at every run: ids, pseudonyms, times, and how full a window is.
    private static string Comparable(string output) => Ids().Replace(Windows().Replace(output, "${name}#"), "#");

    [GeneratedRegex("req_[0-9a-f]{32}|gs_[0-9a-f]{32}|\\b[0-9a-f]{32}\\b|\\b20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}|(?<=\"cursor\":\")[0-9]+|\\b(PERSON_)?[BCDFGHJKLMNPQRSTVWXZ]{8,12}\\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Ids();

    [GeneratedRegex("^([A-Z_]+=[a-z]+ )*(claude|codex|npx) ", RegexOptions.ExplicitCapture)]
    private static partial Regex Clients();

    [GeneratedRegex("(?<name>\"(used|remaining)\":)[0-9]+", RegexOptions.ExplicitCapture)]
    private static partial Regex Windows();
}
