using System.IO.Compression;
using System.Text;

namespace GatewayStack.Transform.Tests.Extraction;

/// <summary>Writes WordprocessingML documents, good and bad.</summary>
internal sealed class DocxFile
{
    private const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private readonly List<(string Name, byte[] Content)> _parts = [];

    public static DocxFile Of(params string[] paragraphs) => new DocxFile()
        .Part("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>""")
        .Part("word/document.xml", Body(string.Concat(paragraphs.Select(p => $"<w:p><w:r><w:t xml:space=\"preserve\">{p}</w:t></w:r></w:p>"))));

    public static string Body(string body) => $"""<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{Word}"><w:body>{body}</w:body></w:document>""";

    public DocxFile Part(string name, string content) => Part(name, Encoding.UTF8.GetBytes(content));

    public DocxFile Part(string name, byte[] content)
    {
        _parts.Add((name, content));
        return this;
    }

    public byte[] Build()
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in _parts)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return file.ToArray();
    }
}
