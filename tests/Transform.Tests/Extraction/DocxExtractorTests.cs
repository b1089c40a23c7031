using GatewayStack.Transform.Extraction;

namespace GatewayStack.Transform.Tests.Extraction;

public sealed class DocxExtractorTests
{
    [Theory]
    [InlineData("<v:textpath xmlns:v=\"urn:schemas-microsoft-com:vml\" string=\"Draft for alice@example.com\"/>", "Draft for alice@example.com")]
    [InlineData("<w:fldSimple w:instr=\"HYPERLINK &quot;mailto:alice@example.com&quot;\"/>", "mailto:alice@example.com")]
    [InlineData("<w:x w:other=\"alice@example.com\"/>", "alice@example.com")]
    public void Words_in_attributes_are_read(string element, string expected) =>
        Extractors.Docx(DocxFile.Of("text").Part("word/header1.xml", DocxFile.Body(element)).Build()).Text.ShouldContain(expected);

    [Fact]
    public void Names_of_styles_and_measures_are_no_text() =>
        Extractors.Docx(DocxFile.Of("text").Part("word/styles.xml", DocxFile.Body("<w:style w:styleId=\"Heading1\" w:cx=\"5943600\"><w:name w:val=\"heading 1\"/></w:style>")).Build()).Text.Trim().ShouldBe("text");

    [Fact]
    public void Paragraphs_are_lines()
    {
        var result = Extractors.Docx(DocxFile.Of("Write to alice@example.com", "or call").Build());
        result.Reason.ShouldBeNull();
        result.Text.ShouldBe("Write to alice@example.com\nor call\n");
    }

    [Fact]
    public void A_word_goes_on_in_the_next_run()
    {
        var body = DocxFile.Body("""<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>ali</w:t></w:r><w:proofErr w:type="x"/><w:ins w:author="rev@example.com"><w:r><w:t>ce@example</w:t></w:r></w:ins><w:r><w:t>.com</w:t><w:tab/><w:t>x</w:t></w:r></w:p>""");
        var text = Extractors.Docx(new DocxFile().Part("word/document.xml", body.Replace(" w:author=\"rev@example.com\"", string.Empty, StringComparison.Ordinal)).Build()).Text;
        text.ShouldContain("alice@example.com\tx");
        Extractors.Docx(new DocxFile().Part("word/document.xml", body).Build()).Text.ShouldContain("rev@example.com");
    }

    [Fact]
    public void Every_part_is_read()
    {
        var file = DocxFile.Of("body")
            .Part("word/header1.xml", DocxFile.Body("<w:p><w:r><w:t>header@example.com</w:t></w:r></w:p>"))
            .Part("word/comments.xml", DocxFile.Body("<w:p><w:r><w:t>comment@example.com</w:t></w:r></w:p>"))
            .Part("docProps/core.xml", """<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>creator@example.com</dc:creator></cp:coreProperties>""")
            .Part("word/_rels/document.xml.rels", """<Relationships xmlns="r"><Relationship Id="r1" TargetMode="External" Target="mailto:link@example.com"/></Relationships>""");
        var result = Extractors.Docx(file.Build());
        foreach (var part in (string[])["body", "header@example.com", "comment@example.com", "creator@example.com", "link@example.com"])
        {
            result.Text.ShouldContain(part);
        }

        result.Reason.ShouldBeNull();
    }

    [Theory]
    [InlineData("word/media/image1.png", ExtractionReasons.Images)]
    [InlineData("word/embeddings/sheet.xlsx", ExtractionReasons.EmbeddedFiles)]
    [InlineData("word/vbaProject.bin", ExtractionReasons.EmbeddedFiles)]
    [InlineData("word/afchunk.htm", ExtractionReasons.EmbeddedFiles)]
    public void What_is_no_text_is_named(string part, string reason)
    {
        var result = Extractors.Docx(DocxFile.Of("text").Part(part, "x").Build());
        result.ShouldBe(new Transform.Extraction.Extraction("text\n", reason));
    }

    [Fact]
    public void A_document_with_a_password_is_not_read() =>
        Extractors.Docx([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]).Reason.ShouldBe(ExtractionReasons.Encrypted);

