using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Providers;
using GatewayStack.Router.Providers.Answers;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Providers.Answers;

/// <summary>Answers that are one JSON document, in which something is masked or put back.</summary>
public sealed class JsonTreatmentTests
{
    private const string Usage = "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}";

    [Fact]
    public async Task Texts_are_changed_and_everything_else_keeps_its_bytes()
    {
        const string arguments = "{\\\"to\\\": \\\"EMAIL_7Q2\\\",\\\"n\\\":12}";
        const string sent = " { \"id\":\"CARD\", \"x\" : 1.10 , \"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"for EMAIL_7Q2 \\u0041\",\"refusal\":null,"
            + "\"tool_calls\":[{\"id\":\"CARD\",\"type\":\"function\",\"function\":{\"name\":\"CARD\",\"arguments\":\"" + arguments + "\"}}]},"
            + "\"logprobs\":{\"content\":[{\"token\":\"CARD\"}]},\"finish_reason\":\"stop\"},{\"index\":1,\"message\":{\"content\":\"CARD\"}}]," + Usage + "}\n";
        using var relaying = new AnswerRelaying(choices: 2);
        (await relaying.AnswerAsync(sent)).ShouldBeTrue();
        var got = await relaying.ReleaseAsync();
        got.ShouldBe(sent.Replace("for EMAIL_7Q2 \\u0041", "for al\\\"ice@example.com A", StringComparison.Ordinal)
            .Replace("EMAIL_7Q2", "al\\\\u0022ice@example.com", StringComparison.Ordinal)
            .Replace("{\"content\":[{\"token\":\"CARD\"}]}", "null", StringComparison.Ordinal)
            .Replace("\"content\":\"CARD\"", "\"content\":\"[card]\"", StringComparison.Ordinal));
        using var document = JsonDocument.Parse(got);
        using var call = JsonDocument.Parse(document.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString()!);
        call.RootElement.GetProperty("to").GetString().ShouldBe("al\"ice@example.com");
        relaying.Exchange.Http.Response.ContentLength.ShouldBe(Encoding.UTF8.GetByteCount(got));
        (relaying.Exchange.AnswerMasked, relaying.Exchange.AnswerRestored).ShouldBe((1, 2));
        relaying.Exchange.Execution!.Attempts.ShouldHaveSingleItem().Tokens.ShouldBe(new TokenUsage { InputTokens = 7, OutputTokens = 2 });
    }

    [Property(MaxTest = 100)]
    public void Json_in_json_out(int seed, byte[] cuts)
    {
        var random = new RandomJson(seed);
        var sent = random.Object([("choices", "[" + random.Object([("message", random.Object([("content", random.String()), ("other", random.Value())])), ("more", random.Value())]) + "]"), ("x", random.Value())]);
        using var relaying = new AnswerRelaying();
        relaying.AnswerAsync(Texts.Cut(Texts.Utf8(sent), cuts ?? [])).GetAwaiter().GetResult().ShouldBeTrue();

        // The words of such a document are none that anything is done with.
        relaying.ReleaseAsync().GetAwaiter().GetResult().ShouldBe(sent);
    }

    [Fact]
    public async Task Content_in_parts_is_one_text()
    {
        using var relaying = new AnswerRelaying();
        await relaying.AnswerAsync("""{"choices":[{"message":{"content":[{"type":"text","text":"a CA"},{"type":"thinking","thinking":"CARD"},{"type":"text","text":"RD"}]}}]}""");
        (await relaying.ReleaseAsync()).ShouldBe("""{"choices":[{"message":{"content":[{"type":"text","text":"a "},{"type":"thinking","thinking":"[card]"},{"type":"text","text":"[card]"}]}}]}""");
    }

