using System.Runtime.CompilerServices;

namespace GatewayStack.Transform.Recognizers;

/// <summary>The nodes of a <see cref="WordTrie{T}"/>, whatever its words stand for. Immutable.</summary>
internal sealed class WordAutomaton
{
    private const int Dead = 0;
    private const int Ascii = 128;

    /// <summary>A node with more edges has a table for ASCII.</summary>
    private const int FewEdges = 3;

    private static readonly char[] Plain = Folds(loose: false);
    private static readonly char[] Loose = Folds(loose: true);

    private readonly char[] _folds;
    private readonly Node[] _nodes;
    private readonly Edge[] _edges;
    private readonly int[] _tables;
    private readonly WordBeginnings _beginnings = new();

    /// <summary>Builds the nodes.</summary>
    /// <param name="words">The words; each once. The number of a word is its place among them, from 1.</param>
    /// <param name="loose">True to read letters without their accents, and every mark that joins words as a blank.</param>
    public WordAutomaton(IEnumerable<string> words, bool loose)
    {
        _folds = loose ? Loose : Plain;
        var next = new List<SortedDictionary<char, int>> { new(), new() };
        var ends = new List<int> { 0, 0 };
        var number = 0;
        foreach (var word in words)
        {
            var node = Root;
            foreach (var c in word)
            {
                var folded = _folds[c];
                if (!next[node].TryGetValue(folded, out var to))
                {
                    to = next.Count;
                    next[node].Add(folded, to);
                    next.Add([]);
                    ends.Add(0);
                }

                node = to;
            }

            ends[node] = ++number;
        }

        _nodes = new Node[next.Count];
        _edges = [.. next.SelectMany(n => n, (_, edge) => new Edge(edge.Key, edge.Value))];
        var tables = new List<int>();
        for (int i = 0, first = 0; i < _nodes.Length; first += next[i++].Count)
        {
            var table = next[i].Count > FewEdges || i == Root ? tables.Count : -1;
            _nodes[i] = new Node(first, first + next[i].Count, table, ends[i]);
            if (table >= 0)
            {
                tables.AddRange(new int[Ascii]);
                foreach (var (c, to) in next[i])
                {
                    if (c < Ascii)
                    {
                        tables[table + c] = to;
                    }
                }
            }
        }

        _tables = [.. tables];
        var blank = Step(Root, ' ');
        Openings = new WordOpenings(c => Step(Root, c) != Dead, c => Word(blank) != 0 || Step(blank, c) != Dead);
        AddBeginnings(Root, string.Empty);
    }

    /// <summary>What the words begin with.</summary>
    public WordOpenings Openings { get; }

    /// <summary>The place to go on from when nothing has been read yet.</summary>
    public static int Root => 1;

    /// <summary>Reads one unit; 0 when no word goes on so.</summary>
    public int Step(int node, char c)
    {
        var folded = _folds[c];
        ref readonly var from = ref _nodes[node];
        if (from.Table >= 0 && folded < Ascii)
        {
            return _tables[from.Table + folded];
        }

        for (var i = from.FirstEdge; i < from.LastEdge; i++)
        {
            if (_edges[i].Unit == folded)
            {
                return _edges[i].To;
            }
        }

        return Dead;
    }

    /// <summary>The number of the word that ends here; 0 for none.</summary>
    public int Word(int node) => _nodes[node].Word;

    /// <summary>True when longer words begin with what has been read.</summary>
    public bool GoesOn(int node) => _nodes[node].FirstEdge < _nodes[node].LastEdge;

    /// <summary>The places in [<paramref name="from"/>, <paramref name="limit"/>) where a word begins whose first units may be those of one that is looked for.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">The first place.</param>
    /// <param name="limit">Behind the last place.</param>
    /// <param name="isSure">True for those alone where one stands, or may stand once more text is known.</param>
    public WordPlaces Places(ReadOnlySpan<char> text, int from, int limit, bool isSure) => new(this, text, from, limit, isSure);

    /// <summary>True where a word may begin with the units that stand here; false is certain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayLead(ReadOnlySpan<char> text, int at) => at + WordBeginnings.Units <= text.Length && WordBeginnings.TryRead(text, at, out var units)
        ? _beginnings.May(units, text, at) : Step(Root, text[at]) != Dead;

    /// <summary>True where a word stands, or may stand once more text is known.</summary>
    public bool Leads(ReadOnlySpan<char> text, int at)
    {
        var node = Root;
        for (; at < text.Length; at++)
        {
            node = Step(node, text[at]);
            if (node == Dead)
            {
                return false;
            }

            if (_nodes[node].Word != 0)
            {
                return true;
            }
        }

        return GoesOn(node);
    }

    /// <summary>Adds how words begin, in all the ways that are read alike.</summary>
    private void AddBeginnings(int node, string read)
    {
        var isWhole = Word(node) != 0;
        if (isWhole || read.Length >= WordBeginnings.Units)
        {
            _beginnings.Add(read, isWhole);
        }

        if (isWhole || read.Length == WordBeginnings.Most)
        {
            return;
        }

        for (var i = _nodes[node].FirstEdge; i < _nodes[node].LastEdge; i++)
        {
            for (var unit = '\0'; unit < Ascii; unit++)
            {
                // Of two cases one is enough.
                if (_folds[unit] == _edges[i].Unit && !char.IsAsciiLetterLower(unit))
                {
                    AddBeginnings(_edges[i].To, read + unit);
                }
            }
        }
    }

    private static char[] Folds(bool loose) => [.. Enumerable.Range(0, 0x10000).Select(c => Fold((char)c, loose))];

    private static char Fold(char c, bool loose)
    {
        if (c < Ascii)
        {
            return c is >= 'a' and <= 'z' ? (char)(c - 0x20) : loose && Joins(c) ? ' ' : c;
        }

        return !loose || c >= LatinBases.Count ? char.ToUpperInvariant(c) : LatinBases.Of(c);
    }

    private static bool Joins(char c) => c is '_' or '-' or '.' or '\'' or '\t' or '/';

    /// <summary>A node: its edges, its table for ASCII (-1 for none), and the word that ends here.</summary>
    private readonly record struct Node(int FirstEdge, int LastEdge, int Table, int Word);

    /// <summary>What is read, and where it leads.</summary>
    private readonly record struct Edge(char Unit, int To);
}
