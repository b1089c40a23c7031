using System.Globalization;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Mcp;

/// <summary>Every method against everything that must keep it out: what the caller is told, and that the server behind saw nothing.</summary>
public sealed class MethodTableTests : IAsyncLifetime
{
    // Method, parameters, what the rules know it by: a scope, or a rule at all.
    private static readonly (string Method, string Parameters, string About)[] Methods =
    [
        ("initialize", "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}", "open"),
        ("ping", "", "open"),
        ("server/discover", "", "open"),
        ("tools/list", "", "open"),
        ("tools/call", McpWire.Call("calendar.list"), "tool"),
        ("resources/list", "", "open"),
        ("resources/templates/list", "", "open"),
        ("resources/read", "\"uri\":\"calendar://today\"", "resource"),
        ("resources/subscribe", "\"uri\":\"calendar://today\"", "resource"),
        ("resources/unsubscribe", "\"uri\":\"calendar://today\"", "resource"),
        ("prompts/list", "", "open"),
        ("prompts/get", "\"name\":\"plan\"", "prompt"),
        ("completion/complete", "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"plan\"},\"argument\":{\"name\":\"a\",\"value\":\"b\"}", "prompt"),
        ("logging/setLevel", "\"level\":\"debug\"", "open"),
        ("tasks/get", "\"taskId\":\"invented\"", "task"),
        ("tasks/result", "\"taskId\":\"invented\"", "task"),
        ("tasks/cancel", "\"taskId\":\"invented\"", "task"),
        ("subscriptions/listen", "\"notifications\":{\"resourceSubscriptions\":[\"calendar://today\"]}", "resource"),
        ("vendor/secret", "", "method"),
        ("notifications/initialized", "", "notification"),
        ("notifications/cancelled", "\"requestId\":7", "notification"),
        ("notifications/vendor", "", "unknown notification"),
        ("GET", "", "stream"),
        ("DELETE", "", "stream"),
    ];

    private static readonly string[] OfSessions = ["initialize", "ping", "resources/subscribe", "resources/unsubscribe", "logging/setLevel", "tasks/result"];

    private McpGateway _mcp = null!;

    public static TheoryData<string, bool> All() =>
        [.. Methods.SelectMany(m => new[] { true, false }.Where(s => !s || m.About != "stream").Select(s => (TheoryDataRow<string, bool>)(m.Method, s)))];

    public async ValueTask InitializeAsync() => _mcp = await McpGateway.StartAsync();

    public ValueTask DisposeAsync() => _mcp.DisposeAsync();

