using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Tests.Support;
using GatewayStack.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Router.Tests.Mcp.Answers;

/// <summary>Streams pass as they come, say that they live, and end with their client or its token.</summary>
public sealed class StreamTests
{
    private const string Progress = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":1,\"progress\":1}}\n\n";
    private const string Result = "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"resultType\":\"complete\",\"content\":[]}}\n\n";
    private const string Acknowledged = "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\",\"params\":{}}\n\n";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_event_is_there_while_the_server_holds_the_second(bool stateless)
    {
        await using var mcp = await McpGateway.StartAsync();
        var release = new TaskCompletionSource();
        mcp.Server.On["tools/call"] = (http, _) => Wire.Stream([Progress], async c =>
        {
            await release.Task;
            await Wire.Stream([Result])(c);
        })(http);
        using var response = await CallAsync(mcp, stateless);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        response.Header("X-Accel-Buffering").ShouldBe("no");
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        (await stream.ReadUntilAsync("progress\":1}}\n\n")).ShouldBe(Progress);
        release.SetResult();
        (await stream.ReadUntilAsync("\n\n")).ShouldBe(Result);
        (await mcp.Gateway.Log.AppendedAsync(EventTypes.Outcome)).Outcome.ShouldBe(EventOutcomes.Completed);
    }

    [Fact]
    public async Task A_client_that_goes_away_cancels_the_server()
    {
        await using var mcp = await McpGateway.StartAsync();
        var gone = new TaskCompletionSource();
        mcp.Server.On["tools/call"] = (http, _) => Wire.Stream([Progress], async c =>
        {
            await Wire.Stall(c);
            gone.SetResult();
        })(http);
        using (var response = await CallAsync(mcp, stateless: true))
        {
            await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            await stream.ReadUntilAsync("\n\n");
        }

        await gone.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        (await mcp.Gateway.Log.AppendedAsync(EventTypes.Outcome)).Outcome.ShouldBe(EventOutcomes.Cancelled);
    }

