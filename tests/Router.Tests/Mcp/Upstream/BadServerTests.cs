using System.Text.Json.Nodes;
using GatewayStack.Contracts.Events;
using GatewayStack.Router.Tests.Support;
using GatewayStack.TestServers;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Tests.Mcp.Upstream;

/// <summary>Servers that lie, break off, send too much or never end: the caller gets an error that says so, and nothing of what they sent.</summary>
public sealed class BadServerTests
{
    private static readonly Dictionary<string, Func<HttpContext, JsonNode?, Task>> Ways = new(StringComparer.Ordinal)
    {
        ["html"] = (http, _) => Wire.Answer("<b>secret</b>", type: "text/html")(http),
        ["no type"] = async (http, _) => await http.Response.WriteAsync("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[],\"secret\":1}}"),
        ["no json"] = (http, _) => Wire.Answer("secret")(http),
        ["half a json"] = (http, _) => Wire.Answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[\"secret\"")(http),
        ["a member twice"] = (http, _) => Wire.Answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]},\"result\":{\"content\":[\"secret\"]}}")(http),
        ["an array"] = (http, _) => Wire.Answer("[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[\"secret\"]}}]")(http),
        ["a result that is a text"] = (http, _) => Wire.Answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"secret\"}")(http),
        ["a result that is a list"] = (http, _) => Wire.Answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":[\"secret\"]}")(http),
        ["result and error"] = (http, _) => Wire.Answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":\"secret\"},\"error\":{\"code\":1,\"message\":\"x\"}}")(http),
        ["another id"] = (http, _) => Wire.Answer("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[\"secret\"]}}")(http),
        ["the id as a text"] = (http, _) => Wire.Answer("{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{\"content\":[\"secret\"]}}")(http),
        ["a request"] = (http, _) => Wire.Answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sampling/createMessage\",\"params\":{\"secret\":1}}")(http),
        ["nothing"] = (http, _) => Wire.Answer(string.Empty)(http),
        ["accepted"] = (http, _) => Wire.Answer(string.Empty, status: 202)(http),
        ["status 500"] = (http, _) => Wire.Answer("{\"secret\":1}", status: 500)(http),
        ["status 500 with a result"] = (http, _) => Wire.Answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[\"secret\"]}}", status: 500)(http),
        ["status 429"] = (http, _) => Wire.Answer("secret", status: 429)(http),
        ["too large"] = (http, _) => Wire.Answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[],\"secret\":\"" + new string('x', 70_000) + "\"}}")(http),
        ["too deep"] = (http, _) => Wire.Answer("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"secret\":" + new string('[', 200) + new string(']', 200) + "}}")(http),
        ["breaks off"] = (http, _) => Wire.Break(http),
        ["an event of another id"] = (http, _) => Wire.Stream(["data: {\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"content\":[\"secret\"]}}\n\n"])(http),
        ["an event that is no json"] = (http, _) => Wire.Stream(["data: secret\n\n"])(http),
        ["an event that is an array"] = (http, _) => Wire.Stream(["data: [{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[\"secret\"]}}]\n\n"])(http),
        ["a stream without an answer"] = (http, _) => Wire.Stream([": nothing\n\n"])(http),
        ["half an event"] = (http, _) => Wire.Stream(["data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[\"secret\"]}}"])(http),
        ["a stream that breaks off"] = (http, _) => Wire.Stream(["data: {\"jsonrpc\":\"2.0\",\"id\":1,\"resul"], Wire.Break)(http),
        ["an event too large"] = (http, _) => Wire.Stream(["data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"secret\":\"" + new string('x', 70_000) + "\"}}\n\n"])(http),
        ["an event too large in many lines"] = (http, _) => Wire.Stream([.. Enumerable.Repeat("data: " + new string('x', 1000) + "secret\n", 70), "\n"])(http),
    };

    public static TheoryData<string, bool> Bad() => [.. Ways.Keys.SelectMany(k => new[] { true, false }.Select(s => (TheoryDataRow<string, bool>)(k, s)))];

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_answer_is_a_tools_error_and_goes_no_further(string way, bool stateless)
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Server.On["tools/call"] = Ways[way];
        if (!stateless && way == "a request")
        {
            return;
        }

        var reply = await mcp.CallAsync("calendar.free", stateless: stateless);
        (reply.Status, reply.IsToolError).ShouldBe((200, true), way + ": " + reply.Text);
        reply.Text.ShouldNotContain("secret");
        reply.Json!["id"]!.ToJsonString().ShouldBe("1");
        var outcome = await mcp.Gateway.Log.AppendedAsync(EventTypes.Outcome);
        (outcome.Outcome, outcome.Mcp!.Tool).ShouldBe((EventOutcomes.Failed, "calendar.free"));
        outcome.Reason.ShouldNotBeNull().ShouldStartWith("mcp_");
        // The next one is answered as ever.
        mcp.Server.On.Clear();
        (await mcp.CallAsync("calendar.free", stateless: stateless)).IsToolError.ShouldBeFalse();
    }

    [Fact]
    public async Task An_answer_that_is_as_it_should_be_is_passed_on_byte_for_byte()
    {
        await using var mcp = await McpGateway.StartAsync();
        const string body = """{"jsonrpc":"2.0", "id":1,"result":{"resultType":"complete","content":[],"x_vendor":1.10,"big":123456789012345678901234567890}}""";
        mcp.Server.On["tools/call"] = (http, _) => Wire.Answer(body)(http);
        (await mcp.CallAsync("calendar.free")).Text.ShouldBe(body);
        mcp.Server.On["tools/call"] = (http, _) => Wire.Stream(["event: message\nretry: 500\ndata: " + body + "\n\n"])(http);
        (await mcp.CallAsync("calendar.free")).Text.ShouldBe("event: message\nretry: 500\ndata: " + body + "\n\n");
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        await using var mcp = await McpGateway.StartAsync();
        await using var elsewhere = await StubServer.StartAsync();
        foreach (var method in new[] { "tools/call", "GET" })
        {
            mcp.Server.On[method] = (http, _) => Wire.Answer("secret", status, headers: ("Location", elsewhere.Address + "/mcp"))(http);
        }

        var reply = await mcp.CallAsync("calendar.free");
        (reply.Status, reply.IsToolError).ShouldBe((200, true));
        reply.Headers.ContainsKey("Location").ShouldBeFalse();
        var stream = await mcp.SendAsync(HttpMethod.Get, headers: [("MCP-Protocol-Version", McpWire.Sessions)]);
        stream.Status.ShouldBe(502);
        elsewhere.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_servers_own_challenge_is_never_relayed(int status)
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:Credential=Bearer fixed");
        mcp.Server.On["tools/call"] = (http, _) => Wire.Answer("secret", status, headers: ("WWW-Authenticate", "Bearer realm=\"upstream\", resource_metadata=\"https://evil.example\""))(http);
        var reply = await mcp.CallAsync("calendar.free");
        (reply.Status, reply.IsToolError, reply.Challenge, reply.ChallengeInResult).ShouldBe((200, true, string.Empty, null), reply.Text);
        reply.Text.ShouldNotContain("secret");
        reply.Text.ShouldNotContain("evil");
        mcp.Server.Arrived.ShouldHaveSingleItem().Headers["Authorization"].ShouldBe("Bearer fixed");
        (await mcp.Gateway.Log.AppendedAsync(EventTypes.Outcome)).Routing!.Attempts[0].Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_credential_that_changed_is_read_again_once()
    {
        var file = Path.Combine(Path.GetTempPath(), "mcp-credential-" + Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(file, "Bearer old", TestContext.Current.CancellationToken);
        try
        {
            await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:Credential=file:" + file);
            var taken = "Bearer old";
            mcp.Server.On["tools/call"] = (http, message) => http.Request.Headers.Authorization == taken ? McpServerDouble.ResultAsync(http, message, "{\"content\":[]}") : Wire.Answer(status: 401)(http);
            (await mcp.CallAsync("calendar.free")).IsToolError.ShouldBeFalse();
            mcp.Server.Arrived.Select(r => r.Headers["Authorization"]).ShouldBe(["Bearer old"]);
            taken = "Bearer new";
            mcp.Server.Clear();
            await File.WriteAllTextAsync(file, "Bearer new", TestContext.Current.CancellationToken);
            (await mcp.CallAsync("calendar.free", token: McpPeople.Nora)).IsToolError.ShouldBeFalse();
            mcp.Server.Arrived.Select(r => r.Headers["Authorization"]).ShouldBe(["Bearer old", "Bearer new"]);
            mcp.Server.Arrived.ShouldAllBe(r => r.Headers["X-User-Id"] == "nora");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_given_up_and_holds_nobody_up()
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:TimeoutSeconds=5");
        await mcp.AskAsync("tools/list");
        var gone = new TaskCompletionSource();
        mcp.Server.On["tools/call"] = async (http, message) =>
        {
            if ((string)message!["params"]!["name"]! == "calendar.free")
            {
                await Wire.Stall(http);
                gone.TrySetResult();
                return;
            }

            await McpServerDouble.ResultAsync(http, message, "{\"content\":[]}");
        };
        var slow = mcp.CallAsync("calendar.free");
        (await mcp.CallAsync("calendar.list")).IsToolError.ShouldBeFalse();
        (await slow).IsToolError.ShouldBeTrue();
        await gone.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        mcp.Server.On["tools/call"] = async (http, _) =>
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync("{\"jsonrpc\"");
            await http.Response.Body.FlushAsync();
            await Wire.Stall(http);
        };
        (await mcp.CallAsync("calendar.free")).IsToolError.ShouldBeTrue();
    }

    [Theory]
    [InlineData(404, -32601, "application/json")]
    [InlineData(404, -32601, "text/event-stream")]
    [InlineData(400, -32021, "application/json")]
    [InlineData(400, -32021, "text/event-stream")]
    [InlineData(200, -32603, "application/json")]
    [InlineData(200, -32603, "text/event-stream")]
    public async Task A_servers_own_error_is_passed_on_with_its_status(int status, int code, string type)
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Server.On["tools/call"] = (http, _) =>
        {
            var error = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":" + code.ToString(System.Globalization.CultureInfo.InvariantCulture) + ",\"message\":\"no\"}}";
            return Wire.Answer(type == "application/json" ? error : "event: message\ndata: " + error + "\n\n", status, type)(http);
        };
        var reply = await mcp.CallAsync("calendar.free");
        (reply.Status, reply.Code).ShouldBe((status, code), reply.Text);
    }

    [Fact]
    public async Task An_event_without_an_end_is_not_waited_for()
    {
        await using var mcp = await McpGateway.StartAsync();
        var letGo = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        mcp.Server.On["tools/call"] = async (http, _) =>
        {
            using var gone = http.RequestAborted.Register(letGo.SetResult);
            http.Response.ContentType = "text/event-stream";
            var piece = Texts.Utf8(new string('x', 64 * 1024));
            await http.Response.WriteAsync("data: ");
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(piece);
            }
        };
        (await mcp.CallAsync("calendar.free")).IsToolError.ShouldBeTrue();
        await letGo.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_told_as_such()
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:gone:Url=http://127.0.0.1:1/mcp");
        var reply = await mcp.AskAsync("tools/list", token: "alice", route: "gone");
        (reply.Status, reply.Code).ShouldBe((200, -31502));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("é")]
    public async Task A_session_id_that_is_none_is_not_taken(string id)
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Server.On["initialize"] = (http, message) =>
        {
            http.Response.Headers["Mcp-Session-Id"] = Uri.EscapeDataString(id) == id && id.Length > 0 ? id : id.Length == 0 ? new string('a', 2000) : "two words";
            return McpServerDouble.ResultAsync(http, message, "{\"protocolVersion\":\"2025-11-25\"}");
        };
        var reply = await mcp.AskAsync("initialize", stateless: false);
        (reply.Session, reply.Code).ShouldBe((string.Empty, -31502), reply.Text);
    }

    [Theory]
    [InlineData(400, "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":-32000,\"message\":\"Bad Request: Mcp-Session-Id header is required\"}}")]
    [InlineData(400, "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32600,\"message\":\"no session\"}}")]
    [InlineData(404, "")]
    [InlineData(405, "")]
    public async Task Discover_tells_the_truth_about_a_server_of_the_session_era(int status, string body)
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Server.On["server/discover"] = (http, _) => Wire.Answer(body, status, body.Length > 0 ? "application/json" : "text/plain")(http);
        var reply = await mcp.AskAsync("server/discover");
        (reply.Status, reply.Code).ShouldBe((404, -32601), reply.Text);
        (await mcp.AskAsync("initialize", "\"protocolVersion\":\"2025-11-25\"", stateless: false)).Status.ShouldBe(200);
    }
}
