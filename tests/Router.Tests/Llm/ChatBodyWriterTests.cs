using System.Text.Json;
using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Json;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Llm;

public sealed class ChatBodyWriterTests
{
    private static readonly string[] Ours = ["model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "user", "safety_identifier", "metadata"];

    [Property(MaxTest = 1000)]
    public void The_result_is_valid_and_says_what_was_asked(int seed)
    {
        var random = new RandomJson(seed);
        var members = random.Shuffle<(string Name, string Value)>([.. Members(random)]);
        var body = Texts.Utf8(random.Space() + random.Object(members) + random.Space());
        ChatRequestReader.TryRead(body, out var request).ShouldBeNull();
        using (request)
        {
            var edits = request!.Segments.Where(s => s.Part != "number" && s.Text.Length > 1 && random.Next(3) == 0)
                .Select(s => new TextEdit { SegmentId = s.Id, Start = 0, End = s.Text.Length, Replacement = "[X\"😀" + s.Id + "]" }).ToArray();
            var changes = new ChatBodyChanges
            {
                Model = random.Next(2) == 0 ? "alias" : "real/model",
                MaxOutputTokens = 50,
                MaxTokensMember = random.Next(2) == 0 ? "max_tokens" : "max_completion_tokens",
                EndUser = "gs_1",
                Edits = [.. edits],
            };
            Check(request, changes, edits, ChatBodyWriter.Write(request, changes));
        }
    }

    [Theory]
    [InlineData("{%}", """{"user":"gs_1","max_completion_tokens":50,%}""")]
    [InlineData("""{%,"max_tokens":null}""", """{"user":"gs_1","max_completion_tokens":50,%,"max_tokens":null}""")]
    [InlineData("""{%,"max_completion_tokens":null}""", """{"user":"gs_1",%,"max_completion_tokens":50}""")]
    [InlineData("""{%,"max_tokens":null,"max_completion_tokens":7}""", """{"user":"gs_1",%,"max_tokens":null,"max_completion_tokens":7}""")]
    [InlineData("""{%,"max_tokens":51}""", """{"user":"gs_1",%,"max_tokens":50}""")]
    [InlineData("""{%,"max_tokens":49,"user":null}""", """{%,"max_tokens":49,"user":"gs_1"}""")]
    public void Only_one_member_ever_limits_the_answer(string body, string expected)
    {
        const string asked = "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";
        ChatRequestReader.TryRead(Texts.Utf8(body.Replace("%", asked, StringComparison.Ordinal)), out var request, TestContext.Current.CancellationToken).ShouldBeNull();
        using (request)
        {
            var written = Texts.Text(ChatBodyWriter.Write(request!, new ChatBodyChanges { Model = "m", MaxOutputTokens = 50, MaxTokensMember = "max_completion_tokens", EndUser = "gs_1" }));
            Sorted(written).ShouldBe(Sorted(expected.Replace("%", asked, StringComparison.Ordinal)));
        }
    }

    [Property(MaxTest = 500)]
    public void Edits_replace_what_they_name_and_nothing_else(string text, int seed)
    {
        var random = new RandomJson(seed);
        var original = (text ?? string.Empty) + "tail";
        var edits = new List<TextEdit>();
        var expected = new System.Text.StringBuilder();
        for (var at = 0; at < original.Length;)
        {
            var length = Math.Min(1 + random.Next(4), original.Length - at);
            if (random.Next(2) == 0)
            {
                edits.Add(new TextEdit { SegmentId = 0, Start = at, End = at + length, Replacement = "<" + at + ">" });
                expected.Append('<').Append(at).Append('>');
            }
            else
            {
                expected.Append(original, at, length);
            }

            at += length;
        }

        TextEdits.Apply(original, random.Shuffle(edits.ToArray())).ShouldBe(expected.ToString());
    }

    private static IEnumerable<(string, string)> Members(RandomJson random)
    {
        yield return ("model", "\"alias\"");
        yield return ("messages", random.Object([("role", "\"user\""), ("content", random.String())]) is var message ? "[" + message + random.Space() + "]" : string.Empty);
        yield return ("vendor_x", random.Value());
        yield return ("temperature", random.Number());
        (string Name, string[] Values)[] optional =
        [
            ("stream", ["true", "false", "null"]),
            ("stream_options", ["null", "{}", "{\"include_usage\":false}", "{ \"x\":1.10 }", "{\"include_usage\":true}", "{\"include_usage\":null,\"x\":2}"]),
            ("max_tokens", ["null", "10", "1000"]),
            ("max_completion_tokens", ["null", "10", "1000"]),
            ("user", ["\"mallory\"", "null", "{\"a\":1}"]),
            ("safety_identifier", ["\"mallory\"", "7"]),
            ("metadata", ["null", "{\"user_id\":\"mallory\",\"k\":\"v\"}", "{\"k\":1.10}"]),
        ];
        foreach (var (name, values) in optional)
        {
            if (random.Next(2) == 0)
            {
                yield return (name, values[random.Next(values.Length)]);
            }
        }
    }

    private static void Check(ChatRequest request, ChatBodyChanges changes, TextEdit[] edits, ReadOnlyMemory<byte> written)
    {
        StrictJson.TryParse(written, out var parsed).ShouldBeNull();
        using (parsed)
        {
            var root = parsed!.RootElement;
            Texts.Text(written).ShouldNotContain("mallory");
            root.GetProperty("model").GetString().ShouldBe(changes.Model);
            root.GetProperty("user").GetString().ShouldBe("gs_1");
            var limits = new[] { "max_tokens", "max_completion_tokens" }
                .Where(n => root.TryGetProperty(n, out var value) && value.ValueKind == JsonValueKind.Number).Select(n => root.GetProperty(n).GetInt64()).ToList();
            limits.ShouldNotBeEmpty();
            limits.ShouldAllBe(l => l <= 50);
            limits.Count.ShouldBeLessThanOrEqualTo(Math.Max(1, Stated(request)));
            if (request.Model.Stream)
            {
                root.GetProperty("stream_options").GetProperty("include_usage").GetBoolean().ShouldBeTrue();
            }

            var edited = edits.Select(e => request.Segments[e.SegmentId].Pointer.Split('/')[1]).ToHashSet();
            foreach (var member in request.Root.EnumerateObject().Where(m => !Ours.Contains(m.Name) && !edited.Contains(m.Name)))
            {
                root.GetProperty(member.Name).GetRawText().ShouldBe(member.Value.GetRawText());
            }

            foreach (var edit in edits)
            {
                Routing.Path(request.Segments[edit.SegmentId].Pointer, root).ShouldBe(edit.Replacement);
            }
        }
    }

    private static int Stated(ChatRequest request) =>
        new[] { "max_tokens", "max_completion_tokens" }.Count(n => request.Root.TryGetProperty(n, out var value) && value.ValueKind == JsonValueKind.Number);

    private static string Sorted(string body)
    {
        using var document = JsonDocument.Parse(body);
        return string.Join(",", document.RootElement.EnumerateObject().Select(m => m.Name + "=" + m.Value.GetRawText()).Order(StringComparer.Ordinal));
    }

    private static class Routing
    {
        public static string? Path(string pointer, JsonElement root)
        {
            GatewayStack.Router.Routing.JsonPath.TryParse(pointer)!.TryFind(root, out var found).ShouldBeTrue();
            return found.GetString();
        }
    }
}