    [Theory]
    [MemberData(nameof(All))]
    public async Task Without_a_token_nothing_opens(string method, bool stateless)
    {
        var reply = await AskAsync(method, stateless, null);
        reply.Status.ShouldBe(401, reply.Text);
        reply.Challenge.ShouldBe("Bearer scope=\"calendar:read\", resource_metadata=\"https://gw.example/.well-known/oauth-protected-resource/mcp/calendar\"");
        NothingArrived();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Another_routes_token_opens_nothing(string method, bool stateless)
    {
        var reply = await AskAsync(method, stateless, "alice@other+calendar:read,calendar:write");
        reply.Status.ShouldBe(401, reply.Text);
        reply.Challenge.ShouldStartWith("Bearer error=\"invalid_token\", error_description=\"");
        reply.Challenge.ShouldContain("resource_metadata=\"https://gw.example/.well-known/oauth-protected-resource/mcp/calendar\"");
        NothingArrived();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Another_persons_session_is_not_there(string method, bool stateless)
    {
        var session = await _mcp.InitializeAsync();
        _mcp.Server.Clear();
        var reply = await AskAsync(method, stateless, McpPeople.Nora, session);
        if (stateless)
        {
            // That era has no sessions: the header is ignored and never sent on.
            _mcp.Server.Arrived.ShouldAllBe(r => !r.Headers.ContainsKey("Mcp-Session-Id"));
            reply.Session.ShouldBeEmpty();
        }
        else if (method == "initialize")
        {
            reply.Status.ShouldBe(200, reply.Text);
            reply.Session.ShouldNotBe(session);
            _mcp.Server.Arrived.ShouldAllBe(r => !r.Headers.ContainsKey("Mcp-Session-Id"));
        }
        else
        {
            reply.Status.ShouldBe(404, reply.Text);
            NothingArrived();
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_missing_scope_is_asked_for(string method, bool stateless)
    {
        var about = About(method, stateless);
        if (about is not ("tool" or "resource" or "prompt"))
        {
            return;
        }

        var session = stateless ? null : await _mcp.InitializeAsync();
        _mcp.Server.Clear();
        var reply = await AskAsync(method, stateless, "alice@calendar+chat:write", session);
        reply.Status.ShouldBe(403, reply.Text);
        reply.Challenge.ShouldStartWith("Bearer error=\"insufficient_scope\", error_description=\"");
        reply.Challenge.ShouldContain(stateless ? "scope=\"calendar:read\"" : "scope=\"calendar:read chat:write\"");
        reply.Challenge.ShouldContain("resource_metadata=");
        NothingArrived();
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_no_rule_names_is_not_there(string method, bool stateless)
    {
        _mcp.Rules.Tools.Clear();
        _mcp.Rules.Prompts.Clear();
        _mcp.Rules.Resources.Clear();
        var session = stateless ? null : await _mcp.InitializeAsync();
        _mcp.Server.Clear();
        var reply = await AskAsync(method, stateless, McpPeople.Alice, session);
        switch (About(method, stateless))
        {
            case "tool" or "resource" or "prompt" or "task":
                reply.Status.ShouldBe(200, reply.Text);
                reply.Code.ShouldBe(-32602);
                NothingArrived();
                break;
            case "method" or "removed":
                reply.Status.ShouldBe(stateless ? 404 : 200, reply.Text);
                reply.Code.ShouldBe(-32601);
                NothingArrived();
                break;
            case "unknown notification":
                reply.Status.ShouldBeInRange(400, 404, reply.Text);
                NothingArrived();
                break;
            default:
                // What no rule is about reaches the server as the person's own.
                _mcp.Server.Arrived.ShouldHaveSingleItem().Headers["X-User-Id"].ShouldBe("alice");
                break;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_right_token_gets_through_and_stays_here(string method, bool stateless)
    {
        _mcp.Rules.Methods.Add("vendor/secret");
        _mcp.Rules.Methods.Add("notifications/vendor");
        var session = stateless || method == "initialize" ? null : await _mcp.InitializeAsync();
        _mcp.Server.Clear();
        var reply = await AskAsync(method, stateless, McpPeople.Alice, session);
        if (About(method, stateless) == "removed")
        {
            reply.Status.ShouldBe(404, reply.Text);
            reply.Code.ShouldBe(-32601);
            NothingArrived();
            return;
        }

        if (About(method, stateless) == "task")
        {
            // Nobody started it.
            reply.Code.ShouldBe(-32602);
            NothingArrived();
            return;
        }

        reply.Status.ShouldBe(method == "GET" ? 405 : About(method, stateless).EndsWith("notification", StringComparison.Ordinal) ? 202 : 200, reply.Text);
        var seen = _mcp.Server.Arrived.ShouldHaveSingleItem(reply.Text);
        seen.Headers["X-Gateway-Identity"].ShouldStartWith("assertion/urn:calendar/");
        seen.Headers.ContainsKey("Authorization").ShouldBeFalse();
        if (session is not null)
        {
            seen.Headers["Mcp-Session-Id"].ShouldStartWith("upstream-session-");
        }
    }

    private static string About(string method, bool stateless) => stateless && OfSessions.Contains(method, StringComparer.Ordinal) ? "removed" : Methods.Single(m => m.Method == method).About;

    private Task<McpReply> AskAsync(string method, bool stateless, string? token, string? session = null)
    {
        var (_, parameters, about) = Methods.Single(m => m.Method == method);
        return about == "stream"
            ? _mcp.SendAsync(new HttpMethod(method), token, session is null ? [("MCP-Protocol-Version", McpWire.Sessions)] : _mcp.InSession(session))
            : _mcp.AskAsync(method, parameters, token, stateless, session, about.EndsWith("notification", StringComparison.Ordinal) ? null : "1");
    }

    private void NothingArrived() => _mcp.Server.Arrived.ShouldBeEmpty(string.Create(CultureInfo.InvariantCulture, $"{_mcp.Server.Arrived.Count} came through"));
}
