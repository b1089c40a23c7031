using System.Globalization;
using GatewayStack.Transform.Classification.Models;

namespace GatewayStack.Transform.Classification.Training;

/// <summary>Makes the content models from the data folder: what <c>gatewaystack transform train</c> runs.</summary>
internal static class ModelTraining
{
    private const int TextsInDocument = 50;

    private static readonly string[] LongSources = ["wikigold", "wnut17_train", "btc_train", "clinc_train"];

    /// <summary>Trains all heads and the topics, and writes a <c>model.zip</c> of record for each and the compact weights.</summary>
    /// <param name="dataFolder">The folder <c>data</c> of the repository.</param>
    /// <param name="outputFolder">Where the files go.</param>
    /// <param name="log">Figures on what was held out.</param>
    /// <param name="seed">The same seed and data give the same files on one machine.</param>
    public static void Run(string dataFolder, string outputFolder, TextWriter log, int seed)
    {
        log.WriteLine($"seed {seed}, featuriser {Featurizer.Version}");
        var sources = new ExampleSources(dataFolder, seed);
        var columns = new List<LinearModel>();
        var calibrations = new List<Calibration>();
        var models = new List<byte[]>();
        Directory.CreateDirectory(outputFolder);
        foreach (var head in Heads.All)
        {
            var examples = sources.For(head);
            var trained = new HeadTrainer(seed).Train(head, examples);
            Report(head, examples, trained, log);
            columns.Add(trained.Linear);
            calibrations.Add(trained.Calibration);
            models.Add(trained.Model);
            File.WriteAllBytes(Path.Combine(outputFolder, head.File), trained.Model);
        }

        var (topics, classes) = new HeadTrainer(seed).TrainTopics(sources.Topics());
        columns.AddRange(classes);
        models.Add(topics);
        File.WriteAllBytes(Path.Combine(outputFolder, Heads.TopicsFile), topics);
        File.WriteAllBytes(
            Path.Combine(outputFolder, ContentModels.WeightsResource),
            WeightsFile.Write([.. columns.Select(c => c.Weights)], [.. columns.Select(c => c.Bias)], [.. calibrations], models));
        log.WriteLine($"{columns.Count} columns, {Enumerable.Range(0, Featurizer.Size).Count(f => columns.Exists(c => c.Weights[f] != 0))} features with a weight");
        var weights = WeightsFile.Read(File.ReadAllBytes(Path.Combine(outputFolder, ContentModels.WeightsResource)));
        ProbeReport.Write(sources, ContentModels.Of(weights), log);
        CrossSourceReport.Write(sources, seed, log);
    }

    private static void Report(Head head, IReadOnlyList<Example> examples, TrainedHead trained, TextWriter log)
    {
        var answers = examples.Select((e, i) =>
            (e.Source, Probability: head.OfText(trained.Calibration.Probability(trained.HeldOut[i]), e.Pieces), e.Label)).ToList();
        log.WriteLine(
            $"{head.Name,-17}all            {Measures.Of([.. answers.Select(a => (a.Probability, a.Label))])}"
            + $"  weights {trained.Linear.Weights.Count(w => w != 0)}");
        foreach (var source in answers.GroupBy(a => a.Source).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            log.WriteLine($"{string.Empty,-17}{source.Key,-15}{Measures.Of([.. source.Select(a => (a.Probability, a.Label))])}");
        }

        var authors = examples.Select((e, i) => (Example: e, answers[i].Probability, e.Label)).Where(x => x.Example.Source.StartsWith("author_", StringComparison.Ordinal));
        log.WriteLine($"{string.Empty,-17}authors        {Measures.Of([.. authors.Select(a => (a.Probability, a.Label))])}");
        if (head.Unit == HeadUnit.Text)
        {
            return;
        }

        var documents = examples.Select((e, i) => (Example: e, Score: trained.HeldOut[i]))
            .Where(x => !x.Example.Label && LongSources.Contains(x.Example.Source))
            .Chunk(TextsInDocument)
            .Select(d => (Highest: trained.Calibration.Probability(d.Max(x => x.Score)), Pieces: d.Sum(x => x.Example.Pieces))).ToList();
        var plain = documents.Average(d => d.Highest >= 0.5 ? 1.0 : 0);
        var adjusted = documents.Average(d => Calibration.OfLongText(d.Highest, d.Pieces) >= 0.5 ? 1.0 : 0);
        log.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Empty,-17}{documents.Count} documents of {TextsInDocument} texts of others: false {plain:0.000} without regard to length, {adjusted:0.000} with"));
    }
}
