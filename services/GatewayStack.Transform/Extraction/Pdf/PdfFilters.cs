using System.IO.Compression;
using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>Unpacks streams: Flate with its predictors, ASCII85 and ASCIIHex. Others are of images, or of a time long gone.</summary>
internal static class PdfFilters
{
    private const int Piece = 32 * 1024;

    /// <summary>Unpacks; null where a filter is none of these.</summary>
    public static ReadOnlyMemory<byte>? Decode(PdfObjects objects, PdfDictionary dictionary, PdfWork work)
    {
        var data = dictionary.Stream!.Value;
        var filters = List(objects, dictionary.Find("Filter") ?? dictionary.Find("F"));
        var parameters = List(objects, dictionary.Find("DecodeParms") ?? dictionary.Find("DP"));
        if (filters.Count > 4)
        {
            return null;
        }

        for (var i = 0; i < filters.Count; i++)
        {
            var parameter = i < parameters.Count ? parameters[i] as PdfDictionary : null;
            byte[]? decoded = (filters[i] as PdfName)?.Value switch
            {
                "FlateDecode" or "Fl" => Predict(objects, Inflate(data, work), parameter),
                "ASCIIHexDecode" or "AHx" => Hex(data.Span, work),
                "ASCII85Decode" or "A85" => Ascii85(data.Span, work),
                _ => null,
            };
            if (decoded is null)
            {
                return null;
            }

            data = decoded;
        }

        return data;
    }

    private static List<PdfValue?> List(PdfObjects objects, PdfValue? value) => objects.Resolve(value) switch
    {
        null => [],
        PdfArray array => [.. array.Items.Select(objects.Resolve)],
        var single => [single],
    };

    private static byte[] Inflate(ReadOnlyMemory<byte> data, PdfWork work)
    {
        using var packed = MemoryMarshal.TryGetArray(data, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(data.ToArray(), writable: false);
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);

        // In pieces, and then as one: a buffer that doubles holds three times what is in it at its last step.
        var pieces = new List<byte[]>();
        var length = 0;
        while (true)
        {
            work.Do(1);
            var piece = new byte[Piece];
            int read;
            try
            {
                read = zlib.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false);
            }
            catch (IOException e)
            {
                // The bytes are in memory: some kinds of broken data are said so.
                throw new InvalidDataException(e.Message, e);
            }

            work.Unpack(read);
            pieces.Add(piece);
            length += read;
            if (read < piece.Length)
            {
                return Joined(pieces, length);
            }
        }
    }

    private static byte[] Joined(List<byte[]> pieces, int length)
    {
        var whole = new byte[length];
        for (var i = 0; i < pieces.Count; i++)
        {
            pieces[i].AsSpan(0, Math.Min(Piece, length - (i * Piece))).CopyTo(whole.AsSpan(i * Piece));
        }

        return whole;
    }

    /// <summary>Undoes a PNG predictor (ISO 32000-2, 7.4.4.4); tables of where objects stand have one.</summary>
    private static byte[]? Predict(PdfObjects objects, byte[] data, PdfDictionary? parameters)
    {
        var predictor = Number(objects, parameters, "Predictor", 1);
        if (predictor == 1)
        {
            return data;
        }

        var (colours, bits, columns) = (Number(objects, parameters, "Colors", 1), Number(objects, parameters, "BitsPerComponent", 8), Number(objects, parameters, "Columns", 1));
        if (predictor < 10 || bits != 8 || colours is < 1 or > 32 || columns is < 1 or > 1_000_000)
        {
            return null;
        }

        var (width, step) = (columns * colours, colours);
        var rows = data.Length / (width + 1);
        var result = new byte[rows * width];
        for (var row = 0; row < rows; row++)
        {
            var source = data.AsSpan((row * (width + 1)) + 1, width);
            var target = result.AsSpan(row * width, width);
            var above = row == 0 ? default : result.AsSpan((row - 1) * width, width);
            for (var i = 0; i < width; i++)
            {
                var left = i < step ? 0 : target[i - step];
                var up = row == 0 ? 0 : above[i];
                var corner = i < step || row == 0 ? 0 : above[i - step];
                target[i] = (byte)(source[i] + (data[row * (width + 1)] switch { 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => 0 }));
            }
        }

        return result;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static int Number(PdfObjects objects, PdfDictionary? dictionary, string name, int otherwise) =>
        objects.Resolve(dictionary?.Find(name)) is PdfNumber { Value: >= 0 and <= int.MaxValue } number ? (int)number.Value : otherwise;

    private static byte[] Hex(ReadOnlySpan<byte> data, PdfWork work)
    {
        var result = new byte[(data.Length + 1) / 2];
        work.Unpack(result.Length);
        var digits = 0;
        foreach (var c in data)
        {
            if (c == '>')
            {
                break;
            }

            if (char.IsAsciiHexDigit((char)c))
            {
                result[digits / 2] |= (byte)(PdfTokenizer.HexValue(c) << (digits % 2 == 0 ? 4 : 0));
                digits++;
            }
        }

        return result[..((digits + 1) / 2)];
    }

    private static byte[]? Ascii85(ReadOnlySpan<byte> data, PdfWork work)
    {
        // Five letters are four bytes at most, and a z is four of nothing.
        var result = new byte[(((data.Length + 4) / 5) + data.Count((byte)'z')) * 4];
        work.Unpack(result.Length);
        var (length, group, count) = (0, 0UL, 0);
        foreach (var c in data)
        {
            if (c == '~')
            {
                break;
            }

            if (PdfTokenizer.IsBlank(c))
            {
                continue;
            }

            if (c == 'z' && count == 0)
            {
                length += 4;
                continue;
            }

            if (c is < (byte)'!' or > (byte)'u')
            {
                return null;
            }

            group = (group * 85) + (ulong)(c - '!');
            if (++count == 5)
            {
                Add(group, 4);
                (group, count) = (0, 0);
            }
        }

        if (count > 1)
        {
            for (var i = count; i < 5; i++)
            {
                group = (group * 85) + 84;
            }

            Add(group, count - 1);
        }

        return result[..length];

        void Add(ulong value, int bytes)
        {
            for (var i = 0; i < bytes; i++)
            {
                result[length++] = (byte)(value >> (24 - (8 * i)));
            }
        }
    }
}
