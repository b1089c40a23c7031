using GatewayStack.Transform.Classification.Models;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace GatewayStack.Transform.Classification.Training;

/// <summary>What training a head came to.</summary>
/// <param name="Model">The model of record.</param>
/// <param name="Linear">Its weights.</param>
/// <param name="Calibration">Its curve.</param>
/// <param name="HeldOut">For each example the score that a model gave that had not seen it or its like.</param>
internal sealed record TrainedHead(byte[] Model, LinearModel Linear, Calibration Calibration, float[] HeldOut);

/// <summary>Trains one head with ML.NET. Deterministic: one thread, its own order from the seed.</summary>
internal sealed class HeadTrainer(int seed)
{
    private const int Folds = 3;
    private const int Iterations = 30;

    /// <summary>A yes never counts less: a head that is wrong so often is not mended by saying nothing.</summary>
    private const float LeastOdds = 0.02f;
    private const float L1 = 0.15f;

    // A fifth of what ML.NET would choose, where it stops so early that two runs over the same texts differ by a percent of their attacks.
    private const float Tolerance = 0.02f;

    // Far below what ML.NET would choose: most features are rare, and at its choice they never get a weight that counts.
    private const float L2 = 2e-6f;

    private readonly MLContext _context = new(seed);

    /// <summary>Trains, calibrates on what was held out, and writes the model of record.</summary>
    public TrainedHead Train(Head head, IReadOnlyList<Example> examples)
    {
        var heldOut = new float[examples.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            var (model, _) = Fit(examples.Where(e => e.Fold(Folds, seed) != fold), head.Unit);
            for (var i = 0; i < heldOut.Length; i++)
            {
                heldOut[i] = examples[i].Fold(Folds, seed) == fold ? model.Score(examples[i], head.Unit) : heldOut[i];
            }
        }

        var (linear, transformer) = Fit(examples, head.Unit);
        var curve = Calibrate(head, examples, heldOut);
        var platt = ((ISingleFeaturePredictionTransformer<PlattCalibrator>)curve).Model;
        var schema = _context.Data.LoadFromEnumerable(Array.Empty<FeatureRow>()).Schema;
        var zip = ModelZip.Write(_context, new TransformerChain<ITransformer>(transformer, curve), schema, head.Name);
        return new TrainedHead(zip, linear, new Calibration(platt.Slope, platt.Offset), heldOut);
    }

    /// <summary>Trains on some examples only, to measure on others.</summary>
    public LinearModel TrainOn(IEnumerable<Example> examples, HeadUnit unit) => Fit(examples, unit).Model;

