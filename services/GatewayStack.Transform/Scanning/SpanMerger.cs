using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>A candidate in the text itself.</summary>
/// <param name="Start">First unit.</param>
/// <param name="End">First unit after it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Score">Its score.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpanPart(int Start, int End, string Type, double Score)
{
    /// <summary>The better of two comes first: the more certain, the longer, the earlier.</summary>
    public static int Compare(SpanPart one, SpanPart other)
    {
        var order = other.Score.CompareTo(one.Score);
        order = order != 0 ? order : (other.End - other.Start).CompareTo(one.End - one.Start);
        order = order != 0 ? order : one.Start.CompareTo(other.Start);
        return order != 0 ? order : string.CompareOrdinal(one.Type, other.Type);
    }
}

/// <summary>Overlapping candidates as one: it covers all of them, and is called what the best of them is, a name in an address aside.</summary>
internal sealed class MergedSpan(SpanPart first)
{
    /// <summary>A candidate that is surer than this counts beside a better one of the same place: which of two it is called must not decide whether it may pass.</summary>
    private const double Sure = 0.8;

    private readonly SpanPart _first = first;
    private List<SpanPart>? _parts;

    /// <summary>First unit.</summary>
    public int Start { get; private set; } = first.Start;

    /// <summary>First unit after it.</summary>
    public int End { get; private set; } = first.End;

    /// <summary>Both as one. The order of merging makes no difference.</summary>
    public MergedSpan With(MergedSpan other)
    {
        if ((_parts?.Count ?? 1) < (other._parts?.Count ?? 1))
        {
            return other.With(this);
        }

        _parts ??= [_first];
        if (other._parts is null)
        {
            _parts.Add(other._first);
        }
        else
        {
            _parts.AddRange(other._parts);
        }

        (Start, End) = (Math.Min(Start, other.Start), Math.Max(End, other.End));
        return this;
    }

    /// <summary>The finding: of two candidates of the very same place the better one counts, and another that is sure; of any others each has its type in it.</summary>
    public Finding ToFinding(int segment)
    {
        if (_parts is null)
        {
            return new Finding { SegmentId = segment, Type = _first.Type, Start = Start, End = End, Score = _first.Score };
        }

        _parts.Sort(SpanPart.Compare);
        var namer = Namer(_parts);
        var places = new HashSet<(int, int)>();
        var types = new HashSet<string>(StringComparer.Ordinal) { namer.Type };
        var also = ImmutableArray.CreateBuilder<OverlappedType>();
        foreach (var part in _parts)
        {
            if ((places.Add((part.Start, part.End)) || part.Score > Sure) && types.Add(part.Type))
            {
                also.Add(new OverlappedType { Type = part.Type, Score = part.Score });
            }
        }

        return new Finding { SegmentId = segment, Type = namer.Type, Start = Start, End = End, Score = namer.Score, Also = also.ToImmutable() };
    }

    /// <summary>The best, but not a town or a person's name that stands in an address, as streets have them: it is surer, and not what the address is.</summary>
    private static SpanPart Namer(List<SpanPart> parts)
    {
        var best = parts[0];
        if (best.Type is not (EntityTypes.Location or EntityTypes.Person))
        {
            return best;
        }

        foreach (var part in parts)
        {
            if (part.Type == EntityTypes.Address && part.Start <= best.Start && part.End >= best.End && part.End - part.Start > best.End - best.Start)
            {
                return part;
            }
        }

        return best;
    }
}

/// <summary>Collects spans and merges those that overlap, so that nothing of a longer one is left when a shorter one is replaced.</summary>
internal sealed class SpanMerger
{
    private const int FewTaken = 64;

    private readonly List<MergedSpan> _spans = [];
    private int _taken;

    /// <summary>The spans, ordered and apart, without those that were taken.</summary>
    public ReadOnlySpan<MergedSpan> Spans => CollectionsMarshal.AsSpan(_spans)[_taken..];

    /// <summary>Adds what a row found.</summary>
    public void Add(int start, int end, Recognizer row, double score) => Add(new SpanPart(start, end, row.Type, score));

    /// <summary>Adds a candidate.</summary>
    public void Add(SpanPart part)
    {
        // Candidates come nearly in order: what overlaps stands at the end.
        var span = new MergedSpan(part);
        var index = _spans.Count;
        while (index > _taken && _spans[index - 1].End > span.Start)
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
    public bool TryTake(int limit, [NotNullWhen(true)] out MergedSpan? span)
    {
        if (Spans is not [var first, ..] || first.End > limit)
        {
            span = null;
            return false;
        }

        span = first;
        _taken++;

        // Not one by one: each time all that follow would be moved.
        if (_taken >= FewTaken && _taken * 2 >= _spans.Count)
        {
            _spans.RemoveRange(0, _taken);
            _taken = 0;
        }

        return true;
    }
}
