using GatewayStack.Transform.Names.Verification;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;

namespace GatewayStack.Transform.Names.Training;

/// <summary>How the trees are learned.</summary>
/// <param name="Trees">How many.</param>
/// <param name="Leaves">How many leaves each has at most.</param>
/// <param name="Least">A leaf has at least so many candidates.</param>
/// <param name="Rate">How much of what each has learned is taken.</param>
internal sealed record TreeOptions(int Trees = 100, int Leaves = 10, int Least = 60, double Rate = 0.12);

/// <summary>Learns boosted trees with ML.NET (FastTree) on one thread, and writes them out as whole numbers.</summary>
internal static class VerifierTraining
{
    /// <summary>Learns both rounds. The second learns from what first rounds say that have not seen the text.</summary>
    /// <param name="examples">The candidates.</param>
    /// <param name="options">How.</param>
    /// <param name="bar">The log-odds that a name must have: what has less is none.</param>
    /// <param name="seed">Where the random choices begin.</param>
    public static (TreeEnsemble First, TreeEnsemble Second) LearnRounds(IReadOnlyList<VerifierExample> examples, TreeOptions options, double bar, int seed)
    {
        const int Folds = 4;
        var odds = new int[examples.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            var part = Learn([.. examples.Where(e => e.Text % Folds != fold)], options, 0, seed);
            for (var i = 0; i < examples.Count; i++)
            {
                if (examples[i].Text % Folds == fold)
                {
                    odds[i] = TreeEnsemble.Odds(part.Sum(Whole(examples[i].Row)));
                }
            }
        }

        return (Learn(examples, options, 0, seed), Learn(WithOdds(examples, odds), options, bar, seed));
    }

    /// <summary>Adds what the first round says: of a text that was judged at its end of all its candidates, else of those up to the end of the unit.</summary>
    public static List<VerifierExample> WithOdds(IReadOnlyList<VerifierExample> examples, int[] odds)
    {
        var added = new List<VerifierExample>(examples.Count);
        for (var from = 0; from < examples.Count;)
        {
            // The candidates of a text stand together, those at its end before those of its units.
            var known = new TextKnowledge();
            var to = from;
            while (to < examples.Count && examples[to].Text == examples[from].Text && examples[to].Unit == examples[from].Unit)
            {
                to++;
            }

            if (examples[from].Unit >= 0)
            {
                for (var i = from - 1; i >= 0 && examples[i].Text == examples[from].Text && examples[i].Unit >= 0; i--)
                {
                    known.Learn(odds[i]);
                }
            }

            for (var i = from; i < to; i++)
            {
                known.Learn(odds[i]);
            }

            for (; from < to; from++)
            {
                var row = Whole(examples[from].Row);
                known.Write(odds[from], row);
                added.Add(examples[from] with { Row = Array.ConvertAll(row, number => (float)number) });
            }
        }

        return added;
    }

    private static short[] Whole(float[] row) => Array.ConvertAll(row, number => (short)number);

    /// <summary>Learns from candidates. The bar is the log-odds that a name must have: what has less is none.</summary>
    public static TreeEnsemble Learn(IReadOnlyList<VerifierExample> examples, TreeOptions options, double bar, int seed) => Fit(examples, options, bar, seed).Trees;

    /// <summary>Learns from candidates: ML.NET's model, and the same as whole numbers.</summary>
    public static (ITransformer Model, TreeEnsemble Trees) Fit(IReadOnlyList<VerifierExample> examples, TreeOptions options, double bar, int seed)
    {
        var ml = new MLContext(seed);
        var data = Data(ml, examples);
        var trainer = ml.BinaryClassification.Trainers.FastTree(new FastTreeBinaryTrainer.Options
        {
            NumberOfTrees = options.Trees,
            NumberOfLeaves = options.Leaves,
            MinimumExampleCountPerLeaf = options.Least,
            LearningRate = options.Rate,
            FeatureFraction = 0.6,
            BaggingSize = 0,
            NumberOfThreads = 1,
            Seed = seed,
            FeatureSelectionSeed = seed,
            LabelColumnName = nameof(Row.Label),
            FeatureColumnName = nameof(Row.Features),
            ExampleWeightColumnName = nameof(Row.Weight),
        });
        var model = trainer.Fit(data);
        return (model, Convert(model.Model.SubModel.TrainedTreeEnsemble, bar, LogOddsOf(options)));
    }

    /// <summary>The log-odds that ML.NET's model gives candidates.</summary>
    public static double[] Scores(ITransformer model, IReadOnlyList<VerifierExample> examples, TreeOptions options) =>
        [.. model.Transform(Data(new MLContext(), examples)).GetColumn<float>("Score").Select(score => score * LogOddsOf(options))];

    private static IDataView Data(MLContext ml, IReadOnlyList<VerifierExample> examples)
    {
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, EvidenceReader.Width);
        return ml.Data.LoadFromEnumerable(examples.Where(e => e.Weight > 0).Select(e => new Row { Features = e.Row, Label = e.IsName, Weight = e.Weight }), schema);
    }

    /// <summary>FastTree's sums are log-odds but for this factor: its sigmoid is twice as steep as its rate.</summary>
    private static double LogOddsOf(TreeOptions options) => 2 * options.Rate;

    private static TreeEnsemble Convert(RegressionTreeEnsemble trained, double bar, double scale)
    {
        var nodes = new List<TreeNode>();
        var leaves = new List<int>();
        var roots = new List<short>();
        for (var i = 0; i < trained.Trees.Count; i++)
        {
            var tree = trained.Trees[i];
            short firstNode = checked((short)nodes.Count), firstLeaf = checked((short)leaves.Count);
            roots.Add(tree.NumberOfNodes == 0 ? (short)~firstLeaf : firstNode);
            for (var node = 0; node < tree.NumberOfNodes; node++)
            {
                nodes.Add(new TreeNode(
                    (short)tree.NumericalSplitFeatureIndexes[node],
                    (short)Math.Clamp(Math.Floor(tree.NumericalSplitThresholds[node]), short.MinValue, short.MaxValue),
                    Child(tree.LeftChild[node]), Child(tree.RightChild[node])));
            }

            leaves.AddRange(tree.LeafValues.Select(value => (int)Math.Round(value * trained.TreeWeights[i] * scale * TreeEnsemble.Unit)));

            short Child(int child) => child < 0 ? (short)~(firstLeaf + ~child) : (short)(firstNode + child);
        }

        return new TreeEnsemble([.. nodes], [.. leaves], [.. roots], (int)Math.Round(((trained.Bias * scale) - bar) * TreeEnsemble.Unit));
    }

    private sealed class Row
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public float Weight { get; set; }
    }
}
