using System.IO.Compression;

namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>Unpacks streams: Flate with its predictors, ASCII85 and ASCIIHex. Others are of images, or of a time long gone.</summary>
internal static class PdfFilters
{
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
                "ASCIIHexDecode" or "AHx" => Hex(data.Span),
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
        using var packed = new MemoryStream(data.ToArray(), writable: false);
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        var buffer = new byte[32 * 1024];
        for (int read; (read = zlib.Read(buffer)) > 0;)
        {
            work.Do(1);
            work.Unpacked.Take(read);
            unpacked.Write(buffer.AsSpan(0, read));
        }

        return unpacked.ToArray();
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

    private static byte[] Hex(ReadOnlySpan<byte> data)
    {
        var digits = new List<byte>(data.Length);
        foreach (var c in data)
        {
            if (c == '>')
            {
                break;
            }

            if (char.IsAsciiHexDigit((char)c))
            {
                digits.Add(c);
            }
        }

        if (digits.Count % 2 != 0)
        {
            digits.Add((byte)'0');
        }

        return Convert.FromHexString(System.Text.Encoding.ASCII.GetString([.. digits]));
    }

    private static byte[]? Ascii85(ReadOnlySpan<byte> data, PdfWork work)
    {
        var result = new List<byte>(data.Length);
        var (group, count) = (0UL, 0);
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
                work.Unpacked.Take(4);
                result.AddRange([0, 0, 0, 0]);
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

        return [.. result];

        void Add(ulong value, int bytes)
        {
            for (var i = 0; i < bytes; i++)
            {
                result.Add((byte)(value >> (24 - (8 * i))));
            }
        }
    }
}
