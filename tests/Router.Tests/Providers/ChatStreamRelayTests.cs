using System.Net;
using FsCheck.Xunit;
using GatewayStack.Contracts.Limits;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Providers;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Providers;

public sealed class ChatStreamRelayTests
{
    private const string Usage = "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}\n\n";
    private const string Done = "data: [DONE]\n\n";

    [Property(MaxTest = 400)]
    public void However_a_stream_is_cut_the_caller_gets_the_same_bytes(int seed, byte[] cuts, bool asks, bool crlf)
    {
        var random = new RandomJson(seed);
        var events = new List<string>();
        for (var i = random.Next(6); i >= 0; i--)
        {
            events.Add(random.Next(6) switch
            {
                0 => ": keep-alive\n\n",
                1 => "event: vendor\ndata: " + random.String() + "\nid: 7\n\n",
                2 => "retry: 10\n\n",
                3 => "data: {\"choices\":[{\"delta\":{\"content\":" + random.String() + "}}],\"usage\":null}\n\n",
                4 => "data:{\"choices\":[\ndata:]}\n\n",
                _ => "data: not json \"usage\"\n\n",
            });
        }

        var kept = string.Concat(events) + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
        var sent = kept + Usage;
        var (expected, whole) = (asks ? sent : kept, sent + Done);
        if (crlf)
        {
            (expected, whole) = (expected.ReplaceLineEndings("\r\n"), whole.ReplaceLineEndings("\r\n"));
        }

        var (run, body, exchange) = Relay(Texts.Cut(Texts.Utf8(whole), cuts ?? []), asks);
        run.ShouldBeTrue();
        body.ShouldBe(expected);
        Release(exchange).ShouldBe(expected + (crlf ? "data: [DONE]\r\n\r\n" : Done));
        exchange.Execution!.Outcome.ShouldBe("completed");
        exchange.Execution.Attempts.ShouldHaveSingleItem().Tokens.ShouldBe(new TokenUsage { InputTokens = 7, OutputTokens = 2 });
        exchange.Execution.Attempts[0].Estimated.ShouldBeFalse();
    }

    [Theory]
    [InlineData("data: [DONE]\n\n")]
    [InlineData("data:[DONE]\n\n")]
    [InlineData("data: [DONE] \r\n\r\n")]
    [InlineData("event: done\nid: 12345678901234567890\ndata: [DONE]\n\n")]
    [InlineData(": a comment that is longer than any end\ndata: [DONE]\n\n")]
    public void The_end_is_held_back_in_every_spelling(string end)
    {
        var (_, body, exchange) = Relay([Texts.Utf8("data: {\"choices\":[]}\n\n" + end)]);
        body.ShouldBe("data: {\"choices\":[]}\n\n");
        Release(exchange).ShouldEndWith(end);
    }

    [Theory]
    [InlineData("data: [DONE]\n")]
    [InlineData("data: [DONE]")]
    public void An_end_without_its_empty_line_is_still_an_end(string end)
    {
        var (good, body, exchange) = Relay([Texts.Utf8("data: {\"choices\":[]}\n\n" + end)]);
        good.ShouldBeTrue();
        body.ShouldBe("data: {\"choices\":[]}\n\n");
        Release(exchange).ShouldEndWith("data: [DONE]\n\n");
        exchange.Execution!.Outcome.ShouldBe("completed");
    }

    [Theory]
    [InlineData("\"finish_reason\":\"stop\"")]
    [InlineData("\"finish_reason\": \"length\"")]
    public void A_stream_that_finished_needs_no_done(string finish)
    {
        var (good, _, exchange) = Relay([Texts.Utf8("data: {\"choices\":[{\"delta\":{\"content\":\"four\"}," + finish + "}]}\n\n")]);
        good.ShouldBeTrue();
        exchange.Execution!.Outcome.ShouldBe("completed");
        exchange.Execution.Attempts[0].ShouldSatisfyAllConditions(
            a => a.Estimated.ShouldBeTrue(),
            a => a.Tokens.ShouldBe(new TokenUsage { InputTokens = 100, OutputTokens = 4 }));
    }

