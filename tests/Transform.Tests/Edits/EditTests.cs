using System.Text.Json;
using FsCheck;
using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Edits;

namespace GatewayStack.Transform.Tests.Edits;

public sealed class EditTests
{
    [Theory]
    [InlineData("write to alice@example.com", "write to [EMAIL_1]")]
    [InlineData("alice@example.com,bob@example.com,alice@example.com", "[EMAIL_1],[EMAIL_2],[EMAIL_1]")]
    [InlineData("a 4111 1111 1111 1111 b 536-90-4399 c", "a [CREDIT_CARD_1] b [US_SSN_1] c")]
    [InlineData("4\u200B111111111111111", "[CREDIT_CARD_1]")]
    [InlineData("nothing", "nothing")]
    public void Placeholders_name_the_type(string text, string expected) => Modules.Default.RedactNumbered(text).ShouldBe(expected);

    [Fact]
    public void Only_the_types_asked_for_are_edited() =>
        Modules.Default.RedactNumbered("alice@example.com 536-90-4399", "US_SSN").ShouldBe("alice@example.com [US_SSN_1]");

    [Fact]
    public void A_type_that_was_not_found_is_no_edit() => Modules.Default.RedactNumbered("alice@example.com", "IBAN").ShouldBe("alice@example.com");

    [Fact]
    public void Overlapping_findings_leave_nothing_behind()
    {
        Finding[] findings =
        [
            new() { SegmentId = 0, Type = "A", Start = 2, End = 6, Score = 0.5 },
            new() { SegmentId = 0, Type = "B", Start = 4, End = 9, Score = 0.9 },
            new() { SegmentId = 0, Type = "C", Start = 9, End = 10, Score = 0.1 },
            new() { SegmentId = 0, Type = "D", Start = 3, End = 5, Score = 0.2 },
        ];
        var edits = Apply(Modules.Segment("0123456789"), findings).Edits;
        edits.Select(e => (e.Start, e.End, e.Replacement)).ShouldBe([(2, 9, "[B_1]"), (9, 10, "[C_1]")]);
    }

    [Fact]
    public void What_cannot_be_edited_is_refused() =>
        Modules.Default.Apply([Modules.Segment("alice@example.com", editable: false)]).Status.ShouldBe(EditStatus.NotEditable);

    [Fact]
    public void What_cannot_be_edited_but_need_not_be_is_not_refused() =>
        Modules.Default.Apply([Modules.Segment("alice@example.com", editable: false)], "IBAN").Status.ShouldBe(EditStatus.Applied);

    [Theory]
    [InlineData("""{"to":"alice@example.com","n":250}""", """{"to":"[EMAIL_1]","n":250}""")]
    [InlineData("""{"a":["x","tel \"+1 415 555 2671\" y"]}""", """{"a":["x","tel \"[PHONE_1]\" y"]}""")]
    [InlineData("""{"to":"alice\u0040example.com"}""", """{"to":"[EMAIL_1]"}""")]
    [InlineData("\"alice@example.com\"", "\"[EMAIL_1]\"")]
    public void Json_stays_json(string json, string expected)
    {
        var redacted = Modules.Default.RedactNumbered(Modules.Segment(json, mediaType: "application/json"));
        redacted.ShouldBe(expected);
        JsonDocument.Parse(redacted).Dispose();
    }

    [Theory]
    [InlineData("""{"pan":4111111111111111}""")]
    [InlineData("""{"alice@example.com":1}""")]
    [InlineData("""{"to":"alice@example.com" """)]
    [InlineData("alice@example.com")]
    public void Arguments_of_a_tool_that_would_no_longer_be_what_they_were_are_refused(string json) =>
        Modules.Default.Apply([Modules.Segment(json, mediaType: "application/json") with { Part = "arguments", Origin = SegmentOrigin.ToolArguments }]).Status.ShouldBe(EditStatus.NotEditable);

