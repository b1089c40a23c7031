using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Mcp.Clients;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Clients;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GatewayStack.EndToEnd.Tests.SignIn;

/// <summary>The official SDKs, given a route's URL and nothing else: each person signs in on the issuer's own page.</summary>
public abstract class SdkSignInSuite(Browser browser)
{
    private static readonly JsonObject Coffee = new() { ["title"] = "Coffee", ["start"] = "2026-11-25T09:00:00Z", ["end"] = "2026-11-25T09:15:00Z" };
    private static readonly string[] Tools = ["calendar.cancel", "calendar.create", "calendar.get", "calendar.list"];

    protected abstract Uri Address { get; }

    protected abstract IIssuerPages Pages { get; }

    protected Uri Route => new(Address, "/mcp/calendar");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task The_TypeScript_SDK_v2_signs_alice_in_and_steps_her_up() => SignsInAsync("v2", "modern");

    [Fact]
    public async Task The_CSharp_SDK_signs_alice_in_and_steps_her_up()
    {
        await using var session = await OpenAsync();
        await using var client = await CSharpClient.ConnectAsync(Route, url => session.VisitAsync(url, new Visitor("alice")));
        (await client.Mcp.ListToolsAsync(cancellationToken: Cancel)).Select(t => t.Name).ShouldBe(Tools, ignoreOrder: true);
        (await OwnerAsync(client.Mcp)).ShouldBe("alice");
        client.Opened.ShouldBe(1);
        var created = await CreateAsync(client.Mcp);
        created.IsError.ShouldNotBe(true);
        client.Opened.ShouldBe(2);
        var cancelled = await client.Mcp.CallToolAsync(
            "calendar.cancel", new Dictionary<string, object?> { ["id"] = created.StructuredContent!.Value.GetProperty("id").GetString() }, cancellationToken: Cancel);
        cancelled.IsError.ShouldNotBe(true);
        client.Opened.ShouldBe(2);
    }

    [Fact]
    public async Task The_CSharp_SDK_ends_where_nora_is_refused()
    {
        await using var session = await OpenAsync();
        await using var client = await CSharpClient.ConnectAsync(Route, url => session.VisitAsync(url, new Visitor("nora")));
        (await OwnerAsync(client.Mcp)).ShouldBe("nora");
        await Should.ThrowAsync<Exception>(() => CreateAsync(client.Mcp));
        client.Refused.ShouldBe("access_denied");
        client.Opened.ShouldBe(2);
        (await OwnerAsync(client.Mcp)).ShouldBe("nora");
    }

    protected async Task SignsInAsync(string sdk, string era)
    {
        await using var session = await OpenAsync();
        var seen = await RunAsync(sdk, session, "alice");
        seen.GetProperty("era").GetString().ShouldBe(era);
        seen.GetProperty("tools").EnumerateArray().Select(t => t.GetString()!).ShouldBe(Tools, ignoreOrder: true);
        Owner(seen).ShouldBe("alice");
        var created = seen.GetProperty("results")[1];
        created.GetProperty("isError").GetBoolean().ShouldBeFalse();
        created.GetProperty("structured").GetProperty("title").GetString().ShouldBe("Coffee");
        seen.GetProperty("opened").GetInt32().ShouldBe(2);
        var scopes = seen.GetProperty("scope").GetString()!.Split(' ');
        scopes.Where(s => s.StartsWith("calendar:", StringComparison.Ordinal)).ShouldBe(["calendar:read", "calendar:write"], ignoreOrder: true);
    }

    protected async Task<BrowserSession> OpenAsync()
    {
        McpNode.Require();
        Browser.Require();
        return await browser.OpenAsync(Pages);
    }

    protected Task<JsonElement> RunAsync(string sdk, BrowserSession session, string user) =>
        TypeScriptClient.RunAsync(sdk, Route, url => session.VisitAsync(url, new Visitor(user)), ("calendar.list", []), ("calendar.create", Coffee));

    protected static string? Owner(JsonElement seen) => seen.GetProperty("results")[0].GetProperty("structured").GetProperty("owner").GetString();

    private static async Task<string?> OwnerAsync(McpClient client)
    {
        var result = await client.CallToolAsync("calendar.list", cancellationToken: Cancel);
        return result.StructuredContent.ShouldNotBeNull().GetProperty("owner").GetString();
    }

    private static async Task<CallToolResult> CreateAsync(McpClient client) => await client.CallToolAsync(
        "calendar.create", Coffee.ToDictionary(p => p.Key, p => (object?)p.Value!.GetValue<string>()), cancellationToken: Cancel);
}

/// <summary>Each of the SDKs, whoever signs in.</summary>
public abstract class EverySdkSignInSuite(Browser browser) : SdkSignInSuite(browser)
{
    [Fact]
    public Task The_TypeScript_SDK_v1_signs_alice_in_and_steps_her_up() => SignsInAsync("v1", "legacy");

    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task The_TypeScript_SDK_ends_where_nora_is_refused(string sdk)
    {
        await using var session = await OpenAsync();
        var seen = await RunAsync(sdk, session, "nora");
        Owner(seen).ShouldBe("nora");
        seen.GetProperty("results")[1].GetProperty("refused").GetString().ShouldBe("access_denied");
        seen.GetProperty("opened").GetInt32().ShouldBe(2);
    }
}
