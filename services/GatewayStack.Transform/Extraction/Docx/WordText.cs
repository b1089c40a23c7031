using System.Collections.Frozen;
using System.Globalization;
using System.Xml;

namespace GatewayStack.Transform.Extraction.Docx;

/// <summary>Reads the text of one XML part. Of a document's body the runs are joined as they are read by people; of other parts every text counts.</summary>
internal static class WordText
{
    private const int MaxDepth = 256;

    /// <summary>Attributes in which people or programs write words: authors, descriptions, lettering, what a field refers to.</summary>
    private static readonly FrozenSet<string> Words =
        new[] { "author", "initials", "descr", "title", "alt", "tooltip", "userId", "string", "instr" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Elements inside a paragraph: a word may go on behind them. Any other element ends the line.</summary>
    private static readonly FrozenSet<string> Inline = new[]
    {
        "r", "t", "delText", "instrText", "rPr", "ins", "del", "hyperlink", "smartTag", "fldSimple", "fldChar", "sdt", "sdtContent", "sdtPr", "bookmarkStart", "bookmarkEnd", "proofErr",
        "softHyphen", "lastRenderedPageBreak", "tc", "tcPr", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd", "moveFrom", "moveTo", "bdo", "dir", "customXml",
        "b", "bCs", "i", "iCs", "u", "color", "sz", "szCs", "lang", "rFonts", "rStyle", "noProof", "highlight", "shd", "vertAlign", "strike", "caps", "smallCaps", "kern", "spacing", "w",
        "position", "webHidden", "vanish", "rtl", "cs", "footnoteReference", "endnoteReference", "commentReference", "annotationRef", "footnoteRef", "endnoteRef", "lvl", "ptab", "sym", "em",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static void Read(Stream part, ExtractedText text, long maxChars, CancellationToken cancellationToken)
    {
        // No document type, so no entities; no resolver, so nothing is fetched.
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = maxChars, CloseInput = false };
        using var reader = XmlReader.Create(part, settings);
        while (reader.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (reader.Depth > MaxDepth)
            {
                throw new ExtractionStoppedException(ExtractionReasons.Undecodable);
            }

            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Begin(reader, text);
                    break;
                case XmlNodeType.EndElement:
                    End(reader.LocalName, text);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    text.Add(reader.Value);
                    break;
                case XmlNodeType.Comment or XmlNodeType.ProcessingInstruction:
                    text.EndLine();
                    text.Add(reader.Value);
                    text.EndLine();
                    break;
                default:
                    break;
            }
        }
    }

    private static void Begin(XmlReader reader, ExtractedText text)
    {
        var isEmpty = reader.IsEmptyElement;
        var name = reader.LocalName;
        var isLink = reader.GetAttribute("TargetMode") == "External";
        while (reader.MoveToNextAttribute())
        {
            // The value of a property such as a form field's entry stands in an attribute 'val'; elsewhere that is a size or a colour.
            if (Words.Contains(reader.LocalName) || (isLink && reader.LocalName == "Target") || reader.Value.Contains('@')
                || (reader.LocalName == "val" && name is "alias" or "tag" or "default" or "listItem" or "docVar"))
            {
                text.EndLine();
                text.Add(reader.Value);
                text.EndLine();
            }
        }

        reader.MoveToElement();
        switch (name)
        {
            case "tab" or "ptab":
                text.Add("\t");
                break;
            case "br" or "cr":
                text.Add("\n");
                break;
            case "noBreakHyphen":
                text.Add("-");
                break;
            case "sym":
                Symbol(reader, text);
                break;
            default:
                if (isEmpty)
                {
                    End(name, text);
                }

                break;
        }
    }

    /// <summary>A character by its number in a font: with most fonts that is its code point.</summary>
    private static void Symbol(XmlReader reader, ExtractedText text)
    {
        for (var found = reader.MoveToFirstAttribute(); found; found = reader.MoveToNextAttribute())
        {
            if (reader.LocalName == "char" && ushort.TryParse(reader.Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
                && !char.IsSurrogate((char)unit))
            {
                text.Add([(char)unit]);
            }
        }

        reader.MoveToElement();
    }

    private static void End(string name, ExtractedText text)
    {
        if (!Inline.Contains(name))
        {
            text.EndLine();
        }
        else if (name == "tc")
        {
            text.Add("\t");
        }
    }
}
