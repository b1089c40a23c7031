using System.Globalization;
using System.Text;

namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>Reads values from bytes. What is not right is skipped or ends the reading; nesting and work are bounded.</summary>
internal sealed class PdfTokenizer(ReadOnlyMemory<byte> source, PdfWork work)
{
    private const int MaxDepth = 64;

    /// <summary>Where it stands.</summary>
    public int Position { get; set; }

    private ReadOnlySpan<byte> Source => source.Span;

    /// <summary>The next value; null at the end.</summary>
    public PdfValue? Read() => Read(0);

    /// <summary>Moves behind blanks and comments.</summary>
    public void SkipBlanks()
    {
        var span = Source;
        while (Position < span.Length)
        {
            var c = span[Position];
            if (c == '%')
            {
                while (Position < span.Length && span[Position] is not ((byte)'\n' or (byte)'\r'))
                {
                    Position++;
                }
            }
            else if (IsBlank(c))
            {
                Position++;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>True for white space.</summary>
    public static bool IsBlank(byte c) => c is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsDelimiter(byte c) => c is (byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%';

    private PdfValue? Read(int depth)
    {
        work.Do(1);
        if (depth > MaxDepth)
        {
            throw new ExtractionStoppedException(ExtractionReasons.Undecodable);
        }

        SkipBlanks();
        var span = Source;
        if (Position >= span.Length)
        {
            return null;
        }

        switch (span[Position])
        {
            case (byte)'/':
                Position++;
                return new PdfName(Name());
            case (byte)'(':
                return Literal();
            case (byte)'[':
                Position++;
                return new PdfArray(Items("]", depth));
            case (byte)'<' when Position + 1 < span.Length && span[Position + 1] == '<':
                Position += 2;
                return Dictionary(depth);
            case (byte)'<':
                return Hex();
            case (byte)'>' when Position + 1 < span.Length && span[Position + 1] == '>':
                Position += 2;
                return new PdfWord(">>");
            case (byte)']' or (byte)'{' or (byte)'}' or (byte)')' or (byte)'>':
                return new PdfWord(((char)span[Position++]).ToString());
            default:
                return Word();
        }
    }

    private PdfValue Word()
    {
        var text = Regular();
        if (!double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return new PdfWord(text);
        }

        // Two whole numbers and an R are a reference.
        var after = Position;
        if (number is >= 0 and <= int.MaxValue && !text.Contains('.', StringComparison.Ordinal) && IsGenerationAndR())
        {
            return new PdfReference((int)number);
        }

        Position = after;
        return new PdfNumber(number);
    }

    private bool IsGenerationAndR()
    {
        SkipBlanks();
        var span = Source;
        var start = Position;
        while (Position < span.Length && char.IsAsciiDigit((char)span[Position]) && Position - start < 6)
        {
            Position++;
        }

        if (Position == start)
        {
            return false;
        }

        SkipBlanks();
        if (Position < span.Length && span[Position] == 'R' && (Position + 1 == span.Length || IsBlank(span[Position + 1]) || IsDelimiter(span[Position + 1])))
        {
            Position++;
            return true;
        }

        return false;
    }

    private string Regular()
    {
        var span = Source;
        var start = Position;
        while (Position < span.Length && !IsBlank(span[Position]) && !IsDelimiter(span[Position]))
        {
            Position++;
        }

        return Encoding.Latin1.GetString(span[start..Position]);
    }

    private string Name()
    {
        var raw = Regular();
        if (!raw.Contains('#', StringComparison.Ordinal))
        {
            return raw;
        }

        var name = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] == '#' && i + 2 < raw.Length && byte.TryParse(raw.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                name.Append((char)code);
                i += 2;
            }
            else
            {
                name.Append(raw[i]);
            }
        }

        return name.ToString();
    }

    private List<PdfValue> Items(string end, int depth)
    {
        var items = new List<PdfValue>();
        while (Read(depth + 1) is { } item)
        {
            if (item is PdfWord word && word.Value == end)
            {
                break;
            }

            if (item is PdfWord { Value: "endobj" or "endstream" or ">>" or "]" })
            {
                break;
            }

            items.Add(item);
        }

        return items;
    }

    private PdfDictionary Dictionary(int depth)
    {
        var items = Items(">>", depth);
        var members = new Dictionary<string, PdfValue>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < items.Count; i++)
        {
            if (items[i] is PdfName name)
            {
                members.TryAdd(name.Value, items[++i]);
            }
        }

        return new PdfDictionary(members);
    }

    private PdfString Hex()
    {
        var span = Source;
        Position++;
        var bytes = new List<byte>();
        var half = -1;
        for (; Position < span.Length && span[Position] != '>'; Position++)
        {
            if (!char.IsAsciiHexDigit((char)span[Position]))
            {
                continue;
            }

            var digit = span[Position] <= '9' ? span[Position] - '0' : (span[Position] | 0x20) - 'a' + 10;
            if (half < 0)
            {
                half = digit;
            }
            else
            {
                bytes.Add((byte)((half << 4) | digit));
                half = -1;
            }
        }

        Position++;
        if (half >= 0)
        {
            bytes.Add((byte)(half << 4));
        }

        return new PdfString([.. bytes]);
    }

    private PdfString Literal()
    {
        var span = Source;
        Position++;
        var bytes = new List<byte>();
        for (var open = 1; Position < span.Length; Position++)
        {
            var c = span[Position];
            if (c == '\\')
            {
                Position++;
                Escape(bytes);
                continue;
            }

            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (open == 0)
            {
                Position++;
                break;
            }

            bytes.Add(c);
        }

        return new PdfString([.. bytes]);
    }

    private void Escape(List<byte> bytes)
    {
        var span = Source;
        if (Position >= span.Length)
        {
            return;
        }

        var c = span[Position];
        if (c is >= (byte)'0' and <= (byte)'7')
        {
            var value = 0;
            var end = Math.Min(span.Length, Position + 3);
            for (; Position < end && span[Position] is >= (byte)'0' and <= (byte)'7'; Position++)
            {
                value = (value * 8) + (span[Position] - '0');
            }

            Position--;
            bytes.Add((byte)value);
            return;
        }

        switch (c)
        {
            case (byte)'n':
                bytes.Add((byte)'\n');
                break;
            case (byte)'r':
                bytes.Add((byte)'\r');
                break;
            case (byte)'t':
                bytes.Add((byte)'\t');
                break;
            case (byte)'b' or (byte)'f':
                bytes.Add((byte)' ');
                break;
            case (byte)'\r' when Position + 1 < span.Length && span[Position + 1] == '\n':
                Position++;
                break;
            case (byte)'\n' or (byte)'\r':
                break;
            default:
                bytes.Add(c);
                break;
        }
    }
}
