using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GatewayStack.Transform.Recognizers;

/// <summary>The rows by the gate that opens them, with the searches that find the gates. Immutable.</summary>
internal sealed class RecognizerSet
{
    private readonly FrozenDictionary<string, ImmutableArray<Recognizer>> _keywords;
    private readonly FrozenSet<string> _beginnings;
    private readonly int[] _keywordLengths;

    public RecognizerSet(ImmutableArray<Recognizer> rows)
    {
        All = rows;
        Digit = [.. rows.Where(r => r.Gate == Gate.Digit)];
        At = [.. rows.Where(r => r.Gate == Gate.At)];
        Colon = [.. rows.Where(r => r.Gate == Gate.Colon)];
        Lines = [.. rows.Where(r => r.Gate == Gate.Line)];
        Characters = SearchValues.Create((Digit.IsEmpty ? "" : "0123456789") + (At.IsEmpty ? "" : "@") + (Colon.IsEmpty ? "" : ":"));

        _keywords = rows.Where(r => r.Gate == Gate.Keyword).SelectMany(r => r.Keywords, (row, keyword) => (row, keyword))
            .GroupBy(p => p.keyword, p => p.row, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(g => g.Key, g => g.Distinct().ToImmutableArray(), StringComparer.OrdinalIgnoreCase);
        _keywordLengths = [.. _keywords.Keys.Select(k => k.Length).Distinct().Order()];
        _beginnings = _keywords.Keys.SelectMany(k => Enumerable.Range(1, k.Length - 1), (k, n) => k[..n]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        Keywords = SearchValues.Create([.. _keywords.Keys], StringComparison.OrdinalIgnoreCase);
        LongestKeyword = _keywordLengths.LastOrDefault();
        MaxBack = rows.Select(r => r.MaxBack).DefaultIfEmpty().Max();
    }

    /// <summary>Every row.</summary>
    public ImmutableArray<Recognizer> All { get; }

    /// <summary>Rows that a digit opens.</summary>
    public ImmutableArray<Recognizer> Digit { get; }

    /// <summary>Rows that an at sign opens.</summary>
    public ImmutableArray<Recognizer> At { get; }

    /// <summary>Rows that a colon opens.</summary>
    public ImmutableArray<Recognizer> Colon { get; }

    /// <summary>Rows that are applied to every line.</summary>
    public ImmutableArray<Recognizer> Lines { get; }

    /// <summary>Finds the single characters that open a row.</summary>
    public SearchValues<char> Characters { get; }

    /// <summary>Finds the keywords that open a row.</summary>
    public SearchValues<string> Keywords { get; }

    /// <summary>Length of the longest keyword; 0 when there is none.</summary>
    public int LongestKeyword { get; }

    /// <summary>No verdict begins further before its match.</summary>
    public int MaxBack { get; }

    /// <summary>Lengths that keywords have, in ascending order.</summary>
    public ReadOnlySpan<int> KeywordLengths => _keywordLengths;

    /// <summary>The rows that a keyword opens; empty when it is none.</summary>
    public ImmutableArray<Recognizer> ForKeyword(ReadOnlySpan<char> keyword) =>
        _keywords.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(keyword, out var rows) ? rows : [];

    /// <summary>Where, at the text's end, a keyword may have begun that is not complete; the text's length when none has.</summary>
    public int IndexOfBeginning(ReadOnlySpan<char> text)
    {
        var lookup = _beginnings.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var start = Math.Max(0, text.Length - LongestKeyword + 1); start < text.Length; start++)
        {
            if (lookup.Contains(text[start..]))
            {
                return start;
            }
        }

        return text.Length;
    }
}
