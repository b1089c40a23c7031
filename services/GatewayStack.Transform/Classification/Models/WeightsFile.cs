using System.Security.Cryptography;
using System.Text;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>The weights of all built-in heads.</summary>
/// <param name="Linear">The scorer.</param>
/// <param name="Calibrations">The curve of each head.</param>
/// <param name="Origins">SHA-256 of each model of record: of each head's, then of the topics'.</param>
internal sealed record Weights(LinearHeads Linear, Calibration[] Calibrations, byte[][] Origins);

/// <summary>
/// The compact file beside the models of record: their weights, so that a start needs no ML.NET. Little-endian: <c>GSCM</c>, format, featuriser version,
/// features, heads, columns; for each head slope and offset; a bias for each column; a SHA-256 for each model of record; the number of rows, and for each
/// the feature, a mask of its columns and their weights; at the end the SHA-256 of all of that.
/// </summary>
internal static class WeightsFile
{
    private const int Format = 1;
    private const int MaxBytes = 64 << 20;

    private static ReadOnlySpan<byte> Magic => "GSCM"u8;

    /// <summary>Writes the file.</summary>
    /// <param name="columns">For each column its weights, one for each feature.</param>
    /// <param name="bias">For each column its bias.</param>
    /// <param name="calibrations">For each head its curve.</param>
    /// <param name="models">The models of record.</param>
    public static byte[] Write(float[][] columns, float[] bias, Calibration[] calibrations, IReadOnlyList<byte[]> models)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(Format);
            writer.Write(Featurizer.Version);
            writer.Write(Featurizer.Size);
            writer.Write(calibrations.Length);
            writer.Write(columns.Length);
            foreach (var calibration in calibrations)
            {
                writer.Write(calibration.Slope);
                writer.Write(calibration.Offset);
            }

            foreach (var value in bias)
            {
                writer.Write(value);
            }

            foreach (var model in models)
            {
                writer.Write(SHA256.HashData(model));
            }

            var rows = Enumerable.Range(0, Featurizer.Size).Where(f => columns.Any(c => c[f] != 0)).ToList();
            writer.Write(rows.Count);
            foreach (var feature in rows)
            {
                var mask = 0;
                for (var column = 0; column < columns.Length; column++)
                {
                    mask |= columns[column][feature] != 0 ? 1 << column : 0;
                }

                writer.Write(feature);
                writer.Write((ushort)mask);
                foreach (var column in columns.Where(c => c[feature] != 0))
                {
                    writer.Write(column[feature]);
                }
            }
        }

        stream.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        return stream.ToArray();
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="ModelException">It is damaged, or not for this build.</exception>
    public static Weights Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length is < 64 or > MaxBytes || !file.Span.StartsWith(Magic) || !SHA256.HashData(file.Span[..^32]).AsSpan().SequenceEqual(file.Span[^32..]))
        {
            throw new ModelException("the weights of the content models are damaged: make them again with `gatewaystack transform train`");
        }

        using var reader = new BinaryReader(new MemoryStream(file[..^32].ToArray()), Encoding.UTF8);
        reader.ReadInt32();
        if (reader.ReadInt32() != Format || reader.ReadInt32() != Featurizer.Version || reader.ReadInt32() != Featurizer.Size
            || reader.ReadInt32() != Heads.All.Length || reader.ReadInt32() != Heads.Columns)
        {
            throw new ModelException("the weights of the content models were made for another build: make them again with `gatewaystack transform train`");
        }

        var calibrations = new Calibration[Heads.All.Length];
        foreach (ref var calibration in calibrations.AsSpan())
        {
            calibration = new Calibration(reader.ReadDouble(), reader.ReadDouble());
        }

        var bias = new float[LinearHeads.Stride];
        for (var column = 0; column < Heads.Columns; column++)
        {
            bias[column] = reader.ReadSingle();
        }

        var origins = new byte[Heads.All.Length + 1][];
        foreach (ref var origin in origins.AsSpan())
        {
            origin = reader.ReadBytes(SHA256.HashSizeInBytes);
        }

        var count = reader.ReadInt32();
        var rowOf = new int[Featurizer.Size];
        var rows = new float[(count + 1) * LinearHeads.Stride];
        for (var row = 1; row <= count; row++)
        {
            rowOf[reader.ReadInt32()] = row;
            var mask = reader.ReadUInt16();
            for (var column = 0; column < Heads.Columns; column++)
            {
                rows[(row * LinearHeads.Stride) + column] = (mask >> column & 1) != 0 ? reader.ReadSingle() : 0;
            }
        }

        return new Weights(new LinearHeads(rowOf, rows, bias), calibrations, origins);
    }
}
