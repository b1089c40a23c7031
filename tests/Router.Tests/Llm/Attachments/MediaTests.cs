using System.Text;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Llm.Attachments;

/// <summary>What is not known to be text is said not to have been scanned, whatever a provider calls it.</summary>
public sealed class MediaTests
{
    private static readonly string Picture = Convert.ToBase64String([.. Enumerable.Range(0, 3000).Select(i => (byte)(i * 131 + i / 7))]);

    public static TheoryData<string> Parts =>
    [
        """{"type":"audio_url","audio_url":{"url":"https://a.example/b.wav"}}""",
        """{"type":"image","image":"https://a.example/b.png"}""",
        """{"type":"image","source":{"type":"url","url":"https://a.example/b.png"}}""",
        """{"type":"image","source":{"type":"file","file_id":"file-1"}}""",
        """{"type":"document_url","document_url":"https://a.example/b.pdf"}""",
        """{"type":"document","source":{"type":"url","url":"https://a.example/b.pdf"}}""",
        """{"type":"input_image","file_id":"file-1"}""",
        """{"type":"input_file","file_url":"https://a.example/b.pdf"}""",
        """{"type":"input_file","file_data":"data:text/plain;base64,aGk=","file_id":"file-1"}""",
        """{"type":"input_video","input_video":{"data":"AAAA"}}""",
        """{"inline_data":{"mime_type":"image/png","data":"AAAA"}}""",
        """{"type":"image_url","image_url":["https://a.example/b.png"]}""",
        """{"type":"hologram","hologram":{"light":"AAAA"}}""",
        """{"type":7,"light":"AAAA"}""",
        """{"type":"tool_result","tool_use_id":"t","content":[{"type":"image","source":{"type":"url","url":"https://a.example/b.png"}}]}""",
        """{"type":"text","text":"data:audio/wav;base64,UklGRg=="}""",
        """{"type":"text","text":" DATA:image/png,%89PNG"}""",
        """{"type":"text","text":"data:image/png;charset=x"}""",
        """{"type":"text","text":"hi","look":["data:application/zip;base64,UEsDBA=="]}""",
        "{\"type\":\"text\",\"text\":\"" + Picture + "\"}",
        "{\"type\":\"text\",\"text\":\"" + Picture.Replace("/", "\\/", StringComparison.Ordinal) + "\"}",
        "{\"type\":\"text\",\"text\":\"" + string.Join("\\r\\n", Picture.Chunk(76).Select(c => new string(c))) + "\"}",
        "{\"type\":\"text\",\"text\":\"" + Picture.Replace('+', '-').Replace('/', '_').TrimEnd('=') + "\"}",
        "{\"type\":\"text\",\"text\":\"hi\",\"x\":{\"data\":\"" + Picture + "\"}}",
    ];

    [Theory]
    [MemberData(nameof(Parts))]
    public void What_is_no_text_is_told(string part)
    {
        using var request = Read("[" + part + "]");
        request.Unscanned.ShouldHaveSingleItem().Reason.ShouldBeOneOf("not_text", "undecodable", "reference");
    }

