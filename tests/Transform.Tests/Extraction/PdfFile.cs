using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace GatewayStack.Transform.Tests.Extraction;

/// <summary>Writes PDF files, good and bad: objects as they are given, with a table of where they stand.</summary>
internal sealed class PdfFile
{
    private readonly SortedDictionary<int, byte[]> _objects = [];

    /// <summary>Added to the trailer, such as <c>/Info 9 0 R</c>.</summary>
    public string Trailer { get; set; } = string.Empty;

    /// <summary>A document of one page: catalogue 1, pages 2, page 3, font 4, content 5.</summary>
    public static PdfFile OnePage(string content, string page = "", bool compressed = false) => new PdfFile()
        .Object(1, "<</Type/Catalog/Pages 2 0 R>>")
        .Object(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
        .Object(3, $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 5 0 R/Resources<</Font<</F 4 0 R>>/XObject<</X 6 0 R>>>>{page}>>")
        .Object(4, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
        .Stream(5, content, compressed);

    /// <summary>A line of text, as an operator of a content.</summary>
    public static string Line(string text, int y = 700) => string.Create(CultureInfo.InvariantCulture, $"BT /F 12 Tf 50 {y} Td ({text}) Tj ET\n");

    public PdfFile Object(int number, string source)
    {
        _objects[number] = Encoding.Latin1.GetBytes(source);
        return this;
    }

    public PdfFile Stream(int number, string content, bool compressed = false, string members = "") => Stream(number, Encoding.Latin1.GetBytes(content), compressed, members);

    public PdfFile Stream(int number, byte[] content, bool compressed = false, string members = "")
    {
        var bytes = compressed ? Deflate(content) : content;
        return Raw(number, bytes, members + (compressed ? "/Filter/FlateDecode" : string.Empty));
    }

    public PdfFile Raw(int number, byte[] bytes, string members)
    {
        _objects[number] = [.. Encoding.Latin1.GetBytes($"<<{members}/Length {bytes.Length}>>\nstream\n"), .. bytes, .. "\nendstream"u8];
        return this;
    }

    public static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(content);
        }

        return packed.ToArray();
    }

    public byte[] Build()
    {
        using var file = new MemoryStream();
        file.Write("%PDF-1.7\n"u8);
        var offsets = new Dictionary<int, long>();
        foreach (var (number, source) in _objects)
        {
            offsets[number] = file.Position;
            file.Write(Encoding.ASCII.GetBytes($"{number} 0 obj\n"));
            file.Write(source);
            file.Write("\nendobj\n"u8);
        }

        var table = file.Position;
        var size = _objects.Keys.Max() + 1;
        var text = new StringBuilder($"xref\n0 {size}\n0000000000 65535 f \n");
        for (var number = 1; number < size; number++)
        {
            text.Append(offsets.TryGetValue(number, out var offset) ? $"{offset:D10} 00000 n \n" : "0000000000 00000 f \n");
        }

        text.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {size}/Root 1 0 R{Trailer}>>\nstartxref\n{table}\n%%EOF\n");
        file.Write(Encoding.ASCII.GetBytes(text.ToString()));
        return file.ToArray();
    }
}
