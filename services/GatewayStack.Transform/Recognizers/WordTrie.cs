using System.Collections.Immutable;

namespace GatewayStack.Transform.Recognizers;

/// <summary>
/// Finds a fixed set of words and phrases where a word begins, all in one pass: a flat trie that is entered at the beginnings of words only, so that
/// a text costs little more than a look at each of its words, whatever the set grows to. Immutable.
/// </summary>
/// <typeparam name="T">What a word stands for.</typeparam>
internal sealed class WordTrie<T>
{
    private const int Dead = 0;

    private readonly bool _loose;
    private readonly int[] _ascii = new int[128];
    private readonly int[] _firstEdge;
    private readonly char[] _edges;
    private readonly int[] _targets;
    private readonly T?[] _values;

    /// <summary>Builds the trie.</summary>
    /// <param name="words">The words; each once.</param>
    /// <param name="loose">True to read letters without their accents, and every mark that joins words as a blank.</param>
    public WordTrie(IEnumerable<KeyValuePair<string, T>> words, bool loose)
    {
        _loose = loose;
        var nodes = new List<SortedDictionary<char, int>> { new(), new() };
        var values = new List<T?> { default, default };
        foreach (var (word, value) in words)
        {
            var node = 1;
            foreach (var c in word)
            {
                var folded = Fold(c);
                if (!nodes[node].TryGetValue(folded, out var next))
                {
                    next = nodes.Count;
                    nodes[node].Add(folded, next);
                    nodes.Add([]);
                    values.Add(default);
                }

                node = next;
            }

            values[node] = value;
        }

        _firstEdge = new int[nodes.Count + 1];
        for (var i = 0; i < nodes.Count; i++)
        {
            _firstEdge[i + 1] = _firstEdge[i] + nodes[i].Count;
        }

        _edges = [.. nodes.SelectMany(n => n.Keys)];
        _targets = [.. nodes.SelectMany(n => n.Values)];
        _values = [.. values];
        for (var c = '\0'; c < 128; c++)
        {
            _ascii[c] = nodes[1].GetValueOrDefault(Fold(c));
        }
    }

    /// <summary>The place to go on from when nothing has been read yet.</summary>
    public static int Root => 1;

    /// <summary>True when there are no words.</summary>
    public bool IsEmpty => _edges.Length == 0;

    /// <summary>Reads one unit; 0 when no word goes on so.</summary>
    public int Step(int node, char c)
    {
        if (node == Root && c < 128)
        {
            return _ascii[c];
        }

        var folded = Fold(c);
        for (var i = _firstEdge[node]; i < _firstEdge[node + 1]; i++)
        {
            if (_edges[i] == folded)
            {
                return _targets[i];
            }
        }

        return Dead;
    }

    /// <summary>What the word that ends here stands for.</summary>
    public T? Value(int node) => _values[node];

    /// <summary>True when longer words begin with what has been read.</summary>
    public bool GoesOn(int node) => _firstEdge[node] < _firstEdge[node + 1];

    /// <summary>The first place from <paramref name="from"/> on where a word stands, or may stand once more text is known; -1 when there is none.</summary>
    public int Find(ReadOnlySpan<char> text, int from)
    {
        for (var start = from; start < text.Length; start++)
        {
            if (Step(Root, text[start]) is var node && node != Dead && IsBeginning(text, start) && (IsWord(node) || Leads(text, start + 1, node)))
            {
                return start;
            }
        }

        return -1;
    }

    /// <summary>True where a word may begin: behind what is no letter or digit, at a hump (<c>dbPassword</c>), and anywhere in scripts without blanks.</summary>
    public static bool IsBeginning(ReadOnlySpan<char> text, int start)
    {
        if (start == 0 || !char.IsLetterOrDigit(text[start - 1]))
        {
            return true;
        }

        var c = text[start];
        return !char.IsLetterOrDigit(c) || (char.IsUpper(c) && char.IsLower(text[start - 1])) || IsIdeographic(c);
    }

    /// <summary>True for characters of scripts that put no blanks between words.</summary>
    public static bool IsIdeographic(char c) => c is >= '\u2E80' and < '\uD800' or (>= '\u0E00' and <= '\u0E7F');

    private bool IsWord(int node) => _values[node] is not null;

    private bool Leads(ReadOnlySpan<char> text, int at, int node)
    {
        for (; at < text.Length; at++)
        {
            node = Step(node, text[at]);
            if (node == Dead)
            {
                return false;
            }

            if (IsWord(node))
            {
                return true;
            }
        }

        return GoesOn(node);
    }

    private char Fold(char c)
    {
        if (c < 128)
        {
            return c is >= 'a' and <= 'z' ? (char)(c - 0x20) : _loose && Joins(c) ? ' ' : c;
        }

        return !_loose || c >= LatinBases.Count ? char.ToUpperInvariant(c) : LatinBases.Of(c);
    }

    private static bool Joins(char c) => c is '_' or '-' or '.' or '\'' or '\t' or '/';
}

/// <summary>Latin letters without their marks. The process has no data for normalising text (it runs with the invariant culture): the letters stand here.</summary>
internal static class LatinBases
{
    /// <summary>The first unit that is not covered.</summary>
    public const int Count = 0x250;

    /// <summary>A plain letter, and the forms of it.</summary>
    private const string Forms = "AÀÁÂÃÄÅàáâãäåĀāĂăĄą CÇçĆćĈĉĊċČč DĎďĐđ EÈÉÊËèéêëĒēĔĕĖėĘęĚě GĜĝĞğĠġĢģ HĤĥ IÌÍÎÏìíîïĨĩĪīĬĭĮįİı JĴĵ KĶķ " +
        "LĹĺĻļĽľŁł NÑñŃńŅņŇň OÒÓÔÕÖØòóôõöøŌōŎŏŐő RŔŕŖŗŘř SßŚśŜŝŞşŠšȘș TŢţŤťȚț UÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲų WŴŵ YÝýÿŶŷŸ ZŹźŻżŽž";

    private static readonly ImmutableArray<char> Bases = Build();

    /// <summary>The capital letter that a Latin letter is a form of.</summary>
    public static char Of(char c) => Bases[c];

    private static ImmutableArray<char> Build()
    {
        var bases = Enumerable.Range(0, Count).Select(c => char.ToUpperInvariant((char)c)).ToArray();
        foreach (var group in Forms.Split(' '))
        {
            foreach (var form in group[1..])
            {
                bases[form] = group[0];
            }
        }

        return [.. bases];
    }
}
