using System.Runtime.CompilerServices;
using System.Text.Json;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Providers.Answers;

/// <summary>Streams in which something is masked or put back: the list of what went wrong elsewhere, and what else can.</summary>
public sealed class StreamTreatmentTests
{
    private const string Usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}\n\n";
    private const string Done = "data: [DONE]\n\n";

    [Fact]
    public async Task What_can_become_nothing_leaves_at_once()
    {
        var seen = new List<string>();
        using var relaying = new AnswerRelaying { BeforeRead = seen.Add };
        await relaying.StreamAsync([Texts.Utf8(Say("Hello ")), Texts.Utf8(Say("EMAIL_7")), Texts.Utf8(Say("Q2 there")), Texts.Utf8(End() + Done)]);
        seen[1].ShouldContain("Hello ");
        seen[2].ShouldNotContain("EMAIL");
        AnswerRelaying.Channels(seen[3])["0.content"].ShouldBe("Hello al\"ice@example.com there");
    }

    [Fact]
    public async Task The_event_that_ends_an_answer_is_written_anew()
    {
        using var relaying = new AnswerRelaying();
        await relaying.StreamAsync(Say("hi") + End() + ": CARD\nid: CARD\nevent: CARD\ndata: [DONE]\n\n");
        (await relaying.ReleaseAsync()).ShouldBe(Say("hi") + End() + Done);
    }

    [Fact]
    public async Task What_stands_where_an_identifier_should_is_a_text_unless_it_looks_like_one()
    {
        const string chunk = "{\"id\":\"my CARD\",\"model\":\"gpt-4.1-2025-04-14\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"the CARD\","
            + "\"tool_calls\":[{\"index\":0,\"id\":\"a CARD\",\"type\":\"function\",\"function\":{\"name\":\"to CARD now\",\"arguments\":\"{}\"}}]}}]}";
        using var relaying = new AnswerRelaying();
        await relaying.StreamAsync("data: " + chunk + "\n\n" + End("tool_calls") + Done);
        (await relaying.ReleaseAsync()).ShouldSatisfyAllConditions(b => b.ShouldNotContain("CARD", Case.Sensitive), b => b.ShouldContain("\"id\":\"my [card]\""), b => b.ShouldContain("gpt-4.1-2025-04-14"));

        using var good = new AnswerRelaying();
        var same = "data: " + chunk.Replace("my CARD", "chatcmpl-550e8400-e29b-41d4-a716-446655440000", StringComparison.Ordinal).Replace("the CARD", "CARD", StringComparison.Ordinal)
            .Replace("a CARD", "call_CARD", StringComparison.Ordinal).Replace("to CARD now", "send_CARD.v2", StringComparison.Ordinal) + "\n\n";
        await good.StreamAsync(same + End("tool_calls") + Done);
        good.Body.ShouldBe(same + End("tool_calls"));
    }

    [Fact]
    public async Task Everything_but_the_texts_keeps_its_bytes()
    {
        const string before = "event: chunk\nid: 7\nretry: 10\ndata: {\"id\":\"c\", \"x\":1.10,\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\\u0041 CARD \\u00e9\",\"n\":1e5}}]}\n\n";
        const string after = "event: chunk\nid: 7\nretry: 10\ndata: {\"id\":\"c\", \"x\":1.10,\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"A [card] é\",\"n\":1e5}}]}\n\n";
        const string same = "event: chunk\ndata: { \"choices\" : [ { \"index\" : 0 , \"delta\" : { \"content\" : \"\\u0041b\\/\" } , \"logprobs\" : null } ] }\n\n";
        using var relaying = new AnswerRelaying();
        await relaying.StreamAsync(same + before + End() + Done);
        relaying.Body.ShouldBe(same + after + End());
    }

    [Fact]
    public async Task What_is_held_goes_before_the_end_of_its_choice_in_an_event_of_its_own()
    {
        const string frame = "\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",";
        var finish = "data: {" + frame + "\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
        using var relaying = new AnswerRelaying();
        await relaying.StreamAsync("data: {" + frame + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"an EMAIL\"},\"finish_reason\":null}]}\n\n" + finish + Done);
        relaying.Body.ShouldBe(
            "data: {" + frame + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"an \"},\"finish_reason\":null}]}\n\n"
            + "data: {" + frame + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\"EMAIL\"},\"finish_reason\":null}]}\n\n" + finish);
    }

    [Fact]
    public async Task What_is_held_of_a_tool_call_names_the_call_and_repeats_neither_its_id_nor_its_name()
    {
        const string first = """{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_1","type":"function","function":{"name":"send","arguments":"{\"to\":\"EMAIL"}}]}}""";
        using var relaying = new AnswerRelaying();
        await relaying.StreamAsync("data: {\"choices\":[" + first + "]}\n\n" + End("tool_calls") + Done);
        var events = AnswerRelaying.Events(relaying.Body);
        events.Count.ShouldBe(3);
        events[1].GetProperty("choices")[0].GetRawText().ShouldBe("""{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"EMAIL"}}]},"finish_reason":null}""");
        relaying.Body.Split("call_1").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Tool_calls_that_come_mixed_stay_apart_and_their_json_stays_valid()
    {
        using var relaying = new AnswerRelaying();
        await relaying.StreamAsync(
            Call(0, "{\\\"to\\\":\\\"EMA") + Call(1, "{\\\"who\\\":\\\"PERS") + Call(0, "IL_7Q2\\\"}") + Call(1, "ON_X\\\",\\\"n\\\":12}") + End("tool_calls") + Usage + Done);
        var channels = AnswerRelaying.Channels(relaying.Body);
        JsonDocument.Parse(channels["0.tool_calls#0.function.arguments"]).RootElement.GetProperty("to").GetString().ShouldBe("al\"ice@example.com");
        JsonDocument.Parse(channels["0.tool_calls#1.function.arguments"]).RootElement.GetProperty("who").GetString().ShouldBe("Zoë 😀\nB");
        relaying.Exchange.AnswerRestored.ShouldBe(2);
        relaying.Transform.Sessions.ShouldHaveSingleItem().Pseudonyms.ShouldBe(AnswerRelaying.Pseudonyms);

        static string Call(int index, string arguments) =>
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":" + index + ",\"function\":{\"arguments\":\"" + arguments + "\"}}]}}]}\n\n";
    }

    [Fact]
    public async Task What_was_put_back_is_not_masked_again()
    {
        using var relaying = new AnswerRelaying();
        relaying.Exchange.Plan = [relaying.Exchange.Plan[0] with { Pseudonyms = [new Pseudonym { Token = "CARD_7Q2", Value = "CARD" }] }];
        await relaying.StreamAsync(Say("my CARD_7") + Say("Q2, your CARD") + End() + Done);
        AnswerRelaying.Channels(relaying.Body)["0.content"].ShouldBe("my CARD, your [card]");
        (relaying.Exchange.AnswerMasked, relaying.Exchange.AnswerRestored).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Members_that_nobody_knows_are_looked_at_and_names_and_ids_are_not()
    {
        using var relaying = new AnswerRelaying();
        await relaying.StreamAsync(
            """data: {"id":"CARD","model":"CARD","citations":["CARD"],"choices":[{"index":0,"native":"CARD","delta":{"role":"CARD","note":["CARD",{"deep":"CARD"}],"content":[{"type":"text","text":"CA"},{"type":"thinking","thinking":"CARD"}]}}]}"""
            + "\n\n" + """data: {"choices":[{"index":0,"delta":{"content":"RD"},"finish_reason":"stop"}]}""" + "\n\n" + Done);
        var first = AnswerRelaying.Events(relaying.Body)[0];
        first.GetProperty("id").GetString().ShouldBe("CARD");
        first.GetProperty("citations")[0].GetString().ShouldBe("[card]");
        var choice = first.GetProperty("choices")[0];
        choice.GetProperty("native").GetString().ShouldBe("[card]");
        var delta = choice.GetProperty("delta");
        delta.GetProperty("role").GetString().ShouldBe("CARD");
        delta.GetProperty("note").GetRawText().ShouldBe("""["[card]",{"deep":"[card]"}]""");
        delta.GetProperty("content").GetRawText().ShouldBe("""[{"type":"text","text":""},{"type":"thinking","thinking":"[card]"}]""");
        AnswerRelaying.Events(relaying.Body)[1].GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString().ShouldBe("[card]");
    }

    [Fact]
    public async Task What_says_the_text_once_more_is_taken_out()
    {
        using var relaying = new AnswerRelaying();
        await relaying.StreamAsync("""data: {"choices":[{"index":0,"delta":{"content":"hi"},"logprobs":{"content":[{"token":"CARD","bytes":[67]}]},"token_ids":[1,2]}]}""" + "\n\n" + End() + Done);
        AnswerRelaying.Events(relaying.Body)[0].GetProperty("choices")[0].GetRawText().ShouldBe("""{"index":0,"delta":{"content":"hi"},"logprobs":null,"token_ids":null}""");
    }

    [Fact]
    public async Task What_comes_after_the_end_of_a_choice_is_looked_at_for_itself()
    {
        using var relaying = new AnswerRelaying();
        await relaying.StreamAsync(Say("CA") + End() + Say("RD CARD") + Done);
        AnswerRelaying.Channels(relaying.Body)["0.content"].ShouldBe("CARD [card]");
        AnswerRelaying.Events(relaying.Body).Select(e => e.GetProperty("choices")[0].GetProperty("delta").GetRawText()).ShouldBe(["""{"content":""}""", """{"content":"CA"}""", "{}", """{"content":"RD [card]"}"""]);
    }

    [Fact]
    public async Task A_content_that_is_to_be_json_has_a_channel_that_says_so()
    {
        using var relaying = new AnswerRelaying(asksForJson: true);
        var names = new List<string>();
        relaying.Transform.OnRespond = (_, deltas, _) => Noting(deltas, names);
        await relaying.StreamAsync(Say("{}") + End() + Done);
        names.ShouldBe(["0/json", "0/json"]);
    }

    [Theory]
    [InlineData(": CARD\n\n", ":\n\n")]
    [InlineData(": CARD\ndata: {\"a\":1}\n\n", ":\ndata: {\"a\":1}\n\n")]
    [InlineData("note: CARD\ndata: {\"a\":1}\n\n", "data: {\"a\":1}\n\n")]
    [InlineData("data: {\"a\":\ndata: \"CARD\"}\n\n", "data: {\"a\": \"[card]\"}\n\n")]
    [InlineData("data:{\"a\":\"CARD\"}\r\nid: 1\r\n\r\n", "data:{\"a\":\"[card]\"}\nid: 1\n\n")]
    [InlineData("data\ndata: {\"a\":\"CARD\"}\n\n", "data:{\"a\":\"[card]\"}\n\n")]
    [InlineData("\uFEFFdata: {\"a\":\"CARD\"}\n\n", "data: {\"a\":\"[card]\"}\n\n")]
    [InlineData("data: \"CARD\"\n\n", "data: \"[card]\"\n\n")]
    public async Task Every_form_of_an_event_is_read(string sent, string got)
    {
        using var relaying = new AnswerRelaying();
        await relaying.StreamAsync(sent + End() + Done);
        relaying.Body.ShouldBe(got + End());
    }

    [Theory]
    [InlineData("data: CARD\n\n")]
    [InlineData("data: {\"a\":\"CARD\"\n\n")]
    [InlineData("data: {\"a\":1,\"a\":\"CARD\"}\n\n")]
    [InlineData("event: x\rdata: {\"a\":\"CARD\"}\n\n")]
    [InlineData("data: {\"\\ud83d\":\"CARD\"}\n\n")]
    public async Task What_parsers_read_in_two_ways_ends_the_stream(string bad)
    {
        using var relaying = new AnswerRelaying();
        (await relaying.StreamAsync(Say("one ") + bad + Say("two") + End() + Done)).ShouldBeTrue();
        var body = await relaying.ReleaseAsync();
        body.ShouldStartWith(Say("one "));
        body.ShouldNotContain("CARD");
        body.ShouldNotContain("two");
        Error(body).ShouldBe("answer_not_readable");
        relaying.Exchange.Execution!.ShouldSatisfyAllConditions(e => e.Outcome.ShouldBe("failed"), e => e.Reason.ShouldBe("answer_not_readable"), e => e.Attempts.ShouldHaveSingleItem().Tokens.ShouldNotBeNull());
    }

    [Fact]
    public async Task What_blocks_ends_the_stream_before_it()
    {
        using var relaying = new AnswerRelaying(ContentAction.Block);
        (await relaying.StreamAsync(Say("one ") + Say("CA") + Say("RD 2") + Say("three") + End() + Usage + Done)).ShouldBeTrue();
        var body = await relaying.ReleaseAsync();
        AnswerRelaying.Channels(body)["0.content"].ShouldBe("one ");
        Error(body).ShouldBe("content_blocked");
        body.ShouldNotContain("[DONE]");
        relaying.Exchange.Execution!.ShouldSatisfyAllConditions(
            e => e.Outcome.ShouldBe("refused"), e => e.Reason.ShouldBe("content_blocked"), e => e.Status.ShouldBe(200), e => e.Attempts.ShouldHaveSingleItem().Estimated.ShouldBeFalse());
    }

    [Fact]
    public async Task What_blocks_before_anything_was_sent_is_a_refusal()
    {
        using var relaying = new AnswerRelaying(ContentAction.Block);
        (await relaying.StreamAsync(Say("CARD") + End() + Usage + Done)).ShouldBeTrue();
        relaying.Body.ShouldBeEmpty();
        relaying.Exchange.HeldBack.ShouldBeOfType<GatewayStack.Router.Providers.RefusalEnd>();
        relaying.Exchange.Execution!.Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_stream_that_ends_without_saying_so_gives_what_is_held()
    {
        using var relaying = new AnswerRelaying();
        await relaying.StreamAsync(Say("an EMAIL") + Done);
        var body = await relaying.ReleaseAsync();
        AnswerRelaying.Channels(body)["0.content"].ShouldBe("an EMAIL");
        body.ShouldEndWith(Done);
        relaying.Exchange.Execution!.Outcome.ShouldBe("completed");
    }

    [Theory]
    [InlineData((int)PieceStream.Ending.Ends)]
    [InlineData((int)PieceStream.Ending.Breaks)]
    public async Task A_stream_that_breaks_off_gives_what_is_held_too(int ending)
    {
        using var relaying = new AnswerRelaying();
        (await relaying.StreamAsync([Texts.Utf8(Say("an EMAIL"))], (PieceStream.Ending)ending)).ShouldBeTrue();
        var body = await relaying.ReleaseAsync();
        AnswerRelaying.Channels(body)["0.content"].ShouldBe("an EMAIL");
        Error(body).ShouldBe("upstream_broken_off");
        relaying.Exchange.Execution!.Attempts.ShouldHaveSingleItem().Tokens.ShouldBe(new TokenUsage { InputTokens = 100, OutputTokens = 8 });
    }

    [Fact]
    public async Task Before_anything_was_sent_another_target_may_be_tried()
    {
        using var relaying = new AnswerRelaying();
        (await relaying.StreamAsync([Texts.Utf8("data: {\"cho")], PieceStream.Ending.Breaks)).ShouldBeFalse();
        relaying.Exchange.HeldBack.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_module_that_is_lost_on_the_way_ends_the_stream_cleanly(bool throws)
    {
        using var relaying = new AnswerRelaying();
        relaying.Transform.OnRespond = (session, deltas, cancel) => LostAfter(2, new AnswerDouble(session).RunAsync(deltas, cancel), throws);
        (await relaying.StreamAsync([Texts.Utf8(Say("one ")), Texts.Utf8(Say("two EMA")), Texts.Utf8(Say("CARD")), Texts.Utf8(End() + Usage + Done)])).ShouldBeTrue();
        var body = await relaying.ReleaseAsync();
        AnswerRelaying.Channels(body)["0.content"].ShouldBe("one two ");
        Error(body).ShouldBe("transform_unavailable");
        body.ShouldNotContain("[DONE]");
        relaying.Exchange.Execution!.ShouldSatisfyAllConditions(
            e => e.Outcome.ShouldBe("failed"), e => e.Reason.ShouldBe("transform_unavailable"), e => e.Attempts.ShouldHaveSingleItem().Tokens!.OutputTokens.ShouldBeGreaterThan(10));
    }

    [Fact]
    public async Task A_module_that_hangs_is_not_waited_for()
    {
        var time = new SignallingTime();
        using var relaying = new AnswerRelaying { Time = time };
        relaying.Transform.OnRespond = (_, deltas, cancel) => Hanging(deltas, cancel);
        var relay = relaying.StreamAsync(Say("one") + End() + Done);
        await time.TimerAsync(1);
        time.Advance(TimeSpan.FromSeconds(2));
        (await relay).ShouldBeTrue();
        relaying.Exchange.Execution!.ShouldSatisfyAllConditions(e => e.Status.ShouldBe(503), e => e.Reason.ShouldBe("transform_unavailable"));
    }

    [Fact]
    public async Task A_module_that_mixes_up_the_channels_is_lost()
    {
        using var relaying = new AnswerRelaying();
        relaying.Transform.OnRespond = (_, deltas, _) => Renaming(deltas);
        (await relaying.StreamAsync(Say("CARD") + End() + Done)).ShouldBeTrue();
        relaying.Body.ShouldBeEmpty();
        relaying.Exchange.Execution!.Reason.ShouldBe("transform_unavailable");
    }

    [Fact]
    public async Task A_caller_that_goes_is_a_caller_that_has_gone()
    {
        using var gone = new CancellationTokenSource();
        using var relaying = new AnswerRelaying { Caller = gone.Token, BeforeRead = body => (body.Length > 0 ? gone : null)?.Cancel() };
        (await relaying.StreamAsync([Texts.Utf8(Say("one")), Texts.Utf8(Say("two"))])).ShouldBeTrue();
        relaying.Exchange.Execution!.Outcome.ShouldBe("cancelled");
    }

    [Theory]
    [InlineData("""data: {"choices":[{"index":0,"delta":{"content":"\ud83d"}}]}""", "\uFFFD")]
    [InlineData("""data: {"choices":[{"index":0,"delta":{"content":"\ude00\ude00"}}]}""", "\uFFFD\uFFFD")]
    [InlineData("""data: {"choices":[{"index":0,"delta":{"content":"\ud83dx"}}]}""", "\uFFFDx")]
    public async Task Half_a_character_without_its_other_half_is_none(string sse, string text)
    {
        using var relaying = new AnswerRelaying();
        await relaying.StreamAsync(sse + "\n\n" + End() + Done);
        AnswerRelaying.Channels(relaying.Body)["0.content"].ShouldBe(text);
    }

    [Fact]
    public async Task Usage_is_counted_from_what_the_provider_sent()
    {
        using var relaying = new AnswerRelaying();
        await relaying.StreamAsync(Say("EMAIL_7Q2 CARD") + End() + Done);
        relaying.Exchange.Execution!.Attempts.ShouldHaveSingleItem().Tokens.ShouldBe(new TokenUsage { InputTokens = 100, OutputTokens = 14 });
    }

    [Fact]
    public async Task A_thousand_texts_side_by_side_are_too_many()
    {
        using var relaying = new AnswerRelaying();
        var many = string.Concat(Enumerable.Range(0, 1100).Select(i => "data: {\"choices\":[{\"index\":0,\"delta\":{\"x" + i + "\":\"a\"}}]}\n\n"));
        await relaying.StreamAsync(many + End() + Done);
        Error(await relaying.ReleaseAsync()).ShouldBe("answer_not_readable");
    }

    [Fact]
    public async Task Without_anything_to_change_no_session_is_opened()
    {
        using var relaying = new AnswerRelaying(ContentAction.Detect, pseudonyms: false);
        const string odd = "data: CARD\n\ndata: {\"a\":1,\"a\":2}\n\n";
        await relaying.StreamAsync(odd + End() + Done);
        relaying.Body.ShouldBe(odd + End());
        relaying.Transform.Sessions.ShouldBeEmpty();
    }

    private static string Say(string text) => "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";

    private static string End(string reason = "stop") => "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}\n\n";

    private static string? Error(string body) => AnswerRelaying.Events(body)[^1].GetProperty("error").GetProperty("code").GetString();

    private static async IAsyncEnumerable<ResponseDelta> LostAfter(int pieces, IAsyncEnumerable<ResponseDelta> deltas, bool throws)
    {
        await foreach (var delta in deltas)
        {
            if (pieces-- > 0)
            {
                yield return delta;
            }
            else if (throws)
            {
                throw new ModuleCallException("transform", ModuleFault.Broken);
            }
            else
            {
                yield break;
            }
        }
    }

    private static async IAsyncEnumerable<ResponseDelta> Noting(IAsyncEnumerable<ResponseDelta> deltas, List<string> names)
    {
        await foreach (var delta in deltas)
        {
            names.Add(delta.Channel);
            yield return delta;
        }
    }

    private static async IAsyncEnumerable<ResponseDelta> Renaming(IAsyncEnumerable<ResponseDelta> deltas)
    {
        await foreach (var delta in deltas)
        {
            yield return delta with { Channel = "1" };
        }
    }

    private static async IAsyncEnumerable<ResponseDelta> Hanging(IAsyncEnumerable<ResponseDelta> deltas, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var delta in deltas.WithCancellation(cancellationToken))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            yield return delta;
        }
    }
}