    /// <summary>A member may be called anything: where a name is written like an assignment, its value is what stands behind the colon.</summary>
    [Theory]
    [InlineData("""{"pwd=":null,"x":"y"}""", """{"pwd=":null,"x":"y"}""")]
    [InlineData("""{"pwd=":[null,true],"x":"y"}""", """{"pwd=":[null,true],"x":"y"}""")]
    [InlineData("""{ "a password=" : null, "x":"y"}""", """{ "a password=" : null, "x":"y"}""")]
    [InlineData("""["a","pwd=",null,"x"]""", """["a","pwd=",null,"x"]""")]
    [InlineData("""{"cmd":"login pwd=","b":null,"x":"y"}""", """{"cmd":"login pwd=","b":null,"x":"y"}""")]
    [InlineData("""{"the password:":true,"x":"y"}""", """{"the password:":true,"x":"y"}""")]
    [InlineData("""{"login pwd->":[null,false],"x":"y"}""", """{"login pwd->":[null,false],"x":"y"}""")]
    [InlineData("""{"password":":hunter2Xq"}""", """{"password":"[PASSWORD_1]"}""")]
    [InlineData("""{"x":"y","pwd=":"hunter2Xq"}""", """{"x":"y","pwd=":"[PASSWORD_1]"}""")]
    public void A_name_with_a_sign_is_a_name(string json, string expected) =>
        Modules.Default.RedactNumbered(Modules.Segment(json, mediaType: "application/json") with { Part = "arguments", Origin = SegmentOrigin.ToolArguments }).ShouldBe(expected);

