using System.Runtime.InteropServices;

namespace GatewayStack.Audit.Storage;

/// <summary>Which events of a batch are new, and how the stored ranges change by them. For one transaction; not thread-safe.</summary>
/// <remarks>
/// A watermark alone does not do: the same event may come directly and by a log, and after a restored dump an older one may come again. Stored ranges know it, and show
/// what is missing, at the price of a row or two per producer.
/// </remarks>
internal sealed class SeenEvents
{
    private readonly long _time;
    private readonly Dictionary<long, (NumberRanges Now, NumberRange[] Before)> _epochs = [];

    /// <summary>Takes the spans of <see cref="SpansOf"/> with what is stored of each, ascending.</summary>
    public SeenEvents(AuditBatch batch, IEnumerable<(SeenSpan Span, List<NumberRange> Stored)> stored)
    {
        _time = batch.Time;
        foreach (var (span, ranges) in stored)
        {
            _epochs.Add(span.Epoch, (new NumberRanges(ranges), [.. ranges]));
        }
    }

    /// <summary>Ranges to remove, by their first number.</summary>
    public IEnumerable<(long Epoch, long First)> Removed =>
        from epoch in _epochs
        let now = epoch.Value.Now.Ranges.Select(r => r.First).ToHashSet()
        from range in epoch.Value.Before
        where !now.Contains(range.First)
        select (epoch.Key, range.First);

    /// <summary>Ranges to add, or to give a new end.</summary>
    public IEnumerable<(long Epoch, NumberRange Range)> Changed =>
        from epoch in _epochs
        let before = epoch.Value.Before.ToHashSet()
        from range in epoch.Value.Now.Ranges
        where !before.Contains(range)
        select (epoch.Key, range);

    /// <summary>For each epoch of a batch, where stored ranges matter: those that hold one of its numbers or touch one.</summary>
    public static IReadOnlyList<SeenSpan> SpansOf(AuditBatch batch)
    {
        var spans = new Dictionary<long, SeenSpan>();
        foreach (var entry in batch.Entries)
        {
            Widen(entry.Epoch, entry.Sequence);
        }

        foreach (var letter in batch.DeadLetters)
        {
            Widen(letter.Epoch, letter.Sequence);
        }

        return [.. spans.Values];

        void Widen(long epoch, long sequence)
        {
            ref var span = ref CollectionsMarshal.GetValueRefOrAddDefault(spans, epoch, out var known);
            var (from, to) = (Math.Max(sequence, long.MinValue + 1) - 1, Math.Min(sequence, long.MaxValue - 1) + 1);
            span = known ? new SeenSpan(epoch, Math.Min(span.From, from), Math.Max(span.To, to)) : new SeenSpan(epoch, from, to);
        }
    }

    /// <summary>Adds an event; false when it is stored already.</summary>
    public bool Add(long epoch, long sequence) => _epochs[epoch].Now.Add(sequence, _time);
}

/// <summary>The numbers of an epoch from one to another, both included.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="From">The lowest.</param>
/// <param name="To">The highest.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SeenSpan(long Epoch, long From, long To);