    [Theory]
    [InlineData("listen")]
    [InlineData("get")]
    [InlineData("call")]
    public async Task A_silent_stream_gets_comments(string what)
    {
        var time = new SignallingTime();
        time.SetUtcNow(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var mcp = await McpGateway.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(time));
        var gone = new TaskCompletionSource();
        foreach (var method in new[] { "subscriptions/listen", "GET", "tools/call" })
        {
            mcp.Server.On[method] = async (http, _) =>
            {
                http.Response.ContentType = "text/event-stream";
                await http.Response.Body.FlushAsync();
                await Wire.Stall(http);
                gone.TrySetResult();
            };
        }

        await mcp.AskAsync("tools/list");
        var opening = what switch
        {
            "listen" => mcp.OpenAsync(HttpMethod.Post, McpWire.Message("subscriptions/listen", "\"notifications\":{}", stateless: true), McpPeople.Alice, [.. McpWire.Repeating("subscriptions/listen"), ("Accept", McpWire.Both)]),
            "get" => mcp.OpenAsync(HttpMethod.Get, null, McpPeople.Alice, [("MCP-Protocol-Version", McpWire.Sessions)]),
            _ => CallAsync(mcp, stateless: true),
        };
        for (var i = 0; i < 2; i++)
        {
            await IdleAsync(time, i + 1);
            time.Advance(TimeSpan.FromSeconds(15));
        }

        using (var response = await opening)
        {
            response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
            await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            (await stream.ReadUntilAsync(":\n\n:\n\n")).ShouldBe(":\n\n:\n\n");
        }

        await gone.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("listen")]
    [InlineData("get")]
    public async Task A_stream_ends_with_its_token(string what)
    {
        var time = new SignallingTime();
        time.SetUtcNow(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var mcp = await McpGateway.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(time));
        mcp.Gateway.Identity.OnAuthenticate = (request, _) => Task.FromResult(McpPeople.Known(request) is { Status: AuthenticationStatus.Authenticated } known ? known with { ExpiresAt = time.GetUtcNow().AddSeconds(10) } : McpPeople.Known(request));
        var gone = new TaskCompletionSource();
        foreach (var method in new[] { "subscriptions/listen", "GET" })
        {
            mcp.Server.On[method] = (http, _) => Wire.Stream([Acknowledged], async c =>
            {
                await Wire.Stall(c);
                gone.TrySetResult();
            })(http);
        }

        using var response = what == "listen"
            ? await mcp.OpenAsync(HttpMethod.Post, McpWire.Message("subscriptions/listen", "\"notifications\":{}", stateless: true), McpPeople.Alice, [.. McpWire.Repeating("subscriptions/listen"), ("Accept", McpWire.Both)])
            : await mcp.OpenAsync(HttpMethod.Get, null, McpPeople.Alice, [("MCP-Protocol-Version", McpWire.Sessions)]);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        (await stream.ReadUntilAsync("\n\n")).ShouldBe(Acknowledged);
        time.Advance(TimeSpan.FromSeconds(11));
        (await stream.ReadUntilAsync("never")).ShouldBeEmpty();
        await gone.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(11, true)]
    [InlineData(200, false)]
    public async Task A_call_under_way_may_finish_after_its_token_and_not_for_ever(int seconds, bool finishes)
    {
        var time = new SignallingTime();
        time.SetUtcNow(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var mcp = await McpGateway.StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(time));
        await mcp.AskAsync("tools/list");
        mcp.Gateway.Identity.OnAuthenticate = (request, _) => Task.FromResult(McpPeople.Known(request) with { ExpiresAt = time.GetUtcNow().AddSeconds(10) });
        var release = new TaskCompletionSource();
        mcp.Server.On["tools/call"] = (http, _) => Wire.Stream([Progress], async c =>
        {
            await Task.WhenAny(release.Task, Wire.Stall(c));
            await Wire.Stream([Result])(c);
        })(http);
        using var response = await CallAsync(mcp, stateless: true);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await stream.ReadUntilAsync("\n\n");
        time.Advance(TimeSpan.FromSeconds(seconds));
        if (finishes)
        {
            release.SetResult();
        }

        var rest = await stream.ReadUntilAsync("never");
        rest.ShouldContain(finishes ? Result : "\"isError\":true");
        rest.Contains("invalid_token", StringComparison.Ordinal).ShouldBe(!finishes);
    }

    [Fact]
    public async Task The_stateless_era_has_no_event_ids()
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Server.On["tools/call"] = (http, _) => Wire.Stream(["id: 1\n" + Progress, "id: 2\n" + Result])(http);
        (await mcp.CallAsync("calendar.free")).Text.ShouldBe(Progress + Result);
    }

    [Fact]
    public async Task What_follows_the_answer_is_not_passed_on()
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Server.On["tools/call"] = (http, _) => Wire.Stream([Result, Progress, Result])(http);
        (await mcp.CallAsync("calendar.free")).Text.ShouldBe(Result);
    }

    [Fact]
    public async Task Events_of_any_line_end_and_cut_are_read()
    {
        await using var mcp = await McpGateway.StartAsync();
        var text = "\uFEFF: hello\r\nevent: message\rdata: {\"jsonrpc\":\"2.0\",\"id\":1,\r\ndata: \"result\":{\"content\":[]}}\r\n\r\n";
        mcp.Server.On["tools/call"] = (http, _) => Wire.Stream([.. text.Select(c => c.ToString())])(http);
        (await mcp.CallAsync("calendar.free")).Result!["content"]!.AsArray().Count.ShouldBe(0);
    }

    private static Task<HttpResponseMessage> CallAsync(McpGateway mcp, bool stateless) => mcp.OpenAsync(
        HttpMethod.Post, McpWire.Message("tools/call", McpWire.Call("calendar.free"), stateless: stateless), McpPeople.Alice,
        stateless ? [.. McpWire.Repeating("tools/call", "calendar.free"), ("Accept", McpWire.Both)] : [("Accept", McpWire.Both)]);

    /// <summary>Ends when so many waits for a silent stream have begun.</summary>
    private static Task IdleAsync(SignallingTime time, int count) => time.DueAsync(TimeSpan.FromSeconds(15), count, TestContext.Current.CancellationToken);
}
