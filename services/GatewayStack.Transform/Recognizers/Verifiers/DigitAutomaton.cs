using System.Numerics;
using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>
/// The numbers that some patterns of digits match, each of the lengths its pattern is for: all places of all patterns that the digits so far may have led to are followed at once. Patterns have
/// digits, classes, groups, choices and counts; one that has anything else cannot be read. Immutable.
/// </summary>
internal sealed class DigitAutomaton
{
    /// <summary>Any length.</summary>
    public const uint AnyLength = uint.MaxValue;

    private const int MostPlaces = 8192;
    private const int Bits = 64;

    private readonly Place[] _places;
    private readonly int[] _first;
    private readonly int _words;

    private DigitAutomaton(Place[] places, int[] first) => (_places, _first, _words) = (places, first, (places.Length / Bits) + 1);

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

        var places = new Place[graph.Nodes.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var next = graph.Nodes[i].Digits == 0 ? [] : graph.Close(graph.Nodes[i].Next);
            places[i] = new Place(graph.Nodes[i].Digits, [.. next.Where(n => graph.Nodes[n].Digits != 0)], next.Aggregate(0u, (all, n) => all | ends.GetValueOrDefault(n)));
        }

        return places.Length > MostPlaces ? null : new DigitAutomaton(places, [.. graph.Close(starts).Where(n => graph.Nodes[n].Digits != 0)]);
    }

    /// <summary>True when one of the patterns matches all of the digits and is for so many.</summary>
    public bool Matches(ReadOnlySpan<char> digits) => digits.Length < 32 && (Walk(digits, untilEnd: false) >> digits.Length & 1) != 0;

    /// <summary>True when one of the patterns matches the first digits.</summary>
    public bool Begins(ReadOnlySpan<char> digits) => Walk(digits, untilEnd: true) != 0;

    /// <summary>True when one of the patterns has numbers that begin with a digit.</summary>
    public bool MayBeginWith(char digit) => _first.Any(p => (_places[p].Digits >> (digit - '0') & 1) != 0);

    /// <summary>The lengths of the patterns that end with the last digit, or with the first that ends any; 0 where none does.</summary>
    private uint Walk(ReadOnlySpan<char> digits, bool untilEnd)
    {
        Span<ulong> active = stackalloc ulong[_words];
        Span<ulong> next = stackalloc ulong[_words];
        active.Clear();
        foreach (var place in _first)
        {
            active[place / Bits] |= 1UL << (place % Bits);
        }

        var ends = 0u;
        foreach (var digit in digits)
        {
            ends = Step(active, next, digit - '0');
            if (untilEnd && ends != 0)
            {
                break;
            }

            var read = active;
            active = next;
            next = read;
        }

        return ends;
    }

    /// <summary>Goes on by a digit, and says what ends with it.</summary>
    private uint Step(ReadOnlySpan<ulong> active, Span<ulong> next, int digit)
    {
        next.Clear();
        var ends = 0u;
        for (var word = 0; word < active.Length; word++)
        {
            for (var left = active[word]; left != 0; left &= left - 1)
            {
                ref readonly var place = ref _places[(word * Bits) + BitOperations.TrailingZeroCount(left)];
                if ((place.Digits >> digit & 1) != 0)
                {
                    ends |= place.Ends;
                    foreach (var follower in place.Next)
                    {
                        next[follower / Bits] |= 1UL << (follower % Bits);
                    }
                }
            }
        }

        return ends;
    }

    /// <summary>A place that reads a digit: a bit for each that it reads, the places that follow, and the lengths of the patterns that end behind it.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Place(int Digits, int[] Next, uint Ends);

    /// <summary>A pattern taken apart: nodes read one of some digits, or none and go on at several others.</summary>
    internal sealed class Graph
    {
        /// <summary>A bit for each digit that is read, none for a node that reads nothing; and where it goes on.</summary>
        [StructLayout(LayoutKind.Auto)]
        internal readonly record struct Node(int Digits, int[] Next);

        /// <summary>The nodes.</summary>
        public List<Node> Nodes { get; } = [];

        /// <summary>Adds a node.</summary>
        public int Add(int digits, int[] next)
        {
            Nodes.Add(new Node(digits, next));
            return Nodes.Count - 1;
        }

        /// <summary>The nodes that are reached without a digit.</summary>
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
