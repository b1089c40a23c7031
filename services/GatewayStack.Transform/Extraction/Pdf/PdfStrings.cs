using System.Text;

namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>Reads the strings of all objects, and names what is in the document that is no text. Values are as deep as the tokenizer lets them be.</summary>
internal sealed class PdfStrings(PdfObjects objects, PdfWork work, ExtractedText text)
{
    public void Read()
    {
        foreach (var value in objects.All)
        {
            Walk(value);
        }
    }

    private void Walk(PdfValue value)
    {
        work.Do(1);
        switch (value)
        {
            case PdfString found:
                Add(Decode(found.Bytes));
                break;
            case PdfArray array:
                foreach (var item in array.Items)
                {
                    Walk(item);
                }

                break;
            case PdfDictionary dictionary:
                Members(dictionary);
                break;
            default:
                break;
        }
    }

    private void Members(PdfDictionary dictionary)
    {
        if (dictionary.Is("Subtype", "Image"))
        {
            text.Miss(ExtractionReasons.Images);
        }

        if (dictionary.Is("Type", "EmbeddedFile") || ((string[])["EmbeddedFiles", "EF", "JS", "XFA", "RichMediaContent"]).Any(dictionary.Members.ContainsKey))
        {
            text.Miss(ExtractionReasons.EmbeddedFiles);
        }

        if (dictionary.Stream is not null && dictionary.Is("Type", "Metadata"))
        {
            if (objects.Unpack(dictionary) is { } xml)
            {
                Add(Encoding.UTF8.GetString(xml.Span));
            }
            else
            {
                text.Miss(ExtractionReasons.Undecodable);
            }
        }

        foreach (var (name, member) in dictionary.Members)
        {
            // Numbers of a file and checksums are no text.
            if (name is not ("ID" or "CheckSum"))
            {
                Walk(member);
            }
        }
    }

    private void Add(string value)
    {
        if (value.Length > 0)
        {
            text.EndLine();
            text.Add(value);
            text.EndLine();
        }
    }

    private static string Decode(byte[] bytes) => bytes switch
    {
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes.AsSpan(2)),
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes.AsSpan(3)),
        _ => Encoding.Latin1.GetString(bytes),
    };
}