    /// <summary>Trains the topics: one model over whole texts.</summary>
    public (byte[] Model, LinearModel[] Classes) TrainTopics(IReadOnlyList<(string Text, int Topic)> texts)
    {
        var rows = Shuffled(texts.Select(t => new FeatureRow
        {
            Features = FeatureRow.Vector(t.Text, TextWindows.Pieces(t.Text).ToArray(), LinearHeads.MostTopicFeatures),
            Topic = (uint)t.Topic,
        }));
        var data = _context.Data.LoadFromEnumerable(rows);
        var model = _context.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = nameof(FeatureRow.Topic),
            FeatureColumnName = nameof(FeatureRow.Features),
            NumberOfThreads = 1,
            MaximumNumberOfIterations = Iterations,
            L1Regularization = L1,
            L2Regularization = L2,
        }).Fit(data);
        VBuffer<float>[]? weights = null;
        model.Model.GetWeights(ref weights, out var classes);
        var biases = model.Model.GetBiases().ToArray();
        return (ModelZip.Write(_context, model, data.Schema, "topics"),
            [.. Enumerable.Range(0, classes).Select(c => new LinearModel([.. weights[c].DenseValues()], biases[c]))]);
    }

    private (LinearModel Model, ITransformer Transformer) Fit(IEnumerable<Example> examples, HeadUnit unit)
    {
        var chosen = examples.ToList();
        var fitted = FitRows(Rows(chosen, unit, null));
        if (!chosen.Exists(e => e.Label && e.IsLong))
        {
            return fitted;
        }

        // A long attack is not an attack in each of its windows. The second round keeps those that the first one recognises, and at least one of each.
        return FitRows(Rows(chosen, unit, fitted.Model));
    }

    private static IEnumerable<FeatureRow> Rows(IEnumerable<Example> examples, HeadUnit unit, LinearModel? first)
    {
        foreach (var example in examples)
        {
            var windows = example.Windows(unit);
            if (!example.Label || !example.IsLong)
            {
                // A text counts once, however many windows it has, but a harmless one is harmless in each.
                var weight = example.Weight / (example.Label ? windows.Count : MathF.Sqrt(windows.Count));
                foreach (var window in windows)
                {
                    yield return new FeatureRow { Features = window, Label = example.Label, Weight = weight };
                }

                continue;
            }

            var kept = windows.Select(w => (Window: w, Score: first?.Score(w) ?? 1)).OrderByDescending(w => w.Score).ToList();
            kept.RemoveRange(1, kept.Count - 1 - kept.Skip(1).Count(w => w.Score > 0));
            foreach (var (window, _) in kept)
            {
                yield return new FeatureRow { Features = window, Label = true, Weight = example.Weight / MathF.Sqrt(kept.Count) };
            }
        }
    }

    private (LinearModel Model, ITransformer Transformer) FitRows(IEnumerable<FeatureRow> rows)
    {
        var trainer = _context.BinaryClassification.Trainers.SdcaNonCalibrated(new SdcaNonCalibratedBinaryTrainer.Options
        {
            LabelColumnName = nameof(FeatureRow.Label),
            FeatureColumnName = nameof(FeatureRow.Features),
            ExampleWeightColumnName = nameof(FeatureRow.Weight),
            LossFunction = new LogLoss(),
            NumberOfThreads = 1,
            MaximumNumberOfIterations = Iterations,
            ConvergenceTolerance = Tolerance,
            L1Regularization = L1,
            L2Regularization = L2,
        });
        var model = trainer.Fit(_context.Data.LoadFromEnumerable(Shuffled(rows)));
        return (new LinearModel([.. model.Model.Weights], model.Model.Bias), model);
    }

    /// <summary>The curve at which a yes counts as much as the head says, or so much less that the documents of authors never seen are not found too often.</summary>
    private CalibratorTransformer<PlattCalibrator> Calibrate(Head head, IReadOnlyList<Example> examples, float[] heldOut)
    {
        // Where the length of a text has a rule of its own, it would count twice if long texts had a part in the curve.
        var scored = examples.Select((e, i) => (Example: e, Score: heldOut[i])).ToList();
        var fitted = scored.Where(x => head.Unit == HeadUnit.Text || x.Example.Pieces <= Calibration.ShortText).ToList();
        var harmless = scored.Where(x => x.Example.Part is not null && !x.Example.Label).ToList();
        for (var odds = head.Odds; ; odds *= 0.9f)
        {
            var curve = Fit(odds);
            var platt = ((ISingleFeaturePredictionTransformer<PlattCalibrator>)curve).Model;
            var calibration = new Calibration(platt.Slope, platt.Offset);
            var wrong = harmless.Count(x => head.OfText(calibration.Probability(x.Score), x.Example.Pieces) >= ContentModels.Threshold);
            if (wrong <= head.MostFalse * harmless.Count || odds < LeastOdds)
            {
                return curve;
            }
        }

        CalibratorTransformer<PlattCalibrator> Fit(float odds) => Calibrate(
            fitted.Select(x => new ScoredRow { Score = x.Score, Label = x.Example.Label, Weight = x.Example.Weight * (x.Example.Label ? odds : 1) }));
    }

    private CalibratorTransformer<PlattCalibrator> Calibrate(IEnumerable<ScoredRow> rows) =>
        _context.BinaryClassification.Calibrators.Platt(nameof(ScoredRow.Label), nameof(ScoredRow.Score), nameof(ScoredRow.Weight))
            .Fit(_context.Data.LoadFromEnumerable(rows.ToList()));

    private List<FeatureRow> Shuffled(IEnumerable<FeatureRow> rows)
    {
        var list = rows.ToArray();
        new Random(seed).Shuffle(list);
        return [.. list];
    }

    private sealed class ScoredRow
    {
        public float Score { get; set; }

        public bool Label { get; set; }

        public float Weight { get; set; }
    }
}
