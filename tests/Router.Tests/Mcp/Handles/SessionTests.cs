using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using GatewayStack.Router.Mcp.Handles;
using GatewayStack.Router.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Router.Tests.Mcp.Handles;

/// <summary>Sessions, places in streams and questions of a server belong to whoever they were given to.</summary>
public sealed class SessionTests
{
    [Fact]
    public async Task A_session_is_ours_and_the_servers_own_stays_inside()
    {
        await using var mcp = await McpGateway.StartAsync();
        var reply = await mcp.AskAsync("initialize", "\"protocolVersion\":\"2025-11-25\"", stateless: false);
        reply.Session.ShouldNotContain("upstream");
        Encoding.Latin1.GetString(Base64Url.DecodeFromChars(reply.Session)).ShouldNotContain("upstream");
        (reply.Text + string.Join(' ', reply.Headers.Values)).ShouldNotContain("upstream-session");
        var list = await mcp.AskAsync("tools/list", stateless: false, session: reply.Session);
        list.Session.ShouldBeEmpty();
        (list.Text + string.Join(' ', list.Headers.Values)).ShouldNotContain("upstream-session");
        mcp.Server.Arrived.Select(r => r.Headers.GetValueOrDefault("Mcp-Session-Id")).ShouldBe([null, "upstream-session-1"]);
        // Two people never share one.
        await mcp.InitializeAsync(McpPeople.Nora);
        mcp.Server.Arrived.Count(r => r.Body.Contains("initialize", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Theory]
    [InlineData(McpPeople.Nora, 404)]
    [InlineData(McpPeople.Alice + "/another-client", 404)]
    [InlineData("frank@calendar+calendar:read", 404)]
    [InlineData(null, 401)]
    [InlineData("alice@other", 401)]
    [InlineData(McpPeople.Alice, 200)]
    [InlineData(McpPeople.Reader, 200)]
    public async Task A_session_opens_for_its_person_in_its_client_alone(string? token, int status)
    {
        await using var mcp = await McpGateway.StartAsync();
        var session = await mcp.InitializeAsync();
        mcp.Server.Clear();
        (await mcp.AskAsync("tools/list", token: token, stateless: false, session: session)).Status.ShouldBe(status);
        (await mcp.SendAsync(HttpMethod.Get, token, mcp.InSession(session))).Status.ShouldBe(status == 200 ? 405 : status);
        (await mcp.SendAsync(HttpMethod.Delete, token, mcp.InSession(session))).Status.ShouldBe(status);
        mcp.Server.Arrived.Count.ShouldBe(status == 200 ? 3 : 0);
        mcp.Server.Arrived.ShouldAllBe(r => r.Headers["Mcp-Session-Id"] == "upstream-session-1");
    }

    [Fact]
    public async Task A_session_of_one_route_is_none_of_another()
    {
        await using var mcp = await McpGateway.StartAsync();
        var session = await mcp.InitializeAsync("alice");
        var reply = await mcp.AskAsync("tools/list", token: "alice", stateless: false, session: session, route: "other");
        (reply.Status, reply.Code).ShouldBe((404, -32001));
        mcp.Other.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_that_nobody_gave_out_is_none()
    {
        await using var mcp = await McpGateway.StartAsync();
        var session = await mcp.InitializeAsync();
        mcp.Server.Clear();
        var changed = Base64Url.DecodeFromChars(session);
        changed[^1] ^= 1;
        string[] wrong = ["upstream-session-1", "x", new string('A', 20_000 / 4), Base64Url.EncodeToString(changed), session + "AA", session[..^4], session[1..]];
        foreach (var handle in wrong)
        {
            (await mcp.AskAsync("tools/list", stateless: false, session: handle)).Status.ShouldBe(404, handle);
        }

        (await mcp.RawAsync(McpWire.Message("tools/list"), "Mcp-Session-Id: " + session, "Mcp-Session-Id: " + session)).ShouldStartWith("HTTP/1.1 400");
        (await mcp.SendAsync(HttpMethod.Delete, headers: [("MCP-Protocol-Version", McpWire.Sessions)])).Status.ShouldBe(400);
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_holds_on_another_replica_and_after_a_restart()
    {
        await using var mcp = await McpGateway.StartAsync();
        string session;
        await using (var before = await mcp.ReplicaAsync())
        {
            session = await before.InitializeAsync();
        }

        mcp.Server.Clear();
        (await mcp.AskAsync("tools/list", stateless: false, session: session)).Status.ShouldBe(200);
        await using var after = await mcp.ReplicaAsync();
        (await after.AskAsync("tools/list", stateless: false, session: session)).Status.ShouldBe(200);
        (await after.AskAsync("tools/list", stateless: false, session: session, token: McpPeople.Nora)).Status.ShouldBe(404);
        mcp.Server.Arrived.Select(r => r.Headers["Mcp-Session-Id"]).Distinct().ShouldHaveSingleItem();
        // A newer key makes the older handles no worse.
        after.Gateway.Keys.Current = "k2";
        (await after.AskAsync("tools/list", stateless: false, session: session)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Who_invents_handles_takes_nobodys_session()
    {
        await using var mcp = await McpGateway.StartAsync();
        await using var newer = await mcp.ReplicaAsync();
        newer.Gateway.Keys.Current = "k2";
        var session = await newer.InitializeAsync();
        for (var i = 0; i < 150; i++)
        {
            var id = Encoding.ASCII.GetBytes("invented-" + i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var handle = Base64Url.EncodeToString([(byte)id.Length, .. id, .. new byte[60]]);
            (await mcp.AskAsync("ping", token: McpPeople.Nora, stateless: false, session: handle)).Status.ShouldBe(404);
        }

        (await mcp.AskAsync("ping", stateless: false, session: session)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_key_that_was_not_there_yet_is_found_when_it_is()
    {
        var time = new SignallingTime();
        time.SetUtcNow(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var mcp = await McpGateway.StartAsync(builder => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<TimeProvider>(builder.Services, time));
        await using var newer = await mcp.ReplicaAsync();
        newer.Gateway.Keys.Current = "k2";
        var session = await newer.InitializeAsync();
        mcp.Gateway.Keys.OnFind = id => id == "k1";
        (await mcp.AskAsync("ping", stateless: false, session: session)).Status.ShouldBe(404);
        mcp.Gateway.Keys.OnFind = id => id is "k1" or "k2";
        time.Advance(TimeSpan.FromMinutes(2));
        (await mcp.AskAsync("ping", stateless: false, session: session)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_end_of_a_session_reaches_the_server_as_its_own()
    {
        await using var mcp = await McpGateway.StartAsync();
        var session = await mcp.InitializeAsync();
        mcp.Server.Clear();
        (await mcp.SendAsync(HttpMethod.Delete, headers: mcp.InSession(session))).Status.ShouldBe(200);
        var seen = mcp.Server.Arrived.ShouldHaveSingleItem();
        (seen.Method, seen.Headers["Mcp-Session-Id"], seen.Headers["X-User-Id"]).ShouldBe(("DELETE", "upstream-session-1", "alice"));
    }

    [Fact]
    public async Task A_session_that_the_server_has_forgotten_is_not_found()
    {
        await using var mcp = await McpGateway.StartAsync();
        var session = await mcp.InitializeAsync();
        mcp.Server.On["tools/list"] = Answer404;
        var reply = await mcp.AskAsync("tools/list", stateless: false, session: session);
        (reply.Status, reply.Code).ShouldBe((404, -32001));

        static Task Answer404(HttpContext http, JsonNode? message)
        {
            http.Response.StatusCode = 404;
            return Task.CompletedTask;
        }
    }

    [Theory]
    [InlineData("tools/call", McpGatewayParameters.Call)]
    [InlineData("subscriptions/listen", "")]
    [InlineData("logging/setLevel", "\"level\":\"debug\"")]
    [InlineData("resources/list", "")]
    [InlineData("notifications/cancelled", "\"requestId\":1")]
    public async Task An_anonymous_session_opens_what_is_anonymous_and_no_more(string method, string parameters)
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:AnonymousMethods:0=initialize");
        var session = await mcp.InitializeAsync(token: null);
        (await mcp.AskAsync("ping", token: null, stateless: false, session: session)).Status.ShouldBe(200);
        mcp.Server.Clear();
        foreach (var size in new[] { 0, 70_000 })
        {
            foreach (var chunked in new[] { true, false })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp/calendar");
                var text = McpWire.Message(method, parameters, method.StartsWith("notifications", StringComparison.Ordinal) ? null : "1") + new string(' ', size);
                request.Content = new StringContent(text, Encoding.UTF8, "application/json");
                request.Headers.TransferEncodingChunked = chunked;
                request.Headers.TryAddWithoutValidation("Accept", McpWire.Both);
                request.Headers.TryAddWithoutValidation("Mcp-Session-Id", session);
                var reply = await McpReply.ReadAsync(await mcp.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken));
                reply.Status.ShouldBe(401, reply.Text);
                reply.Challenge.ShouldContain("resource_metadata=");
            }
        }

        mcp.Server.Server.Requests.ShouldBeEmpty();
        mcp.Gateway.Policy.Questions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("subscriptions/listen", 400)]
    [InlineData("tools/list", 200)]
    public async Task A_place_in_what_was_listened_for_is_not_taken_up_unasked(string method, int status)
    {
        await using var mcp = await McpGateway.StartAsync();
        var session = await mcp.InitializeAsync();
        mcp.Server.On["GET"] = (http, _) => Wire.Stream(["data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n"])(http);
        var handles = new McpHandles(mcp.Gateway.Services.GetRequiredService<HandleSeal>(), Callers.Alice with { ClientId = "client-1" }, "calendar");
        var place = await handles.SealAsync(new McpEventPosition("e1", "1", method, null), session, TestContext.Current.CancellationToken);
        mcp.Server.Clear();
        (await mcp.SendAsync(HttpMethod.Get, headers: [.. mcp.InSession(session), ("Last-Event-ID", place)])).Status.ShouldBe(status);
        mcp.Server.Arrived.Count.ShouldBe(status == 200 ? 1 : 0);
    }

    [Fact]
    public async Task Event_ids_are_sealed_and_resume_where_they_stood()
    {
        await using var mcp = await McpGateway.StartAsync();
        var session = await mcp.InitializeAsync();
        mcp.Server.On["GET"] = (http, _) => Wire.Stream(["id: e1\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}\n\n"])(http);
        var first = await mcp.SendAsync(HttpMethod.Get, headers: mcp.InSession(session));
        first.Status.ShouldBe(200);
        var handle = IdIn(first);
        handle.ShouldNotBe("e1");
        mcp.Server.Clear();
        (await mcp.SendAsync(HttpMethod.Get, headers: [.. mcp.InSession(session), ("Last-Event-ID", handle)])).Status.ShouldBe(200);
        mcp.Server.Arrived.ShouldHaveSingleItem().Headers["Last-Event-ID"].ShouldBe("e1");
        mcp.Server.Clear();
        (await mcp.SendAsync(HttpMethod.Get, headers: [.. mcp.InSession(session), ("Last-Event-ID", "e1")])).Status.ShouldBe(400);
        var second = await mcp.InitializeAsync();
        var nora = await mcp.InitializeAsync(McpPeople.Nora);
        mcp.Server.Clear();
        (await mcp.SendAsync(HttpMethod.Get, headers: [.. mcp.InSession(second), ("Last-Event-ID", handle)])).Status.ShouldBe(400);
        (await mcp.SendAsync(HttpMethod.Get, McpPeople.Nora, [.. mcp.InSession(nora), ("Last-Event-ID", handle)])).Status.ShouldBe(400);
        // A session's own handle is no place in a stream.
        (await mcp.SendAsync(HttpMethod.Get, headers: [.. mcp.InSession(session), ("Last-Event-ID", session)])).Status.ShouldBe(400);
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_resumed_call_is_decided_again_edited_as_before_and_counted_once()
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Rules.Obligations = [PolicyDouble.Redact()];
        var session = await mcp.InitializeAsync();
        mcp.Server.On["tools/call"] = (http, _) => Wire.Stream(["id: p1\nretry: 10\ndata:\n\n"])(http);
        mcp.Server.On["GET"] = (http, _) => Wire.Stream(["id: p2\ndata: {\"jsonrpc\":\"2.0\",\"id\":9,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"mail EMAIL\"}]}}\n\n"])(http);
        var begun = await mcp.CallAsync("calendar.list", stateless: false, session: session, id: "9");
        begun.Status.ShouldBe(200);
        begun.Text.ShouldContain("id: ");
        (string, string)[] resume = [.. mcp.InSession(session), ("Last-Event-ID", IdIn(begun))];
        var rest = await mcp.SendAsync(HttpMethod.Get, headers: resume);
        ((string?)rest.Result!["content"]![0]!["text"]).ShouldBe("mail [email]");
        mcp.Gateway.Limits.Reservations.Count.ShouldBe(1);
        // Withdrawn meanwhile.
        mcp.Rules.Tools.Remove("calendar.list");
        mcp.Server.Clear();
        var refused = await mcp.SendAsync(HttpMethod.Get, headers: resume);
        refused.Text.ShouldNotContain("mail");
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_question_of_the_server_is_answered_by_whom_it_was_asked_and_nobody_else()
    {
        await using var mcp = await McpGateway.StartAsync();
        var session = await mcp.InitializeAsync();
        var nora = await mcp.InitializeAsync(McpPeople.Nora);
        mcp.Server.On["tools/call"] = (http, message) => Wire.Stream(
        [
            "data: {\"jsonrpc\":\"2.0\",\"id\":77,\"method\":\"elicitation/create\",\"params\":{\"message\":\"Sure?\"}}\n\n",
            "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":77}}\n\n",
            "data: {\"jsonrpc\":\"2.0\",\"id\":" + message!["id"]!.ToJsonString() + ",\"result\":{\"content\":[]}}\n\n",
        ])(http);
        var reply = await mcp.CallAsync("calendar.free", stateless: false, session: session);
        var events = reply.Text.Split('\n').Where(l => l.StartsWith("data: {", StringComparison.Ordinal)).Select(l => JsonNode.Parse(l[6..])!).ToList();
        var asked = (string)events[0]["id"]!;
        ((string?)events[1]["params"]!["requestId"]).ShouldBe(asked);
        mcp.Server.Clear();

        var own = Reply($"\"{asked}\"");
        (await mcp.PostAsync(Reply("77"), headers: mcp.InSession(session))).Status.ShouldBe(400);
        (await mcp.PostAsync(Reply("\"77\""), headers: mcp.InSession(session))).Status.ShouldBe(400);
        (await mcp.PostAsync(Reply("\"invented\""), headers: mcp.InSession(session))).Status.ShouldBe(400);
        (await mcp.PostAsync(own, McpPeople.Nora, mcp.InSession(nora))).Status.ShouldBe(400);
        (await mcp.PostAsync(own, McpPeople.Nora, mcp.InSession(session))).Status.ShouldBe(404);
        (await mcp.PostAsync(own, token: null, headers: mcp.InSession(session))).Status.ShouldBe(401);
        mcp.Server.Arrived.ShouldBeEmpty();
        (await mcp.PostAsync(own, headers: mcp.InSession(session))).Status.ShouldBe(202);
        JsonNode.Parse(mcp.Server.Arrived.ShouldHaveSingleItem().Body)!["id"]!.ToJsonString().ShouldBe("77");
    }

    [Fact]
    public async Task A_task_belongs_to_who_started_it_and_follows_its_tools_rule()
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"resultType":"task","task":{"taskId":"t-1","status":"working"}}""");
        mcp.Server.On["tasks/get"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"resultType":"complete","taskId":"t-1","status":"working"}""");
        var task = (string)(await mcp.CallAsync("calendar.list")).Result!["task"]!["taskId"]!;
        task.ShouldNotBe("t-1");
        mcp.Server.Clear();
        (string, string)[] named = [.. McpWire.Repeating("tasks/get", task)];
        var get = McpWire.Message("tasks/get", $"\"taskId\":\"{task}\"", stateless: true);
        (await mcp.PostAsync(get, McpPeople.Nora, named)).Code.ShouldBe(-32602);
        (await mcp.PostAsync(get.Replace(task, "t-1", StringComparison.Ordinal), headers: McpWire.Repeating("tasks/get", "t-1"))).Code.ShouldBe(-32602);
        (await mcp.PostAsync(get, "alice@calendar", named)).Status.ShouldBe(403);
        mcp.Server.Arrived.ShouldBeEmpty();
        var reply = await mcp.PostAsync(get, headers: named);
        ((string?)reply.Result!["taskId"]).ShouldBe(task);
        var seen = mcp.Server.Arrived.ShouldHaveSingleItem();
        ((string?)JsonNode.Parse(seen.Body)!["params"]!["taskId"]).ShouldBe("t-1");
        seen.Headers["Mcp-Name"].ShouldBe("t-1");
        mcp.Rules.Methods.Add("tasks/list");
        mcp.Server.Clear();
        (await mcp.AskAsync("tasks/list")).Code.ShouldBe(-32601);
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    private static string Reply(string id) => $"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"result\":{{\"action\":\"accept\"}}}}";

    private static string IdIn(McpReply reply) => reply.Text.Split('\n').First(l => l.StartsWith("id: ", StringComparison.Ordinal))[4..];
}

internal static class McpGatewayParameters
{
    public const string Call = "\"name\":\"calendar.free\"";
}
