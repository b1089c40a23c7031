using System.Globalization;
using System.Text;
using FsCheck.Xunit;
using GatewayStack.Contracts.Limits;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Providers.Answers;

/// <summary>However a model cuts what it says, and however the network cuts that: the caller gets the same texts.</summary>
public sealed class AnyChunkingTests
{
    private static readonly string[] Words =
        ["EMAIL_7Q2", "PERSON_X", "CARD", "EMAIL", "EMA", "PERSON_", "C", "😀", "é", " ", "\"", "\\", "\n", "say ", "データ", "{\"to\":", "}", "[DONE]", "data: ", "\u2028", "0"];

    [Property(MaxTest = 200)]
    public void Texts_are_the_same_and_apart(int seed, byte[] cuts)
    {
        var random = new RandomJson(seed);
        var choices = 1 + random.Next(3);
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var lines = new List<Queue<string>>();
        for (var choice = 0; choice < choices; choice++)
        {
            lines.Add(Choice(random, choice, texts));
        }

        var sse = new StringBuilder();
        while (lines.Exists(l => l.Count > 0))
        {
            if (lines[random.Next(lines.Count)] is { Count: > 0 } line)
            {
                sse.Append("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[").Append(line.Dequeue()).Append("],\"x_vendor\":1.10}\n\n");
            }
        }

        sse.Append("data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n");
        using var relaying = new AnswerRelaying(choices: choices);
        relaying.StreamAsync(Texts.Cut(Texts.Utf8(sse.ToString()), cuts ?? [])).GetAwaiter().GetResult().ShouldBeTrue();

        // What a session holds goes out before its choice's end, so that all is there before the answer's own.
        var body = relaying.Body;
        relaying.ReleaseAsync().GetAwaiter().GetResult().ShouldBe(body + "data: [DONE]\n\n");
        var expected = texts.Select(t => (t.Key, Text: relaying.Whole(t.Value, t.Key.EndsWith("arguments", StringComparison.Ordinal)))).Where(t => t.Text.Length > 0).ToList();
        AnswerRelaying.Channels(body).Where(c => c.Value.Length > 0).Select(c => (c.Key, c.Value)).ShouldBe(expected);
        Ends(body).ShouldBe(choices);
        relaying.Exchange.Execution!.Attempts.ShouldHaveSingleItem().Tokens.ShouldBe(new TokenUsage { InputTokens = 7, OutputTokens = 2 });
    }

    /// <summary>The deltas of one choice: each of its texts in pieces, the pieces of different texts mixed, some of them in one event.</summary>
    private static Queue<string> Choice(RandomJson random, int choice, SortedDictionary<string, string> texts)
    {
        (string Place, string Form)[] places =
        [
            ("content", "\"content\":{0}"), ("reasoning_content", "\"reasoning_content\":{0}"), ("reasoning", "\"reasoning\":{0}"), ("refusal", "\"refusal\":{0}"),
            ("tool_calls#0.function.arguments", "\"tool_calls\":[{{\"index\":0,\"function\":{{\"arguments\":{0}}}}}]"),
            ("tool_calls#3.function.arguments", "\"tool_calls\":[{{\"function\":{{\"arguments\":{0}}},\"index\":3}}]"),
            ("function_call.arguments", "\"function_call\":{{\"arguments\":{0}}}"), ("audio.transcript", "\"audio\":{{\"transcript\":{0}}}"),
            ("vendor#2.thought", "\"vendor\":[{{\"index\":2,\"thought\":{0}}}]"),
        ];
        var pieces = new List<(string Form, Queue<string> Pieces)>();
        foreach (var (place, form) in random.Shuffle(places)[..(1 + random.Next(places.Length))])
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Words[random.Next(Words.Length)]));
            texts[choice.ToString(CultureInfo.InvariantCulture) + "." + place] = text;
            pieces.Add((form, new Queue<string>(Cut(random, text))));
        }

        var deltas = new Queue<string>();
        deltas.Enqueue($"{{\"index\":{choice},\"delta\":{{\"role\":\"assistant\"}},\"finish_reason\":null}}");
        while (pieces.Exists(p => p.Pieces.Count > 0))
        {
            var chosen = pieces.Where(p => p.Pieces.Count > 0 && random.Next(2) == 0).DistinctBy(p => p.Form[..6]).ToList();
            if (chosen.Count > 0)
            {
                var members = string.Join(',', chosen.Select(p => string.Format(CultureInfo.InvariantCulture, p.Form, Literal(random, p.Pieces.Dequeue()))));
                var last = !pieces.Exists(p => p.Pieces.Count > 0) && random.Next(2) == 0;
                deltas.Enqueue($"{{\"delta\":{{{members}}},\"index\":{choice},\"logprobs\":{{\"content\":[{{\"token\":\"CARD\"}}]}},\"finish_reason\":{(last ? "\"stop\"" : "null")}}}");
                if (last)
                {
                    return deltas;
                }
            }
        }

        deltas.Enqueue($"{{\"index\":{choice},\"delta\":{{}},\"finish_reason\":\"stop\"}}");
        return deltas;
    }

    /// <summary>Pieces of one to four units: pairs of surrogates are cut like everything else.</summary>
    private static IEnumerable<string> Cut(RandomJson random, string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(random.Next(5), text.Length - at);
            yield return text.Substring(at, length);
            at += length;
        }
    }

    private static string Literal(RandomJson random, string piece)
    {
        var literal = new StringBuilder("\"");
        for (var i = 0; i < piece.Length; i++)
        {
            var pair = i + 1 < piece.Length && char.IsSurrogatePair(piece[i], piece[i + 1]);
            if (pair && random.Next(2) == 0)
            {
                literal.Append(piece, i++, 2);
            }
            else if (char.IsSurrogate(piece[i]) || piece[i] < ' ' || random.Next(5) == 0)
            {
                literal.Append("\\u").Append(((int)piece[i]).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                literal.Append(piece[i] is '"' or '\\' ? "\\" : string.Empty).Append(piece[i]);
            }
        }

        return literal.Append('"').ToString();
    }

    /// <summary>Counts the ends of choices, after which none of their texts may come; nothing that says the texts once more is left.</summary>
    private static int Ends(string body)
    {
        var ended = new HashSet<int>();
        foreach (var choice in AnswerRelaying.Events(body).SelectMany(e => e.GetProperty("choices").EnumerateArray()))
        {
            ended.ShouldNotContain(choice.GetProperty("index").GetInt32());
            choice.TryGetProperty("logprobs", out var repeated);
            repeated.ValueKind.ShouldBeOneOf(System.Text.Json.JsonValueKind.Null, System.Text.Json.JsonValueKind.Undefined);
            if (choice.GetProperty("finish_reason").ValueKind == System.Text.Json.JsonValueKind.String)
            {
                ended.Add(choice.GetProperty("index").GetInt32());
            }
        }

        return ended.Count;
    }
}
