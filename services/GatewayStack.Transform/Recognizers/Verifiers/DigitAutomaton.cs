using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>
/// The numbers that some patterns of digits match, each of the lengths its pattern is for: one step a digit, whatever the patterns are. Patterns have digits, classes, groups, choices and
/// counts; one that has anything else cannot be read. Immutable.
/// </summary>
internal sealed class DigitAutomaton
{
    /// <summary>Any length.</summary>
    public const uint AnyLength = uint.MaxValue;

    private const int Digits = 10;
    private const int Start = 1;

    private readonly int[] _next;
    private readonly uint[] _lengths;

    private DigitAutomaton(int[] next, uint[] lengths) => (_next, _lengths) = (next, lengths);

    /// <summary>Builds the automaton; null where a pattern cannot be read.</summary>
    /// <param name="patterns">The patterns, each with a bit for every length it is for. An empty one matches nothing.</param>
    public static DigitAutomaton? TryBuild(IEnumerable<(string Pattern, uint Lengths)> patterns)
    {
        var graph = new Graph();
        var ends = new Dictionary<int, uint>();
        var starts = new List<int>();
        foreach (var (pattern, lengths) in patterns.Where(p => p.Pattern.Length > 0))
        {
            if (!DigitPattern.TryRead(pattern, out var read))
            {
                return null;
            }

            var end = graph.Add(0, []);
            ends.Add(end, lengths);
            starts.Add(read.AddTo(graph, end));
        }

        return Determine(graph, ends, starts);
    }

    /// <summary>True when one of the patterns matches all of the digits and is for so many.</summary>
    public bool Matches(ReadOnlySpan<char> digits) => digits.Length < 32 && Walk(digits, out var lengths) == digits.Length && (lengths >> digits.Length & 1) != 0;

    /// <summary>True when one of the patterns matches the first digits.</summary>
    public bool Begins(ReadOnlySpan<char> digits)
    {
        var state = Start;
        foreach (var digit in digits)
        {
            state = _next[(state * Digits) + digit - '0'];
            if (_lengths[state] != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when one of the patterns has numbers that begin with a digit.</summary>
    public bool MayBeginWith(char digit) => _next[(Start * Digits) + digit - '0'] != 0;

    private int Walk(ReadOnlySpan<char> digits, out uint lengths)
    {
        var state = Start;
        var read = 0;
        for (; read < digits.Length && state != 0; read++)
        {
            state = _next[(state * Digits) + digits[read] - '0'];
        }

        lengths = _lengths[state];
        return read;
    }

    /// <summary>One state for every set of places that the same digits lead to.</summary>
    private static DigitAutomaton Determine(Graph graph, Dictionary<int, uint> ends, List<int> starts)
    {
        var states = new Dictionary<string, int>(StringComparer.Ordinal);
        var sets = new List<int[]> { Array.Empty<int>() };
        Intern(starts);
        var next = new List<int>(new int[Digits]);
        for (var state = Start; state < sets.Count; state++)
        {
            for (var digit = 0; digit < Digits; digit++)
            {
                var targets = sets[state].Where(n => (graph.Nodes[n].Digits >> digit & 1) != 0).SelectMany(n => graph.Nodes[n].Next).ToArray();
                next.Add(targets.Length == 0 ? 0 : Intern(targets));
            }
        }

        return new DigitAutomaton([.. next], [.. sets.Select(s => s.Where(ends.ContainsKey).Aggregate(0u, (all, n) => all | ends[n]))]);

        int Intern(IEnumerable<int> nodes)
        {
            int[] set = [.. graph.Close(nodes).Order()];
            var key = string.Join(',', set);
            if (!states.TryGetValue(key, out var state))
            {
                state = sets.Count;
                states.Add(key, state);
                sets.Add(set);
            }

            return state;
        }
    }

    /// <summary>Places in patterns: each reads one of some digits, or none and goes on at several.</summary>
    internal sealed class Graph
    {
        /// <summary>A bit for each digit that is read, none for a place that reads nothing; and where it goes on.</summary>
        [StructLayout(LayoutKind.Auto)]
        internal readonly record struct Node(int Digits, int[] Next);

        /// <summary>The places.</summary>
        public List<Node> Nodes { get; } = [];

        /// <summary>Adds a place.</summary>
        public int Add(int digits, int[] next)
        {
            Nodes.Add(new Node(digits, next));
            return Nodes.Count - 1;
        }

        /// <summary>The places that are reached without a digit.</summary>
        public HashSet<int> Close(IEnumerable<int> nodes)
        {
            var closed = new HashSet<int>();
            var open = new Stack<int>(nodes);
            while (open.TryPop(out var node))
            {
                if (closed.Add(node) && Nodes[node].Digits == 0)
                {
                    foreach (var next in Nodes[node].Next)
                    {
                        open.Push(next);
                    }
                }
            }

            return closed;
        }
    }
}
