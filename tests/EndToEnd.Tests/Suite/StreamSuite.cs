using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>Streams: not buffered, with usage for those who ask, and charged for everybody.</summary>
public abstract class StreamSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    [Fact]
    public async Task A_client_that_does_not_ask_for_usage_gets_none_and_is_charged()
    {
        var token = Token(Caller.New());
        var (chunks, done) = await StreamAsync(token, "tell me", change: null);
        done.ShouldBeTrue();
        chunks.ShouldAllBe(c => string.IsNullOrEmpty(c.Member("usage")));
        chunks.ShouldAllBe(c => c.GetProperty("choices").GetArrayLength() > 0);
        (await Front.SettledAsync(token, "tokens_per_day")).Used.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_client_that_asks_for_usage_gets_it_and_is_charged_what_it_says()
    {
        var token = Token(Caller.New());
        var (chunks, done) = await StreamAsync(token, "tell me", body => body["stream_options"] = new JsonObject { ["include_usage"] = true });
        done.ShouldBeTrue();
        var usage = chunks[^1].GetProperty("usage");
        chunks[^1].GetProperty("choices").GetArrayLength().ShouldBe(0);
        (await Front.SettledAsync(token, "tokens_per_day")).Used.ShouldBe(usage.GetProperty("total_tokens").GetInt64());
    }

    [Fact]
    public async Task Both_are_charged_the_same()
    {
        var (asking, silent) = (Token(Caller.New()), Token(Caller.New()));
        await StreamAsync(asking, "the same text", body => body["stream_options"] = new JsonObject { ["include_usage"] = true });
        await StreamAsync(silent, "the same text", body => body["stream_options"] = new JsonObject { ["include_usage"] = false });
        (await Front.SettledAsync(silent, "tokens_per_day")).Used.ShouldBe((await Front.SettledAsync(asking, "tokens_per_day")).Used);
    }

    [Fact]
    public async Task Text_arrives_before_the_provider_has_ended()
    {
        // The provider stalls after three pieces: only a stream that is passed on as it comes shows any.
        var body = Stream("hello", b => b["x_demo"] = new JsonObject { ["stall_after"] = 3 });
        using var response = await Front.OpenAsync(GatewayClient.ChatRequest(Token(Caller.New()), body));
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
        (await reader.ReadLineAsync(Cancel)).ShouldNotBeNull().ShouldStartWith("data: {");
    }

    [Fact]
    public async Task A_client_that_goes_away_ends_the_call_upstream_and_is_charged()
    {
        var caller = Caller.New();
        var token = Token(caller);
        var body = Stream("hello", b => b["x_demo"] = new JsonObject { ["stall_after"] = 3 });
        string requestId;
        using (var response = await Front.OpenAsync(GatewayClient.ChatRequest(token, body)))
        {
            requestId = response.Headers.GetValues("x-request-id").Single();
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
            await reader.ReadLineAsync(Cancel);
        }

        var records = await Audit.OfRequestAsync(AuditorToken(), requestId, 2);
        records[^1].Member("outcome").ShouldBe("cancelled");
        (await Front.SettledAsync(token, "tokens_per_day")).Used.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_provider_without_usage_is_charged_by_our_bound()
    {
        var token = Token(Caller.New());
        await StreamAsync(token, "tell me", body => body["x_demo"] = new JsonObject { ["no_usage"] = true });
        (await Front.SettledAsync(token, "tokens_per_day")).Used.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_provider_that_breaks_off_leaves_no_end_of_stream()
    {
        var token = Token(Caller.New());
        var done = true;
        try
        {
            (_, done) = await StreamAsync(token, "tell me", body => body["x_demo"] = new JsonObject { ["break_after"] = 3, ["chunk_delay_ms"] = 50 });
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            done = false;
        }

        done.ShouldBeFalse();
        (await Front.SettledAsync(token, "tokens_per_day")).Used.ShouldBeGreaterThan(0);
    }

    private static string Stream(string text, Action<JsonObject>? change)
    {
        var body = GatewayClient.Chat("gpt-4o-mini", text);
        body["stream"] = true;
        change?.Invoke(body);
        return body.ToJsonString();
    }

    private async Task<(IReadOnlyList<JsonElement> Chunks, bool Done)> StreamAsync(string token, string text, Action<JsonObject>? change)
    {
        var answer = (await Front.ChatAsync(token, Stream(text, change))).ShouldBeStatus(200);
        var events = answer.Body.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => line["data: ".Length..].Trim()).ToList();
        return ([.. events.Where(e => e.StartsWith('{')).Select(e => JsonElement.Parse(e))], events.LastOrDefault() == "[DONE]");
    }
}
