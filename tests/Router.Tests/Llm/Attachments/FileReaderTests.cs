using System.Text;
using FsCheck.Xunit;
using GatewayStack.Router.Llm.Attachments;

namespace GatewayStack.Router.Tests.Llm.Attachments;

public sealed class FileReaderTests
{
    private static readonly (Encoding Encoding, byte[] Mark)[] Encodings =
    [
        (new UTF8Encoding(false), []),
        (new UTF8Encoding(false), [0xEF, 0xBB, 0xBF]),
        (new UnicodeEncoding(false, false), [0xFF, 0xFE]),
        (new UnicodeEncoding(true, false), [0xFE, 0xFF]),
    ];

    [Property(MaxTest = 500)]
    public void A_text_file_goes_round(string text, int seed)
    {
        var random = new Random(seed);
        var (encoding, mark) = Encodings[random.Next(Encodings.Length)];
        var content = Good(text) + "é😀";
        var data = Url("text/plain; charset=utf-8", [.. mark, .. encoding.GetBytes(content)]);
        var file = FileReader.Read(data, null, "a.txt");
        file.Reason.ShouldBeNull();
        file.Text.ShouldBe(content);
        file.File!.Encode(file.Text).ShouldBe(data);

        var edited = content.Insert(content.Length - 2, "[X]");
        var again = FileReader.Read(file.File.Encode(edited), null, "a.txt");
        again.Text.ShouldBe(edited);
        again.File!.Mark.ShouldBe(mark);
    }

    [Theory]
    [InlineData("text/csv", null, "Text", "text/csv")]
    [InlineData("text/x-python", null, "Text", "text/x-python")]
    [InlineData("application/xml", null, "Text", "application/xml")]
    [InlineData("image/svg+xml", null, "Text", "image/svg+xml")]
    [InlineData("application/octet-stream", "main.rs", "Text", "text/plain")]
    [InlineData("", "Report.CSV", "Text", "text/csv")]
    [InlineData("TEXT/Plain;x=y", "a.pdf", "Text", "text/plain")]
    [InlineData("application/octet-stream", "unknown.bin", "Other", "application/octet-stream")]
    [InlineData("image/png", "a.txt", "Other", "image/png")]
    [InlineData("text/rtf", null, "Other", "text/rtf")]
    [InlineData("application/zip", null, "Other", "application/zip")]
    public void What_a_file_is_is_stated_or_in_its_name(string mediaType, string? name, string kind, string type)
    {
        var file = FileReader.Read(Url(mediaType, "some text"u8), null, name);
        (file.Kind.ToString(), file.MediaType).ShouldBe((kind, type));
        file.Reason.ShouldBe(kind == "Other" ? "not_text" : null);
    }

    [Fact]
    public void Bare_base64_is_a_file_by_its_name()
    {
        var file = FileReader.Read(Convert.ToBase64String("hello"u8), null, "a.md");
        (file.Text, file.MediaType, file.File!.Encode("bye")).ShouldBe(("hello", "text/markdown", Convert.ToBase64String("bye"u8)));
        FileReader.Read(Convert.ToBase64String("hello"u8), null, null).Kind.ShouldBe(FileKind.Other);
        FileReader.Read(Convert.ToBase64String("hello"u8), "text/plain", null).Text.ShouldBe("hello");
    }

    [Theory]
    [InlineData("""{"a":["x"]}""", "Json", "application/json")]
    [InlineData("""{"a":["x"]""", "Text", "text/plain")]
    [InlineData("""{"a":1} trailing""", "Text", "text/plain")]
    public void Json_is_json_only_where_it_is(string text, string kind, string type)
    {
        var file = FileReader.Read(Url("application/json", Encoding.UTF8.GetBytes(text)), null, null);
        (file.Kind.ToString(), file.MediaType).ShouldBe((kind, type));
    }

    [Theory]
    [InlineData("data:text/plain;base64,aGVsbG8")]
    [InlineData("data:text/plain;base64,aGVs bG8=")]
    [InlineData("data:text/plain;base64,aGVsbG8=\n")]
    [InlineData("data:text/plain;base64,aGVsbG9=")]
    [InlineData("data:text/plain;base64,aGVsbG8_")]
    [InlineData("data:text/plain;base64,====")]
    [InlineData("data:text/plain;base64,=")]
    [InlineData("data:text/plain;base64,")]
    [InlineData("data:text/plain,hello")]
    [InlineData("data:text/plain;base64")]
    [InlineData("data:text/plain;charset=iso-8859-1;base64,aGVsbG8=")]
    [InlineData("data:text/plain;base64,/w==")]
    [InlineData("data:text/plain;base64,AAAA")]
    [InlineData("data:text/plain;base64,//4A2A==")]
    [InlineData("data:text/plain;base64,//4AAAAA")]
    [InlineData("data:text/plain;base64,//5h")]
    public void What_is_not_exactly_text_is_undecodable(string data)
    {
        var file = FileReader.Read(data, null, "a.txt");
        (file.Kind, file.Reason).ShouldBe((FileKind.Other, "undecodable"));
    }

    [Fact]
    public void A_large_text_is_not_decoded() =>
        FileReader.Read(Url("text/plain", new byte[FileReader.MaxTextBytes + 1]), null, null).Reason.ShouldBe("too_large");

    [Fact]
    public void A_pdf_document_is_one_whatever_it_is_called()
    {
        var file = FileReader.Read(Url("text/plain", "%PDF-1.4 text"u8), null, null);
        (file.Kind, file.MediaType, file.Text).ShouldBe((FileKind.Document, "application/pdf", string.Empty));
    }

    [Theory]
    [InlineData(" ", FileKind.Document)]
    [InlineData("\r\n", FileKind.Document)]
    [InlineData(1019, FileKind.Document)]
    [InlineData(1020, FileKind.Text)]
    public void A_pdf_document_may_begin_within_the_first_kilobyte(object before, object kind)
    {
        var text = before is int blanks ? new string(' ', blanks) : (string)before;
        FileReader.Read(Url("text/plain", Encoding.UTF8.GetBytes(text + "%PDF-1.4 text")), null, null).Kind.ShouldBe((FileKind)kind);
    }

    [Property(MaxTest = 1000)]
    public void Base64_is_what_an_encoder_writes(byte[] bytes, int seed)
    {
        bytes ??= [];
        if (bytes.Length == 0)
        {
            return;
        }

        var random = new Random(seed);
        var text = Convert.ToBase64String(bytes);
        StrictBase64.Decode(text).ShouldBe(bytes);
        var changed = text.ToCharArray();
        changed[random.Next(changed.Length)] = "AZaz09+/=-_ \n"[random.Next(13)];
        if (StrictBase64.Decode(changed) is { } decoded)
        {
            Convert.ToBase64String(decoded).ShouldBe(new string(changed));
        }
    }

    private static string Url(string mediaType, ReadOnlySpan<byte> bytes) => "data:" + mediaType + ";base64," + Convert.ToBase64String(bytes);

    private static string Good(string? text) => new([.. (text ?? string.Empty).Where(c => !char.IsSurrogate(c) && c is not (< '\t' or (>= '\u000E' and <= '\u001A')) && c != '\uFEFF')]);
}
