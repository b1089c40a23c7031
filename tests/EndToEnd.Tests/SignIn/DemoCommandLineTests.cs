using System.Text.Json;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Clients;
using GatewayStack.EndToEnd.Tests.SignIn.Issuers;
using Microsoft.AspNetCore.WebUtilities;

namespace GatewayStack.EndToEnd.Tests.SignIn;

/// <summary>The command-line clients, whose metadata documents the issuer knows; and the inspector, which has none.</summary>
[Collection(DemoSignIn.Name)]
public sealed class DemoCommandLineTests(DemoGateway gateway, Browser browser) : CommandLineSignInSuite(browser)
{
    protected override Uri Address => gateway.Address;

    protected override IIssuerPages Pages { get; } = new DemoPages();

    protected override bool TakesDocuments => true;

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

    [Fact]
    public async Task Codex_registers_where_it_is_told_to()
    {
        await using var home = await OpenAsync();
        var codex = new Codex(home);
        (await codex.AddAsync(Route, new Visitor("alice"))).ShouldSucceed();
        var login = (await codex.LoginAsync(new Visitor("alice"), "--oauth-client-registration", "dcr")).ShouldSucceed();
        QueryHelpers.ParseQuery(login.Opened[0].Query)["client_id"].ToString().ShouldNotStartWith("https:");
        (await codex.CallAsync("calendar.list")).ShouldSucceed().Output.ShouldContain("Tumour board");
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("modern")]
    public async Task The_inspector_signs_her_in_calls_and_lists(string era)
    {
        await using var home = await OpenAsync();
        var inspector = new Inspector(home);
        var called = (await inspector.RunAsync(Route, era, new Visitor("alice"), "--method", "tools/call", "--tool-name", "calendar.list")).ShouldSucceed();
        called.Opened.Length.ShouldBe(1);
        Json(called).GetProperty("structuredContent").GetProperty("owner").GetString().ShouldBe("alice");
        QuickstartPage.ShouldBePrinted("npx @modelcontextprotocol/inspector", called, Address);

        // Signed in is signed in: the next command opens no page.
        var tools = (await inspector.RunAsync(Route, era, null, "--method", "tools/list")).ShouldSucceed();
        Json(tools).GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()).ShouldContain("calendar.list");
    }

    [Fact]
    public async Task The_inspector_asks_for_more_only_where_its_configuration_says_so()
    {
        string[] create = ["--method", "tools/call", "--tool-name", "calendar.create", "--tool-args-json", Coffee.ToJsonString()];
        await using (var home = await OpenAsync())
        {
            // It asks for the same scopes once more, is given the same token, and ends.
            var refused = await new Inspector(home).RunAsync(Route, "modern", new Visitor("alice"), create);
            refused.ExitCode.ShouldNotBe(0, refused.Text);
            refused.Opened.Length.ShouldBeLessThanOrEqualTo(2);
        }

        await using (var home = await OpenAsync())
        {
            var created = (await new Inspector(home).RunAsync(Route, ["calendar:read", "calendar:write"], new Visitor("alice"), create)).ShouldSucceed();
            Json(created).GetProperty("structuredContent").GetProperty("title").GetString().ShouldBe("Coffee");
            created.Opened.Length.ShouldBe(1);
        }
    }

    private static JsonElement Json(ClientRun run) => JsonElement.Parse(run.Output[run.Output.IndexOf('{', StringComparison.Ordinal)..]);
}
