namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>
/// Reads PDF documents (ISO 32000-2): the glyphs of pages and forms, and every string of the document's objects, such as its author, notes, links and form fields.
/// </summary>
/// <remarks>
/// Neither tables of objects nor outlines of fonts nor images are read; what these would be needed for is named as missing, and so is every stream that something refers
/// to and nothing here has read. Nothing calls itself deeper than a constant.
/// </remarks>
internal sealed class PdfExtractor : IDocumentExtractor
{
    private const int MaxHeader = 1024;

    public string Name => "pdf";

    public bool Takes(string mediaType) => mediaType is "application/pdf" or "application/x-pdf";

    public Extraction Extract(ReadOnlyMemory<byte> bytes, ExtractionBounds bounds, CancellationToken cancellationToken)
    {
        if (bytes.Span[..Math.Min(bytes.Length, MaxHeader)].IndexOf("%PDF-"u8) < 0)
        {
            return Extraction.Nothing(ExtractionReasons.Undecodable);
        }

        var text = new ExtractedText(bounds.MaxChars);
        try
        {
            Read(bytes, bounds, text, new PdfWork(bounds, cancellationToken));
        }
        catch (ExtractionStoppedException e)
        {
            text.Miss(e.Reason);
        }

        return text.Finish();
    }

    private static void Read(ReadOnlyMemory<byte> bytes, ExtractionBounds bounds, ExtractedText text, PdfWork work)
    {
        var objects = PdfObjects.Read(bytes, work);
        if (objects.IsEncrypted)
        {
            throw new ExtractionStoppedException(ExtractionReasons.Encrypted);
        }

        var content = new PdfContent(objects, work, text);
        var pages = objects.All.OfType<PdfDictionary>().Where(d => IsPage(objects, d)).ToList();
        foreach (var page in pages.Take(bounds.MaxPages))
        {
            content.Page(page);
        }

        if (pages.Count > bounds.MaxPages)
        {
            throw new ExtractionStoppedException(ExtractionReasons.TooManyParts);
        }

        foreach (var (_, stream) in objects.Streams)
        {
            if (IsForm(objects, stream))
            {
                content.Form(stream);
            }
        }

        content.Finish();
        new PdfStrings(objects, work, text).Read();
        if (pages.Count == 0 || objects.IsIncomplete)
        {
            text.Miss(ExtractionReasons.Undecodable);
        }
    }
    /// <summary>Readers go from the tree of pages to their contents, and ask few of them what type they are.</summary>
    private static bool IsPage(PdfObjects objects, PdfDictionary dictionary) =>
        objects.Is(dictionary, "Type", "Page")
            || (dictionary.Find("Contents") is { } contents && objects.Versions(contents).Any(v => v is PdfArray or PdfDictionary { Stream: not null }));

    /// <summary>Forms, what annotations look like, and patterns.</summary>
    private static bool IsForm(PdfObjects objects, PdfDictionary stream) =>
        objects.Is(stream, "Subtype", "Form") || stream.Members.ContainsKey("PatternType") || (stream.Members.ContainsKey("BBox") && !stream.Members.ContainsKey("ShadingType"));
}
