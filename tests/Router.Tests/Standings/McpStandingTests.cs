using System.Text.Json.Nodes;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Tests.Support;
using GatewayStack.TestServers;

namespace GatewayStack.Router.Tests.Standings;

/// <summary>On MCP routes nobody who is cut off is sent to sign in again, which would not help: they are told. Sessions end, and begin anew after it.</summary>
public sealed class McpStandingTests : IAsyncLifetime
{
    private const string Progress = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":1,\"progress\":1}}\n\n";

    private static readonly StandingSubject Alice = new() { PersonId = "person-alice" };

    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private McpGateway _mcp = null!;

    public async ValueTask InitializeAsync() => _mcp = await McpGateway.StartAsync();

    public async ValueTask DisposeAsync() => await _mcp.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tool_call_is_answered_with_one_sentence_and_anything_else_with_an_error(bool stateless)
    {
        var session = stateless ? null : await _mcp.InitializeAsync();
        await BlockAsync(Alice);
        var call = await _mcp.CallAsync("calendar.free", stateless: stateless, session: session);
        call.Status.ShouldBe(200);
        var result = JsonNode.Parse(call.Text)!["result"]!;
        ((bool)result["isError"]!, (string)result["content"]![0]!["text"]!).ShouldSatisfyAllConditions(r => r.Item1.ShouldBeTrue(), r => r.Item2.ShouldStartWith("Your access was ended until"));
        var list = await _mcp.AskAsync("tools/list", stateless: stateless, session: session, id: "7");
        list.Status.ShouldBe(200);
        var error = JsonNode.Parse(list.Text)!;
        ((int)error["id"]!, (int)error["error"]!["code"]!, (string)error["error"]!["data"]!["code"]!).ShouldBe((7, -31403, "access_blocked"));
        (await _mcp.CallAsync("calendar.free", token: McpPeople.Nora)).Text.ShouldContain("done");
        _mcp.Gateway.Log.Events.Where(e => e.Type == EventTypes.Refusal).ShouldAllBe(e => e.Reason == "access_blocked");
    }

    [Fact]
    public async Task A_session_ends_at_its_server_and_is_not_gone_on_with_afterwards()
    {
        var deleted = new TaskCompletionSource<string>();
        _mcp.Server.On["DELETE"] = (http, _) =>
        {
            deleted.TrySetResult(http.Request.Headers["Mcp-Session-Id"] + " " + http.Request.Headers["X-Gateway-Identity"]);
            return Task.CompletedTask;
        };
        var (hers, noras) = (await _mcp.InitializeAsync(), await _mcp.InitializeAsync(McpPeople.Nora));
        var measure = await BlockAsync(Alice);
        (await deleted.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken)).ShouldBe("upstream-session-1 assertion/urn:calendar/");

        // Its stream, and what nobody waits for: the client begins anew, and is told then.
        (await _mcp.SendAsync(HttpMethod.Get, headers: _mcp.InSession(hers))).Status.ShouldBe(404);
        (await _mcp.AskAsync("notifications/initialized", stateless: false, session: hers, id: null)).Status.ShouldBe(404);
        (await _mcp.AskAsync("initialize", "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}", stateless: false)).Text.ShouldContain("access_blocked");

