using System.Text.Json;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Mcp.Clients;

/// <summary>The inspector's command line, and Claude Code.</summary>
[Collection(McpTests.Name)]
public sealed class CommandLineTests(McpGateway gateway)
{
    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task The_inspector_lists_and_calls_as_each_person(string era)
    {
        McpNode.Require();
        using var home = new TempFolder();
        var tools = await InspectAsync(home, era, "alice", "--method", "tools/list");
        tools.GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()).ShouldContain("calendar.list");
        foreach (var user in (string[])["alice", "nora"])
        {
            var called = await InspectAsync(home, era, user, "--method", "tools/call", "--tool-name", "calendar.list");
            called.GetProperty("structuredContent").GetProperty("owner").GetString().ShouldBe(user);
        }
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task The_inspector_is_told_what_it_lacks(string era)
    {
        McpNode.Require();
        using var home = new TempFolder();
        var refused = await RunAsync(home, era, await gateway.TokenAsync("alice", "calendar", "calendar:read"), "--method", "tools/call", "--tool-name", "calendar.cancel", "--tool-arg", "id=evt-1");
        refused.ExitCode.ShouldNotBe(0);
        (refused.Output + refused.Errors).ShouldContain("insufficient", Case.Insensitive);

        var stranger = await RunAsync(home, era, "nobody", "--method", "tools/list");
        stranger.ExitCode.ShouldNotBe(0);
    }

    [Fact]
    public async Task Claude_Code_connects_as_alice_and_asks_a_stranger_to_sign_in()
    {
        McpNode.Require();
        using var home = new TempFolder();
        var url = gateway.Route("calendar").AbsoluteUri;
        foreach (var (name, token) in (List<(string, string?)>)[("known", await gateway.TokenAsync("alice", "calendar", "calendar:read")), ("unknown", null)])
        {
            string[] header = token is null ? [] : ["--header", "Authorization: Bearer " + token];
            var added = await McpNode.CommandAsync("claude", home, ["mcp", "add", "--transport", "http", name, url, .. header]);
            added.ExitCode.ShouldBe(0, added.Errors);
        }

        var list = await McpNode.CommandAsync("claude", home, "mcp", "list");
        var lines = list.Output.Split('\n');
        lines.Single(l => l.StartsWith("known: ", StringComparison.Ordinal)).ShouldEndWith("Connected");
        lines.Single(l => l.StartsWith("unknown: ", StringComparison.Ordinal)).ShouldContain("Needs authentication");
    }

    private async Task<JsonElement> InspectAsync(TempFolder home, string era, string user, params string[] arguments)
    {
        var run = await RunAsync(home, era, await gateway.TokenAsync(user, "calendar", "calendar:read"), arguments);
        run.ExitCode.ShouldBe(0, run.Errors);
        return JsonElement.Parse(run.Output);
    }

    private Task<ToolRun> RunAsync(TempFolder home, string era, string? token, params string[] arguments) => McpNode.CommandAsync(
        "mcp-inspector",
        home,
        ["--cli", gateway.Route("calendar").AbsoluteUri, "--transport", "http", "--protocol-era", era, "--header", "Authorization: Bearer " + token, .. arguments]);
}
