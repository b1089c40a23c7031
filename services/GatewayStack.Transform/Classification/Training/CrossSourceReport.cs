using GatewayStack.Transform.Classification.Models;

namespace GatewayStack.Transform.Classification.Training;

/// <summary>Measures how far a head carries to a source that it was not trained on. One fold of the harmless texts is never trained on; documents of work are, and
/// are measured apart.</summary>
internal static class CrossSourceReport
{
    private const int Folds = 3;

    /// <summary>Trains on some sources and measures on others.</summary>
    public static void Write(ExampleSources sources, int seed, TextWriter log)
    {
        const string Deepset = "deepset_train", Wild = "inthewild_train", Filings = "sec_fin5", Bipia = "bipia_train";
        var overrides = sources.For(Heads.All[Heads.ColumnOf(Heads.Override)]);
        Measure("override: deepset -> in the wild", overrides, [Heads.Override, "override", Wild], [Wild]);
        Measure("override: in the wild -> deepset", overrides, ["override", Deepset], [Deepset]);
        Measure("override: own grammar -> deepset", overrides, [Wild, Deepset], [Deepset]);
        Measure("override: own grammar -> in the wild", overrides, [Wild, Deepset], [Wild]);
        Measure("override: both -> own grammar", overrides, ["override"], ["override"]);
        Measure("data request: own grammar -> BIPIA", sources.For(Heads.All[Heads.ColumnOf(Heads.DataRequest)]), [Bipia], [Bipia]);
        Measure("legal: own grammar -> SEC filings", sources.For(Heads.All[Heads.ColumnOf(Heads.Legal)]), [Filings], [Filings]);

        void Measure(string name, IReadOnlyList<Example> examples, string[] without, string[] on)
        {
            var unit = name.StartsWith("data", StringComparison.Ordinal) ? HeadUnit.Piece : name.StartsWith("legal", StringComparison.Ordinal) ? HeadUnit.Text : HeadUnit.Window;
            var kept = (Example e) => !e.Label && e.Part is null && !on.Contains(e.Source) && e.Fold(Folds, seed) == 0;
            var model = new HeadTrainer(seed).TrainOn(examples.Where(e => !without.Contains(e.Source) && !kept(e)), unit);
            var answers = examples.Where(e => on.Contains(e.Source) || (kept(e) && !without.Contains(e.Source)))
                .Select(e => (1 / (1 + Math.Exp(-model.Score(e, unit))), e.Label)).ToList();
            log.WriteLine($"{name,-38}{Measures.Of(answers)}");
        }
    }
}
