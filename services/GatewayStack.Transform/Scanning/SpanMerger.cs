using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>Overlapping candidates as one: it covers all of them, and is called what the best of them is.</summary>
/// <param name="Start">First unit.</param>
/// <param name="End">First unit after it.</param>
/// <param name="Type">Type of the best candidate.</param>
/// <param name="Score">Its score.</param>
/// <param name="BestStart">Where it begins.</param>
/// <param name="BestLength">Its length.</param>
internal readonly record struct MergedSpan(int Start, int End, string Type, double Score, int BestStart, int BestLength)
{
    /// <summary>Both as one. The order of merging makes no difference.</summary>
    public MergedSpan With(MergedSpan other)
    {
        var best = IsBetterThan(other) ? this : other;
        return best with { Start = Math.Min(Start, other.Start), End = Math.Max(End, other.End) };
    }

    private bool IsBetterThan(MergedSpan other)
    {
        var order = Score.CompareTo(other.Score);
        order = order != 0 ? order : BestLength.CompareTo(other.BestLength);
        order = order != 0 ? order : other.BestStart.CompareTo(BestStart);
        return (order != 0 ? order : string.CompareOrdinal(other.Type, Type)) >= 0;
    }
}

/// <summary>Collects spans and merges those that overlap, so that nothing of a longer one is left when a shorter one is replaced.</summary>
internal sealed class SpanMerger
{
    private readonly List<MergedSpan> _spans = [];

    /// <summary>The spans, ordered and apart.</summary>
    public IReadOnlyList<MergedSpan> Spans => _spans;

    /// <summary>Adds what a row found.</summary>
    public void Add(int start, int end, Recognizer row, double score) => Add(new MergedSpan(start, end, row.Type, score, start, end - start));

    /// <summary>Adds a span.</summary>
    public void Add(MergedSpan span)
    {
        // Candidates come nearly in order: what overlaps stands at the end.
        var index = _spans.Count;
        while (index > 0 && _spans[index - 1].End > span.Start)
        {
            index--;
            if (_spans[index].Start < span.End)
            {
                span = span.With(_spans[index]);
                _spans.RemoveAt(index);
            }
        }

        _spans.Insert(index, span);
    }

    /// <summary>Takes the first span if it ends at <paramref name="limit"/> or before: nothing that begins later can overlap it.</summary>
    public bool TryTake(int limit, out MergedSpan span)
    {
        if (_spans.Count == 0 || _spans[0].End > limit)
        {
            span = default;
            return false;
        }

        span = _spans[0];
        _spans.RemoveAt(0);
        return true;
    }
}
