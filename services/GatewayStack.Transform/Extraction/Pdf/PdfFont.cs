using System.Text;

namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>A glyph that is drawn.</summary>
/// <param name="Text">What it means; null where nothing says so.</param>
/// <param name="Width">Its width, in thousandths of the letters' size.</param>
/// <param name="IsBlank">True for the code 32 of one byte, which word spacing widens.</param>
internal readonly record struct PdfGlyph(string? Text, double Width, bool IsBlank);

/// <summary>A font: what its codes mean, and how wide they are. Its outlines are not read.</summary>
internal sealed class PdfFont
{
    private const int Symbolic = 4;
    private const double UnknownWidth = 550;

    /// <summary>What an entry of a table weighs in memory, about.</summary>
    private const int EntryWeight = 48;

    private static readonly Encoding WinAnsi = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private readonly Dictionary<int, string> _names = [];
    private readonly Dictionary<int, double> _widths = [];
    private PdfCharacterMap? _map;
    private bool _isComposite;
    private bool _isUnicode;
    private bool _hasOwnCodes;
    private double _defaultWidth;

    private PdfFont()
    {
    }

    /// <summary>A font that says nothing.</summary>
    public static PdfFont Unknown { get; } = new() { _hasOwnCodes = true };

    /// <summary>Reads a font.</summary>
    public static PdfFont Read(PdfObjects objects, PdfDictionary dictionary, PdfWork work)
    {
        var font = new PdfFont { _isComposite = objects.Is(dictionary, "Subtype", "Type0") };
        if (objects.Dictionary(dictionary, "ToUnicode") is { Stream: not null } map && objects.Unpack(map) is { } source)
        {
            font._map = PdfCharacterMap.Read(source, work);
        }

        if (font._isComposite)
        {
            font.ReadComposite(objects, dictionary, work);
        }
        else
        {
            font.ReadSimple(objects, dictionary, work);
        }

        return font;
    }

    /// <summary>The glyphs of a string.</summary>
    public IEnumerable<PdfGlyph> Glyphs(byte[] text)
    {
        var length = _isComposite ? _map is { CodeLength: > 0 } map ? map.CodeLength : 2 : 1;
        for (var i = 0; i + length <= text.Length; i += length)
        {
            var code = length == 1 ? text[i] : (text[i] << 8) | text[i + 1];
            var meaning = Meaning(code);
            yield return new PdfGlyph(meaning, Width(code, meaning), length == 1 && code == ' ');
        }

        if (text.Length % length != 0)
        {
            yield return new PdfGlyph(null, 0, IsBlank: false);
        }
    }

    private string? Meaning(int code)
    {
        if (_map?.Find(code) is { } mapped)
        {
            return IsReadable(mapped) ? mapped : null;
        }

        if (_isComposite)
        {
            return _isUnicode && IsReadable(((char)code).ToString()) ? ((char)code).ToString() : null;
        }

        if (_names.TryGetValue(code, out var name))
        {
            return PdfGlyphNames.Find(name);
        }

        return _hasOwnCodes || code < ' ' ? null : WinAnsi.GetString([(byte)code]);
    }

    private static bool IsReadable(string text) => text.Length > 0 && text[0] is not ('\uFFFD' or < ' ' or (>= '\uE000' and <= '\uF8FF'));

    private double Width(int code, string? meaning)
    {
        if (_widths.TryGetValue(code, out var width))
        {
            return width;
        }

        return _isComposite ? _defaultWidth : meaning is not { Length: > 0 } ? UnknownWidth : meaning[0] switch
        {
            'i' or 'j' or 'l' or '.' or ',' or '\'' or '|' or '!' or ':' or ';' => 250,
            'f' or 't' or 'r' or ' ' or '(' or ')' or '[' or ']' or '/' or '-' or 'I' => 300,
            'm' or 'M' or 'w' or 'W' or '@' or '%' => 850,
            >= 'A' and <= 'Z' => 690,
            _ => UnknownWidth,
        };
    }

