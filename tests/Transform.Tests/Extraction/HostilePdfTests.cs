using System.Globalization;
using System.Text;

namespace GatewayStack.Transform.Tests.Extraction;

/// <summary>Small files that would take much memory. What was allocated in all is more than what is held at any time, so a bound on it is one on both.</summary>
public sealed class HostilePdfTests
{
    /// <summary>Twice what may be held (eight of the tests' four megabytes unpacked), buffers and growing lists on top.</summary>
    private const long Most = 48L << 20;

    [Theory]
    [InlineData(4)]
    [InlineData(400)]
    [InlineData(4000)]
    public void A_range_of_codes_with_a_long_destination(int length)
    {
        var map = $"1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <{new string('A', length)}> endbfrange";
        Weigh(Composite(map)).ShouldBeLessThan(Most);
        Weigh(Composite("1 begincodespacerange <0000> <FFFF> endcodespacerange " + string.Concat(Enumerable.Range(0, 256).Select(i =>
            $"1 beginbfrange <{i:X2}00> <{i:X2}FF> <{new string('A', length)}> endbfrange ")))).ShouldBeLessThan(Most);
    }

    [Fact]
    public void A_range_of_all_codes_says_what_they_mean() =>
        Extractors.Pdf(Composite("1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange")).ShouldBe(new Transform.Extraction.Extraction("hé€\n", null));

    [Theory]
    [InlineData("(a")]
    [InlineData("<4")]
    [InlineData("/a")]
    [InlineData("a")]
    public void Objects_that_all_begin_in_one_long_value(string value)
    {
        const int count = 2000;
        var header = string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i + 20} {i} ")));
        var body = value[..1] + new string(value[^1], 500_000);
        Weigh(Packed(header, body, count)).ShouldBeLessThan(Most);
        Weigh(Packed(string.Concat(Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i + 20} 0 "))), body, count)).ShouldBeLessThan(Most);
    }

    [Theory]
    [InlineData("/a")]
    [InlineData("<<>>")]
    [InlineData("[]")]
    [InlineData("()")]
    [InlineData("1 ")]
    [InlineData("<</A/B/C/D>>")]
    [InlineData("(\\\\\\\\\\\\)")]
    public void Many_small_values(string value)
    {
        var many = string.Concat(Enumerable.Repeat(value, 3_000_000 / value.Length));
        Weigh(Packed("20 0 ", "[" + many + "]", 1)).ShouldBeLessThan(Most);
        Weigh(PdfFile.OnePage("[" + many + "] TJ", compressed: true).Build()).ShouldBeLessThan(Most);
        Weigh(Composite("1 beginbfchar " + many + " endbfchar")).ShouldBeLessThan(Most);
    }

    [Fact]
    public void One_content_in_many_parts()
    {
        var file = PdfFile.OnePage(string.Empty).Stream(5, new string(' ', 1 << 20)).Object(3, $"<</Type/Page/Contents[{string.Concat(Enumerable.Repeat("5 0 R ", 200))}]>>");
        Weigh(file.Build()).ShouldBeLessThan(Most);
    }

    [Theory]
    [InlineData("ASCII85Decode", "z")]
    [InlineData("ASCIIHexDecode", "00")]
    public void Letters_that_stand_for_bytes(string filter, string letters)
    {
        var file = PdfFile.OnePage(string.Empty).Stream(5, string.Concat(Enumerable.Repeat(letters, 6_000_000 / letters.Length)), members: "/Filter/" + filter);
        Weigh(file.Build()).ShouldBeLessThan(Most);
    }

    [Fact]
    public void A_long_document_with_an_honest_structure_is_read()
    {
        var file = PdfFile.OnePage(string.Concat(Enumerable.Repeat(PdfFile.Line("word"), 5000)), compressed: true);
        for (var number = 10; number < 3000; number++)
        {
            file.Object(number, "<</Type/StructElem/S/P/P 9 0 R/K[1 2 3]/Lang(en)>>");
        }

        Extractors.Pdf(file.Build()).Reason.ShouldBeNull();
    }

    private static byte[] Composite(string map) => PdfFile.OnePage("BT /F 12 Tf 50 700 Td <006800E920AC> Tj ET").Stream(7, map, compressed: true)
        .Object(4, "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 7 0 R>>").Build();

    private static byte[] Packed(string header, string body, int count) => PdfFile.OnePage(PdfFile.Line("text"))
        .Stream(8, Encoding.Latin1.GetBytes(header + body), compressed: true, members: $"/Type/ObjStm/N {count}/First {header.Length}").Build();

    private static long Weigh(byte[] file)
    {
        Extractors.Pdf(file, out var allocated);
        return allocated;
    }
}
