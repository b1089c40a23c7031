using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;

namespace GatewayStack.Transform.Names;

/// <summary>Reads and writes the weights file. Its format is described in docs/models/names.md.</summary>
internal static class NameModelFile
{
    /// <summary>Told apart from every other file by these bytes.</summary>
    private static ReadOnlySpan<byte> Magic => "GSNAMES\0"u8;

    /// <summary>Raised with every change of the format, of the features or of the hashes.</summary>
    private const int Version = 1;

    private const int HeaderLength = 8 + 4 + 4 + SHA256.HashSizeInBytes;
    private const int MaxLength = 16 << 20;
    private const int MaxPayload = 64 << 20;

    /// <summary>Writes a model.</summary>
    public static void Write(NameModel model, Stream output)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var writer = new BinaryWriter(brotli))
        {
            WriteBody(model, writer);
        }

        var payload = packed.ToArray();
        Span<byte> header = stackalloc byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], payload.Length);
        SHA256.HashData(payload, header[16..]);
        output.Write(header);
        output.Write(payload);
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">It is broken, or of another version.</exception>
    public static NameModel Read(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !header.StartsWith(Magic))
        {
            throw new InvalidDataException("This is no file of weights for names.");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (version != Version)
        {
            throw new InvalidDataException($"The weights for names are of version {version}; this program reads version {Version}.");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(header[12..]);
        if (length is < 1 or > MaxLength)
        {
            throw new InvalidDataException("The weights for names are broken: their length cannot be.");
        }

        var payload = new byte[length];
        if (stream.ReadAtLeast(payload, length, throwOnEndOfStream: false) < length || stream.ReadByte() >= 0)
        {
            throw new InvalidDataException("The weights for names are broken: they are cut off, or something follows them.");
        }

        if (!SHA256.HashData(payload).AsSpan().SequenceEqual(header[16..]))
        {
            throw new InvalidDataException("The weights for names are broken: their digest is another.");
        }

        try
        {
            return ReadBody(Unpack(payload));
        }
        catch (Exception e) when (e is EndOfStreamException or IndexOutOfRangeException or ArgumentException or OverflowException or IOException
            or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException("The weights for names are broken: their tables do not fit together.", e);
        }
    }

    private static byte[] Unpack(byte[] payload)
    {
        using var brotli = new BrotliStream(new MemoryStream(payload), CompressionMode.Decompress);
        using var body = new MemoryStream();
        var buffer = new byte[81920];
        for (int read; (read = brotli.Read(buffer)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > MaxPayload)
            {
                throw new InvalidDataException("The weights for names are broken: they are too large.");
            }
        }

        return body.ToArray();
    }

    private static void WriteBody(NameModel model, BinaryWriter writer)
    {
        writer.Write((byte)model.Bits);
        writer.Write(model.ScoreStep);
        foreach (var score in model.Scores)
        {
            writer.Write(score);
        }

        foreach (var weight in model.Transitions)
        {
            writer.Write(weight);
        }

        var lexicon = model.Lexicon;
        WriteKeys(writer, lexicon.WordKeys);
        foreach (var flags in lexicon.WordFlagsOf)
        {
            writer.Write(flags);
        }

        writer.Write(lexicon.WordClassesOf);
        WriteKeys(writer, lexicon.PhraseKeys);
        writer.Write(lexicon.PhraseKindsOf);

        // Rows, then for each its labels, then the weights: like stands by like, which packs best.
        var rows = new List<uint>();
        for (var row = 0; row < 1 << model.Bits; row++)
        {
            if (model.Weights.AsSpan(row * NameLabels.Stride, NameLabels.Stride).ContainsAnyExcept((sbyte)0))
            {
                rows.Add((uint)row);
            }
        }

        WriteKeys(writer, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
        foreach (var row in rows)
        {
            ushort labels = 0;
            for (var label = 0; label < NameLabels.Count; label++)
            {
                labels |= (ushort)(model.Weights[(row * NameLabels.Stride) + label] != 0 ? 1 << label : 0);
            }

            writer.Write(labels);
        }

        foreach (var row in rows)
        {
            foreach (var weight in model.Weights.AsSpan((int)row * NameLabels.Stride, NameLabels.Count))
            {
                if (weight != 0)
                {
                    writer.Write(weight);
                }
            }
        }
    }

    private static void WriteKeys(BinaryWriter writer, ReadOnlySpan<uint> keys)
    {
        writer.Write(keys.Length);
        uint before = 0;
        foreach (var key in keys)
        {
            writer.Write7BitEncodedInt((int)(key - before));
            before = key;
        }
    }

    private static NameModel ReadBody(byte[] body)
    {
        using var reader = new BinaryReader(new MemoryStream(body));
        int bits = reader.ReadByte();
        if (bits is < 4 or > 22)
        {
            throw new InvalidDataException("The weights for names are broken: their number of rows cannot be.");
        }

        var step = reader.ReadInt32();
        if (step < 1)
        {
            throw new InvalidDataException("The weights for names are broken: the table of scores cannot be.");
        }

        var scores = new ushort[NameModel.ScoreCount];
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Min(reader.ReadUInt16(), (ushort)1000);
        }

        var transitions = new short[NameLabels.Stride * NameLabels.Stride];
        for (var i = 0; i < transitions.Length; i++)
        {
            transitions[i] = reader.ReadInt16();
        }

        var words = ReadKeys(reader, body.Length);
        var flags = new ushort[words.Length];
        for (var i = 0; i < flags.Length; i++)
        {
            flags[i] = reader.ReadUInt16();
        }

        var classes = ReadBytes(reader, words.Length);
        var phrases = ReadKeys(reader, body.Length);
        var kinds = ReadBytes(reader, phrases.Length);
        var weights = ReadWeights(reader, bits, body.Length);
        return new NameModel(new NameLexicon(words, flags, classes, phrases, kinds), bits, weights, transitions, step, scores);
    }

    private static sbyte[] ReadWeights(BinaryReader reader, int bits, int limit)
    {
        var rows = ReadKeys(reader, limit);
        var labels = new ushort[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            labels[i] = reader.ReadUInt16();
        }

        var weights = new sbyte[(1 << bits) * NameLabels.Stride];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = weights.AsSpan(checked((int)rows[i] * NameLabels.Stride), NameLabels.Stride);
            for (int rest = labels[i]; rest != 0; rest &= rest - 1)
            {
                row[System.Numerics.BitOperations.TrailingZeroCount(rest)] = reader.ReadSByte();
            }
        }

        return weights;
    }

    private static uint[] ReadKeys(BinaryReader reader, int limit)
    {
        var count = reader.ReadInt32();
        if (count < 0 || count > limit)
        {
            throw new InvalidDataException("The weights for names are broken: a table is longer than the file.");
        }

        var keys = new uint[count];
        uint key = 0;
        for (var i = 0; i < count; i++)
        {
            key += (uint)reader.Read7BitEncodedInt();
            keys[i] = key;
        }

        return keys;
    }

    private static byte[] ReadBytes(BinaryReader reader, int count)
    {
        var bytes = reader.ReadBytes(count);
        return bytes.Length == count ? bytes : throw new EndOfStreamException();
    }
}
