using System.Text.Json;
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
        var redacted = Modules.Default.RedactNumbered(Modules.Segment(json, mediaType: "application/json", editable: false));
        redacted.ShouldBe(expected);
        JsonDocument.Parse(redacted).Dispose();
    }

    [Theory]
    [InlineData("""{"pan":4111111111111111}""")]
    [InlineData("""{"alice@example.com":1}""")]
    [InlineData("""{"to":"alice@example.com" """)]
    [InlineData("alice@example.com")]
    public void Json_that_would_break_is_refused(string json) =>
        Modules.Default.Apply([Modules.Segment(json, mediaType: "application/json")]).Status.ShouldBe(EditStatus.NotEditable);

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
