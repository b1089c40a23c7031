using System.Text;
using GatewayStack.Transform.Extraction;

namespace GatewayStack.Transform.Tests.Extraction;

public sealed class PdfExtractorTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_text_of_a_page_is_read(bool compressed)
    {
        var result = Extractors.Pdf(PdfFile.OnePage(PdfFile.Line("Write to alice@example.com") + PdfFile.Line("or call", 680), compressed: compressed).Build());
        result.Reason.ShouldBeNull();
        result.Text.ShouldBe("Write to alice@example.com\nor call\n");
    }

    [Fact]
    public void Pieces_of_a_word_stand_together_and_steps_are_blanks()
    {
        var result = Extractors.Pdf(PdfFile.OnePage("BT /F 12 Tf 50 700 Td [(ali) -20 (ce@exam) 10 (ple.com) -900 (and) -900 (bob)] TJ ET").Build());
        result.Text.ShouldBe("alice@example.com and bob\n");
    }

    [Fact]
    public void What_stands_beside_the_pages_is_read()
    {
        var file = PdfFile.OnePage(PdfFile.Line("nothing"), "/Annots[7 0 R 8 0 R]")
            .Object(7, "<</Type/Annot/Subtype/Link/Rect[0 0 1 1]/A<</S/URI/URI(https://example.com/?of=link@example.com)>>>>")
            .Object(8, "<</Type/Annot/Subtype/FreeText/Rect[0 0 9 9]/Contents(note@example.com)/AP<</N 9 0 R>>>>")
            .Stream(9, "BT /F 9 Tf (drawn@example.com) Tj ET", members: "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 4 0 R>>>>")
            .Object(10, "<</Author(author@example.com)/Title<FEFF0074006900740065006C>>>")
            .Stream(11, "<rdf><creator>xmp@example.com</creator></rdf>", members: "/Type/Metadata/Subtype/XML");
        file.Trailer = "/Info 10 0 R";
        var result = Extractors.Pdf(file.Build());
        foreach (var part in (string[])["nothing", "link@example.com", "note@example.com", "drawn@example.com", "author@example.com", "xmp@example.com"])
        {
            result.Text.ShouldContain(part);
        }

        result.Reason.ShouldBeNull();
    }

    [Fact]
    public void A_form_is_read_and_an_image_is_missed()
    {
        var form = PdfFile.OnePage("/X Do").Stream(6, PdfFile.Line("in a form"), members: "/Type/XObject/Subtype/Form/BBox[0 0 999 999]/Resources<</Font<</F 4 0 R>>>>");
        Extractors.Pdf(form.Build()).ShouldBe(new Transform.Extraction.Extraction("in a form\n", null));

        var image = PdfFile.OnePage(PdfFile.Line("beside an image")).Stream(6, "abc", members: "/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB");
        Extractors.Pdf(image.Build()).ShouldBe(new Transform.Extraction.Extraction("beside an image\n", ExtractionReasons.Images));
    }

    [Theory]
    [InlineData("<</Type/Filespec/F(a.txt)/EF<</F 8 0 R>>>>")]
    [InlineData("<</S/JavaScript/JS(app.alert(1))>>")]
    [InlineData("<</Names<</EmbeddedFiles 8 0 R>>>>")]
    public void Files_and_programs_inside_are_missed(string embedded)
    {
        var file = PdfFile.OnePage(PdfFile.Line("text")).Object(7, embedded).Stream(8, "secret", members: "/Type/EmbeddedFile");
        Extractors.Pdf(file.Build()).Reason.ShouldBe(ExtractionReasons.EmbeddedFiles);
    }

    [Fact]
    public void A_document_with_a_password_is_not_read()
    {
        var file = PdfFile.OnePage(PdfFile.Line("text")).Object(7, $"<</Filter/Standard/V 1/R 2/P -4/O<{new string('A', 64)}>/U<{new string('B', 64)}>>>");
        file.Trailer = "/Encrypt 7 0 R/ID[<00><00>]";
        Extractors.Pdf(file.Build()).ShouldBe(new Transform.Extraction.Extraction(string.Empty, ExtractionReasons.Encrypted));
    }

    [Fact]
    public void Shapes_without_letters_may_be_letters() =>
        Extractors.Pdf(PdfFile.OnePage(string.Concat(Enumerable.Repeat("0 0 m 9 9 l S\n", 30))).Build()).Reason.ShouldBe(ExtractionReasons.Unreadable);

    [Fact]
    public void A_bomb_is_not_unpacked()
    {
        var bomb = PdfFile.Deflate(new byte[64 << 20]);
        var twice = PdfFile.Deflate(bomb);
        Extractors.Pdf(PdfFile.OnePage(string.Empty).Raw(5, bomb, "/Filter/FlateDecode").Build()).Reason.ShouldBe(ExtractionReasons.TooLarge);
        Extractors.Pdf(PdfFile.OnePage(string.Empty).Raw(5, twice, "/Filter[/FlateDecode/FlateDecode]").Build()).Reason.ShouldBe(ExtractionReasons.TooLarge);
    }

    [Theory]
    [InlineData("LZWDecode")]
    [InlineData("RunLengthDecode")]
    [InlineData("Crypt")]
    public void What_cannot_be_unpacked_is_named(string filter) =>
        Extractors.Pdf(PdfFile.OnePage(string.Empty).Raw(5, new byte[1000], "/Filter/" + filter).Build()).Reason.ShouldBe(ExtractionReasons.Undecodable);

    [Fact]
    public void Objects_in_streams_are_read()
    {
        var packed = "3 0 4 170 " + "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>/Annots[<</Contents(note@example.com)>>]>>".PadRight(170)
            + "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
        var file = new PdfFile().Object(1, "<</Type/Catalog/Pages 2 0 R>>").Object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
            .Stream(5, PdfFile.Line("alice@example.com")).Stream(8, packed, compressed: true, members: "/Type/ObjStm/N 2/First 10");
        Extractors.Pdf(file.Build()).ShouldBe(new Transform.Extraction.Extraction("alice@example.com\nnote@example.com\n", null));
    }

    [Fact]
    public void Codes_mean_what_the_font_says()
    {
        const string map = "/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <0061> <0002> <00660069> endbfchar "
            + "2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<D83DDE00> <005A>] endbfrange";
        var file = PdfFile.OnePage("BT /F 12 Tf 50 700 Td <000100020010001200200021> Tj ET").Stream(7, map, compressed: true)
            .Object(4, "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 7 0 R/DescendantFonts[8 0 R]>>").Object(8, "<</Type/Font/Subtype/CIDFontType2/DW 500/W[1[400 500]]>>");
        Extractors.Pdf(file.Build()).ShouldBe(new Transform.Extraction.Extraction("afiAC😀Z\n", null));

        var names = PdfFile.OnePage(PdfFile.Line("abc")).Object(4, "<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Differences[97/eacute/fi/uni20AC]>>>>");
        Extractors.Pdf(names.Build()).Text.ShouldBe("éfi€\n");

        var nothing = PdfFile.OnePage("BT /F 12 Tf <00010002000300040005000600070008000900010001> Tj ET").Object(4, "<</Type/Font/Subtype/Type0/Encoding/Identity-H>>");
        Extractors.Pdf(nothing.Build()).ShouldBe(new Transform.Extraction.Extraction(string.Empty, ExtractionReasons.Unreadable));
    }

    [Fact]
    public void Of_an_object_that_stands_twice_both_are_drawn()
    {
        var file = PdfFile.OnePage(PdfFile.Line("first@example.com")).Build();
        var content = PdfFile.Line("second@example.com");
        var text = Extractors.Pdf([.. file, .. Encoding.ASCII.GetBytes($"5 0 obj\n<</Length {content.Length}>>\nstream\n{content}endstream\nendobj\n")]).Text;
        text.ShouldContain("first@example.com");
        text.ShouldContain("second@example.com");
    }

    [Fact]
    public void Forms_in_forms_are_not_drawn_for_ever()
    {
        var file = PdfFile.OnePage("/X Do");
        for (var number = 6; number < 16; number++)
        {
            file.Stream(number, string.Concat(Enumerable.Repeat("/X Do ", 10)), members: $"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 4 0 R>>/XObject<</X {number + 1} 0 R>>>>");
        }

        file.Stream(16, PdfFile.Line("ha"), members: "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 4 0 R>>>>");
        Extractors.Pdf(file.Build()).Reason.ShouldBe(ExtractionReasons.TooLarge);
    }

    [Fact]
    public void Loops_end()
    {
        // A form that draws itself, pages that are their own children, contents and lengths that name themselves.
        Extractors.Pdf(PdfFile.OnePage("/X Do").Stream(6, "/X Do", members: "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>").Build());
        Extractors.Pdf(PdfFile.OnePage(string.Empty).Object(2, "<</Type/Pages/Kids[2 0 R 3 0 R 2 0 R]/Count 3>>").Build());
        Extractors.Pdf(PdfFile.OnePage(string.Empty).Object(5, "5 0 R").Build());
        Extractors.Pdf(PdfFile.OnePage(string.Empty).Object(5, "[5 0 R 5 0 R]").Build());
        Extractors.Pdf(PdfFile.OnePage(string.Empty).Object(5, "<</Length 5 0 R>>\nstream\nBT ET\nendstream").Build());
        Extractors.Pdf(PdfFile.OnePage(string.Empty).Object(4, "<</Type/Font/Subtype/Type0/DescendantFonts[4 0 R]>>").Build());
        var previous = PdfFile.OnePage(PdfFile.Line("x"));
        previous.Trailer = "/Prev 9";
        Extractors.Pdf(previous.Build());
    }

    [Fact]
    public void A_million_pages_are_only_claimed()
    {
        Extractors.Pdf(PdfFile.OnePage(PdfFile.Line("one")).Object(2, "<</Type/Pages/Kids[3 0 R]/Count 1000000>>").Build()).Text.ShouldStartWith("one");
        var file = PdfFile.OnePage(PdfFile.Line("again"));
        for (var page = 10; page < 70; page++)
        {
            file.Object(page, "<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</Font<</F 4 0 R>>>>>>");
        }

        var result = Extractors.Pdf(file.Build());
        result.Reason.ShouldBe(ExtractionReasons.TooManyParts);
        result.Text.Split("again").Length.ShouldBe(51);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("<</A")]
    [InlineData("(")]
    public void Deep_nesting_does_not_end_the_process(string opening)
    {
        var nested = string.Concat(Enumerable.Repeat(opening, 100_000));
        Extractors.Pdf(PdfFile.OnePage(string.Empty).Object(7, nested).Build());
        Extractors.Pdf(PdfFile.OnePage(nested + " TJ").Build());
        Extractors.Pdf(PdfFile.OnePage(nested + " TJ", compressed: true).Build());
        Extractors.Pdf(PdfFile.OnePage(PdfFile.Line("x"), "/Deep " + string.Concat(Enumerable.Repeat("[", 3000)) + string.Concat(Enumerable.Repeat("]", 3000))).Build());
        var below = string.Concat(Enumerable.Repeat(opening, 3900));
        Extractors.Pdf(PdfFile.OnePage(below + " TJ", compressed: true).Build());
        Extractors.Pdf(PdfFile.OnePage(string.Empty).Object(7, below).Build());
    }

    [Fact]
    public void A_deep_tree_of_pages_does_not_end_the_process()
    {
        var file = PdfFile.OnePage(PdfFile.Line("deep"));
        const int depth = 20_000;
        file.Object(2, "<</Type/Pages/Kids[10 0 R]/Count 1>>");
        for (var i = 10; i < depth; i++)
        {
            file.Object(i, $"<</Type/Pages/Parent {(i == 10 ? 2 : i - 1)} 0 R/Kids[{i + 1} 0 R]/Count 1>>");
        }

        file.Object(depth, $"<</Type/Pages/Parent {depth - 1} 0 R/Kids[3 0 R]/Count 1>>");
        Extractors.Pdf(file.Build());
    }

    [Fact]
    public void Text_without_end_is_cut()
    {
        var result = Extractors.Pdf(PdfFile.OnePage(string.Concat(Enumerable.Repeat(PdfFile.Line(new string('a', 500)), 1000)), compressed: true).Build());
        result.Reason.ShouldBe(ExtractionReasons.TooLarge);
        result.Text.Length.ShouldBe(Extractors.Bounds.MaxChars);
    }

    [Fact]
    public void Broken_files_are_named_or_read_and_never_thrown()
    {
        var random = new Random(20261127);
        var good = PdfFile.OnePage(PdfFile.Line("alice@example.com"), "/Annots[7 0 R]", compressed: true)
            .Object(7, "<</Type/Annot/Subtype/Link/Rect[0 0 1 1]/A<</S/URI/URI(https://example.com)>>>>")
            .Stream(6, PdfFile.Line("in a form"), compressed: true, members: "/Type/XObject/Subtype/Form/BBox[0 0 999 999]/Resources<</Font<</F 4 0 R>>>>").Build();
        for (var length = 0; length < good.Length; length += Math.Max(1, good.Length / 60))
        {
            Extractors.Pdf(good[..length]);
        }

        for (var i = 0; i < 300; i++)
        {
            var bad = (byte[])good.Clone();
            for (var changes = random.Next(1, 12); changes > 0; changes--)
            {
                bad[random.Next(bad.Length)] = random.Next(3) == 0 ? (byte)"0123456789[]<>()/ R"[random.Next(19)] : (byte)random.Next(256);
            }

            Extractors.Pdf(bad);
        }

        for (var i = 0; i < 20; i++)
        {
            var noise = new byte[random.Next(5000)];
            random.NextBytes(noise);
            Extractors.Pdf([.. "%PDF-1.4\n"u8, .. noise]).Text.ShouldBeEmpty();
        }
    }

    [Fact]
    public void What_is_no_pdf_is_named() => Extractors.Pdf(Encoding.UTF8.GetBytes("plain text")).ShouldBe(new Transform.Extraction.Extraction(string.Empty, ExtractionReasons.Undecodable));
}