    /// <summary>Such a call comes again with every turn, and nobody reads it by its schema any more.</summary>
    [Theory]
    [InlineData("""{"pan":4111111111111111}""", """{"pan":"[CREDIT_CARD_1]"}""")]
    [InlineData("""{"alice@example.com":1}""", """{"[EMAIL_1]":1}""")]
    [InlineData("""{"to":"alice@example.com" """, """{"to":"[EMAIL_1]" """)]
    [InlineData("alice@example.com", "[EMAIL_1]")]
    public void Arguments_of_an_earlier_call_do_not_close_a_conversation(string json, string expected)
    {
        var segment = Modules.Segment(json, mediaType: "application/json") with { Part = "arguments", Origin = SegmentOrigin.ToolArguments, Earlier = true };
        Modules.Default.RedactNumbered(segment).ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"pan": 4111111111111111, "n":250}""", """{"pan": "[CREDIT_CARD_1]", "n":250}""")]
    [InlineData("""{"alice@example.com":1,"bob@example.com":2}""", """{"[EMAIL_1]":1,"[EMAIL_2]":2}""")]
    [InlineData("""[{"a":{"iban":"DE89 3704 0044 0532 0130 00"}},4111111111111111]""", """[{"a":{"iban":"[IBAN_1]"}},"[CREDIT_CARD_1]"]""")]
    public void Other_json_stays_json_wherever_something_is_found(string json, string expected)
    {
        var redacted = Modules.Default.RedactNumbered(Modules.Segment(json, mediaType: "application/json"));
        redacted.ShouldBe(expected);
        JsonDocument.Parse(redacted).Dispose();
    }

    [Fact]
    public void Lines_of_json_stay_lines_of_json() =>
        Modules.Default.RedactNumbered(Modules.Segment("{\"card\":4111111111111111}\n{\"to\":\"alice@example.com\"}\n", mediaType: "application/json"))
            .ShouldBe("{\"card\":\"[CREDIT_CARD_1]\"}\n{\"to\":\"[EMAIL_1]\"}\n");

    [Fact]
    public void What_is_found_over_several_strings_is_replaced_in_each_of_them()
    {
        const string Json = """{"street":"Am Wall 3","nr":3704,"city":"28195 Bremen"}""";
        var finding = new Finding { SegmentId = 0, Type = "ADDRESS", Start = Json.IndexOf("Am", StringComparison.Ordinal), End = Json.IndexOf(" Bremen", StringComparison.Ordinal), Score = 1 };
        var result = Apply(Modules.Segment(Json, mediaType: "application/json"), finding);
        Json.With(result).ShouldBe("""{"street":"[ADDRESS_1]","[ADDRESS_2]":"[ADDRESS_3]","[ADDRESS_4]":"[ADDRESS_5] Bremen"}""");
    }

    [Fact]
    public void A_number_of_which_two_parts_are_found_is_replaced_once()
    {
        const string Json = """{"n":41111111111111117777}""";
        var findings = new[] { (5, 12), (15, 20) }.Select(s => new Finding { SegmentId = 0, Type = "A", Start = s.Item1, End = s.Item2, Score = 1 }).ToArray();
        Json.With(Apply(Modules.Segment(Json, mediaType: "application/json"), findings)).ShouldBe("""{"n":"[A_1]"}""");
    }

    [Fact]
    public void Only_signs_and_literals_cannot_be_replaced() =>
        Apply(Modules.Segment("""{"a":null}""", mediaType: "application/json"), new Finding { SegmentId = 0, Type = "A", Start = 5, End = 9, Score = 1 })
            .Reason.ShouldBe(EditReasons.NotInOneText);

    /// <summary>Every finding anywhere in any JSON: what comes out is JSON, and nothing that was found is left in it.</summary>
    [Property]
    public void Json_with_anything_replaced_is_json(NonEmptyArray<(NonNull<string> Name, NonNull<string> Text, double Number)> members, PositiveInt start, PositiveInt length)
    {
        var json = JsonSerializer.Serialize(members.Get.Select(m => new Dictionary<string, object>
        {
            [m.Name.Get] = new object[] { m.Text.Get, double.IsFinite(m.Number) ? m.Number : 0, true },
        }));
        var from = start.Get % json.Length;
        var finding = new Finding { SegmentId = 0, Type = "A", Start = from, End = Math.Min(json.Length, from + length.Get), Score = 1 };
        var result = Apply(Modules.Segment(json, mediaType: "application/json"), finding);
        if (result.Status == EditStatus.NotEditable)
        {
            json[finding.Start..finding.End].ShouldNotContain(c => char.IsAsciiDigit(c), "a digit always is of a number or of a string");
            return;
        }

        // A finding never begins or ends inside an escape: the scan reads escapes as one.
        if (!json.Contains('\\'))
        {
            JsonDocument.Parse(json.With(result)).Dispose();
        }
    }

    [Fact]
    public void Json_too_deep_is_refused()
    {
        var deep = new string('[', 500_000) + "\"alice@example.com\"" + new string(']', 400_000);
        Modules.Default.Apply([Modules.Segment(deep, mediaType: "application/json; charset=utf-8")]).Status.ShouldBe(EditStatus.NotEditable);
    }

    [Fact]
    public void A_segment_that_was_not_given_is_refused()
    {
        var finding = new Finding { SegmentId = 7, Type = "EMAIL", Start = 0, End = 1, Score = 1 };
        Apply(Modules.Segment("x"), finding).Status.ShouldBe(EditStatus.NotEditable);
        Apply(Modules.Segment("x"), finding with { SegmentId = 0, End = 2 }).Status.ShouldBe(EditStatus.NotEditable);
    }

    [Property(Arbitrary = [typeof(Texts)])]
    public void Any_text_in_json_stays_json(PlantedText planted)
    {
        var json = JsonSerializer.Serialize(new { a = planted.Text, b = new[] { planted.Text }, n = 250 });
        var redacted = Modules.Default.RedactNumbered(Modules.Segment(json, mediaType: "application/json"));
        using var document = JsonDocument.Parse(redacted);
        document.RootElement.GetProperty("n").GetInt32().ShouldBe(250);
        // The first is redacted as it would be alone; what stands before the second may give its digits a meaning of their own.
        var alone = Modules.Default.RedactNumbered(Modules.Segment(JsonSerializer.Serialize(new { a = planted.Text }), mediaType: "application/json"));
        using var first = JsonDocument.Parse(alone);
        document.RootElement.GetProperty("a").GetString().ShouldBe(first.RootElement.GetProperty("a").GetString());
        document.RootElement.GetProperty("b")[0].ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Fact]
    public void What_stands_before_counts_in_json_too()
    {
        var json = JsonSerializer.Serialize(new { a = "0041117\uFFFDtel", b = new[] { "0041117\uFFFDtel" } });
        using var document = JsonDocument.Parse(Modules.Default.RedactNumbered(Modules.Segment(json, mediaType: "application/json")));
        document.RootElement.GetProperty("a").GetString().ShouldBe("0041117\uFFFDtel");
        document.RootElement.GetProperty("b")[0].GetString().ShouldBe("[PHONE_1]\uFFFDtel");
    }

    private static EditResult Apply(ContentSegment segment, params Finding[] findings)
    {
        var request = new EditRequest { RequestId = "r", Tenant = "t", Segments = [segment], Findings = [.. findings] };
        return EditComputer.Compute(request, EditComputer.ActionsOf([], []), key: null, CancellationToken.None);
    }
}
