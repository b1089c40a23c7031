using GatewayStack.Transform.Evaluation.Gold;

namespace GatewayStack.Transform.Evaluation.Scoring;

/// <summary>Compares the findings of one text with what is in it.</summary>
internal static class SpanMatcher
{
    private const double LeastIou = .9;

    /// <summary>Counts gold spans and findings. A finding that is not right and touches a span of <paramref name="ignored"/> does not count.</summary>
    public static Counts Compare(IReadOnlyList<Span> gold, IReadOnlyList<Span> predicted, IReadOnlyList<Span> ignored, MatchMode mode)
    {
        var found = 0;
        foreach (var span in gold)
        {
            found += Matches(span, predicted, mode) ? 1 : 0;
        }

        var (all, right) = (0, 0);
        foreach (var span in predicted)
        {
            var isRight = Matches(span, gold, mode);
            right += isRight ? 1 : 0;
            all += isRight || !Touches(span, ignored) ? 1 : 0;
        }

        return new Counts(gold.Count, found, all, right);
    }

    /// <summary>Whether a span has a character in common with one of the others.</summary>
    public static bool Touches(Span span, IReadOnlyList<Span> others)
    {
        foreach (var other in others)
        {
            if (span.Shared(other) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Units of a span that lie in at least one of the others.</summary>
    public static int Covered(Span span, IReadOnlyList<Span> others)
    {
        var (covered, at) = (0, span.Start);
        foreach (var other in others.OrderBy(o => o.Start))
        {
            var (start, end) = (Math.Max(at, other.Start), Math.Min(span.End, other.End));
            if (end > start)
            {
                covered += end - start;
                at = end;
            }
        }

        return covered;
    }

    private static bool Matches(Span span, IReadOnlyList<Span> others, MatchMode mode)
    {
        if (mode == MatchMode.Cover)
        {
            return 2 * Covered(span, others) >= span.End - span.Start;
        }

        foreach (var other in others)
        {
            var shared = span.Shared(other);
            var isMatch = mode switch
            {
                MatchMode.Exact => span.Start == other.Start && span.End == other.End,
                MatchMode.Overlap => shared > 0,
                _ => shared >= LeastIou * (span.End - span.Start + other.End - other.Start - shared),
            };
            if (isMatch)
            {
                return true;
            }
        }

        return false;
    }
}