    private void ReadSimple(PdfObjects objects, PdfDictionary dictionary, PdfWork work)
    {
        var encoding = objects.Resolve(dictionary.Find("Encoding"));
        var descriptor = objects.Dictionary(dictionary, "FontDescriptor");
        var flags = objects.Resolve(descriptor?.Find("Flags")) is PdfNumber number ? (int)number.Value : 0;
        var isEmbedded = descriptor is not null && (string[])["FontFile", "FontFile2", "FontFile3"] is var files && Array.Exists(files, descriptor.Members.ContainsKey);

        // Its codes mean what its program says, and that is not read.
        _hasOwnCodes = objects.Is(dictionary, "Subtype", "Type3") || ((flags & Symbolic) != 0 && isEmbedded && encoding is null)
            || (objects.Resolve(dictionary.Find("BaseFont")) is PdfName { Value: "Symbol" or "ZapfDingbats" }) || encoding is PdfName { Value: "MacExpertEncoding" };
        if (encoding is PdfDictionary own && objects.Resolve(own.Find("Differences")) is PdfArray differences)
        {
            var code = 0;
            foreach (var item in differences.Items.Select(objects.Resolve))
            {
                work.Do(1);
                if (item is PdfNumber start)
                {
                    code = (int)Math.Clamp(start.Value, 0, 255);
                }
                else if (item is PdfName name && code < 256)
                {
                    work.Held.Take(EntryWeight);
                    _names[code++] = name.Value;
                }
            }
        }

        if (objects.Resolve(dictionary.Find("Widths")) is PdfArray widths && objects.Resolve(dictionary.Find("FirstChar")) is PdfNumber first)
        {
            var scale = objects.Is(dictionary, "Subtype", "Type3") ? 0 : 1;
            for (var i = 0; i < Math.Min(widths.Items.Count, 256); i++)
            {
                if (objects.Resolve(widths.Items[i]) is PdfNumber { Value: > 0 and < 10_000 } width && scale > 0)
                {
                    work.Held.Take(EntryWeight);
                    _widths[(int)Math.Clamp(first.Value, 0, 255) + i] = width.Value;
                }
            }
        }
    }

    private void ReadComposite(PdfObjects objects, PdfDictionary dictionary, PdfWork work)
    {
        _isUnicode = objects.Resolve(dictionary.Find("Encoding")) is PdfName name
            && (name.Value.Contains("UCS2", StringComparison.Ordinal) || name.Value.Contains("UTF16", StringComparison.Ordinal));
        var descendant = objects.Resolve(dictionary.Find("DescendantFonts")) is PdfArray { Items.Count: > 0 } fonts ? objects.Resolve(fonts.Items[0]) as PdfDictionary : null;
        _defaultWidth = objects.Resolve(descendant?.Find("DW")) is PdfNumber width ? width.Value : 1000;
        if (objects.Resolve(descendant?.Find("W")) is not PdfArray widths)
        {
            return;
        }

        for (var i = 0; i + 1 < widths.Items.Count; i++)
        {
            work.Do(1);
            if (objects.Resolve(widths.Items[i]) is not PdfNumber { Value: >= 0 and <= ushort.MaxValue } first)
            {
                continue;
            }

            if (objects.Resolve(widths.Items[i + 1]) is PdfArray each)
            {
                for (var j = 0; j < each.Items.Count; j++)
                {
                    work.Do(1);
                    work.Held.Take(EntryWeight);
                    _widths[(int)first.Value + j] = (objects.Resolve(each.Items[j]) as PdfNumber)?.Value ?? _defaultWidth;
                }

                i++;
            }
            else if (i + 2 < widths.Items.Count && objects.Resolve(widths.Items[i + 1]) is PdfNumber { Value: <= ushort.MaxValue } last
                && objects.Resolve(widths.Items[i + 2]) is PdfNumber all)
            {
                for (var code = (int)first.Value; code <= last.Value; code++)
                {
                    work.Do(1);
                    work.Held.Take(EntryWeight);
                    _widths[code] = all.Value;
                }

                i += 2;
            }
        }
    }
}
