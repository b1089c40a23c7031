using System.IO.Compression;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Classification.Models;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace GatewayStack.Transform.Tests.Classification.Models;

/// <summary>A model of the operator's takes its head's place, or stops the start; it never harms what is in use.</summary>
public sealed class OwnModelTests : IDisposable
{
    private static readonly Head Medical = Heads.All[Heads.ColumnOf(Heads.Medical)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gatewaystack-model-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_model_over_text_takes_its_place()
    {
        var models = Load(TextModel(), "Medical");
        var text = "Notes of the day. " + string.Concat(Enumerable.Repeat("The gladiolus is in the garden and grows. ", 3))
            + string.Concat(Enumerable.Repeat("one zebrafish swims, ", 12));
        var labels = models.Score(text, SegmentOrigin.User, CancellationToken.None);
        labels.ShouldNotBeNull().Labels.Select(l => l.Name).ShouldContain(Heads.Medical);
        text = text.Replace("one zebrafish swims", "the gladiolus grows", StringComparison.Ordinal);
        models.Score(text, SegmentOrigin.User, CancellationToken.None)?.Labels.ShouldNotContain(l => l.Name == Heads.Medical);
        models.Revision.Length.ShouldBe(32);
        ContentModels.BuiltIn.Revision.ShouldBeEmpty();
        ContentModels.Load(new ModelOptions()).ShouldBeSameAs(ContentModels.BuiltIn);
    }

    [Fact]
    public void A_model_of_record_takes_its_place_and_gives_the_same()
    {
        const string Text = "The patient was given metformin against diabetes; her blood pressure is high. Diagnosis: hypertension.";
        var own = Load(ContentModels.ReadResource(Medical.File), "Medical").Score(Text, SegmentOrigin.User, CancellationToken.None).ShouldNotBeNull();
        var builtIn = ContentModels.BuiltIn.Score(Text, SegmentOrigin.User, CancellationToken.None).ShouldNotBeNull();
        own.Labels.Single(l => l.Name == Heads.Medical).Confidence.ShouldBe(builtIn.Labels.Single(l => l.Name == Heads.Medical).Confidence, 1e-4);
    }

    [Fact]
    public void A_pool_serves_many_at_once()
    {
        var model = ModelZip.Read(ContentModels.ReadResource(Medical.File), Medical, "m");
        var texts = TestTexts.Random(40, 5).ToArray();
        var alone = texts.Select(t => model.Score(t, CancellationToken.None)).ToArray();
        var together = new double[texts.Length];
        Parallel.For(0, texts.Length, i => together[i] = model.Score(texts[i], CancellationToken.None));
        together.ShouldBe(alone);
    }

    [Fact]
    public void Bytes_that_are_no_model_are_refused()
    {
        var good = ContentModels.ReadResource(Medical.File);
        var noise = new byte[5000];
        new Random(3).NextBytes(noise);
        foreach (var bytes in new[] { [], noise, good[..(good.Length / 2)], good[..^10], Zip(("a.txt", [1, 2, 3])), Zip(("TransformerChain/Model.key", noise)) })
        {
            Refused(bytes).ShouldNotBeEmpty();
        }

        // Damage in the middle: refused, or nothing that was damaged mattered.
        var random = new Random(4);
        for (var i = 0; i < 20; i++)
        {
            var damaged = (byte[])good.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 + random.Next(255));
            try
            {
                ModelZip.Read(damaged, Medical, "m").Score("text of some length", CancellationToken.None).ShouldBeInRange(0, 1);
            }
            catch (ModelException)
            {
            }
        }
    }

    [Fact]
    public void A_zip_bomb_is_refused() =>
        Refused(Zip([.. Enumerable.Range(0, 5).Select(i => ($"{i}", new byte[60 << 20]))])).ShouldContain("unpacked");

    [Fact]
    public void A_model_for_other_columns_is_refused()
    {
        var context = new MLContext(seed: 1);
        Refused(ModelOver<SmallRow>(context, new SmallRow { Features = new float[7] })).ShouldContain(nameof(FeatureRow.Features));
        Refused(Save(context, context.Transforms.CopyColumns("Other", "Text"), new[] { new TextRow { Text = "x" } })).ShouldContain("Probability");
        Refused(Save(context, context.Transforms.Concatenate("Out", "A"), new[] { new OtherRow { A = 1 } })).ShouldContain("Probability");
    }

    [Theory]
    [InlineData("7.0f", false)]
    [InlineData("-0.5f", false)]
    [InlineData("0.0f / 0.0f", false)]
    [InlineData("0.25f", true)]
    public void A_model_must_give_a_probability(string value, bool isUsed)
    {
        var context = new MLContext(seed: 1);
        var zip = Save(context, context.Transforms.Expression("Probability", $"t => {value}", nameof(TextRow.Text)), new[] { new TextRow { Text = "x" } });
        if (isUsed)
        {
            ModelZip.Read(zip, Medical, "m").Score("some text", CancellationToken.None).ShouldBe(0.25);
            return;
        }

        Refused(zip).ShouldContain("probability");
    }

