using GatewayStack.Transform.Names.Training;
using GatewayStack.Transform.Names.Verification;

namespace GatewayStack.Transform.Tests.Names.Verification;

public class TreeEnsembleTests
{
    /// <summary>The same weights by ML.NET and by our own scorer: the rounding of the leaves is all that differs.</summary>
    [Fact]
    public void Our_scorer_says_what_ML_NET_says_on_10_000_rows()
    {
        var examples = Examples(2000, 1);
        var options = new TreeOptions(Trees: 40);
        var (model, trees) = VerifierTraining.Fit(examples, options, bar: 0, seed: 1);
        var others = Examples(10_000, 2);
        var expected = VerifierTraining.Scores(model, others, options);
        var row = new short[EvidenceReader.Width];
        for (var i = 0; i < others.Count; i++)
        {
            for (var at = 0; at < row.Length; at++)
            {
                row[at] = (short)others[i].Row[at];
            }

            Assert.Equal(expected[i], trees.Sum(row) / (double)TreeEnsemble.Unit, 0.001);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(11)]
    public void Trees_that_are_walked_together_say_what_each_says(int count)
    {
        var random = new TrainingRandom(count);
        var nodes = new List<TreeNode>();
        var leaves = new List<int>();
        var roots = Enumerable.Range(0, count).Select(_ => Grow(5)).ToArray();
        var trees = new TreeEnsemble([.. nodes], [.. leaves], roots, 5);
        Assert.True(trees.IsSound());
        for (var round = 0; round < 500; round++)
        {
            var row = Enumerable.Range(0, EvidenceReader.Width).Select(_ => (short)(random.Next(9) - 4)).ToArray();
            Assert.Equal(5 + roots.Sum(r => Walk(r, row)), trees.Sum(row));
        }

        short Grow(int depth)
        {
            if (depth == 0 || random.Next(4) == 0)
            {
                leaves.Add(random.Next(2_000_000) - 1_000_000);
                return (short)~(leaves.Count - 1);
            }

            var at = nodes.Count;
            nodes.Add(default);
            nodes[at] = new TreeNode((short)random.Next(EvidenceReader.Width), (short)(random.Next(9) - 4), Grow(depth - 1), Grow(depth - 1));
            return (short)at;
        }

        int Walk(int at, short[] row) => at < 0 ? leaves[~at] : Walk(row[nodes[at].Evidence] <= nodes[at].Bound ? nodes[at].Left : nodes[at].Right, row);
    }

    [Fact]
    public void The_same_examples_and_seed_give_the_same_trees()
    {
        var first = VerifierTraining.Learn(Examples(2000, 1), new TreeOptions(Trees: 20), bar: 0, seed: 3);
        var second = VerifierTraining.Learn(Examples(2000, 1), new TreeOptions(Trees: 20), bar: 0, seed: 3);
        Assert.Equal(first.Nodes.ToArray(), second.Nodes.ToArray());
        Assert.Equal(first.Leaves.ToArray(), second.Leaves.ToArray());
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(TreeEnsemble.Unit, 0.731)]
    [InlineData(-TreeEnsemble.Unit, 0.269)]
    [InlineData(int.MaxValue, 0.999)]
    public void A_sum_has_its_probability(int sum, double probability) => Assert.Equal(probability, TreeEnsemble.Probability(sum));

    private static List<VerifierExample> Examples(int count, int seed)
    {
        var random = new TrainingRandom(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            var row = new float[EvidenceReader.Width];
            for (var at = 0; at < row.Length; at++)
            {
                row[at] = random.Next(200) - 60;
            }

            var isName = row[0] + row[3] + random.Next(60) > 60 != row[7] > 100;
            return new VerifierExample(row, isName, "made", i, -1, random.Next(3) + 1);
        })];
    }
}
