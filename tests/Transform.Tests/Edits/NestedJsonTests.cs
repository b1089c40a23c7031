using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Edits;

namespace GatewayStack.Transform.Tests.Edits;

/// <summary>JSON that stands in a string of JSON stays JSON when something in it is replaced, and so does JSON in its strings.</summary>
public sealed class NestedJsonTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<int> Depths => [.. Enumerable.Range(0, JsonContent.MostStrings + 1)];

    [Theory]
    [MemberData(nameof(Depths))]
    public void What_is_found_is_replaced_as_deep_as_it_stands(int depth)
    {
        const string Json = """{"card":4111111111111111,"n":250,"cards":[4111111111111111.0,7],"to":"alice@example.com","note":"Card:\n5500 0055 5555 5559"}""";
        foreach (var options in new[] { JsonSerializerOptions.Default, Relaxed })
        {
            var redacted = Unwrap(Modules.Default.RedactNumbered(Segment(Wrap(Json, depth, options))), depth);
            redacted.GetRawText().ShouldBe(
                """{"card":"[CREDIT_CARD_1]","n":250,"cards":["[CREDIT_CARD_2]",7],"to":"[EMAIL_1]","note":"Card:\n[CREDIT_CARD_3]"}""");
        }
    }

    [Theory]
    [MemberData(nameof(Depths))]
    public void What_a_word_stands_before_is_found_as_deep_as_it_stands(int depth)
    {
        const string Json = """{"login":{"password":"hunter2Xq9"},"note":"Dear all,\nthe password is:\nhunter2Xq9"}""";
        var redacted = Unwrap(Modules.Default.RedactNumbered(Segment(Wrap(Json, depth, Relaxed))), depth);
        redacted.GetProperty("login").GetProperty("password").GetString().ShouldBe("[PASSWORD_1]");
        redacted.GetProperty("note").GetString()!.ShouldEndWith("[PASSWORD_1]");
    }

    [Theory]
    [MemberData(nameof(Depths))]
    public void What_is_found_over_several_strings_is_replaced_in_each(int depth)
    {
        var json = Wrap("""{"street":"Am Wall 3","nr":3704,"city":"28195 Bremen"}""", depth, Relaxed);
        var finding = new Finding { SegmentId = 0, Type = "ADDRESS", Start = json.IndexOf("Am", StringComparison.Ordinal), End = json.IndexOf(" Bremen", StringComparison.Ordinal), Score = 1 };
        Unwrap(json.With(Apply(Segment(json), finding)), depth).GetRawText()
            .ShouldBe("""{"street":"[ADDRESS_1]","[ADDRESS_2]":"[ADDRESS_3]","[ADDRESS_4]":"[ADDRESS_5] Bremen"}""");
    }

    /// <summary>What somebody wrote round it, as an answer pasted into a question.</summary>
    [Theory]
    [InlineData("It says {\"card\":4111111111111111}, why?", "It says {\"card\":\"[CREDIT_CARD_1]\"}, why?")]
    [InlineData("card: 4111111111111111", "card: [CREDIT_CARD_1]")]
    [InlineData("[4111 1111 1111 1111] is it", "[[CREDIT_CARD_1]] is it")]
    [InlineData("{card: 4111111111111111}", "{card: [CREDIT_CARD_1]}")]
    [InlineData("{\"card\": 4111111111111111", "{\"card\": [CREDIT_CARD_1]")]
    public void A_piece_of_json_in_a_string_stays_json_and_prose_stays_prose(string text, string expected)
    {
        foreach (var depth in Enumerable.Range(1, JsonContent.MostStrings - 1))
        {
            var json = Wrap(JsonSerializer.Serialize(new { body = text }, Relaxed), depth, Relaxed);
            Unwrap(Modules.Default.RedactNumbered(Segment(json)), depth).GetProperty("body").GetString().ShouldBe(expected);
        }
    }

    [Fact]
    public void A_piece_of_json_in_prose_may_have_json_in_its_strings() =>
        Modules.Default.RedactNumbered("""see {"j":"{\"card\":4111111111111111}"} there""").ShouldBe("""see {"j":"{\"card\":\"[CREDIT_CARD_1]\"}"} there""");

    /// <summary>The schema of a tool says that a member is a string, and nothing of what stands in it.</summary>
    [Fact]
    public void Arguments_of_a_tool_keep_their_members_and_json_in_them_stays_json()
    {
        var arguments = Segment("""{"body":"{\"pan\":4111111111111111,\"to\":\"alice@example.com\"}"}""") with { Part = "arguments", Origin = SegmentOrigin.ToolArguments };
        Modules.Default.RedactNumbered(arguments).ShouldBe("""{"body":"{\"pan\":\"[CREDIT_CARD_1]\",\"to\":\"[EMAIL_1]\"}"}""");
    }

    /// <summary>What cannot be replaced must not stay: neither a word of JSON nor what stands between its values has a place for something else.</summary>
    [Theory]
    [InlineData("""{"body":"{\"a\":null}"}""", "null")]
    [InlineData("""{"body":"{\"a\":1,\"b\":2}"}""", ",")]
    public void What_has_no_place_in_it_is_refused(string json, string found)
    {
        var at = json.IndexOf(found, StringComparison.Ordinal);
        var finding = new Finding { SegmentId = 0, Type = "A", Start = at, End = at + found.Length, Score = 1 };
        Apply(Segment(json), finding).Status.ShouldBe(EditStatus.NotEditable);
        Apply(Segment(json) with { Origin = SegmentOrigin.ToolArguments }, finding).Status.ShouldBe(EditStatus.NotEditable);
    }

    [Theory]
    [InlineData("Pa\"ss;x1")]
    [InlineData("""CORP\nina""")]
    [InlineData("""D:\units\""")]
    [InlineData("Pat O'Neil\nBremen")]
    [InlineData("M\u00FCller")]
    public void A_value_is_what_people_read_and_goes_back_as_deep_as_it_stood(string value)
    {
        foreach (var depth in Enumerable.Range(0, JsonContent.MostStrings + 1))
        {
            var inner = JsonSerializer.Serialize(new { name = value, n = 1 }, Relaxed);
            var json = Wrap(inner, depth, Relaxed);
            var shown = Escaped(value, depth + 1);
            var at = json.IndexOf(shown, StringComparison.Ordinal);
            var finding = new Finding { SegmentId = 0, Type = "USERNAME", Start = at, End = at + shown.Length, Score = 1 };
            var edits = Apply(Segment(json), [new TypeAction { Type = "*", Action = ContentAction.Pseudonymise }], finding);
            edits.Pseudonyms.ShouldHaveSingleItem().Value.ShouldBe(value);

            var answer = json.With(edits);
            foreach (var pieces in new[] { [answer], answer.Select(c => c.ToString()).ToArray() })
            {
                Unwrap(Restored(pieces, edits), depth).GetRawText().ShouldBe(inner);
            }
        }
    }

    [Property(MaxTest = 300)]
    public void Json_in_strings_with_anything_replaced_is_json(NonEmptyArray<(NonNull<string> Name, NonNull<string> Text, double Number)> members, PositiveInt start, PositiveInt length, PositiveInt level)
    {
        var depth = 1 + (level.Get % JsonContent.MostStrings);
        var inner = JsonSerializer.Serialize(members.Get.Select(m => new Dictionary<string, object>
        {
            ["n" + m.Name.Get] = m.Text.Get,
            ["number"] = double.IsFinite(m.Number) ? m.Number : 1,
        }));
        var json = Wrap(inner, depth, JsonSerializerOptions.Default);
        var from = start.Get % json.Length;
        var finding = new Finding { SegmentId = 0, Type = "A", Start = from, End = Math.Min(json.Length, from + length.Get), Score = 1 };
        var result = Apply(Segment(json), finding);
        if (result.Status == EditStatus.Applied)
        {
            // A wrapper's own member may have been replaced: whatever is left is JSON, and what its strings say is JSON where it was.
            using var document = JsonDocument.Parse(json.With(result));
            document.RootElement.ValueKind.ShouldBe(JsonValueKind.Object);
            for (var (element, left) = (document.RootElement, depth); left > 0; left--)
            {
                element = JsonDocument.Parse(element.EnumerateObject().Single().Value.GetString()!).RootElement;
            }
        }
    }

    [Theory]
    [InlineData("""{\"a\":\"x@y.zz\"},""")]
    [InlineData("""[1,""")]
    [InlineData("""{\"a\":""")]
    [InlineData("""\\\\\\\\""")]
    public void Many_findings_cost_what_they_are(string unit) => Scanning.Effort.Growth(unit, t =>
    {
        var json = $$"""{"j":"[{{t.AsSpan(0, t.Length / unit.Length * unit.Length)}}1]"}""";
        var starts = Enumerable.Range(0, t.Length / unit.Length).Select(i => (i * unit.Length) + 7).ToArray();
        return () =>
        {
            var places = JsonPlaces.Read(json)!;
            foreach (var start in starts)
            {
                foreach (var _ in places.Within(start, start + unit.Length - 1))
                {
                }
            }
        };
    }).ShouldBeLessThan(4);

    private static string Restored(string[] pieces, EditResult edits)
    {
        var session = new ResponseSession
        {
            RequestId = "r",
            Tenant = "t",
            Pseudonyms = edits.Pseudonyms,
            Actions = [new TypeAction { Type = "*", Action = ContentAction.Allow }],
        };
        var deltas = pieces.Select(p => new ResponseDelta { Channel = "0/tool/0", Text = p }).Append(new ResponseDelta { Channel = "0/tool/0", Text = string.Empty, End = true });
        return string.Concat(Modules.Default.TransformResponseAsync(session, deltas.ToAsyncEnumerable(), CancellationToken.None).ToBlockingEnumerable().Select(d => d.Text));
    }

    private static ContentSegment Segment(string json) => Modules.Segment(json, mediaType: "application/json");

    private static EditResult Apply(ContentSegment segment, params Finding[] findings) => Apply(segment, [], findings);

    private static EditResult Apply(ContentSegment segment, TypeAction[] actions, params Finding[] findings) => Modules.Default.ApplyAsync(
        new EditRequest { RequestId = "r", Tenant = "t", PersonId = "p", Segments = [segment], Findings = [.. findings], Actions = [.. actions] }, CancellationToken.None).GetAwaiter().GetResult();

    private static string Wrap(string json, int depth, JsonSerializerOptions options)
    {
        for (; depth > 0; depth--)
        {
            json = JsonSerializer.Serialize(new { j = json }, options);
        }

        return json;
    }

    private static JsonElement Unwrap(string json, int depth)
    {
        var element = JsonDocument.Parse(json).RootElement;
        for (; depth > 0; depth--)
        {
            element = JsonDocument.Parse(element.GetProperty("j").GetString()!).RootElement;
        }

        return element;
    }

    private static string Escaped(string value, int times)
    {
        for (; times > 0; times--)
        {
            value = JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value);
        }

        return value;
    }
}
