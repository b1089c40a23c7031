using GatewayStack.Transform.Extraction;

namespace GatewayStack.Transform.Tests.Extraction;

/// <summary>What people may see and was not read is said to be missing, whatever the file calls it.</summary>
public sealed class UnreadPdfTests
{
    private const string Fonts = "/BBox[0 0 999 999]/Resources<</Font<</F 4 0 R>>>>";

    [Theory]
    [InlineData("/Subtype 9 0 R")]
    [InlineData("")]
    public void An_image_is_missed_by_whatever_name(string subtype)
    {
        var file = PdfFile.OnePage(PdfFile.Line("beside") + "/X Do").Object(9, "/Image").Stream(6, new string('x', 100), members: "/Type/XObject/Width 1/Height 1/BitsPerComponent 8" + subtype);
        var result = Extractors.Pdf(file.Build());
        result.Text.ShouldStartWith("beside");
        if (subtype.Length > 0)
        {
            result.Reason.ShouldBe(ExtractionReasons.Images);
        }
    }

    [Theory]
    [InlineData("/Subtype 9 0 R")]
    [InlineData("")]
    public void A_form_is_drawn_by_whatever_name(string subtype)
    {
        var file = PdfFile.OnePage(PdfFile.Line("beside") + "/X Do").Object(9, "/Form").Stream(6, PdfFile.Line("drawn@example.com"), members: "/Type/XObject/Resources<</Font<</F 4 0 R>>>>" + subtype);
        Extractors.Pdf(file.Build()).Text.ShouldContain("drawn@example.com");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/Type 9 0 R")]
    [InlineData("/Type/Template")]
    public void A_page_is_what_has_contents(string type)
    {
        var file = PdfFile.OnePage(PdfFile.Line("decoy")).Object(2, "<</Type/Pages/Kids[3 0 R 7 0 R]/Count 2>>").Object(9, "/Page")
            .Object(7, $"<<{type}/Parent 2 0 R/Contents 8 0 R/Resources<</Font<</F 4 0 R>>>>>>").Stream(8, PdfFile.Line("second@example.com"));
        var result = Extractors.Pdf(file.Build());
        result.Text.ShouldContain("second@example.com");
        result.Reason.ShouldBeNull();
    }

    [Theory]
    [InlineData("/Contents 5 0 R/Contents 8 0 R", false)]
    [InlineData("/Contents 5 0 R", true)]
    public void What_stands_twice_in_a_dictionary_is_not_read_whole(string contents, bool isWhole)
    {
        var file = PdfFile.OnePage(PdfFile.Line("shown")).Object(3, $"<</Type/Page/Parent 2 0 R{contents}/Resources<</Font<</F 4 0 R>>>>>>");
        if (!isWhole)
        {
            file.Stream(8, PdfFile.Line("hidden@example.com"));
        }

        (Extractors.Pdf(file.Build()).Reason is null).ShouldBe(isWhole);
    }

    [Fact]
    public void An_image_is_one_by_any_version_of_its_name()
    {
        var file = PdfFile.OnePage(PdfFile.Line("beside") + "/X Do").Object(9, "/Image")
            .Stream(6, new string('x', 100), members: "/Type/XObject/Width 1/Height 1/BitsPerComponent 8/Subtype 9 0 R");
        Extractors.Pdf([.. file.Build(), .. "9 0 obj /Form endobj\n"u8]).Reason.ShouldBe(ExtractionReasons.Images);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/Type 9 0 R")]
    public void A_stream_of_objects_need_not_say_so(string type)
    {
        var file = PdfFile.OnePage(PdfFile.Line("text")).Object(9, "/ObjStm").Stream(8, "20 0 <</Contents(note@example.com)>>", compressed: true, members: $"{type}/N 1/First 5");
        Extractors.Pdf(file.Build()).ShouldBe(new Transform.Extraction.Extraction("text\nnote@example.com\n", null));
    }

    [Theory]
    [InlineData("20 0 21 12 <</Type/Page /Contents 5 0 R>>")]
    [InlineData("20 0 21 3 (aaaaaaaaaaaaaaa)")]
    [InlineData("20 0 21 3 /Catalogue")]
    public void An_object_that_ends_in_the_next_one_is_not_read_whole(string packed) =>
        Extractors.Pdf(PdfFile.OnePage(PdfFile.Line("text")).Stream(8, packed, members: $"/Type/ObjStm/N 2/First {packed.IndexOfAny(['<', '(', '/'])}").Build())
            .Reason.ShouldBe(ExtractionReasons.Undecodable);

    [Fact]
    public void Patterns_and_procedures_of_glyphs_are_contents_too()
    {
        var pattern = PdfFile.OnePage(PdfFile.Line("text") + "/Pattern cs /P scn 0 0 99 99 re f")
            .Object(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>/Pattern<</P 7 0 R>>>>>>")
            .Stream(7, PdfFile.Line("tile@example.com"), members: "/PatternType 1/PaintType 1/TilingType 1/XStep 9/YStep 9" + Fonts);
        var result = Extractors.Pdf(pattern.Build());
        result.Text.ShouldContain("tile@example.com");
        result.Reason.ShouldBeNull();

        var glyph = PdfFile.OnePage("BT /F 12 Tf (a) Tj ET").Object(4, "<</Type/Font/Subtype/Type3/Encoding<</Differences[97/a]>>/CharProcs<</a 7 0 R>>/Resources<</Font<</F 8 0 R>>>>>>")
            .Object(8, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>").Stream(7, PdfFile.Line("glyph@example.com") + " BI /W 1 /H 1 ID x EI ");
        result = Extractors.Pdf(glyph.Build());
        result.Text.ShouldContain("glyph@example.com");
        result.Reason.ShouldBeNull();
    }

    [Theory]
    [InlineData("/Thing 7 0 R", ExtractionReasons.Undecodable)]
    [InlineData("/Group<</Things[7 0 R]>>", ExtractionReasons.Undecodable)]
    [InlineData("/Font<</FontFile2 7 0 R/CIDSet 7 0 R>>", null)]
    [InlineData("/ColorSpace[/ICCBased 7 0 R]", null)]
    [InlineData("/ColorSpace[/Separation/Spot/DeviceRGB 7 0 R]", null)]
    [InlineData("", null)]
    public void A_stream_that_something_refers_to_and_nothing_has_read_is_missed(string page, string? reason) =>
        Extractors.Pdf(PdfFile.OnePage(PdfFile.Line("text"), page).Stream(7, "what is this?").Build()).Reason.ShouldBe(reason);

    [Theory]
    [InlineData(400, 5, "c f", ExtractionReasons.Unreadable)]
    [InlineData(400, 2000, "c f", null)]
    [InlineData(400, 5, "l S", null)]
    [InlineData(15, 5, "c f", null)]
    public void Letters_may_be_drawn_as_shapes_beside_a_few_glyphs(int shapes, int glyphs, string shape, string? reason)
    {
        var lines = string.Concat(Enumerable.Repeat(PdfFile.Line("glyph"), glyphs / 5));
        var paths = string.Concat(Enumerable.Repeat($"0 0 m 1 2 3 4 5 6 {shape}\n", shapes));
        Extractors.Pdf(PdfFile.OnePage(lines + paths).Build()).Reason.ShouldBe(reason);
    }
}
