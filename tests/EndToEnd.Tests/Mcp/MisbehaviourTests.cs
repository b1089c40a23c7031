using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.McpUpstream.Bare;

namespace GatewayStack.EndToEnd.Tests.Mcp;

/// <summary>Servers that do something wrong: the caller gets a plain error, nothing is followed, and nothing of the server's own sign-in gets out.</summary>
[Collection(McpTests.Name)]
public sealed class MisbehaviourTests(McpGateway gateway)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_behaves_is_passed_on()
    {
        var answer = (await CallAsync("bare")).ShouldBeStatus(200);
        var result = answer.Json.GetProperty("result");
        result.TryGetProperty("isError", out _).ShouldBeFalse();
        result.GetProperty("content")[0].GetProperty("text").GetString().ShouldBe("""{"word":"answer"}""");
    }

    [Theory]
    [InlineData("redirect")]
    [InlineData("content-type")]
    [InlineData("no-json")]
    [InlineData("other-id")]
    [InlineData("challenge")]
    [InlineData("forbidden")]
    public async Task What_cannot_be_passed_on_is_the_tools_error(string kind)
    {
        var answer = (await CallAsync("bad-" + kind)).ShouldBeStatus(200);
        answer.Headers.ShouldNotContainKey("www-authenticate");
        answer.Headers.ShouldNotContainKey("location");
        answer.Body.ShouldNotContain("upstream.invalid");
        answer.Body.ShouldNotContain("upstream:all");
        ShouldBeToolError(answer.Json);
        NothingWasFollowed();
        (await CallAsync("bare")).ShouldBeStatus(200);
    }

    [Theory]
    [InlineData("huge-event")]
    [InlineData("breaks-off")]
    public async Task A_stream_that_goes_wrong_ends_with_an_error(string kind)
    {
        var answer = (await CallAsync("bad-" + kind)).ShouldBeStatus(200);
        ShouldBeToolError(answer.ContentType!.StartsWith("text/event-stream", StringComparison.Ordinal)
            ? JsonElement.Parse(answer.Body.Split('\n').Last(l => l.StartsWith("data:", StringComparison.Ordinal))["data:".Length..])
            : answer.Json);
        answer.Body.Length.ShouldBeLessThan(10_000);
        (await CallAsync("bare")).ShouldBeStatus(200);
    }

    [Fact]
    public async Task An_event_that_is_too_long_is_not_read_to_its_end()
    {
        await CallAsync("bad-huge-event");
        gateway.Upstream.Misbehaviour.Sent.ShouldBeInRange(1, Misbehaviour.HugeEvent / 2);
    }

    [Fact]
    public async Task Who_goes_away_takes_the_call_at_the_server_along()
    {
        var before = gateway.Upstream.Misbehaviour.Abandoned;
        gateway.Upstream.Log.Clear();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = Call("bad-never-ends");
        request.RequestUri = gateway.Route("bad-never-ends");
        var call = http.SendAsync(request, HttpCompletionOption.ResponseContentRead, gone.Token);
        (await Eventually.GetAsync(() => Task.FromResult(gateway.Upstream.Log.Requests.Any(r => r.Method == "tools/call")), arrived => arrived)).ShouldBeTrue();
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        (await Eventually.GetAsync(() => Task.FromResult(gateway.Upstream.Misbehaviour.Abandoned), n => n > before)).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_schema_leads_nobody_to_the_network()
    {
        await gateway.Front.SendAsync(Request("bad-network-ref", "tools/list", [], null));
        (await CallAsync("bad-network-ref")).Status.ShouldBe(200);
        NothingWasFollowed();
    }

    private static void ShouldBeToolError(JsonElement message)
    {
        message.GetProperty("id").GetInt32().ShouldBe(7);
        var result = message.GetProperty("result");
        result.GetProperty("isError").GetBoolean().ShouldBeTrue();
        result.GetProperty("resultType").GetString().ShouldBe("complete");
        result.TryGetProperty("structuredContent", out _).ShouldBeFalse();
        result.GetProperty("content").EnumerateArray().ShouldHaveSingleItem();
    }

    private void NothingWasFollowed() => gateway.Upstream.Log.Requests.ShouldNotContain(r => r.Path.StartsWith(Misbehaviour.Trap, StringComparison.Ordinal));

    private Task<Answer> CallAsync(string server) => gateway.Front.SendAsync(Call(server));

    private HttpRequestMessage Call(string server) =>
        Request(server, "tools/call", new JsonObject { ["name"] = BareServer.Tool, ["arguments"] = new JsonObject { ["word"] = "answer" } }, BareServer.Tool);

    private HttpRequestMessage Request(string server, string method, JsonObject parameters, string? name)
    {
        const string Version = "2026-07-28";
        parameters["_meta"] = new JsonObject { ["io.modelcontextprotocol/protocolVersion"] = Version, ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject() };
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 7, ["method"] = method, ["params"] = parameters };
        var request = GatewayClient.Request(HttpMethod.Post, "/mcp/" + server, gateway.Token(Caller.New(McpGateway.Scope)), GatewayClient.Json(message.ToJsonString()));
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", Version);
        request.Headers.Add("Mcp-Method", method);
        if (name is not null)
        {
            request.Headers.Add("Mcp-Name", name);
        }

        return request;
    }
}
