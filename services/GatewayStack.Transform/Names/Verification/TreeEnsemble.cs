using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Names.Verification;

/// <summary>A node: goes left where the number of its evidence is at most the bound. A negative child is the complement of a leaf's index.</summary>
/// <param name="Evidence">Which number is asked.</param>
/// <param name="Bound">The bound.</param>
/// <param name="Left">The child up to the bound.</param>
/// <param name="Right">The child above.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TreeNode(short Evidence, short Bound, short Left, short Right);

/// <summary>Boosted decision trees over whole numbers: the same row gives the same sum on every machine. Safe for concurrent use.</summary>
/// <param name="nodes">The nodes of all trees.</param>
/// <param name="leaves">The leaves of all trees, in <see cref="Unit"/>ths of log-odds.</param>
/// <param name="roots">Where each tree begins; negative for a tree of one leaf.</param>
/// <param name="start">What the sum begins with.</param>
internal sealed class TreeEnsemble(TreeNode[] nodes, int[] leaves, short[] roots, int start)
{
    /// <summary>So many trees are asked at a time: each of them waits for its own number, and not for those of the others.</summary>
    private const int Lanes = 4;

    private readonly Step[] _steps = Steps(nodes, leaves.Length);
    private readonly int[] _leaves = [.. new int[nodes.Length], .. leaves];
    private readonly int[] _roots = [.. roots.Select(r => To(r, nodes.Length))];

    /// <summary>Log-odds of one.</summary>
    public const int Unit = 1 << 16;

    /// <summary>The nodes of all trees.</summary>
    public ReadOnlySpan<TreeNode> Nodes => nodes;

    /// <summary>The leaves of all trees.</summary>
    public ReadOnlySpan<int> Leaves => leaves;

    /// <summary>Where each tree begins.</summary>
    public ReadOnlySpan<short> Roots => roots;

    /// <summary>What the sum begins with.</summary>
    public int Start => start;

    /// <summary>Adds up what the trees say of a row of evidence.</summary>
    public int Sum(ReadOnlySpan<short> row)
    {
        var sum = start;
        var steps = _steps;
        var inner = nodes.Length;
        var tree = 0;
        for (; tree <= _roots.Length - Lanes; tree += Lanes)
        {
            int first = _roots[tree], second = _roots[tree + 1], third = _roots[tree + 2], fourth = _roots[tree + 3];
            while (Math.Min(Math.Min(first, second), Math.Min(third, fourth)) < inner)
            {
                first = steps[first].Next(row);
                second = steps[second].Next(row);
                third = steps[third].Next(row);
                fourth = steps[fourth].Next(row);
            }

            sum += _leaves[first] + _leaves[second] + _leaves[third] + _leaves[fourth];
        }

        for (; tree < _roots.Length; tree++)
        {
            var at = _roots[tree];
            while (at < inner)
            {
                at = steps[at].Next(row);
            }

            sum += _leaves[at];
        }

        return sum;
    }

    /// <summary>The nodes, and behind them the leaves, each of which leads to itself.</summary>
    private static Step[] Steps(TreeNode[] nodes, int leaves) =>
    [
        .. nodes.Select(n => new Step(n.Evidence, n.Bound, To(n.Left, nodes.Length), To(n.Right, nodes.Length))),
        .. Enumerable.Range(nodes.Length, leaves).Select(i => new Step(0, short.MaxValue, i, i)),
    ];

    private static int To(int child, int nodes) => child < 0 ? nodes + ~child : child;

    /// <summary>A sum as log-odds in sixteenths, as the second round is told of it.</summary>
    public static int Odds(int sum) => Math.Clamp(sum / (Unit / 16), -160, 160);

    /// <summary>The probability that belongs to a sum, in thousandths: what a machine's logarithms do beyond that does not show.</summary>
    public static double Probability(int sum) => Math.Round(Math.Min(1 / (1 + Math.Exp(-sum / (double)Unit)), 0.999), 3);

    /// <summary>True when every node leads to a later node or a leaf, and asks for a number that there is.</summary>
    public bool IsSound()
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            var node = nodes[i];
            if (node.Evidence < 0 || node.Evidence >= (int)Verification.Evidence.Count || !Leads(node.Left, i) || !Leads(node.Right, i))
            {
                return false;
            }
        }

        return Array.TrueForAll(roots, root => Leads(root, -1));
    }

    /// <summary>A node with places in the same array for its children.</summary>
    private readonly record struct Step(short Evidence, short Bound, int Left, int Right)
    {
        /// <summary>Where a row leads from here. Without a branch, which would be guessed wrong as often as not.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Next(ReadOnlySpan<short> row) => Left + ((Right - Left) & ((Bound - row[Evidence]) >> 31));
    }

    private bool Leads(int to, int from) => to < 0 ? ~to < leaves.Length : to > from && to < nodes.Length;
}
