using GatewayStack.Transform.Evaluation.Gold;

namespace GatewayStack.Transform.Evaluation.Scoring;

/// <summary>Scores one document. Safe for concurrent use.</summary>
/// <param name="types">The types that count; null for all.</param>
internal sealed class DocumentScorer(IReadOnlySet<string>? types)
{
    private static readonly MatchMode[] Modes = Enum.GetValues<MatchMode>();

    public DocumentScore Score(GoldDocument document, IReadOnlyList<Span> findings)
    {
        List<Span> ignored = [.. document.Spans.Where(s => s.Type == GoldDocument.Ignore)];
        List<Span> gold = [.. document.Spans.Where(s => s.Type != GoldDocument.Ignore && Counts(s))];
        List<Span> predicted = [.. findings.Where(Counts)];

        Dictionary<Scope, ScopeScore> scopes = [];
        void Add(Scope scope, Func<Span, bool> isIn)
        {
            List<Span> ours = [.. gold.Where(isIn)];
            List<Span> found = [.. predicted.Where(isIn)];
            if (ours.Count + found.Count > 0 || scope.Kind == ScopeKind.All)
            {
                var modes = Array.ConvertAll(Modes, m => SpanMatcher.Compare(ours, found, ignored, m));
                var covered = ours.ConvertAll(s => (Length: s.End - s.Start, Covered: SpanMatcher.Covered(s, predicted)));
                scopes[scope] = new ScopeScore(modes, covered.Count(c => 2 * c.Covered >= c.Length), covered.Sum(c => c.Length), covered.Sum(c => c.Length - c.Covered));
            }
        }

        Add(new Scope(ScopeKind.All, "all"), static _ => true);
        if (document.Group.Length > 0)
        {
            Add(new Scope(ScopeKind.Documents, document.Group), static _ => true);
        }

        foreach (var group in gold.Concat(predicted).Select(s => TypeGroups.Of(s.Type)).Distinct(StringComparer.Ordinal))
        {
            Add(new Scope(ScopeKind.TypeGroup, group), s => TypeGroups.Of(s.Type) == group);
        }

        foreach (var type in gold.Concat(predicted).Select(s => s.Type).Distinct(StringComparer.Ordinal))
        {
            Add(new Scope(ScopeKind.Type, type), s => s.Type == type);
        }

        var isGold = Marked(document.Text.Length, gold);
        var isFound = Marked(document.Text.Length, predicted);
        var isIgnored = Marked(document.Text.Length, ignored);
        var (personal, left, excess) = (0, 0, 0);
        for (var i = 0; i < isGold.Length; i++)
        {
            personal += isGold[i] ? 1 : 0;
            left += isGold[i] && !isFound[i] ? 1 : 0;
            excess += isFound[i] && !isGold[i] && !isIgnored[i] ? 1 : 0;
        }

        return new DocumentScore
        {
            Scopes = scopes,
            Chars = document.Text.Length,
            Personal = personal,
            Left = left,
            Excess = excess,
            IsFree = gold.Count == 0,
            Wrong = predicted.Count(s => !SpanMatcher.Touches(s, gold) && !SpanMatcher.Touches(s, ignored)),
        };
    }

    private static bool[] Marked(int length, List<Span> spans)
    {
        var marks = new bool[length];
        foreach (var span in spans)
        {
            marks.AsSpan(span.Start..span.End).Fill(true);
        }

        return marks;
    }

    private bool Counts(Span span) => types is null || types.Contains(span.Type);
}