    [Fact]
    public void Numbers_that_may_be_somebodys_are_looked_at_wherever_they_stand()
    {
        const string sent = """
            {"id":1730000000123,"created":1730000000,"usage":{"total_tokens":1234567},"card":4111111111111111,"index":5500005555555559,"n":12,"pi":3.14159265358,
             "choices":[{"index":0,"message":{"content":"a","data":{"card":[4.111111111111112e15]},"function_call":{"name":"f","arguments":{"card":4222222222222}}}}]}
            """;
        var texts = AnswerReader.TryRead(Texts.Utf8(sent)).ShouldNotBeNull().Texts.Where(t => t.Kind == AnswerTextKind.Whole).ToList();
        texts.Select(t => t.Text).ShouldBe(["4111111111111111", "5500005555555559", "4111111111111112", "4222222222222"]);
        texts.Select(t => sent[t.Range]).ShouldBe(["4111111111111111", "5500005555555559", "4.111111111111112e15", "4222222222222"]);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[\"CARD\"]")]
    [InlineData("{\"a\":1,\"a\":\"CARD\"}")]
    [InlineData("{\"a\":\"CARD\"")]
    public async Task What_parsers_read_in_two_ways_is_no_answer(string bad)
    {
        using var relaying = new AnswerRelaying();
        (await relaying.AnswerAsync(bad)).ShouldBeFalse();
        relaying.Body.ShouldBeEmpty();
        relaying.Exchange.HeldBack.ShouldBeNull();
    }

    [Fact]
    public async Task What_blocks_is_refused_and_paid_for()
    {
        using var relaying = new AnswerRelaying(ContentAction.Block);
        (await relaying.AnswerAsync("{\"choices\":[{\"message\":{\"content\":\"CARD\"}}]," + Usage + "}")).ShouldBeTrue();
        relaying.Exchange.HeldBack.ShouldBeOfType<RefusalEnd>();
        relaying.Exchange.Execution!.ShouldSatisfyAllConditions(
            e => e.Outcome.ShouldBe("refused"), e => e.Status.ShouldBe(403), e => e.Reason.ShouldBe("content_blocked"), e => e.Attempts.ShouldHaveSingleItem().Tokens!.OutputTokens.ShouldBe(2));
    }

    [Fact]
    public async Task A_lost_module_lets_nothing_through()
    {
        using var relaying = new AnswerRelaying();
        relaying.Transform.OnRespond = (_, _, _) => throw new ModuleCallException("transform", ModuleFault.NeverReached);
        await Should.ThrowAsync<ModuleCallException>(() => relaying.AnswerAsync("{\"choices\":[]}"));

        relaying.Transform.OnRespond = (_, deltas, _) => Lost(deltas);
        (await relaying.AnswerAsync("{\"choices\":[{\"message\":{\"content\":\"CARD\"}}]," + Usage + "}")).ShouldBeTrue();
        relaying.Exchange.Execution!.ShouldSatisfyAllConditions(
            e => e.Outcome.ShouldBe("failed"), e => e.Status.ShouldBe(503), e => e.Reason.ShouldBe("transform_unavailable"), e => e.Attempts.ShouldHaveSingleItem().Tokens!.OutputTokens.ShouldBe(2));

        static async IAsyncEnumerable<ResponseDelta> Lost(IAsyncEnumerable<ResponseDelta> deltas)
        {
            await foreach (var _ in deltas)
            {
                throw new ModuleCallException("transform", ModuleFault.NeverReached);
            }

            yield break;
        }
    }

    [Theory]
    [InlineData(8 * 1024 * 1024, true)]
    [InlineData((8 * 1024 * 1024) + 1, false)]
    public async Task An_answer_is_read_whole_up_to_a_bound(int bytes, bool passes)
    {
        const string head = "{\"choices\":[{\"message\":{\"content\":\"";
        const string tail = "CARD\"}}]}";
        using var relaying = new AnswerRelaying();
        relaying.Transform.OnRespond = (_, deltas, _) => deltas;
        (await relaying.AnswerAsync(head + new string('a', bytes - head.Length - tail.Length) + tail)).ShouldBeTrue();
        relaying.Exchange.Execution!.Reason.ShouldBe(passes ? null : "answer_too_large");
        relaying.Exchange.Execution.Status.ShouldBe(passes ? 200 : 502);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_none()
    {
        using var relaying = new AnswerRelaying();
        (await relaying.AnswerAsync("{\"choices\":[", PieceStream.Ending.Breaks)).ShouldBeFalse();
        relaying.Transform.Sessions.Count.ShouldBe(1);
    }
}