    [Fact]
    public void Text_that_names_usage_and_done_passes()
    {
        const string sent = "data: {\"choices\":[{\"delta\":{\"content\":\"\\\"usage\\\": [DONE] data: [DONE]\"}}]}\n\n";
        var (_, body, exchange) = Relay([Texts.Utf8(sent + Done)]);
        body.ShouldBe(sent);
        exchange.Execution!.Outcome.ShouldBe("completed");
    }

    [Fact]
    public void Nothing_after_the_end_passes()
    {
        var (_, _, exchange) = Relay([Texts.Utf8("data: {\"choices\":[]}\n\n" + Done + "data: more\n\n")]);
        Release(exchange).ShouldBe("data: {\"choices\":[]}\n\n" + Done);
    }

    [Fact]
    public void A_usage_that_the_provider_sends_with_text_is_read_and_stays()
    {
        const string sent = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":1}}\n\n";
        var (_, body, exchange) = Relay([Texts.Utf8(sent + Done)]);
        body.ShouldBe(sent);
        exchange.Execution!.Attempts[0].Tokens!.OutputTokens.ShouldBe(1);
    }

    [Theory]
    [InlineData((int)PieceStream.Ending.Ends)]
    [InlineData((int)PieceStream.Ending.Breaks)]
    public void Before_the_first_event_another_target_may_be_tried(int ending)
    {
        var (good, body, exchange) = Relay([Texts.Utf8("data: {\"cho")], ending: (PieceStream.Ending)ending);
        good.ShouldBeFalse();
        body.ShouldBeEmpty();
        exchange.HeldBack.ShouldBeNull();
        exchange.Http.Response.HasStarted.ShouldBeFalse();
    }

    [Theory]
    [InlineData((int)PieceStream.Ending.Ends)]
    [InlineData((int)PieceStream.Ending.Breaks)]
    public void After_it_the_caller_is_told_in_the_stream(int ending)
    {
        const string first = "data: {\"choices\":[{\"delta\":{\"content\":\"12345\"}}]}\n\n";
        var (good, body, exchange) = Relay([Texts.Utf8(first)], ending: (PieceStream.Ending)ending);
        good.ShouldBeTrue();
        body.ShouldBe(first);
        Release(exchange).ShouldContain("\"code\":\"upstream_broken_off\"");
        exchange.Execution!.Outcome.ShouldBe("failed");
        exchange.Execution.Attempts[0].ShouldSatisfyAllConditions(
            a => a.Estimated.ShouldBeTrue(),
            a => a.Tokens.ShouldBe(new TokenUsage { InputTokens = 100, OutputTokens = 5 }));
    }

    [Fact]
    public void An_event_without_end_is_not_collected_for_ever()
    {
        var piece = new ReadOnlyMemory<byte>(new byte[64 * 1024]);
        var (good, _, _) = Relay(Enumerable.Repeat(piece, 100));
        good.ShouldBeFalse();
    }

    [Fact]
    public void A_compressed_stream_is_no_answer()
    {
        var (good, body, _) = Relay([Texts.Utf8("data: {\"choices\":[]}\n\n" + Done)], encoding: "gzip");
        good.ShouldBeFalse();
        body.ShouldBeEmpty();
    }

    private static (bool Done, string Body, Exchange Exchange) Relay(
        IEnumerable<ReadOnlyMemory<byte>> pieces, bool asks = false, PieceStream.Ending ending = PieceStream.Ending.Ends, string? encoding = null)
    {
        var answer = new MemoryStream();
        var exchange = Exchanges.Chat(answer, asks);
        var run = new AttemptRun(exchange);
        run.Begin(exchange.Plan[0]);
        using var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new PieceStream(pieces, ending)) };
        response.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        using var idle = new CancellationTokenSource();
        var done = new ChatStreamRelay(Exchanges.Sessions(new TransformDouble(new Journal()))).RelayAsync(exchange, run, response, TimeSpan.FromMinutes(1), idle, CancellationToken.None).GetAwaiter().GetResult();
        return (done, Texts.Text(answer.ToArray()), exchange);
    }

    private static string Release(Exchange exchange)
    {
        exchange.HeldBack!.ReleaseAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return Texts.Text(((MemoryStream)exchange.Http.Response.Body).ToArray());
    }
}