    [Fact]
    public void A_bomb_is_not_unpacked()
    {
        Extractors.Docx(DocxFile.Of("x").Part("word/footer.xml", new byte[64 << 20]).Build()).Reason.ShouldNotBeNull();
        Extractors.Docx(DocxFile.Of(new string('a', 5 << 20)).Build(), Extractors.Bounds with { MaxChars = 50 << 20 }).Reason.ShouldBe(ExtractionReasons.TooLarge);
        var many = DocxFile.Of("x");
        for (var i = 0; i < 30; i++)
        {
            many.Part($"word/part{i}.xml", DocxFile.Body("<w:p>" + new string(' ', 1 << 20) + "</w:p>"));
        }

        Extractors.Docx(many.Build()).Reason.ShouldBe(ExtractionReasons.TooLarge);
    }

    [Fact]
    public void A_size_that_is_claimed_is_not_believed()
    {
        var file = DocxFile.Of(new string('a', 5 << 20)).Build();
        // The sizes in the table at the end of the file, behind each entry's signature.
        for (var i = 0; i + 28 < file.Length; i++)
        {
            if (file.AsSpan(i, 4).SequenceEqual("PK\u0001\u0002"u8))
            {
                BitConverter.TryWriteBytes(file.AsSpan(i + 24), 10);
            }
        }

        var result = Extractors.Docx(file, Extractors.Bounds with { MaxChars = 50 << 20 });
        result.Reason.ShouldNotBeNull();
        result.Text.Length.ShouldBeLessThan(5 << 20);
    }

    [Fact]
    public void Entities_are_refused_and_nothing_is_fetched()
    {
        var laughs = "<!DOCTYPE d [<!ENTITY a \"ha\">" + string.Concat(Enumerable.Range(1, 12).Select(i => $"<!ENTITY {(char)('a' + i)} \"{string.Concat(Enumerable.Repeat($"&{(char)('a' + i - 1)};", 10))}\">")) + "]><d>&m;</d>";
        Extractors.Docx(new DocxFile().Part("word/document.xml", laughs).Build()).ShouldBe(new Transform.Extraction.Extraction(string.Empty, ExtractionReasons.Undecodable));
        const string external = "<!DOCTYPE d [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><d>&x;</d>";
        Extractors.Docx(new DocxFile().Part("word/document.xml", external).Build()).ShouldBe(new Transform.Extraction.Extraction(string.Empty, ExtractionReasons.Undecodable));
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var deep = DocxFile.Body(string.Concat(Enumerable.Repeat("<w:p>", 100_000)));
        Extractors.Docx(new DocxFile().Part("word/document.xml", deep).Build()).Reason.ShouldBe(ExtractionReasons.Undecodable);
    }

    [Fact]
    public void An_archive_that_holds_itself_is_no_document()
    {
        var file = new DocxFile().Part("r/r.zip", "PK").Build();
        Extractors.Docx(file).ShouldBe(new Transform.Extraction.Extraction(string.Empty, ExtractionReasons.Undecodable));
        Extractors.Docx(DocxFile.Of("x").Part("r/r.zip", file).Build()).Reason.ShouldBe(ExtractionReasons.EmbeddedFiles);
    }

    [Fact]
    public void Two_parts_of_one_name_are_refused() =>
        Extractors.Docx(DocxFile.Of("shown").Part("word/Document.xml", DocxFile.Body("hidden")).Build()).Reason.ShouldBe(ExtractionReasons.Undecodable);

    [Fact]
    public void Too_many_parts_are_refused()
    {
        var file = DocxFile.Of("x");
        for (var i = 0; i < 2100; i++)
        {
            file.Part($"word/p{i}.xml", "<a/>");
        }

        Extractors.Docx(file.Build()).Reason.ShouldBe(ExtractionReasons.TooManyParts);
    }

    [Fact]
    public void Broken_files_are_named_or_read_and_never_thrown()
    {
        var random = new Random(20261127);
        var good = DocxFile.Of("alice@example.com").Part("docProps/core.xml", "<a>b</a>").Build();
        for (var length = 0; length < good.Length; length += Math.Max(1, good.Length / 60))
        {
            Extractors.Docx(good[..length]).Reason.ShouldBe(ExtractionReasons.Undecodable);
        }

        for (var i = 0; i < 300; i++)
        {
            var bad = (byte[])good.Clone();
            for (var changes = random.Next(1, 8); changes > 0; changes--)
            {
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            }

            Extractors.Docx(bad);
        }
    }
}
