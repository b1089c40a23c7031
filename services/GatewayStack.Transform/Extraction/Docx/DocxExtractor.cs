using System.IO.Compression;
using System.Xml;

namespace GatewayStack.Transform.Extraction.Docx;

/// <summary>
/// Reads WordprocessingML documents (ECMA-376): the text of every XML part, and what attributes say in words. Nothing that a relationship points to outside is opened.
/// </summary>
internal sealed class DocxExtractor : IDocumentExtractor
{
    private const int MaxParts = 2000;
    private const string MainPart = "word/document";

    private static ReadOnlySpan<byte> CompoundFile => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public string Name => "docx";

    public bool Takes(string mediaType) => mediaType is "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public Extraction Extract(ReadOnlyMemory<byte> bytes, ExtractionBounds bounds, CancellationToken cancellationToken)
    {
        // A document with a password is not packed but stands in a compound file.
        if (bytes.Span.StartsWith(CompoundFile))
        {
            return Extraction.Nothing(ExtractionReasons.Encrypted);
        }

        var text = new ExtractedText(bounds.MaxChars);
        try
        {
            Read(bytes, bounds, text, cancellationToken);
        }
        catch (ExtractionStoppedException e)
        {
            text.Miss(e.Reason);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or IOException or NotSupportedException or ArgumentException)
        {
            text.Miss(ExtractionReasons.Undecodable);
        }

        return text.Finish();
    }

    private static void Read(ReadOnlyMemory<byte> bytes, ExtractionBounds bounds, ExtractedText text, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        if (archive.Entries.Count > MaxParts)
        {
            throw new ExtractionStoppedException(ExtractionReasons.TooManyParts);
        }

        // Two parts of one name are read by one program as the first and by another as the second.
        var names = archive.Entries.Select(e => e.FullName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (names.Count != archive.Entries.Count || !names.Any(IsMain))
        {
            throw new ExtractionStoppedException(ExtractionReasons.Undecodable);
        }

        var budget = new UnpackedBytes(bounds.MaxUnpackedBytes);
        foreach (var part in archive.Entries.OrderByDescending(e => IsMain(e.FullName)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (part.IsEncrypted)
            {
                throw new ExtractionStoppedException(ExtractionReasons.Encrypted);
            }

            if (IsXml(part.FullName))
            {
                using var unpacked = new UnpackedStream(part.Open(), budget, cancellationToken);
                WordText.Read(unpacked, text, bounds.MaxUnpackedBytes, cancellationToken);
                text.EndLine();
            }
            else if (part.Length > 0 || !part.FullName.EndsWith('/'))
            {
                text.Miss(IsMedia(part.FullName) ? ExtractionReasons.Images : ExtractionReasons.EmbeddedFiles);
            }
        }
    }

    private static bool IsMain(string name) => name.StartsWith(MainPart, StringComparison.OrdinalIgnoreCase) && IsXml(name);

    private static bool IsXml(string name) => name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    private static bool IsMedia(string name) => name.Contains("media/", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".jpeg", StringComparison.OrdinalIgnoreCase);
}
