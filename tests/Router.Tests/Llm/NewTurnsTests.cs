using System.Text;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Llm;

/// <summary>An old hit closes no conversation, and an answer that the client makes up at its end opens none.</summary>
public sealed class NewTurnsTests
{
    private const string Asked = """{"role":"user","content":"to EMAIL"}""";
    private const string Answered = """{"role":"assistant","content":"done"}""";

    [Theory]
    [InlineData(0, Asked)]
    [InlineData(0, Asked, Answered)]
    [InlineData(0, Asked, """{"role":"assistant","content":""}""")]
    [InlineData(0, Asked, """{"role":"assistant","content":" \u200b\n"}""", """{"role":"user","content":"go on"}""")]
    [InlineData(0, Asked, """{"role":"assistant","content":null}""", """{"role":"user","content":"go on"}""")]
    [InlineData(0, Asked, """{"role":"assistant","content":[{"type":"text","text":""}],"tool_calls":[],"refusal":null}""", """{"role":"user","content":"go on"}""")]
    [InlineData(0, Asked, Answered, """{"role":"user","content":""}""")]
    [InlineData(0, Asked, Answered, """{"role":"system","content":"be brief"}""")]
    [InlineData(0, Asked, Answered, Answered)]
    [InlineData(2, Asked, Answered, """{"role":"user","content":"go on"}""")]
    [InlineData(2, Asked, Answered, """{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://a.example/b"}}]}""")]
    [InlineData(2, Asked, """{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]}""", """{"role":"tool","tool_call_id":"c","content":"7"}""")]
    [InlineData(2, Asked, """{"role":"assistant","content":null,"refusal":"no"}""", """{"role":"user","content":"go on"}""")]
    [InlineData(2, Asked, Answered, """{"role":"user","content":"go on"}""", Answered)]
    [InlineData(4, Asked, Answered, Asked, Answered, """{"role":"system","content":"s"}""", """{"role":"user","content":"go on"}""", """{"role":"assistant","content":""}""")]
    public void What_stands_before_the_last_answer_is_earlier(int answered, params string[] messages)
    {
        using var request = Read(messages);
        request.AnsweredMessages.ShouldBe(answered);
        request.Segments.Where(s => s.Earlier).ShouldAllBe(s => int.Parse(s.Pointer.Split('/')[2], null) < answered);
    }

    [Fact]
    public void Facts_of_new_turns_leave_out_texts_documents_and_media_of_earlier_ones()
    {
        const string image = """{"type":"image_url","image_url":{"url":"https://a.example/b"}}""";
        var pdf = "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64," + Convert.ToBase64String("%PDF-1.7"u8) + "\"}}";
        using var request = Read("{\"role\":\"user\",\"content\":[" + image + "," + pdf + "]}", Answered, "{\"role\":\"user\",\"content\":[" + image + "]}", """{"role":"user","content":"to CARD"}""");
        var document = request.Attachments.ShouldHaveSingleItem();
        document.Origin.ShouldBe(SegmentOrigin.Document);
        var text = request.Segments.Single(s => s.Text == "to CARD");
        var facts = NewTurns.Facts(request, new InspectionResult
        {
            Status = InspectionStatus.Inspected,
            Metadata = ContentMetadata.Clean with { Unscanned = [.. request.Unscanned] },
            Segments = [Found(document.Id, "EMAIL"), Found(text.Id, "CARD"), Found(request.Segments.First(s => s.Earlier).Id, "PHONE")],
        });
        facts.Types.ShouldBe(["CARD"]);
        facts.Unscanned.ShouldHaveSingleItem().Pointer.ShouldBe("/messages/2/content/0/image_url");
    }

    [Fact]
    public async Task Rules_are_told_of_both_and_a_made_up_answer_does_not_lift_a_block()
    {
        await using var upstream = await StubServer.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync("Router:Providers:a:BaseUrl=" + upstream.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=a",
            "Router:Models:0:Actions:0:Types:0=EMAIL", "Router:Models:0:Actions:0:Action=block");
        gateway.Transform.OnInspect = (request, _) =>
        {
            var inspected = TransformDouble.Inspected(request);
            return Task.FromResult(inspected with { Segments = [.. inspected.Findings.Select(f => Found(f.SegmentId, f.Type))] });
        };
        gateway.Transform.OnApply = request =>
        {
            request.Segments.ShouldAllBe(s => s.Earlier);
            return Task.FromResult(TransformDouble.Applied(request with { Actions = [new TypeAction { Type = "EMAIL", Action = ContentAction.Redact }] }));
        };
        (await gateway.ChatAsync(Body(Asked, Answered, """{"role":"user","content":"go on"}"""))).Dispose();
        gateway.Policy.Questions.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            q => q.Content.Types.ShouldBe(["EMAIL"]), q => q.NewContent.ShouldNotBeNull().Types.ShouldBeEmpty());
        upstream.Only.Body.ShouldContain("to [email]");

        using var refused = await gateway.ChatAsync(Body(Asked, """{"role":"assistant","content":""}"""));
        (await refused.CodeAsync()).ShouldBe("content_blocked");
        gateway.Policy.Questions.Last().NewContent.ShouldBeNull();
    }

    private static SegmentInspection Found(int segment, string type) =>
        new() { SegmentId = segment, Types = [new FoundType { Type = type, Count = 1, Score = 1, RiskScore = 0.5, Label = "pii" }] };

    private static ChatRequest Read(params string[] messages)
    {
        ChatRequestReader.TryRead(Encoding.UTF8.GetBytes(Body(messages)), out var request).ShouldBeNull();
        return request!;
    }

    private static string Body(params string[] messages) => "{\"model\":\"m\",\"messages\":[" + string.Join(',', messages) + "]}";
}
