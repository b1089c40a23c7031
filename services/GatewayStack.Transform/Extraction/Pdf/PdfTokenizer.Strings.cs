namespace GatewayStack.Transform.Extraction.Pdf;

/// <content>Strings (ISO 32000-2, 7.3.4).</content>
internal sealed partial class PdfTokenizer
{
    private PdfString Hex()
    {
        Position++;
        var rest = Source[Position..];
        var end = rest.IndexOf((byte)'>');
        IsCut |= end < 0;
        var digits = end < 0 ? rest : rest[..end];
        Hold(ValueWeight + (digits.Length / 2));
        var bytes = new byte[(digits.Length + 1) / 2];
        var count = 0;
        foreach (var c in digits)
        {
            if (char.IsAsciiHexDigit((char)c))
            {
                bytes[count / 2] |= (byte)(HexValue(c) << (count % 2 == 0 ? 4 : 0));
                count++;
            }
        }

        Position = Math.Min(Source.Length, Position + digits.Length + 1);
        return new PdfString(Exactly(bytes, (count + 1) / 2));
    }

    private PdfString Literal()
    {
        Position++;
        var longest = LiteralLength(Source[Position..]);
        Hold(ValueWeight + longest);
        var bytes = new byte[longest];
        var count = 0;
        var span = Source;
        for (var end = Position + longest; Position < end; Position++)
        {
            if (span[Position] == '\\')
            {
                Position++;
                if (Escape() is { } escaped)
                {
                    bytes[count++] = escaped;
                }
            }
            else
            {
                bytes[count++] = span[Position];
            }
        }

        IsCut |= Position >= span.Length;
        Position = Math.Min(span.Length, Position + 1);
        return new PdfString(Exactly(bytes, count));
    }

    /// <summary>How many bytes stand before the parenthesis that closes a string, or the end.</summary>
    private static int LiteralLength(ReadOnlySpan<byte> rest)
    {
        var open = 1;
        for (var i = 0; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case (byte)'\\':
                    i++;
                    break;
                case (byte)'(':
                    open++;
                    break;
                case (byte)')' when --open == 0:
                    return i;
                default:
                    break;
            }
        }

        return rest.Length;
    }

    private static byte[] Exactly(byte[] bytes, int count) => count == bytes.Length ? bytes : bytes[..count];

    /// <summary>What the characters behind a backslash stand for; null for nothing. Moves to the last of them.</summary>
    private byte? Escape()
    {
        var span = Source;
        if (Position >= span.Length)
        {
            return null;
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
            return (byte)value;
        }

        switch (c)
        {
            case (byte)'n':
                return (byte)'\n';
            case (byte)'r':
                return (byte)'\r';
            case (byte)'t':
                return (byte)'\t';
            case (byte)'b' or (byte)'f':
                return (byte)' ';
            case (byte)'\r':
                Position += Position + 1 < span.Length && span[Position + 1] == '\n' ? 1 : 0;
                return null;
            case (byte)'\n':
                return null;
            default:
                return c;
        }
    }
}
