using System.Net;
using System.Text.Json.Nodes;
using GatewayStack.Demo.Server;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>Tokens for a resource and for some scopes (RFC 8707; RFC 6749, 3.3).</summary>
public sealed class TokenResourceTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Gateway => demo.Gateway.Address.GetLeftPart(UriPartial.Authority);

    [Theory]
    [InlineData("", "gatewaystack")]
    [InlineData("/", "gatewaystack")]
    [InlineData("/mcp/calendar", "{gateway}/mcp/calendar")]
    [InlineData("/mcp/calendar/", "{gateway}/mcp/calendar")]
    [InlineData("/mcp/other", "{gateway}/mcp/other")]
    public async Task The_resource_becomes_the_audience(string path, string audience) =>
        (await TokenAsync("alice", Gateway + path, null)).Audiences.ShouldBe([audience.Replace("{gateway}", Gateway, StringComparison.Ordinal)]);

    [Fact]
    public async Task Scheme_and_host_are_compared_without_their_case() =>
        (await TokenAsync("alice", Gateway.Replace("http:", "HTTP:", StringComparison.Ordinal) + "/mcp/calendar", null)).Audiences.ShouldBe([Gateway + "/mcp/calendar"]);

    [Fact]
    public async Task Without_a_resource_it_is_for_the_API() => (await TokenAsync("alice", null, null)).Audiences.ShouldBe(["gatewaystack"]);

    [Theory]
    [InlineData("http://elsewhere.test/mcp/calendar")]
    [InlineData("{gateway}/v1")]
    [InlineData("{gateway}/mcp")]
    [InlineData("{gateway}/mcp/")]
    [InlineData("{gateway}/mcp/calendar/more")]
    [InlineData("{gateway}/MCP/calendar")]
    [InlineData("{gateway}/mcp/calendar?x=1")]
    [InlineData("{gateway}/mcp/calendar#x")]
    [InlineData("/mcp/calendar")]
    [InlineData("")]
    public async Task What_is_no_resource_of_the_gateway_is_an_invalid_target(string resource) =>
        await RefusedAsync("alice", resource.Replace("{gateway}", Gateway, StringComparison.Ordinal), null, "invalid_target");

    /// <summary>A misspelt route is nobody's: a token for it would be refused later, where nothing says why (RFC 8707, 2).</summary>
    [Theory]
    [InlineData("/mcp/calendar", HttpStatusCode.OK)]
    [InlineData("/mcp/added", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("/mcp/calender", HttpStatusCode.BadRequest)]
    [InlineData("/mcp/Calendar", HttpStatusCode.BadRequest)]
    public async Task Where_the_routes_are_known_no_other_is_a_resource(string path, HttpStatusCode status)
    {
        List<string> routes = ["calendar"];
        await using var server = await DemoServer.StartAsync(new DemoServerOptions { GatewayUrl = demo.Gateway.Address, McpRoutes = () => routes }, Cancel);
        routes.Add("added");
        using var http = new HttpClient { BaseAddress = server.Address };
        var body = new JsonObject { ["user"] = "alice", ["resource"] = Gateway + path };
        using var response = await http.PostAsync("/demo/token", new StringContent(body.ToJsonString()), Cancel);
        response.StatusCode.ShouldBe(status);
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["error"]?.GetValue<string>().ShouldBe("invalid_target");
    }

    [Theory]
    [InlineData("alice", "calendar:read")]
    [InlineData("alice", "calendar:read calendar:write")]
    [InlineData("alice", "calendar:write")]
    [InlineData("nora", "calendar:read")]
    public async Task A_person_gets_the_scopes_asked_for_and_no_others(string user, string scope) =>
        (await TokenAsync(user, Gateway + "/mcp/calendar", scope)).GetPayloadValue<string>("scope").ShouldBe(scope);

    [Fact]
    public async Task Writing_has_to_be_asked_for() =>
        (await TokenAsync("alice", Gateway + "/mcp/calendar", null)).GetPayloadValue<string>("scope").Split(' ').ShouldNotContain("calendar:write");

    [Theory]
    [InlineData("nora", "calendar:write")]
    [InlineData("nora", "calendar:read calendar:write")]
    [InlineData("alice", "admin:limits")]
    [InlineData("alice", "Calendar:read")]
    [InlineData("alice", "")]
    [InlineData("alice", "calendar:read  calendar:write")]
    public async Task What_a_person_may_not_have_is_an_invalid_scope(string user, string scope) => await RefusedAsync(user, null, scope, "invalid_scope");

    private async Task<JsonWebToken> TokenAsync(string user, string? resource, string? scope)
    {
        using var response = await AskAsync(user, resource, scope);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;
        var token = new JsonWebToken(answer["access_token"]!.GetValue<string>());
        answer["scope"]!.GetValue<string>().ShouldBe(token.GetPayloadValue<string>("scope"));
        return token;
    }

    private async Task RefusedAsync(string user, string? resource, string? scope, string error)
    {
        using var response = await AskAsync(user, resource, scope);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;
        answer["error"]!.GetValue<string>().ShouldBe(error);
        answer["error_description"]!.GetValue<string>().ShouldNotBeEmpty();
        answer["access_token"].ShouldBeNull();
    }

    private Task<HttpResponseMessage> AskAsync(string user, string? resource, string? scope)
    {
        var body = new JsonObject { ["user"] = user };
        if (resource is not null)
        {
            body["resource"] = resource;
        }

        if (scope is not null)
        {
            body["scope"] = scope;
        }

        return demo.Http.PostAsync("/demo/token", new StringContent(body.ToJsonString()), Cancel);
    }
}
