using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Mcp.Clients;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Clients;
using Microsoft.AspNetCore.WebUtilities;

namespace GatewayStack.EndToEnd.Tests.SignIn;

/// <summary>Claude Code and Codex, given a route's URL and nothing else.</summary>
public abstract class CommandLineSignInSuite(Browser browser)
{
    private const string ClaudeCodeDocument = "https://claude.ai/oauth/claude-code-client-metadata";
    private const string CodexDocument = "https://chatgpt.com/oauth/codex/client.json";

    private protected static readonly JsonObject Coffee = new() { ["title"] = "Coffee", ["start"] = "2026-11-25T09:00:00Z", ["end"] = "2026-11-25T09:15:00Z" };

    protected abstract Uri Address { get; }

    protected abstract IIssuerPages Pages { get; }

    /// <summary>Whether the issuer takes the URL of a metadata document for a client's id; otherwise the clients register.</summary>
    protected abstract bool TakesDocuments { get; }

    /// <summary>Whether more is asked for, too: the clients' own part of it is the same everywhere.</summary>
    protected virtual bool StepsUp => true;

    protected Uri Route => new(Address, "/mcp/calendar");

    [Fact]
    public async Task Claude_Code_signs_alice_in_and_says_what_it_needs_more()
    {
        await using var home = await OpenAsync();
        var claude = new ClaudeCode(home);
        (await claude.AddAsync(Route)).ShouldSucceed();
        var login = (await claude.LoginAsync(new Visitor("alice"))).ShouldSucceed();
        login.Text.ShouldContain("Authenticated with \"gw\"");
        QuickstartPage.ShouldShow(login);
        ShouldBeClient(login, ClaudeCodeDocument);
        (await claude.CallAsync("calendar.list")).ShouldSucceed().Output.ShouldContain("Tumour board");
        if (!StepsUp)
        {
            return;
        }

        (await claude.ListAsync()).Output.ShouldContain("Connected");

        // Without a person before it, it cannot step up; it remembers what for, and the next sign-in asks for it.
        var refused = await claude.CallAsync("calendar.create", Coffee);
        refused.Output.ShouldContain("needs additional permissions (scope: \"calendar:write\")");
        var wider = (await claude.LoginAsync(new Visitor("alice"))).ShouldSucceed();
        Scopes(wider).ShouldBe(["calendar:read", "calendar:write"], ignoreOrder: true);
        (await claude.CallAsync("calendar.create", Coffee)).ShouldSucceed().Output.ShouldContain("Coffee");
    }

    [Fact]
    public async Task Codex_signs_alice_in_and_is_given_more_when_she_asks_for_it()
    {
        await using var home = await OpenAsync();
        var codex = new Codex(home);
        var login = (await codex.AddAsync(Route, new Visitor("alice"))).ShouldSucceed();
        login.Text.ShouldContain("Successfully logged in");
        QuickstartPage.ShouldShow(login);
        ShouldBeClient(login, CodexDocument);
        (await codex.CallAsync("calendar.list")).ShouldSucceed().Output.ShouldContain("Tumour board");
        if (!StepsUp)
        {
            return;
        }

        (await codex.ListAsync()).Output.ShouldContain("OAuth");

        // It does not step up by itself: it says that a scope is missing, and the person signs in for it.
        (await codex.CallAsync("calendar.create", Coffee)).Text.ShouldContain("Insufficient scope");
        (await codex.LoginAsync(new Visitor("alice"), "--scopes", "calendar:read,calendar:write")).ShouldSucceed();
        (await codex.CallAsync("calendar.create", Coffee)).ShouldSucceed().Output.ShouldContain("Coffee");
    }

    private protected async Task<ClientHome> OpenAsync()
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
}
