using System.Buffers;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Sessions;

/// <summary>A pseudonym that stands in an answer: [Start, End) of the folded text, and what it stands for.</summary>
internal readonly record struct PseudonymHit(int Start, int End, string Value);

/// <summary>
/// Finds the pseudonyms of a request in an answer, as models write them: in other case, with emphasis or a line break inside, escaped. Immutable and safe
/// for concurrent use.
/// </summary>
/// <remarks>A place is decided only when what follows can no longer make it a longer pseudonym: a text in pieces gives what the whole text gives.</remarks>
internal sealed class PseudonymMatcher
{
    /// <summary>So many characters that mean nothing may stand between two of a pseudonym.</summary>
    private const int LongestGap = 6;

    // What a model may write between a token's characters, and what it writes for its underscore.
    private static readonly SearchValues<char> Gaps = SearchValues.Create("_\\*`~ \t\r\n-");

    private readonly Node _loose = new();
    private readonly Node _exact = new();
    private readonly SearchValues<char> _beginnings;

    public PseudonymMatcher(IEnumerable<Pseudonym> pseudonyms)
    {
        var beginnings = new HashSet<char>();
        foreach (var pseudonym in pseudonyms)
        {
            var token = Fold(pseudonym.Token);
            var isLoose = token.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
            var node = isLoose ? _loose : _exact;
            foreach (var c in isLoose ? token.Replace("_", string.Empty, StringComparison.Ordinal) : token)
            {
                node = node.Add(char.ToUpperInvariant(c));
            }

            node.Value ??= pseudonym.Value;
        }

        foreach (var c in _loose.Keys.Concat(_exact.Keys))
        {
            beginnings.Add(c);
            beginnings.Add(char.ToLowerInvariant(c));
        }

        _beginnings = SearchValues.Create([.. beginnings]);
    }

    /// <summary>Looks on from <paramref name="from"/>.</summary>
    /// <param name="text">The folded text.</param>
    /// <param name="from">Where the last look ended.</param>
    /// <param name="final">True when nothing follows.</param>
    /// <param name="hits">Receives what is found, in order.</param>
    /// <returns>No pseudonym that is found later begins before this position.</returns>
    public int Advance(ReadOnlySpan<char> text, int from, bool final, List<PseudonymHit> hits)
    {
        while (from < text.Length)
        {
            var next = text[from..].IndexOfAny(_beginnings);
            if (next < 0)
            {
                return text.Length;
            }

            from += next;
            var (loose, looseOpen) = Walk(_loose, text, from, gaps: true);
            var (exact, exactOpen) = Walk(_exact, text, from, gaps: false);
            if ((looseOpen || exactOpen) && !final)
            {
                return from;
            }

            var best = loose.End >= exact.End ? loose : exact;
            if (best.Value is { } value)
            {
                hits.Add(new PseudonymHit(from, best.End, value));
            }

            from = Math.Max(from + 1, best.End);
        }

        return from;
    }

    /// <summary>The longest pseudonym that begins here, and whether the text ended before that was certain.</summary>
    private static ((int End, string? Value) Best, bool Open) Walk(Node root, ReadOnlySpan<char> text, int start, bool gaps)
    {
        var (node, gap) = (root, 0);
        (int End, string? Value) best = default;
        for (var i = start; !node.IsLeaf; i++)
        {
            if (i == text.Length)
            {
                return (best, true);
            }

            if (node.Find(char.ToUpperInvariant(text[i])) is { } child)
            {
                (node, gap) = (child, 0);
                if (node.Value is { } value)
                {
                    best = (i + 1, value);
                }
            }
            else if (!gaps || node == root || ++gap > LongestGap || !Gaps.Contains(text[i]))
            {
                break;
            }
        }

        return (best, false);
    }

    private static string Fold(string token)
    {
        using var folded = new FoldedText(json: false, token.Length);
        folded.Append(token, final: true);
        return folded.Chars.ToString();
    }

    private sealed class Node
    {
        private readonly Dictionary<char, Node> _children = [];

        public string? Value { get; set; }

        public bool IsLeaf => _children.Count == 0;

        public IEnumerable<char> Keys => _children.Keys;

        public Node? Find(char c) => _children.GetValueOrDefault(c);

        public Node Add(char c) => _children.TryGetValue(c, out var child) ? child : _children[c] = new Node();
    }
}
