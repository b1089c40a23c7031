using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GatewayStack.Transform.Names.Verification;

namespace GatewayStack.Transform.Names;

/// <summary>Reads and writes the weights file. Its format is described in docs/models/names.md.</summary>
internal static class NameModelFile
{
    /// <summary>Told apart from every other file by these bytes.</summary>
    private static ReadOnlySpan<byte> Magic => "GSNAMES\0"u8;

    /// <summary>Raised with every change of the format, of the features or of the hashes.</summary>
    private const int Version = 5;

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
        writer.Write(model.Origin.Seed);
        writer.Write(model.Origin.Data.AsSpan());
        writer.Write(model.Origin.Numbers.AsSpan());
        writer.Write((byte)model.Bits);
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

        WriteVerifier(model, writer);

        // Rows, then for each its labels, then the weights: like stands by like, which packs best.
        var rows = new List<uint>();
        for (var row = 0; row < 1 << model.Bits; row++)
        {
            if (model.Weights.AsSpan(row * NameLabels.Stride, NameLabels.Stride).ContainsAnyExcept((sbyte)0))
            {
                rows.Add((uint)row);
            }
        }

        WriteKeys(writer, CollectionsMarshal.AsSpan(rows));
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

    private static void WriteVerifier(NameModel model, BinaryWriter writer)
    {
        WriteKeys(writer, model.Context.Keys);
        foreach (var flags in model.Context.Flags)
        {
            writer.Write(flags);
        }

        writer.Write(MemoryMarshal.AsBytes(model.Forms.Weights));
        WriteTrees(model.FirstRound, writer);
        WriteTrees(model.SecondRound, writer);
    }

    private static void WriteTrees(TreeEnsemble trees, BinaryWriter writer)
    {
        writer.Write(trees.Start);
        writer.Write(trees.Roots.Length);
        foreach (var root in trees.Roots)
        {
            writer.Write(root);
        }

        writer.Write(trees.Nodes.Length);
        foreach (var node in trees.Nodes)
        {
            writer.Write(node.Evidence);
            writer.Write(node.Bound);
            writer.Write(node.Left);
            writer.Write(node.Right);
        }

        writer.Write(trees.Leaves.Length);
        foreach (var leaf in trees.Leaves)
        {
            writer.Write(leaf);
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
        var origin = new NameOrigin(reader.ReadInt32(), [.. ReadBytes(reader, SHA256.HashSizeInBytes)], [.. ReadBytes(reader, SHA256.HashSizeInBytes)]);
        int bits = reader.ReadByte();
        if (bits is < 4 or > 22)
        {
            throw new InvalidDataException("The weights for names are broken: their number of rows cannot be.");
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
        var context = ReadKeys(reader, body.Length);
        var tells = ReadNumbers(reader, context.Length, r => r.ReadUInt32());
        var forms = new WordForms((sbyte[])(object)ReadBytes(reader, 1 << WordForms.Bits));
        var first = ReadTrees(reader, body.Length);
        var second = ReadTrees(reader, body.Length);
        var weights = ReadWeights(reader, bits, body.Length);
        return new NameModel(
            new NameLexicon(words, flags, classes, phrases, kinds), bits, weights, transitions, new ContextLexicon(context, tells), forms, first, second)
        {
            Origin = origin,
        };
    }

    private static TreeEnsemble ReadTrees(BinaryReader reader, int limit)
    {
        var start = reader.ReadInt32();
        var roots = ReadNumbers(reader, Counted(reader, limit), r => r.ReadInt16());
        var nodes = ReadNumbers(reader, Counted(reader, limit), r => new TreeNode(r.ReadInt16(), r.ReadInt16(), r.ReadInt16(), r.ReadInt16()));
        var leaves = ReadNumbers(reader, Counted(reader, limit), r => r.ReadInt32());
        var trees = new TreeEnsemble(nodes, leaves, roots, start);
        return trees.IsSound() ? trees : throw new InvalidDataException("The weights for names are broken: a tree leads nowhere.");
    }

    private static T[] ReadNumbers<T>(BinaryReader reader, int count, Func<BinaryReader, T> read)
    {
        var numbers = new T[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = read(reader);
        }

        return numbers;
    }

    private static int Counted(BinaryReader reader, int limit) => reader.ReadInt32() is var count && count >= 0 && count <= limit ? count
        : throw new InvalidDataException("The weights for names are broken: a table is longer than the file.");

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
        var keys = new uint[Counted(reader, limit)];
        uint key = 0;
        for (var i = 0; i < keys.Length; i++)
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
