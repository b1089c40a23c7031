using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Mcp.Clients;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Clients;
using Microsoft.AspNetCore.WebUtilities;

namespace GatewayStack.EndToEnd.Tests.SignIn;

/// <summary>Claude Code, Codex and the inspector, given a route's URL and nothing else.</summary>
public abstract class CommandLineSignInSuite(Browser browser)
{
    private const string ClaudeCodeDocument = "https://claude.ai/oauth/claude-code-client-metadata";
    private const string CodexDocument = "https://chatgpt.com/oauth/codex/client.json";

    private static readonly JsonObject Coffee = new() { ["title"] = "Coffee", ["start"] = "2026-11-25T09:00:00Z", ["end"] = "2026-11-25T09:15:00Z" };

    protected abstract Uri Address { get; }

    protected abstract IIssuerPages Pages { get; }

    /// <summary>Whether the issuer takes the URL of a metadata document for a client's id; otherwise the clients register.</summary>
    protected abstract bool TakesDocuments { get; }

    private Uri Route => new(Address, "/mcp/calendar");

    [Fact]
    public async Task Claude_Code_signs_alice_in_and_says_what_it_needs_more()
    {
        await using var home = await OpenAsync();
        var claude = new ClaudeCode(home);
        (await claude.AddAsync(Route)).ShouldSucceed();
        var login = (await claude.LoginAsync(new Visitor("alice"))).ShouldSucceed();
        login.Text.ShouldContain("Authenticated with \"gw\"");
        ShouldBeClient(login, ClaudeCodeDocument);
        (await claude.ListAsync()).Output.ShouldContain("Connected");
        (await claude.CallAsync("calendar.list")).ShouldSucceed().Output.ShouldContain("Tumour board");

        // Without a person before it, it cannot step up; it remembers what for, and the next sign-in asks for it.
        var refused = await claude.CallAsync("calendar.create", Coffee);
        refused.Output.ShouldContain("needs additional permissions (scope: \"calendar:write\")");
        var wider = (await claude.LoginAsync(new Visitor("alice"))).ShouldSucceed();
        Scopes(wider).ShouldBe(["calendar:read", "calendar:write"], ignoreOrder: true);
        (await claude.CallAsync("calendar.create", Coffee)).ShouldSucceed().Output.ShouldContain("Coffee");
    }

    [Fact]
    public async Task Claude_Code_ends_where_nora_is_refused()
    {
        await using var home = await OpenAsync();
        var claude = new ClaudeCode(home);
        (await claude.AddAsync(Route)).ShouldSucceed();
        (await claude.LoginAsync(new Visitor("nora"))).ShouldSucceed();
        (await claude.CallAsync("calendar.list")).ShouldSucceed().Output.ShouldContain("Medication training");
        (await claude.CallAsync("calendar.create", Coffee)).Output.ShouldContain("needs additional permissions");
        var refused = await claude.LoginAsync(new Visitor("nora"));
        refused.ExitCode.ShouldNotBe(0, refused.Text);
        refused.Opened.Length.ShouldBe(1);
        refused.Text.ShouldContain("access_denied");
    }

    [Fact]
    public async Task Codex_signs_alice_in_and_is_given_more_when_she_asks_for_it()
    {
        await using var home = await OpenAsync();
        var codex = new Codex(home);
        var login = (await codex.AddAsync(Route, new Visitor("alice"))).ShouldSucceed();
        login.Text.ShouldContain("Successfully logged in");
        ShouldBeClient(login, CodexDocument);
        (await codex.ListAsync()).Output.ShouldContain("OAuth");
        (await codex.CallAsync("calendar.list")).ShouldSucceed().Output.ShouldContain("Tumour board");

        // It does not step up by itself: it says that a scope is missing, and the person signs in for it.
        (await codex.CallAsync("calendar.create", Coffee)).Text.ShouldContain("Insufficient scope");
        (await codex.LoginAsync(new Visitor("alice"), "--scopes", "calendar:read,calendar:write")).ShouldSucceed();
        (await codex.CallAsync("calendar.create", Coffee)).ShouldSucceed().Output.ShouldContain("Coffee");
    }

    [Fact]
    public async Task Codex_ends_where_nora_is_refused()
    {
        await using var home = await OpenAsync();
        var codex = new Codex(home);
        (await codex.AddAsync(Route, new Visitor("nora"))).ShouldSucceed();
        (await codex.CallAsync("calendar.list")).ShouldSucceed().Output.ShouldContain("Medication training");
        var refused = await codex.LoginAsync(new Visitor("nora"), "--scopes", "calendar:read,calendar:write");
        refused.ExitCode.ShouldNotBe(0, refused.Text);
        refused.Opened.Length.ShouldBe(1);
        refused.Text.ShouldContain("access_denied");
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task The_inspector_signs_her_in_lists_and_calls(string era)
    {
        await using var home = await OpenAsync();
        var inspector = new Inspector(home);
        var tools = (await inspector.RunAsync(Route, era, new Visitor("alice"), "--method", "tools/list")).ShouldSucceed();
        tools.Opened.Length.ShouldBe(1);
        Json(tools).GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()).ShouldContain("calendar.list");

        // Signed in is signed in: the next command opens no page.
        var called = (await inspector.RunAsync(Route, era, null, "--method", "tools/call", "--tool-name", "calendar.list")).ShouldSucceed();
        Json(called).GetProperty("structuredContent").GetProperty("owner").GetString().ShouldBe("alice");
    }

    private async Task<ClientHome> OpenAsync()
    {
        McpNode.Require();
        Browser.Require();
        ClientHome.RequireTerminal();
        return new ClientHome(await browser.OpenAsync(Pages));
    }

    private void ShouldBeClient(ClientRun login, string document)
    {
        var client = QueryHelpers.ParseQuery(login.Opened[0].Query)["client_id"].ToString();
        if (TakesDocuments)
        {
            client.ShouldBe(document);
        }
        else
        {
            client.ShouldNotStartWith("https:");
        }
    }

    private static IEnumerable<string> Scopes(ClientRun login) =>
        QueryHelpers.ParseQuery(login.Opened[0].Query)["scope"].ToString().Split(' ').Where(s => s.StartsWith("calendar:", StringComparison.Ordinal));

    private static JsonElement Json(ClientRun run) => JsonElement.Parse(run.Output[run.Output.IndexOf('{', StringComparison.Ordinal)..]);
}
