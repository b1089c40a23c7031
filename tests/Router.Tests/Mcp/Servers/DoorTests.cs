using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Mcp.Servers;

/// <summary>Which pages may call a route, and what they may read of its answers.</summary>
public sealed class DoorTests
{
    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("https://app.example.evil.example")]
    [InlineData("https://app.example:8443")]
    [InlineData("http://app.example")]
    [InlineData("https://app.example/")]
    [InlineData("http://localhost:6274")]
    [InlineData("")]
    public async Task A_foreign_page_gets_nothing(string origin)
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:Origins:0=https://app.example");
        foreach (var token in new[] { null, McpPeople.Alice })
        {
            var reply = await mcp.CallAsync("calendar.free", token: token, headers: [("Origin", origin)]);
            reply.Status.ShouldBe(403, reply.Text);
            reply.Headers.ContainsKey("Access-Control-Allow-Origin").ShouldBeFalse();
            reply.Challenge.ShouldBeEmpty();
        }

        using var preflight = await mcp.Gateway.SendAsync(HttpMethod.Options, "/mcp/calendar", token: null, headers: [("Origin", origin), ("Access-Control-Request-Method", "POST")]);
        ((int)preflight.StatusCode).ShouldBe(403);
        mcp.Server.Arrived.ShouldBeEmpty();
        mcp.Gateway.Identity.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://app.example")]
    [InlineData("https://gw.example")]
    public async Task A_page_that_is_allowed_reads_what_it_needs(string origin)
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:Origins:0=https://app.example");
        foreach (var token in new[] { null, McpPeople.Alice })
        {
            var reply = await mcp.CallAsync("calendar.free", token: token, headers: [("Origin", origin)]);
            reply.Status.ShouldBe(token is null ? 401 : 200);
            reply.Headers["Access-Control-Allow-Origin"].ShouldBe(origin);
            reply.Headers["Access-Control-Expose-Headers"].ShouldContain("WWW-Authenticate");
            reply.Headers["Access-Control-Expose-Headers"].ShouldContain("Mcp-Session-Id");
            reply.Headers["Vary"].ShouldContain("Origin");
        }

        using var preflight = await mcp.Gateway.SendAsync(HttpMethod.Options, "/mcp/calendar", token: null, headers: [("Origin", origin), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization, mcp-method, mcp-param-day")]);
        ((int)preflight.StatusCode).ShouldBe(204);
        var allowed = preflight.Header("Access-Control-Allow-Headers");
        foreach (var header in new[] { "Authorization", "Mcp-Session-Id", "MCP-Protocol-Version", "Last-Event-ID", "Mcp-Method", "Mcp-Name", "mcp-param-day" })
        {
            allowed.ShouldContain(header);
        }

        preflight.Header("Access-Control-Allow-Methods").ShouldContain("DELETE");
    }

    [Fact]
    public async Task Two_origins_are_a_foreign_one()
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:Origins:0=https://app.example");
        (await mcp.RawAsync(McpWire.Message("tools/call", McpWire.Call("calendar.free")), "Origin: https://app.example", "Origin: https://evil.example")).ShouldStartWith("HTTP/1.1 403");
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_development_pages_of_this_machine_may_call()
    {
        await using var mcp = await McpGateway.StartAsync("environment=Development");
        (await mcp.CallAsync("calendar.free", headers: [("Origin", "http://localhost:6274")])).Status.ShouldBe(200);
        (await mcp.CallAsync("calendar.free", headers: [("Origin", "http://127.0.0.1:6274")])).Status.ShouldBe(200);
        (await mcp.CallAsync("calendar.free", headers: [("Origin", "http://localhost.evil.example:6274")])).Status.ShouldBe(403);
        (await mcp.CallAsync("calendar.free", headers: [("Origin", "https://evil.example")])).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_not_there()
    {
        await using var mcp = await McpGateway.StartAsync();
        (await mcp.AskAsync("tools/list", route: "none")).Status.ShouldBe(404);
        (await mcp.AskAsync("tools/list", route: "Calendar")).Status.ShouldBe(404);
        (await mcp.AskAsync("tools/list", route: "calendar/x")).Status.ShouldBe(404);
        (await mcp.SendAsync(HttpMethod.Put)).Status.ShouldBe(405);
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("application/json", 406)]
    [InlineData("text/event-stream", 406)]
    [InlineData("text/html", 406)]
    [InlineData("application/json, text/event-stream", 200)]
    [InlineData("*/*", 200)]
    public async Task A_client_must_take_both_kinds_of_answers(string accept, int status)
    {
        await using var mcp = await McpGateway.StartAsync();
        (await mcp.CallAsync("calendar.free", headers: [("Accept", accept)])).Status.ShouldBe(status);
        mcp.Server.Arrived.Count.ShouldBe(status == 200 ? 1 : 0);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task The_stateless_era_has_post_alone(string method)
    {
        await using var mcp = await McpGateway.StartAsync();
        var reply = await mcp.SendAsync(new HttpMethod(method), headers: [("MCP-Protocol-Version", McpWire.Stateless)]);
        (reply.Status, reply.Headers["Allow"]).ShouldBe((405, "POST"));
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_refused_before_anyone_is_asked_who_they_are_is_no_failed_sign_in()
    {
        await using var mcp = await McpGateway.StartAsync();
        (await mcp.AskAsync("ping", stateless: false, route: "nowhere")).Status.ShouldBe(404);
        (await mcp.AskAsync("ping", stateless: false, headers: [("Origin", "https://evil.example")])).Status.ShouldBe(403);
        mcp.Gateway.Log.Events.ShouldBeEmpty();
        (await mcp.AskAsync("ping", stateless: false, token: "nobody")).Status.ShouldBe(401);
        mcp.Gateway.Log.Events.ShouldHaveSingleItem().Type.ShouldBe("sign_in_failed");
    }
}
