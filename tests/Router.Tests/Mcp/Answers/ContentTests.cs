using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Mcp.Answers;

/// <summary>What people write to tools and what tools write to people goes through Transform; records say of it what was found, never what it was.</summary>
public sealed class ContentTests
{
    private const string Redact = "Router:Mcp:calendar:Transform=redact";
    private const string Required = "Router:Mcp:calendar:Transform=redact-required";

    [Theory]
    [InlineData(Redact, false)]
    [InlineData("Router:Mcp:calendar:Transform=detect", true)]
    public async Task Arguments_and_results_are_redacted_by_route_or_by_the_decision(string setting, bool obligation)
    {
        await using var mcp = await McpGateway.StartAsync(setting);
        mcp.Rules.Obligations = obligation ? [PolicyDouble.Redact("EMAIL")] : [];
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message,
            """{"content":[{"type":"text","text":"to EMAIL"},{"type":"resource","resource":{"uri":"a://b","text":"from EMAIL"}}],"structuredContent":{"to":["EMAIL"],"n":1.10},"_meta":{"widget":"EMAIL"}}""");
        var reply = await mcp.CallAsync("calendar.free", "{\"note\":\"call EMAIL\",\"deep\":[{\"a\":\"EMAIL\"}],\"n\":1.10}");
        var seen = mcp.Server.Arrived.ShouldHaveSingleItem().Body;
        seen.ShouldContain("\"arguments\":{\"note\":\"call [email]\",\"deep\":[{\"a\":\"[email]\"}],\"n\":1.10}");
        reply.Text.ShouldNotContain("EMAIL", Case.Sensitive);
        reply.Result!["structuredContent"]!.ToJsonString().ShouldBe("""{"to":["[email]"],"n":1.10}""");
        mcp.Gateway.Transform.Inspections.SelectMany(i => i.Segments).Select(s => s.Origin).Distinct().ShouldBe([SegmentOrigin.ToolArguments, SegmentOrigin.ToolResult], ignoreOrder: true);
    }

    [Fact]
    public async Task Where_nothing_is_to_be_taken_out_nothing_is()
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"content":[{"type":"text","text":"to EMAIL"}]}""");
        (await mcp.CallAsync("calendar.free", "{\"note\":\"EMAIL\"}")).Text.ShouldContain("to EMAIL");
        mcp.Server.Arrived.ShouldHaveSingleItem().Body.ShouldContain("\"note\":\"EMAIL\"");
    }

    [Fact]
    public async Task A_text_that_is_json_is_read_as_json()
    {
        await using var mcp = await McpGateway.StartAsync(Redact);
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"content":[{"type":"text","text":"{\"to\":\"J\\u00f6rg, EMAIL\",\"arguments\":1}"}]}""");
        (await mcp.CallAsync("calendar.free", "{}")).Text.ShouldNotContain("EMAIL", Case.Sensitive);
        mcp.Gateway.Transform.Inspections.SelectMany(i => i.Segments).Single(s => s.Text.StartsWith('{'))
            .ShouldSatisfyAllConditions(s => s.MediaType.ShouldBe("application/json"), s => s.Origin.ShouldBe(SegmentOrigin.ToolResult));
    }

    [Fact]
    public async Task A_redacted_argument_is_redacted_in_the_header_that_repeats_it()
    {
        await using var mcp = await McpGateway.StartAsync(Redact);
        (await mcp.CallAsync("calendar.list", "{\"day\":\"EMAIL\"}", headers: [("Mcp-Param-Day", "EMAIL")])).IsToolError.ShouldBeFalse();
        var seen = mcp.Server.Arrived.ShouldHaveSingleItem();
        seen.Headers["Mcp-Param-Day"].ShouldBe("[email]");
        (seen.Body + string.Join(' ', seen.Headers.Values)).ShouldNotContain("EMAIL", Case.Sensitive);
    }

    [Fact]
    public async Task In_the_session_era_no_header_carries_what_was_redacted()
    {
        await using var mcp = await McpGateway.StartAsync(Redact);
        await mcp.CallAsync("calendar.list", "{\"day\":\"EMAIL\"}", stateless: false, headers: [("Mcp-Param-Day", "EMAIL"), ("Mcp-Param-Other", "EMAIL")]);
        mcp.Server.Arrived.ShouldAllBe(r => !string.Join(' ', r.Headers.Values).Contains("EMAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_edit_that_breaks_the_tools_promise_is_a_block()
    {
        await using var mcp = await McpGateway.StartAsync(Redact);
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"content":[],"structuredContent":{"kind":"EMAIL"}}""");
        var reply = await mcp.CallAsync("calendar.list");
        (reply.Status, reply.IsToolError).ShouldBe((200, true));
        reply.Text.ShouldNotContain("kind");
        (await mcp.Gateway.Log.AppendedAsync(EventTypes.Outcome)).ShouldSatisfyAllConditions(o => o.Outcome.ShouldBe(EventOutcomes.Refused), o => o.Reason.ShouldBe("result_breaks_schema"));
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"content":[],"structuredContent":{"kind":"none"}}""");
        (await mcp.CallAsync("calendar.list")).IsToolError.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"type":"video","url":"https://a.example/b.mp4"}""")]
    [InlineData("""{"type":"image","data":"not base64!","mimeType":"image/png"}""")]
    [InlineData("""{"type":"text","text":"data:audio/wav;base64,UklGRg=="}""")]
    public async Task What_is_no_text_is_withheld_where_it_would_have_to_be_redacted(string part)
    {
        await using var mcp = await McpGateway.StartAsync(Redact);
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, "{\"content\":[" + part + "]}");
        (await mcp.CallAsync("calendar.free")).IsToolError.ShouldBeTrue();
        (await mcp.Gateway.Log.AppendedAsync(EventTypes.Outcome)).Reason.ShouldBe("result_unscanned");
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message,
            """{"content":[{"type":"text","text":"ok"}],"structuredContent":{"content":[{"type":"video","of":"x"}]}}""");
        (await mcp.CallAsync("calendar.free")).IsToolError.ShouldBeFalse();
    }

    [Fact]
    public async Task A_text_in_a_data_url_is_redacted_where_it_stands()
    {
        await using var mcp = await McpGateway.StartAsync(Redact);
        const string file = "data:text/plain;base64,dG8gRU1BSUw=", redacted = "data:text/plain;base64,dG8gW2VtYWlsXQ==";
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, "{\"content\":[{\"type\":\"text\",\"text\":\"" + file + "\"}]}");
        (await mcp.CallAsync("calendar.free", "{\"note\":\"" + file + "\"}")).Text.ShouldContain(redacted);
        mcp.Server.Arrived.ShouldHaveSingleItem().Body.ShouldContain(redacted);
        await mcp.CallAsync("calendar.free", """{"note":"data:image/png;base64,iVBORw=="}""");
        mcp.Server.Arrived.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("an error", """{"jsonrpc":"2.0","id":1,"error":{"code":-32000,"message":"for EMAIL","data":{"who":"EMAIL"}}}""")]
    [InlineData("an error without id", """{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"for EMAIL"}}""")]
    [InlineData("a text with data beside it", """{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"EMAIL","data":"x"},{"type":"text","text":"EMAIL","blob":""}]}}""")]
    [InlineData("a question", """{"jsonrpc":"2.0","id":1,"result":{"resultType":"input_required","inputRequests":{"a":{"method":"elicitation/create","params":{"message":"EMAIL?"}}}}}""")]
    [InlineData("a member nobody knows", """{"jsonrpc":"2.0","id":1,"result":{"content":[],"x_vendor":["EMAIL"]}}""")]
    [InlineData("a member's name", """{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"ok","annotations":{"a":"EMAIL"}}]}}""")]
    public async Task Whatever_a_server_says_is_redacted(string what, string answer)
    {
        await using var mcp = await McpGateway.StartAsync(Redact);
        mcp.Server.On["tools/call"] = (http, _) => Wire.Answer(answer)(http);
        var reply = await mcp.CallAsync("calendar.free");
        reply.Text.ShouldNotContain("EMAIL", Case.Sensitive, what);
        reply.Text.ShouldContain("[email]", Case.Sensitive, what);
        reply.Json!["id"]!.ToJsonString().ShouldBe("1");
    }

    [Theory]
    [InlineData("notifications/message", "\"level\":\"info\",\"data\":\"EMAIL\"")]
    [InlineData("notifications/progress", "\"progressToken\":1,\"progress\":1,\"message\":\"EMAIL\"")]
    [InlineData("notifications/vendor", "\"x\":[\"EMAIL\"]")]
    public async Task What_a_server_says_beside_its_answer_is_redacted(string method, string parameters)
    {
        await using var mcp = await McpGateway.StartAsync(Redact);
        var notification = $"data: {{\"jsonrpc\":\"2.0\",\"method\":\"{method}\",\"params\":{{{parameters}}}}}\n\n";
        mcp.Server.On["tools/call"] = (http, _) => Wire.Stream([notification, "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}\n\n"])(http);
        mcp.Server.On["GET"] = (http, _) => Wire.Stream([notification])(http);
        (await mcp.CallAsync("calendar.free")).Text.ShouldBe(notification.Replace("EMAIL", "[email]", StringComparison.Ordinal) + "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}\n\n");
        var session = await mcp.InitializeAsync();
        (await mcp.SendAsync(HttpMethod.Get, headers: mcp.InSession(session))).Text.ShouldBe(notification.Replace("EMAIL", "[email]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Questions_of_a_server_and_their_replies_are_redacted()
    {
        await using var mcp = await McpGateway.StartAsync(Redact);
        var session = await mcp.InitializeAsync();
        mcp.Server.On["tools/call"] = (http, _) => Wire.Stream(
        [
            "data: {\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"sampling/createMessage\",\"params\":{\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"EMAIL\"}}]}}\n\n",
            "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[]}}\n\n",
        ])(http);
        var reply = await mcp.CallAsync("calendar.free", stateless: false, session: session);
        reply.Text.ShouldNotContain("EMAIL", Case.Sensitive);
        var asked = (string)JsonNode.Parse(reply.Text.Split('\n')[0][6..])!["id"]!;
        mcp.Server.Clear();
        (await mcp.PostAsync($"{{\"jsonrpc\":\"2.0\",\"id\":\"{asked}\",\"result\":{{\"role\":\"assistant\",\"content\":{{\"type\":\"text\",\"text\":\"EMAIL\"}}}}}}", headers: mcp.InSession(session))).Status.ShouldBe(202);
        mcp.Server.Arrived.ShouldHaveSingleItem().Body.ShouldContain("[email]");
    }

    [Theory]
    [InlineData("""{"type":"image","data":"aGk=","mimeType":"image/png"}""")]
    [InlineData("""{"type":"resource","resource":{"uri":"a://b","blob":"aGk="}}""")]
    public async Task What_cannot_be_looked_at_is_withheld_where_it_must_be(string block)
    {
        await using var mcp = await McpGateway.StartAsync(Required);
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, "{\"content\":[" + block + "]}");
        var reply = await mcp.CallAsync("calendar.free");
        (reply.Status, reply.IsToolError).ShouldBe((200, true));
        reply.Text.ShouldNotContain("aGk=");
        await using var redacting = await McpGateway.StartAsync(Redact);
        redacting.Server.On["tools/call"] = mcp.Server.On["tools/call"];
        (await redacting.CallAsync("calendar.free")).IsToolError.ShouldBeTrue();
        await using var lenient = await McpGateway.StartAsync("Router:Mcp:calendar:Transform=detect");
        lenient.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, "{\"content\":[" + block + "]}");
        (await lenient.CallAsync("calendar.free")).Text.ShouldContain("aGk=");
    }

    [Fact]
    public async Task Without_transform_what_must_be_checked_is_withheld()
    {
        await using var mcp = await McpGateway.StartAsync(Required);
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"content":[{"type":"text","text":"EMAIL"}]}""");
        mcp.Gateway.Transform.OnInspect = (_, _) => throw new InvalidOperationException("down");
        var reply = await mcp.CallAsync("calendar.free");
        reply.Text.ShouldNotContain("EMAIL", Case.Sensitive);
        reply.Result?["content"]?.ToJsonString().ShouldNotContain("EMAIL", Case.Sensitive);
    }

    [Fact]
    public async Task Resources_and_prompts_are_redacted_too()
    {
        await using var mcp = await McpGateway.StartAsync(Redact);
        mcp.Server.On["resources/read"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"contents":[{"uri":"calendar://today","text":"EMAIL"}]}""");
        mcp.Server.On["prompts/get"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"description":"EMAIL","messages":[{"role":"user","content":{"type":"text","text":"EMAIL"}}]}""");
        (await mcp.AskAsync("resources/read", "\"uri\":\"calendar://today\"")).Text.ShouldNotContain("EMAIL", Case.Sensitive);
        (await mcp.AskAsync("prompts/get", "\"name\":\"plan\",\"arguments\":{\"a\":\"EMAIL\"}")).Text.ShouldNotContain("EMAIL", Case.Sensitive);
        mcp.Server.Arrived[^1].Body.ShouldContain("[email]");
    }

    [Fact]
    public async Task A_row_says_who_called_what_through_which_client_and_never_with_which_words()
    {
        await using var mcp = await McpGateway.StartAsync(
            "Router:Mcp:calendar:ResourcePointers:0=calendar.* patient=/patient", "Router:Mcp:calendar:ResourcePointers:1=mail.* mail=/title");
        mcp.Gateway.Transform.OnInspect = (request, _) =>
        {
            var found = TransformDouble.Inspected(request);
            return Task.FromResult(found with { Metadata = found.Metadata with { Labels = [new ContentLabel { Name = "health", Confidence = 1 }] } });
        };
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, """{"isError":true,"content":[{"type":"text","text":"standup with EMAIL"}]}""");
        (await mcp.CallAsync("calendar.create", "{\"title\":\"EMAIL appendectomy\",\"patient\":\"p-17\"}", McpPeople.Alice + "/claude")).IsToolError.ShouldBeTrue();
        var outcome = await mcp.Gateway.Log.AppendedAsync(EventTypes.Outcome);
        outcome.Personal!.UserId.ShouldBe("alice");
        outcome.Caller!.ClientId.ShouldBe("claude");
        outcome.Action.ShouldBe("tool.call");
        outcome.Mcp.ShouldNotBeNull().ShouldSatisfyAllConditions(
            m => m.Server.ShouldBe("calendar"), m => m.Method.ShouldBe("tools/call"), m => m.Tool.ShouldBe("calendar.create"), m => m.ProtocolVersion.ShouldBe(McpWire.Stateless),
            m => m.IsError.ShouldBe(true), m => m.ResultTypes.ShouldBe(["EMAIL"]), m => m.ResultLabels.ShouldBe(["health"]));
        outcome.Content!.Types.ShouldBe(["EMAIL"]);
        outcome.Content.Labels.ShouldBe(["health"]);
        outcome.Decision!.Effect.ShouldBe("allow");
        outcome.Resources.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Type.ShouldBe("patient"), r => r.Id.ShouldBe("p-17"));
        outcome.Routing!.Attempts[0].Status.ShouldBe(200);
        var all = JsonSerializer.Serialize(mcp.Gateway.Log.Events);
        all.ShouldNotContain("appendectomy");
        all.ShouldNotContain("standup");
    }

    /// <summary>The descriptions of tools stand in every request of their host: what they ask for is on record, and nothing of them is changed.</summary>
    [Theory]
    [InlineData("detect", true)]
    [InlineData("redact-required", true)]
    [InlineData("off", false)]
    public async Task What_a_server_says_of_its_tools_is_looked_at(string treatment, bool isLookedAt)
    {
        await using var mcp = await McpGateway.StartAsync($"Router:Mcp:calendar:Transform={treatment}");
        mcp.Gateway.Transform.OnInspect = (request, _) => Task.FromResult(TransformDouble.Inspected(request) with
        {
            Segments = [.. request.Segments.Where(s => s.Text == "Lists").Select(s => new SegmentInspection { SegmentId = s.Id, Labels = [new ContentLabel { Name = "data_request", Confidence = 1 }] })],
        });
        var reply = await mcp.AskAsync("tools/list");
        reply.Names("tools").ShouldContain("calendar.list");
        reply.Text.ShouldContain("Lists");
        var outcome = await mcp.Gateway.Log.AppendedAsync(EventTypes.Outcome);
        outcome.Mcp!.ResultLabels.ShouldBe(isLookedAt ? ["data_request"] : []);
        outcome.Mcp.ResultTypes.ShouldBeEmpty();
        var seen = mcp.Gateway.Transform.Inspections.SelectMany(i => i.Segments).Where(s => s.Text == "Lists").Select(s => s.Origin).Distinct();
        seen.ShouldBe(isLookedAt ? [SegmentOrigin.ToolDefinition] : []);
    }

    [Fact]
    public async Task Without_transform_a_list_passes_and_one_with_hidden_characters_does_not_where_they_are_refused()
    {
        await using var mcp = await McpGateway.StartAsync(Required);
        mcp.Gateway.Transform.OnInspect = (_, _) => throw new InvalidOperationException("down");
        (await mcp.AskAsync("tools/list")).Names("tools").ShouldContain("calendar.list");
        await using var refusing = await McpGateway.StartAsync();
        refusing.Gateway.Transform.OnInspect = (request, _) => Task.FromResult(
            TransformDouble.Inspected(request) with { Status = InspectionStatus.Refused, Reason = "hidden_characters" });
        (await refusing.AskAsync("tools/list")).Text.ShouldNotContain("calendar.list");
    }

    [Theory]
    [InlineData("{\"title\":\"\",\"patient\":\"p-17\"}")]
    [InlineData("{\"title\":\"x\",\"patient\":\"p-17\"}")]
    public async Task The_record_is_named_whatever_else_is_written(string arguments)
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:ResourcePointers:0=calendar.* patient=/patient");
        await mcp.CallAsync("calendar.create", arguments);
        (await mcp.Gateway.Log.AppendedAsync(EventTypes.Outcome)).Resources.ShouldHaveSingleItem().Id.ShouldBe("p-17");
    }

    [Fact]
    public async Task What_somebody_invented_gets_into_no_record()
    {
        await using var mcp = await McpGateway.StartAsync();
        await mcp.CallAsync("my own secret words");
        await mcp.AskAsync("secret/words");
        await mcp.AskAsync("prompts/get", "\"name\":\"secret-words\"");
        await mcp.AskAsync("resources/read", "\"uri\":\"calendar://" + new string('w', 3000) + "\"");
        var all = JsonSerializer.Serialize(mcp.Gateway.Log.Events);
        all.ShouldNotContain("secret");
        all.ShouldNotContain("wwwwwwwwww");
        mcp.Gateway.Log.Events.Count(e => e.Type == EventTypes.Refusal).ShouldBe(4);
    }

    [Fact]
    public async Task Limits_count_a_call_once_and_a_list_not_at_all()
    {
        await using var mcp = await McpGateway.StartAsync();
        await mcp.AskAsync("tools/list");
        await mcp.AskAsync("ping");
        await mcp.CallAsync("calendar.hidden");
        await mcp.CallAsync("calendar.create");
        mcp.Gateway.Limits.Reservations.ShouldBeEmpty();
        await mcp.CallAsync("calendar.list");
        mcp.Gateway.Limits.Reservations.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            r => r.Action.ShouldBe("tool.call"), r => r.Server.ShouldBe("calendar"), r => r.Tool.ShouldBe("calendar.list"), r => r.Identity.UserId.ShouldBe("alice"));
    }

    [Fact]
    public async Task A_retry_with_the_servers_state_is_the_same_call_once()
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, message!["params"]!["requestState"] is null
            ? """{"resultType":"input_required","inputRequests":{},"requestState":"state-1"}""" : """{"resultType":"complete","content":[]}""");
        const string retry = "\"name\":\"calendar.free\",\"arguments\":{},\"inputResponses\":{},\"requestState\":\"state-1\"";
        await mcp.AskAsync("tools/call", retry);
        mcp.Gateway.Limits.Reservations.Count.ShouldBe(1, "nobody had asked for it");
        await mcp.CallAsync("calendar.free");
        mcp.Gateway.Limits.Reservations.Count.ShouldBe(2);
        // Somebody else's, another tool's, another call's.
        await mcp.AskAsync("tools/call", retry, McpPeople.Nora);
        await mcp.AskAsync("tools/call", retry.Replace("calendar.free", "calendar.list", StringComparison.Ordinal));
        mcp.Gateway.Limits.Reservations.Count.ShouldBe(4);
        mcp.Server.Clear();
        await mcp.AskAsync("tools/call", retry);
        mcp.Gateway.Limits.Reservations.Count.ShouldBe(4);
        JsonNode.Parse(mcp.Server.Arrived.ShouldHaveSingleItem().Body)!["params"]!["requestState"]!.GetValue<string>().ShouldBe("state-1");
        await mcp.AskAsync("tools/call", retry);
        mcp.Gateway.Limits.Reservations.Count.ShouldBe(5);
    }

    [Fact]
    public async Task D5_the_server_learns_who_it_is_and_gets_nothing_else_of_the_caller()
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:Credential=Bearer static");
        (await mcp.CallAsync("calendar.free", headers: [("X-Gateway-Identity", "forged")])).Status.ShouldBe(400);
        mcp.Server.Arrived.ShouldBeEmpty();
        var reply = await mcp.CallAsync("calendar.free", headers: [("Cookie", "a=b"), ("X-User-Id", "root"), ("X-Forwarded-User", "root"), ("x-api-key", "k"), ("Accept-Language", "de"), ("Origin", "https://gw.example")]);
        reply.Status.ShouldBe(200);
        var seen = mcp.Server.Arrived.ShouldHaveSingleItem();
        seen.Target.ShouldBe("/mcp");
        seen.Headers.Where(h => h.Key is not ("traceparent" or "Host" or "Content-Length")).Select(h => $"{h.Key}: {h.Value}").ShouldBe(
            [
                "Accept: application/json, text/event-stream", "Content-Type: application/json", "MCP-Protocol-Version: 2026-07-28", "Mcp-Method: tools/call", "Mcp-Name: calendar.free",
                "Authorization: Bearer static", "X-User-Id: alice", "X-Tenant: mercy", "X-User-Role: doctor", "X-User-Roles: doctor", "X-User-Scopes: calendar:read calendar:write",
                "X-Request-ID: " + reply.Headers["x-request-id"], "X-Gateway-Identity: assertion/urn:calendar/",
            ],
            ignoreOrder: true);
        mcp.Gateway.Identity.Assertions.ShouldAllBe(a => a.Audience == "urn:calendar" && a.InternalAssertion == "internal/alice");
    }
}