        _mcp.Gateway.Standings.Unblock(measure);
        await Heard.ByAsync(_mcp.Gateway);
        var after = await _mcp.CallAsync("calendar.free", stateless: false, session: hers);
        (after.Status, (string)JsonNode.Parse(after.Text)!["error"]!["data"]!["code"]!).ShouldBe((404, "session_not_found"));
        (await _mcp.CallAsync("calendar.free", token: McpPeople.Nora, stateless: false, session: noras)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_tool_is_refused_and_hidden_and_the_others_stay()
    {
        var before = await ToolsAsync();
        before.ShouldContain("calendar.free");
        await BlockAsync(new StandingSubject { Tool = "calendar/calendar.free" });
        (await ToolsAsync()).ShouldBe(before.Except(["calendar.free"]));
        var call = await _mcp.CallAsync("calendar.free");
        (call.Status, call.Text.Contains("The tool 'calendar.free' was taken out of use until", StringComparison.Ordinal)).ShouldBe((200, true), call.Text);
        _mcp.Server.Arrived.ShouldNotContain(r => r.Body.Contains("tools/call", StringComparison.Ordinal));
        await BlockAsync(new StandingSubject { Tool = "calendar", Tenant = "mercy" });
        (await _mcp.AskAsync("tools/list")).Text.ShouldContain("This server was taken out of use until");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_under_way_ends_with_an_error_under_its_id(bool stateless)
    {
        await _mcp.AskAsync("tools/list", stateless: stateless);
        _mcp.Server.On["tools/call"] = (http, _) => Wire.Stream([Progress], async c =>
        {
            await Wire.Stall(c);
            _gone.TrySetResult();
        })(http);
        var message = McpWire.Message("tools/call", McpWire.Call("calendar.free", "{}"), "\"x-1\"", stateless);
        (string, string)[] headers = stateless ? McpWire.Repeating("tools/call", "calendar.free") : [("MCP-Protocol-Version", McpWire.Sessions)];
        using var response = await _mcp.OpenAsync(HttpMethod.Post, message, McpPeople.Alice, headers);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await stream.ReadUntilAsync("progress\":1}}\n\n");
        var measure = _mcp.Gateway.Standings.Block(Alice);
        var last = JsonNode.Parse((await stream.ReadUntilAsync("\n\n"))["data: ".Length..])!;
        ((string)last["id"]!, (string)last["error"]!["data"]!["code"]!).ShouldBe(("x-1", "access_blocked"));
        (await stream.ReadUntilAsync("never")).ShouldBeEmpty();
        await _gone.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        var outcome = _mcp.Gateway.Log.Events.Last(e => e.Type == EventTypes.Outcome);
        (outcome.Outcome, outcome.Reason, outcome.Decision!.RuleIds[0]).ShouldBe(("refused", "access_blocked", "standing:" + measure.Id));
    }

    [Fact]
    public async Task A_stream_that_waits_for_nothing_in_particular_closes()
    {
        _mcp.Server.On["GET"] = async (http, _) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.Body.FlushAsync();
            await Wire.Stall(http);
            _gone.TrySetResult();
        };
        using var response = await _mcp.OpenAsync(HttpMethod.Get, null, McpPeople.Alice, [("MCP-Protocol-Version", McpWire.Sessions)]);
        ((int)response.StatusCode).ShouldBe(200);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        _mcp.Gateway.Standings.Block(Alice);
        (await stream.ReadUntilAsync("never")).ShouldBeEmpty();
        await _gone.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_stream_that_watches_a_tools_task_ends_with_the_tool_and_those_of_other_tools_go_on()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"resultType":"task","task":{"taskId":"t-1","status":"working"}}""");
        _mcp.Server.On["subscriptions/listen"] = (http, _) => Wire.Stream([Progress], async c =>
        {
            await Task.WhenAny(Wire.Stall(c), release.Task);
            await Wire.Stream([Progress])(c);
        })(http);
        var (free, list) = (await TaskAsync("calendar.free"), await TaskAsync("calendar.list"));
        await using var blocked = await ListenAsync(free, list);
        await using var other = await ListenAsync(list);
        await BlockAsync(new StandingSubject { Tool = "calendar/calendar.free" });

        var last = JsonNode.Parse((await blocked.ReadUntilAsync("\n\n"))["data: ".Length..])!;
        ((string)last["error"]!["data"]!["code"]!).ShouldBe("access_blocked");
        ((string)last["error"]!["message"]!).ShouldStartWith("The tool 'calendar.free' was taken out of use until");
        release.SetResult();
        (await other.ReadUntilAsync("progress\":1}}\n\n")).ShouldBe(Progress);

        // Nor is one opened, nor the task looked at; the other's may be.
        _mcp.Server.Clear();
        (await _mcp.AskAsync("subscriptions/listen", Watching(free, list))).Text.ShouldContain("access_blocked");
        var get = McpWire.Message("tasks/get", $"\"taskId\":\"{free}\"", stateless: true);
        (await _mcp.PostAsync(get, headers: McpWire.Repeating("tasks/get", free))).Text.ShouldContain("access_blocked");
        _mcp.Server.Arrived.ShouldBeEmpty();
        (await _mcp.AskAsync("subscriptions/listen", Watching(list))).Text.ShouldContain("progress");
    }

    [Fact]
    public async Task A_page_goes_with_its_tool_and_other_resources_stay()
    {
        (await _mcp.AskAsync("resources/read", "\"uri\":\"ui://calendar/list\"")).Status.ShouldBe(200);
        var before = await ResourcesAsync();
        before.ShouldContain("ui://calendar/list");
        await BlockAsync(new StandingSubject { Tool = "calendar/calendar.list" });
        _mcp.Server.Clear();
        foreach (var (method, parameters) in new[]
        {
            ("resources/read", "\"uri\":\"ui://calendar/list\""),
            ("subscriptions/listen", "\"notifications\":{\"resourceSubscriptions\":[\"calendar://today\",\"ui://calendar/list\"]}"),
        })
        {
            (await _mcp.AskAsync(method, parameters)).Text.ShouldContain("The tool 'calendar.list' was taken out of use");
        }

        _mcp.Server.Arrived.ShouldBeEmpty();
        (await ResourcesAsync()).ShouldBe(before.Except(["ui://calendar/list"]));
        (await _mcp.AskAsync("resources/read", "\"uri\":\"calendar://today\"")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_page_that_shows_another_tool_as_well_stays_for_that_one()
    {
        _mcp.Server.Tools = _mcp.Server.Tools.Replace(
            "{\"name\":\"calendar.free\",\"inputSchema\":{\"type\":\"object\"}}",
            "{\"name\":\"calendar.free\",\"inputSchema\":{\"type\":\"object\"},\"_meta\":{\"ui\":{\"resourceUri\":\"ui://calendar/list\"}}}",
            StringComparison.Ordinal);
        await BlockAsync(new StandingSubject { Tool = "calendar/calendar.list" });
        (await _mcp.AskAsync("resources/read", "\"uri\":\"ui://calendar/list\"")).Status.ShouldBe(200);
        await BlockAsync(new StandingSubject { Tool = "calendar/calendar.free" });
        (await _mcp.AskAsync("resources/read", "\"uri\":\"ui://calendar/list\"")).Text.ShouldContain("access_blocked");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_of_a_tool_on_a_later_page_of_the_list_goes_with_it_whatever_was_looked_at_before(bool looked)
    {
        _mcp.Server.ToolPages = [OnePage("calendar.free", null), OnePage("calendar.list", "ui://calendar/late")];
        await BlockAsync(new StandingSubject { Tool = "calendar/calendar.list" });
        if (looked)
        {
            (await _mcp.AskAsync("tools/list")).Text.ShouldContain("calendar.free");
        }

        _mcp.Server.Clear();
        (await _mcp.AskAsync("resources/read", "\"uri\":\"ui://calendar/late\"")).Text.ShouldContain("The tool 'calendar.list' was taken out of use");
        _mcp.Server.Arrived.ShouldBeEmpty();
        (await _mcp.AskAsync("resources/read", "\"uri\":\"ui://calendar/other\"")).Status.ShouldBe(200);

        // Two pages once, and not for each question. The look at the start, which may come in between, is in nobody's name.
        _mcp.Server.Lookups.Count(l => l.Headers.ContainsKey("X-User-Id")).ShouldBe(2);
    }

    [Fact]
    public async Task A_page_that_is_written_in_another_way_is_refused()
    {
        (await _mcp.AskAsync("resources/read", "\"uri\":\"ui://calendar/a%20b\"")).Text.ShouldNotContain("plain spelling");
        foreach (var uri in new[] { "ui://calendar/%6cist", "UI://calendar/lis%74", "ui://calendar/list%2D", "ui://@calendar/list", "ui://calendar:/list", "ui://Calendar/list", "ui://calendar/list#x" })
        {
            (await _mcp.AskAsync("resources/read", $"\"uri\":\"{uri}\"")).Text.ShouldContain("plain spelling");
        }
    }

    [Fact]
    public async Task Where_the_tools_cannot_be_had_a_page_is_hidden_also_where_rules_only_observe()
    {
        await using var mcp = await McpGateway.StartAsync("Policy:Mode=observe");
        mcp.Server.FailsLookups = true;
        (await mcp.AskAsync("resources/list")).Names("resources", "uri").ShouldContain("ui://calendar/list");
        mcp.Gateway.Standings.Block(new StandingSubject { Tool = "calendar/calendar.list" });
        await Heard.ByAsync(mcp.Gateway);
        var left = (await mcp.AskAsync("resources/list")).Names("resources", "uri");
        left.ShouldNotContain("ui://calendar/list");
        left.ShouldContain("calendar://today");
    }

    private static string OnePage(string tool, string? page) => page is null
        ? $$"""{"name":"{{tool}}","inputSchema":{"type":"object"} }"""
        : $$"""{"name":"{{tool}}","inputSchema":{"type":"object"},"_meta":{"ui":{"resourceUri":"{{page}}"} } }""";

    private async Task<string> TaskAsync(string tool) => (string)(await _mcp.CallAsync(tool)).Result!["task"]!["taskId"]!;

    private async Task<Stream> ListenAsync(params string[] tasks)
    {
        (string, string)[] headers = [.. McpWire.Repeating("subscriptions/listen"), ("Accept", McpWire.Both)];
        var response = await _mcp.OpenAsync(HttpMethod.Post, McpWire.Message("subscriptions/listen", Watching(tasks), stateless: true), McpPeople.Alice, headers);
        var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        (await stream.ReadUntilAsync("progress\":1}}\n\n")).ShouldBe(Progress);
        return stream;
    }

    private static string Watching(params string[] tasks) => $"\"notifications\":{{\"taskIds\":[{string.Join(',', tasks.Select(t => $"\"{t}\""))}]}}";

    private async Task<string[]> ResourcesAsync() => [.. (await _mcp.AskAsync("resources/list")).Names("resources", "uri")];

    private async Task<string[]> ToolsAsync() =>
        [.. JsonNode.Parse((await _mcp.AskAsync("tools/list")).Text)!["result"]!["tools"]!.AsArray().Select(t => (string)t!["name"]!)];

    private async Task<StandingMeasure> BlockAsync(StandingSubject subject)
    {
        var measure = _mcp.Gateway.Standings.Block(subject);
        await Heard.ByAsync(_mcp.Gateway);
        return measure;
    }
}
