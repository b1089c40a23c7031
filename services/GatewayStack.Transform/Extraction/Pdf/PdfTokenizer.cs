using System.Globalization;
using System.Text;

namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>Reads values from bytes. What is not right is skipped or ends the reading; nesting, work and what the values weigh are bounded.</summary>
internal sealed partial class PdfTokenizer(ReadOnlyMemory<byte> source, PdfWork work)
{
    private const int MaxDepth = 64;

    // What a value weighs in memory, about: itself and its place in a list; a list or array of its own; a dictionary of its own, and each of its members.
    private const int ValueWeight = 40;
    private const int ArrayWeight = 64;
    private const int DictionaryWeight = 130;
    private const int MemberWeight = 40;

    private long _held;

    /// <summary>Where it stands.</summary>
    public int Position { get; set; }

    /// <summary>True where a string, an array or a dictionary was not closed.</summary>
    public bool IsCut { get; private set; }

    /// <summary>True when a member of a dictionary stands twice in it: readers differ in which one counts.</summary>
    public bool IsDoubtful { get; private set; }

    private ReadOnlySpan<byte> Source => source.Span;

    /// <summary>The next value; null at the end.</summary>
    public PdfValue? Read() => Read(0);

    /// <summary>What was read is needed no more.</summary>
    public void Forget()
    {
        work.Held.GiveBack(_held);
        _held = 0;
    }

    /// <summary>What was read stays.</summary>
    public void Keep() => _held = 0;

    /// <summary>The value of a hexadecimal digit.</summary>
    public static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    /// <summary>True for what a word or a number may consist of.</summary>
    public static bool IsRegular(byte c) => !IsBlank(c) && !IsDelimiter(c);

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

    private void Hold(long bytes)
    {
        work.Held.Take(bytes);
        _held += bytes;
    }

    private PdfValue? Read(int depth)
    {
        work.Do(1);
        Hold(ValueWeight);
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
            return new PdfWord(Text(text));
        }

        // Two whole numbers and an R are a reference.
        var after = Position;
        if (number is >= 0 and <= int.MaxValue && !text.Contains((byte)'.') && IsGenerationAndR())
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

    private ReadOnlySpan<byte> Regular()
    {
        var span = Source;
        var start = Position;
        while (Position < span.Length && IsRegular(span[Position]))
        {
            Position++;
        }


        return span[start..Position];
    }

    /// <summary>Most names and words come again and again: they are held once.</summary>
    private string Text(ReadOnlySpan<byte> bytes)
    {
        if (work.Known(bytes) is { } known)
        {
            return known;
        }

        Hold(ValueWeight + (2L * bytes.Length));
        return Encoding.Latin1.GetString(bytes);
    }

    private string Name()
    {
        var raw = Text(Regular());
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
        Hold(ArrayWeight);
        var items = new List<PdfValue>();
        while (Read(depth + 1) is { } item)
        {
            if (item is PdfWord word && word.Value == end)
            {
                return items;
            }

            if (item is PdfWord { Value: "endobj" or "endstream" or ">>" or "]" })
            {
                break;
            }

            items.Add(item);
        }

        IsCut = true;
        return items;
    }

    private PdfDictionary Dictionary(int depth)
    {
        var items = Items(">>", depth);
        Hold(DictionaryWeight + ((long)MemberWeight * items.Count / 2));
        var members = new Dictionary<string, PdfValue>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < items.Count; i++)
        {
            if (items[i] is PdfName name)
            {
                // Which of two readers take is not said anywhere.
                IsDoubtful |= !members.TryAdd(name.Value, items[++i]);
            }
        }

        return new PdfDictionary(members);
    }
}
