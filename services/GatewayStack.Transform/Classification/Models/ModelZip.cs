using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>What a <c>model.zip</c> of ours says about itself, in its entry <c>gatewaystack.json</c>.</summary>
/// <param name="Featurizer">Version of the featuriser whose vectors it reads.</param>
/// <param name="Head">The question it answers.</param>
internal sealed record ModelManifest(int Featurizer, string Head);

/// <summary>Reads and writes ML.NET's <c>model.zip</c>: bounded, checked before use, the same bytes for the same model.</summary>
internal static class ModelZip
{
    /// <summary>Name of our entry.</summary>
    public const string ManifestEntry = "gatewaystack.json";

    /// <summary>No model is larger, packed.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>No model is larger, unpacked.</summary>
    public const long MaxUnpackedBytes = 256 << 20;

    private const int MaxEntries = 1_000;
    private const string FeaturesColumn = nameof(FeatureRow.Features);
    private const string TextColumn = nameof(TextRow.Text);
    private const string ProbabilityColumn = nameof(HeadAnswer.Probability);

    // The zip format cannot say an earlier time.
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a model.</summary>
    public static byte[] Write(MLContext context, ITransformer model, DataViewSchema schema, string head)
    {
        using var saved = new MemoryStream();
        context.Model.Save(model, schema, saved);
        saved.Position = 0;

        using var stream = new MemoryStream();
        using (var source = new ZipArchive(saved, ZipArchiveMode.Read))
        using (var target = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in source.Entries.OrderBy(e => e.FullName, StringComparer.Ordinal))
            {
                using var from = entry.Open();
                using var to = Create(target, entry.FullName);
                from.CopyTo(to);
            }

            using var manifest = Create(target, ManifestEntry);
            JsonSerializer.Serialize(manifest, new ModelManifest(Featurizer.Version, head));
        }

        return stream.ToArray();

        static Stream Create(ZipArchive archive, string name)
        {
            var entry = archive.CreateEntry(name, CompressionLevel.SmallestSize);
            entry.LastWriteTime = Epoch;
            return entry.Open();
        }
    }

    /// <summary>Reads an operator's model from its file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="head">The head it shall stand in for.</param>
    /// <param name="digest">SHA-256 of the file.</param>
    /// <exception cref="ModelException">It cannot be used.</exception>
    public static OwnModel ReadFile(string path, Head head, out byte[] digest)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (file.Length > MaxBytes)
            {
                throw Refused(path, $"is larger than {MaxBytes >> 20} MiB");
            }

            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            digest = SHA256.HashData(bytes);
            return Read(bytes, head, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Refused(path, "cannot be read", e);
        }
    }

    /// <summary>Reads an operator's model.</summary>
    /// <param name="bytes">The zip.</param>
    /// <param name="head">The head it shall stand in for.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="ModelException">It cannot be used.</exception>
    public static OwnModel Read(byte[] bytes, Head head, string name)
    {
        var manifest = Examine(bytes, name);
        var context = new MLContext(seed: 1);
        var (model, input, output) = Load(context, bytes, name);
        if (output.GetColumnOrNull(ProbabilityColumn) is not { } probability || probability.Type != NumberDataViewType.Single)
        {
            throw Refused(name, $"has no output column {ProbabilityColumn} of type Single: its pipeline must end with what gives one");
        }

        OwnModel own;
        if (input.GetColumnOrNull(FeaturesColumn) is { } features)
        {
            if (features.Type is not VectorDataViewType { ItemType: NumberDataViewType item } vector
                || item != NumberDataViewType.Single || vector.Size != Featurizer.Size)
            {
                throw Refused(name, $"reads a column {FeaturesColumn} that is no vector of {Featurizer.Size} Single");
            }

            if (manifest?.Featurizer != Featurizer.Version || manifest.Head != head.Name)
            {
                throw Refused(
                    name,
                    $"does not say in {ManifestEntry} that it was trained for {head.Name} on featuriser {Featurizer.Version}: use `gatewaystack transform train`");
            }

            own = OwnModel.OverFeatures(new EnginePool<FeatureRow>(context, model), head.Unit);
        }
        else if (input.GetColumnOrNull(TextColumn) is { } text && text.Type == TextDataViewType.Instance)
        {
            own = OwnModel.OverText(new EnginePool<TextRow>(context, model));
        }
        else
        {
            throw Refused(name, $"reads neither a column {FeaturesColumn} nor a column {TextColumn}");
        }

        Probe(own, name);
        return own;
    }

    /// <summary>Loads what <see cref="Examine"/> has let through.</summary>
    private static (ITransformer Model, DataViewSchema Input, DataViewSchema Output) Load(MLContext context, byte[] bytes, string name)
    {
        try
        {
            var model = context.Model.Load(new MemoryStream(bytes), out var input);
            return input is null ? throw Refused(name, "has no input schema") : (model, input, model.GetOutputSchema(input));
        }
        catch (Exception e) when (e is not ModelException and not OutOfMemoryException)
        {
            throw Refused(name, "is no ML.NET model, or is damaged", e);
        }
    }

    /// <summary>A model must answer before it is relied on.</summary>
    private static void Probe(OwnModel own, string name)
    {
        try
        {
            if (own.Answer("Please summarise the minutes of the last meeting.") is not (>= 0 and <= 1))
            {
                throw Refused(name, "gives no probability between 0 and 1");
            }
        }
        catch (Exception e) when (e is not ModelException and not OutOfMemoryException)
        {
            throw Refused(name, "cannot score a text", e);
        }
    }

    /// <summary>Unpacks it once without keeping anything: what its directory says about sizes proves nothing.</summary>
    private static ModelManifest? Examine(byte[] bytes, string name)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            if (archive.Entries.Count > MaxEntries)
            {
                throw Refused(name, $"has more than {MaxEntries} entries");
            }

            var buffer = new byte[1 << 16];
            long total = 0;
            foreach (var entry in archive.Entries)
            {
                using var stream = entry.Open();
                for (int read; (read = stream.Read(buffer)) > 0;)
                {
                    if ((total += read) > MaxUnpackedBytes)
                    {
                        throw Refused(name, $"is larger than {MaxUnpackedBytes >> 20} MiB when unpacked");
                    }
                }
            }

            if (archive.GetEntry(ManifestEntry) is not { Length: < 4096 } manifest)
            {
                return null;
            }

            using var json = manifest.Open();
            return JsonSerializer.Deserialize<ModelManifest>(json);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or JsonException)
        {
            throw Refused(name, "is no zip file, or is damaged", e);
        }
    }

    private static ModelException Refused(string name, string why, Exception? inner = null) => new($"the model {name} {why}", inner);
}
