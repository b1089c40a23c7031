using System.Text.Json.Nodes;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Mcp.Upstream;

/// <summary>Clients that begin without a token, are asked to sign in, and go on with the session they have.</summary>
public sealed class SessionTakeoverTests : IAsyncLifetime
{
    private McpGateway _mcp = null!;

    public async ValueTask InitializeAsync() => _mcp = await McpGateway.StartAsync("Router:Mcp:calendar:AnonymousMethods:0=initialize", "Router:Mcp:calendar:AnonymousMethods:1=tools/list");

    public ValueTask DisposeAsync() => _mcp.DisposeAsync();

    [Fact]
    public async Task Who_signs_in_gets_a_session_of_their_own()
    {
        var anonymous = await _mcp.InitializeAsync(token: null);
        (await _mcp.AskAsync("tools/list", token: null, stateless: false, session: anonymous)).Names("tools").ShouldContain("calendar.list");
        (await _mcp.CallAsync("calendar.list", token: null, stateless: false, session: anonymous)).Status.ShouldBe(401);
        _mcp.Server.Arrived.ShouldAllBe(r => !r.Headers.ContainsKey("X-User-Id"));
        _mcp.Server.Clear();

        var first = await _mcp.CallAsync("calendar.list", stateless: false, session: anonymous);
        (first.Status, first.IsToolError).ShouldBe((200, false), first.Text);
        first.Session.ShouldNotBeEmpty();
        first.Session.ShouldNotBe(anonymous);
        var begun = _mcp.Server.Server.Requests.Single(r => r.Body.Contains("\"initialize\"", StringComparison.Ordinal));
        begun.Headers["X-Gateway-Identity"].ShouldStartWith("assertion/urn:calendar/");
        ((string?)JsonNode.Parse(begun.Body)!["params"]!["clientInfo"]!["name"]).ShouldBe("t");
        _mcp.Server.Server.Requests.Count(r => r.Body.Contains("notifications/initialized", StringComparison.Ordinal)).ShouldBe(1);
        _mcp.Server.Server.Requests.Where(r => r.Headers.ContainsKey("Mcp-Session-Id")).ShouldAllBe(r => r.Headers["Mcp-Session-Id"] == "upstream-session-2" && r.Headers["X-User-Id"] == "alice");

        // The old name and the new one are the same session from now on.
        (await _mcp.CallAsync("calendar.free", stateless: false, session: anonymous)).Status.ShouldBe(200);
        (await _mcp.CallAsync("calendar.free", stateless: false, session: first.Session)).Status.ShouldBe(200);
        _mcp.Server.Arrived.Select(r => r.Headers.GetValueOrDefault("Mcp-Session-Id", "upstream-session-2")).Distinct().ShouldBe(["upstream-session-2"]);
        _mcp.Server.Server.Requests.Count(r => r.Body.Contains("\"initialize\"", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Two_people_with_one_anonymous_session_get_two()
    {
        var anonymous = await _mcp.InitializeAsync(token: null);
        var alice = await _mcp.CallAsync("calendar.free", stateless: false, session: anonymous);
        _mcp.Server.Clear();
        var nora = await _mcp.CallAsync("calendar.free", token: McpPeople.Nora, stateless: false, session: anonymous);
        nora.Session.ShouldNotBe(alice.Session);
        _mcp.Server.Arrived.Where(r => r.Headers.ContainsKey("Mcp-Session-Id")).ShouldAllBe(r => r.Headers["Mcp-Session-Id"] == "upstream-session-3" && r.Headers["X-User-Id"] == "nora");
        _mcp.Server.Clear();
        (await _mcp.CallAsync("calendar.free", token: McpPeople.Nora, stateless: false, session: alice.Session)).Status.ShouldBe(404);
        (await _mcp.CallAsync("calendar.free", token: null, stateless: false, session: alice.Session)).Status.ShouldBe(401);
        _mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_the_server_gives_none_there_is_none()
    {
        var anonymous = await _mcp.InitializeAsync(token: null);
        _mcp.Server.AnswersInitialize = false;
        var reply = await _mcp.CallAsync("calendar.free", stateless: false, session: anonymous);
        (reply.Status, reply.Code).ShouldBe((404, -32001), reply.Text);
        _mcp.Server.Arrived.ShouldAllBe(r => !r.Body.Contains("tools/call", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_anonymous_session_of_another_route_is_none()
    {
        var anonymous = await _mcp.InitializeAsync(token: null);
        (await _mcp.AskAsync("tools/list", token: "alice", stateless: false, session: anonymous, route: "other")).Status.ShouldBe(404);
        _mcp.Other.Arrived.ShouldBeEmpty();
    }
}