    [Theory]
    [InlineData("""[{"type":"text","text":"data: see below"},{"type":"input_text","text":"data:,hello"},{"type":"refusal","refusal":"no"},{"text":"hi"}]""")]
    [InlineData("""[{"type":"text","text":"data:yes/no, or image/png"},{"type":"text","text":"data:text/plain,hello"},{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}]""")]
    [InlineData("""[{"type":"thinking","thinking":"so","signature":"PICTURE"},{"type":"redacted_thinking","data":"PICTURE"}]""")]
    [InlineData("""[{"type":"tool_use","id":"t","name":"draw","input":{"image":"cat.png","file":"a.txt","content":[{"type":"circle"}],"type":"shape"}}]""")]
    [InlineData("""[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"done"}]},{"type":"search_result","source":"a","title":"b","content":[{"type":"text","text":"c"}]}]""")]
    [InlineData("""[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"hello"}},{"type":"document","source":{"type":"content","content":[{"type":"text","text":"x"}]}}]""")]
    [InlineData("""[{"type":"output_text","text":"a","annotations":[{"type":"file_citation","file_id":"file-1","quote":"q"}]}]""")]
    [InlineData("""[{"type":"file","file":{"file_data":"data:text/plain;base64,aGk=","filename":"a.txt"}},{"type":"input_file","filename":"a.txt","file_data":"aGk="}]""")]
    public void Text_is_text(string content)
    {
        using var request = Read(content.Replace("PICTURE", Picture, StringComparison.Ordinal));
        request.Unscanned.ShouldBeEmpty();
        request.Segments.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("a")]
    [InlineData("ACGT")]
    [InlineData("0123456789abcdef")]
    [InlineData("ab12 CD")]
    public void A_long_text_without_the_look_of_data_is_a_text(string unit)
    {
        using var request = Read(JsonSerializer.Serialize(string.Concat(Enumerable.Repeat(unit, 600))));
        request.Unscanned.ShouldBeEmpty();
        request.Segments.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_text_in_base64_is_read_and_goes_back_so()
    {
        var text = string.Concat(Enumerable.Repeat("Jörg Müller, card 4111 1111 1111 1111. ", 20));
        using var request = Read(JsonSerializer.Serialize(Convert.ToBase64String(Encoding.UTF8.GetBytes(text))));
        request.Unscanned.ShouldBeEmpty();
        request.Segments.ShouldHaveSingleItem().ShouldSatisfyAllConditions(s => s.Text.ShouldBe(text), s => s.Part.ShouldBe("file"), s => s.Editable.ShouldBeTrue());
        request.Files.ContainsKey(0).ShouldBeTrue();
    }

    [Fact]
    public void A_key_in_base64_is_looked_at_all_the_same()
    {
        using var request = Read(JsonSerializer.Serialize(Picture));
        request.Segments.ShouldHaveSingleItem().Text.ShouldBe(Picture);
        request.Unscanned.ShouldHaveSingleItem();
    }

    [Fact]
    public void What_an_unknown_part_says_is_read()
    {
        using var request = Read("""[{"type":"alice@example.com","caption":"of bob@example.com"}]""");
        request.Segments.Select(s => s.Text).ShouldBe(["alice@example.com", "of bob@example.com"]);
        request.Unscanned.ShouldHaveSingleItem().ShouldBe(new UnscannedPart { Pointer = "/messages/0/content/0", Type = "other", Reason = "not_text" });
    }

    /// <summary>Whatever another wire calls its parts, a route that must redact sends none of them.</summary>
    [Theory]
    [InlineData("""[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"https://a.example/b.png"}}]}]""")]
    [InlineData("""[{"type":"message","role":"user","content":[{"type":"input_image","file_id":"file-1"}]}]""")]
    [InlineData("""[{"type":"function_call_output","call_id":"c","output":[{"type":"input_video","video":"x"}]}]""")]
    [InlineData("""[{"role":"user","parts":[{"inline_data":{"mime_type":"audio/wav","data":"AAAA"}}]}]""")]
    public async Task Wires_of_backends_and_of_chats_are_refused_where_they_must_be_redacted(string messages)
    {
        await using var upstream = await StubServer.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(
            "Router:Providers:a:BaseUrl=" + upstream.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=a", "Router:Models:0:Transform=redact-required",
            "Router:Backends:b:BaseUrl=" + upstream.Address, "Router:Backends:b:ContentPointers:0=/input", "Router:Backends:b:Transform=redact-required");
        using var refused = await gateway.SendAsync(HttpMethod.Post, "/backends/b/x", "{\"input\":" + messages + "}");
        (await refused.CodeAsync()).ShouldBe("content_not_scannable");
        using var chat = await gateway.ChatAsync("{\"model\":\"m\",\"messages\":" + messages.Replace("\"type\":\"function_call_output\"", "\"role\":\"tool\"", StringComparison.Ordinal) + "}");
        (await chat.CodeAsync()).ShouldBe("content_not_scannable");
        upstream.Requests.ShouldBeEmpty();
        using var passed = await gateway.SendAsync(HttpMethod.Post, "/backends/b/x", """{"input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}]}""");
        upstream.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public void What_others_wrote_is_a_documents()
    {
        using var request = Read("""
            [{"type":"document","source":{"type":"text","media_type":"text/plain","data":"a"}},{"type":"search_result","content":[{"type":"text","text":"b"}]},
             {"type":"file","file":{"file_data":"data:text/plain;base64,Yw==","filename":"a.txt"}},{"type":"text","text":"d"}]
            """);
        request.Segments.Where(s => s.Text.Length == 1).Select(s => (s.Text, s.Origin)).ShouldBe(
            [("a", SegmentOrigin.Document), ("b", SegmentOrigin.Document), ("c", SegmentOrigin.Document), ("d", SegmentOrigin.User)]);
    }

    [Fact]
    public void Media_is_bounded()
    {
        var many = "[" + string.Join(',', Enumerable.Repeat("{\"image\":\"a\"}", 20_001)) + "]";
        ChatRequestReader.TryRead(Body(many), out _, TestContext.Current.CancellationToken).ShouldNotBeNull();
    }

    private static ChatRequest Read(string content)
    {
        ChatRequestReader.TryRead(Body(content), out var request).ShouldBeNull();
        return request!;
    }

    private static byte[] Body(string content) => Encoding.UTF8.GetBytes("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":" + content + "}]}");
}
