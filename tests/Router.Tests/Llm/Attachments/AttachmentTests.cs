using System.Text;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Llm.Attachments;

public sealed class AttachmentTests
{
    [Fact]
    public void A_text_file_is_a_segment_and_is_written_back()
    {
        using var request = Read(File("data:text/csv;base64," + Base64("name,mail\nAlice,EMAIL\n"), "people EMAIL.csv"));
        var segment = request.Segments.Single(s => s.Part == "file");
        (segment.Pointer, segment.MediaType, segment.Editable, segment.Text).ShouldBe(("/messages/0/content/0/file/file_data", "text/csv", true, "name,mail\nAlice,EMAIL\n"));
        request.Segments.Single(s => s.Part == "filename").Text.ShouldBe("people EMAIL.csv");
        request.Unscanned.ShouldBeEmpty();

        var edit = new TextEdit { SegmentId = segment.Id, Start = 16, End = 21, Replacement = "[EMAIL_1]" };
        var body = Texts.Text(ChatBodyWriter.Write(request, new ChatBodyChanges { Model = "m", MaxOutputTokens = 5, MaxTokensMember = "max_tokens", EndUser = "u", Edits = [edit] }));
        using var written = JsonDocument.Parse(body);
        var data = written.RootElement.GetProperty("messages")[0].GetProperty("content")[0].GetProperty("file").GetProperty("file_data").GetString()!;
        data.ShouldBe("data:text/csv;base64," + Base64("name,mail\nAlice,[EMAIL_1]\n"));
    }

    [Fact]
    public void Escapes_in_the_data_are_read()
    {
        var data = "data:text/plain;base64," + Base64("????>>>>~~~");
        using var request = Read(File(data, "a.txt").Replace("/", "\\/", StringComparison.Ordinal));
        request.Segments.Single(s => s.Part == "file").Text.ShouldBe("????>>>>~~~");
    }

    [Fact]
    public void A_flat_part_and_a_source_are_files_too()
    {
        using var request = Read(
            """{"type":"input_file","filename":"a.json","file_data":"%"},{"type":"document","source":{"type":"base64","media_type":"text/plain","data":"%"}},{"type":"text","text":"%"}"""
                .Replace("%", Base64("{\"a\":1}"), StringComparison.Ordinal));
        request.Segments.Where(s => s.Part == "file").Select(s => (s.MediaType, s.Text)).ShouldBe([("application/json", "{\"a\":1}"), ("text/plain", "{\"a\":1}")]);
        request.Segments.Count(s => s.Part == "text").ShouldBe(1);
    }

    [Fact]
    public void A_document_is_an_attachment_and_unscanned_until_it_is_read()
    {
        using var request = Read(File("data:application/pdf;base64," + Base64("%PDF-1.7"), "a.pdf") + "," + File("data:application/pdf;base64," + Base64("%PDF-1.6"), "b.pdf"));
        request.Attachments.Select(a => a.Pointer).ShouldBe(["/messages/0/content/0/file/file_data", "/messages/0/content/1/file/file_data"]);
        request.Attachments.Select(a => a.Id).ShouldBe([request.Segments.Length, request.Segments.Length + 1]);
        request.Attachments[0].Content.AsSpan().SequenceEqual("%PDF-1.7"u8).ShouldBeTrue();
        request.Unscanned.Select(u => u.Pointer).ShouldBe(request.Attachments.Select(a => a.Pointer));
    }

    [Theory]
    [InlineData("data:image/png;base64,AAAA", "not_text")]
    [InlineData("data:text/plain;base64,AAA", "undecodable")]
    public void Other_data_is_unscanned(string data, string reason)
    {
        using var request = Read(File(data, "a.x"));
        request.Unscanned.ShouldHaveSingleItem().Reason.ShouldBe(reason);
        request.Segments.ShouldNotContain(s => s.Part == "file");
    }

    [Fact]
    public void What_is_only_called_data_is_read_as_text()
    {
        using var request = Read("""{"type":"text","file_data":"write to EMAIL"}""");
        request.Segments.ShouldContain(s => s.Text == "write to EMAIL");
        request.Unscanned.ShouldHaveSingleItem().Reason.ShouldBe("not_text");
    }

    [Fact]
    public async Task A_file_goes_out_redacted_and_a_document_with_findings_not_at_all()
    {
        await using var upstream = await StubServer.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(
            "Router:Providers:a:BaseUrl=" + upstream.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=a", "Router:Models:0:Transform=redact-required");
        (await gateway.ChatAsync(Body(File("data:text/plain;base64," + Base64("to EMAIL now"), "a.txt")))).Dispose();
        upstream.Only.Body.ShouldContain(Base64("to [email] now"));

        // As Transform says of a document that was read whole: nothing is unscanned, and what was found stands in no text of the request.
        gateway.Transform.OnInspect = (request, _) =>
        {
            var inspected = TransformDouble.Inspected(request);
            var found = new Finding { SegmentId = request.Attachments.ShouldHaveSingleItem().Id, Type = "EMAIL", Start = 0, End = 5, Score = 1 };
            return Task.FromResult(inspected with { Metadata = inspected.Metadata with { Unscanned = [], Types = ["EMAIL"] }, Findings = [found] });
        };
        gateway.Transform.OnApply = request => Task.FromResult(new EditResult { Status = request.Segments.IsEmpty && request.Findings.Length == 1 ? EditStatus.NotEditable : EditStatus.Applied });
        using var refused = await gateway.ChatAsync(Body(File("data:application/pdf;base64," + Base64("%PDF-1.7"), "a.pdf")));
        (await refused.CodeAsync()).ShouldBe("content_not_editable");
        gateway.Transform.OnInspect = (request, _) => Task.FromResult(TransformDouble.Inspected(request with { Unscanned = [] }));
        using var passed = await gateway.ChatAsync(Body(File("data:application/pdf;base64," + Base64("%PDF-1.7"), "a.pdf")));
        ((int)passed.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task What_transform_changes_by_itself_goes_out_changed_on_any_route()
    {
        await using var upstream = await StubServer.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync("Router:Providers:a:BaseUrl=" + upstream.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=a");
        gateway.Transform.OnInspect = (request, _) => Task.FromResult(
            TransformDouble.Inspected(request) with { Segments = [new SegmentInspection { SegmentId = request.Segments[0].Id, MustEdit = true }] });
        gateway.Transform.OnApply = request => Task.FromResult(new EditResult
        {
            Status = EditStatus.Applied,
            Edits = [new TextEdit { SegmentId = request.Segments.ShouldHaveSingleItem().Id, Start = 0, End = 1, Replacement = string.Empty }],
        });
        (await gateway.ChatAsync(Wire.Ask(content: "Xhello"))).Dispose();
        upstream.Only.Body.ShouldContain("\"hello\"");
        gateway.Transform.Edits.ShouldHaveSingleItem().Actions.ShouldBe([new TypeAction { Type = "*", Action = ContentAction.Allow }]);
    }

    private static string File(string data, string name) => "{\"type\":\"file\",\"file\":{\"filename\":\"" + name + "\",\"file_data\":\"" + data + "\"}}";

    private static string Body(string parts) => "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[" + parts + "]}]}";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static ChatRequest Read(string parts)
    {
        ChatRequestReader.TryRead(Texts.Utf8(Body(parts)), out var request).ShouldBeNull();
        return request!;
    }
}