    [Fact]
    public void A_model_for_another_featuriser_or_head_is_refused()
    {
        var record = ContentModels.ReadResource(Medical.File);
        Refused(Rewritten(record, manifest: null)).ShouldContain(ModelZip.ManifestEntry);
        Refused(Rewritten(record, """{"Featurizer":99,"Head":"medical"}"""u8.ToArray())).ShouldContain("featuriser 2");
        Refused(Rewritten(record, """{"Featurizer":2,"Head":"legal"}"""u8.ToArray())).ShouldContain("medical");
        Refused(Rewritten(record, "nonsense"u8.ToArray())).ShouldNotBeEmpty();
        ModelZip.Read(Rewritten(record, """{"Featurizer":2,"Head":"medical"}"""u8.ToArray()), Medical, "m").ShouldNotBeNull();
    }

    [Fact]
    public void A_refused_model_leaves_the_good_one_in_use()
    {
        const string Text = "The patient was given metformin against diabetes; her blood pressure is high.";
        var before = ContentModels.BuiltIn.Score(Text, SegmentOrigin.User, CancellationToken.None);
        Should.Throw<ModelException>(() => Load([1, 2, 3], "Medical")).Message.ShouldContain("model.zip");
        var absent = new ModelFileOptions { Path = Path.Combine(_folder.FullName, "absent.zip") };
        Should.Throw<ModelException>(() => ContentModels.Load(new ModelOptions { Medical = absent })).Message.ShouldContain("absent.zip");
        Should.Throw<ModelException>(() => ContentModels.Load(new ModelOptions { Medical = new() }));
        Should.Throw<ModelException>(() => ContentModels.Load(new ModelOptions { Medical = new() { Path = _folder.FullName } }));
        ContentModels.BuiltIn.Score(Text, SegmentOrigin.User, CancellationToken.None)!.Labels.ShouldBe(before!.Labels);
    }

    private ContentModels Load(byte[] zip, string setting)
    {
        var path = Path.Combine(_folder.FullName, "model.zip");
        File.WriteAllBytes(path, zip);
        setting.ShouldBe(nameof(ModelOptions.Medical));
        return ContentModels.Load(new ModelOptions { Medical = new ModelFileOptions { Path = path } });
    }

    private static string Refused(byte[] zip) => Should.Throw<ModelException>(() => ModelZip.Read(zip, Medical, "their.zip")).Message;

    /// <summary>ML.NET's own pipeline, as an operator would make it: yes is whatever has a zebrafish.</summary>
    private static byte[] TextModel()
    {
        var context = new MLContext(seed: 1);
        var rows = Enumerable.Range(0, 60).Select(i => new LabelledText
        {
            Text = i % 2 == 0 ? $"one zebrafish swims, {i}" : $"the gladiolus is in the garden and grows, {i}",
            Label = i % 2 == 0,
        });
        return Save(
            context,
            context.Transforms.Text.FeaturizeText("Bag", nameof(LabelledText.Text))
                .Append(context.BinaryClassification.Trainers.LbfgsLogisticRegression(featureColumnName: "Bag")),
            rows);
    }

    private static byte[] ModelOver<T>(MLContext context, T row)
        where T : class, new() => Save(context, context.BinaryClassification.Trainers.LbfgsLogisticRegression(), new[] { row, new T() });

    private static byte[] Save<T>(MLContext context, IEstimator<ITransformer> pipeline, IEnumerable<T> rows)
        where T : class
    {
        var data = context.Data.LoadFromEnumerable(rows);
        using var stream = new MemoryStream();
        context.Model.Save(pipeline.Fit(data), data.Schema, stream);
        return stream.ToArray();
    }

    private static byte[] Rewritten(byte[] zip, byte[]? manifest)
    {
        using var source = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        var entries = new List<(string, byte[])>();
        foreach (var entry in source.Entries.Where(e => e.FullName != ModelZip.ManifestEntry))
        {
            using var stream = entry.Open();
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            entries.Add((entry.FullName, copy.ToArray()));
        }

        return Zip([.. entries, .. manifest is null ? [] : new[] { (ModelZip.ManifestEntry, manifest) }]);
    }

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    private sealed class SmallRow
    {
        [VectorType(7)]
        public float[] Features { get; set; } = new float[7];

        public bool Label { get; set; }
    }

    private sealed class OtherRow
    {
        public float A { get; set; }
    }

    private sealed class LabelledText
    {
        public string Text { get; set; } = string.Empty;

        public bool Label { get; set; }
    }
}
