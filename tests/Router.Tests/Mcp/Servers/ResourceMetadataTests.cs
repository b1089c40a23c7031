using System.Text.Json.Nodes;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Mcp.Servers;

public sealed class ResourceMetadataTests
{
    private const string Inserted = "/.well-known/oauth-protected-resource/mcp/calendar";
    private const string Bare = "/.well-known/oauth-protected-resource";

    private const string Document =
        """{"resource":"https://gw.example/mcp/calendar","authorization_servers":["https://idp.example"],"scopes_supported":["calendar:read"],"bearer_methods_supported":["header"],"resource_name":"calendar"}""";

    [Theory]
    [InlineData(Inserted)]
    [InlineData("/mcp/calendar/.well-known/oauth-protected-resource")]
    public async Task D6_anyone_may_read_where_a_token_comes_from(string path)
    {
        await using var mcp = await McpGateway.StartAsync();
        using var response = await mcp.Gateway.SendAsync(HttpMethod.Get, path, token: null, headers: [("Origin", "https://anywhere.example"), ("X-Forwarded-Host", "evil.example")]);
        ((int)response.StatusCode).ShouldBe(200);
        (await response.BodyAsync()).ShouldBe(Document);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        response.Header("Access-Control-Allow-Origin").ShouldBe("*");
        response.Headers.CacheControl!.ToString().ShouldContain("max-age=300");
        using var head = await mcp.Gateway.SendAsync(HttpMethod.Head, path, token: null);
        ((int)head.StatusCode, await head.BodyAsync()).ShouldBe((200, string.Empty));
        using var options = await mcp.Gateway.SendAsync(HttpMethod.Options, path, token: null, headers: [("Origin", "https://anywhere.example"), ("Access-Control-Request-Method", "GET")]);
        ((int)options.StatusCode, options.Header("Access-Control-Allow-Origin")).ShouldBe((204, "*"));
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_bare_document_is_the_apis_where_there_are_two_servers()
    {
        await using var mcp = await McpGateway.StartAsync();
        using var response = await mcp.Gateway.SendAsync(HttpMethod.Get, Bare, token: null);
        (await response.BodyAsync()).ShouldBe("identity.resource_metadata for nobody");
    }

    [Fact]
    public async Task The_bare_document_is_the_servers_where_there_is_one()
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:other:Url=");
        using var response = await mcp.Gateway.SendAsync(HttpMethod.Get, Bare, token: null);
        (await response.BodyAsync()).ShouldBe(Document);
    }

    [Theory]
    [InlineData("/.well-known/oauth-protected-resource/mcp/none")]
    [InlineData("/.well-known/oauth-protected-resource/mcp/calendar/x")]
    [InlineData("/.well-known/oauth-protected-resource/backends/calendar")]
    [InlineData("/mcp/none/.well-known/oauth-protected-resource")]
    public async Task There_is_no_document_of_what_is_not_there(string path)
    {
        await using var mcp = await McpGateway.StartAsync();
        using var response = await mcp.Gateway.SendAsync(HttpMethod.Get, path, token: null);
        ((int)response.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task The_resource_is_byte_for_byte_as_configured_and_tokens_must_be_for_it()
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:Resource=https://tools.example/Calendar", "Router:Mcp:calendar:Audiences:0=api://8f2c");
        using var response = await mcp.Gateway.SendAsync(HttpMethod.Get, Inserted, token: null);
        ((string?)JsonNode.Parse(await response.BodyAsync())!["resource"]).ShouldBe("https://tools.example/Calendar");
        mcp.Gateway.Identity.Requests.Clear();
        (await mcp.AskAsync("tools/list", token: "alice@https:")).Status.ShouldBe(401);
        mcp.Gateway.Identity.Requests.ShouldHaveSingleItem().Audiences.ShouldBe(["https://tools.example/Calendar", "api://8f2c"]);
        (await mcp.AskAsync("tools/list", token: "alice@calendar")).Status.ShouldBe(401);
    }
}
