using System.Collections.Frozen;
using System.Text;

namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>Reads the strings of all objects, and names what is in the document that is no text. Values are as deep as the tokenizer lets them be.</summary>
internal sealed class PdfStrings(PdfObjects objects, PdfWork work, ExtractedText text)
{
    /// <summary>Members that refer to streams without words: programs of fonts, functions, profiles and tables.</summary>
    private static readonly FrozenSet<string> Wordless = new[]
    {
        "FontFile", "FontFile2", "FontFile3", "CIDSet", "CIDToGIDMap", "ToUnicode", "Encoding", "UseCMap", "Function", "Functions", "TR", "TR2", "BG", "BG2", "UCR", "UCR2", "HT",
        "DestOutputProfile",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Colour spaces: arrays that begin with one of these refer to such streams too.</summary>
    private static readonly FrozenSet<string> Colours = new[] { "ICCBased", "Indexed", "I", "Separation", "DeviceN" }.ToFrozenSet(StringComparer.Ordinal);

    private const int ReferenceWeight = 32;

    private readonly HashSet<int> _referred = [];

    public void Read()
    {
        foreach (var value in objects.All)
        {
            Walk(value, isWordless: false);
        }

        // What something refers to and nothing has read may be what people see.
        if (objects.Streams.Any(s => !objects.IsConsumed(s.Stream) && _referred.Contains(s.Number)))
        {
            text.Miss(ExtractionReasons.Undecodable);
        }
    }

    private void Walk(PdfValue value, bool isWordless)
    {
        work.Do(1);
        switch (value)
        {
            case PdfReference reference:
                if (!isWordless && _referred.Add(reference.Number))
                {
                    work.Held.Take(ReferenceWeight);
                }

                break;
            case PdfString found:
                Add(Decode(Start(found.Bytes)));
                break;
            case PdfArray array:
                isWordless |= array.Items is [PdfName { Value: var kind }, ..] && Colours.Contains(kind);
                foreach (var item in array.Items)
                {
                    Walk(item, isWordless);
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
        if (objects.Is(dictionary, "Subtype", "Image"))
        {
            text.Miss(ExtractionReasons.Images);
        }

        if (objects.Is(dictionary, "Type", "EmbeddedFile") || ((string[])["EmbeddedFiles", "EF", "JS", "XFA", "RichMediaContent"]).Any(dictionary.Members.ContainsKey))
        {
            text.Miss(ExtractionReasons.EmbeddedFiles);
        }

        if (dictionary.Stream is not null && objects.Is(dictionary, "Type", "Metadata"))
        {
            if (objects.Unpack(dictionary) is { } xml)
            {
                Add(Encoding.UTF8.GetString(Start(xml.Span)));
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
                Walk(member, Wordless.Contains(name));
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

    /// <summary>As much as can make one character more than may still be read: the rest need not be decoded to know that it is too much.</summary>
    private ReadOnlySpan<byte> Start(ReadOnlySpan<byte> bytes) => bytes[..(int)Math.Min(bytes.Length, (4L * text.Left) + 16)];

    private static string Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes[2..]),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(bytes[2..]),
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes[3..]),
        _ => Encoding.Latin1.GetString(bytes),
    };
}
