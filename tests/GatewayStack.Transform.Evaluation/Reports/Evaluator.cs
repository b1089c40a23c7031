using System.Collections.Immutable;
using GatewayStack.Transform.Evaluation.Scoring;

namespace GatewayStack.Transform.Evaluation.Reports;

/// <summary>Adds documents up, and resamples them for the intervals.</summary>
/// <param name="resamples">How often; 0 for no intervals.</param>
/// <param name="seed">Where the resampling starts: the same documents and seed give the same report.</param>
internal sealed class Evaluator(int resamples, int seed)
{
    private const double Tail = .025;

    private readonly List<DocumentScore> _documents = [];

    /// <summary>Adds a document.</summary>
    public void Add(DocumentScore document) => _documents.Add(document);

    /// <summary>The report of what was added.</summary>
    public EvaluationReport Report()
    {
        var weights = Weights();
        var scopes = _documents.SelectMany((d, i) => d.Scopes.Select(s => (s.Key, Index: i, s.Value)))
            .GroupBy(s => s.Key)
            .ToDictionary(g => g.Key, g => ReportOf(g.Key.Name, [.. g.Select(s => (s.Index, s.Value))], weights));

        ImmutableArray<ScopeReport> Of(ScopeKind kind) => [.. scopes.Where(s => s.Key.Kind == kind).Select(s => s.Value).OrderBy(s => s.Name, StringComparer.Ordinal)];

        return new EvaluationReport
        {
            Documents = _documents.Count,
            FreeDocuments = _documents.Count(d => d.IsFree),
            Resamples = resamples,
            Seed = seed,
            All = Of(ScopeKind.All) is [var all] ? all : ReportOf("all", [], weights),
            LeftInClear = Share(d => d.Left, d => d.Personal, weights),
            DocumentsWithAnyLeft = Share(d => d.Left > 0 ? 1 : 0, d => d.Personal > 0 ? 1 : 0, weights),
            FreeDocumentsTouched = Share(d => d.IsFree && d.Wrong > 0 ? 1 : 0, d => d.IsFree ? 1 : 0, weights),
            CoveredInExcess = Share(d => d.Excess, d => d.Chars - d.Personal, weights),
            DocumentGroups = Of(ScopeKind.Documents),
            TypeGroups = Of(ScopeKind.TypeGroup),
            Types = Of(ScopeKind.Type),
        };
    }

    private static ScopeReport ReportOf(string name, (int Index, ScopeScore Score)[] scores, int[][] weights)
    {
        ModeReport Mode(MatchMode mode)
        {
            var counts = Array.ConvertAll(scores, s => (s.Index, Counts: s.Score.Modes[(int)mode]));
            var sum = counts.Aggregate(default(Counts), (a, c) => a + c.Counts);
            var samples = Array.ConvertAll(weights, w => counts.Aggregate(default(Counts), (a, c) => a + (c.Counts * w[c.Index])));
            return new ModeReport(
                FigureOf(sum.Precision, samples, c => c.Precision), FigureOf(sum.Recall, samples, c => c.Recall), FigureOf(sum.F1, samples, c => c.F1), FigureOf(sum.F2, samples, c => c.F2));
        }

        Figure Part(Func<ScopeScore, long> part, Func<ScopeScore, long> whole, double empty) =>
            FigureOf(Ratio(scores.Sum(s => part(s.Score)), scores.Sum(s => whole(s.Score)), empty), weights, w =>
                Ratio(scores.Sum(s => w[s.Index] * part(s.Score)), scores.Sum(s => w[s.Index] * whole(s.Score)), empty));

        return new ScopeReport
        {
            Name = name,
            Gold = scores.Sum(s => s.Score.Modes[0].Gold),
            Findings = scores.Sum(s => s.Score.Modes[(int)MatchMode.Overlap].Predicted),
            Exact = Mode(MatchMode.Exact),
            Overlap = Mode(MatchMode.Overlap),
            Iou = Mode(MatchMode.Iou),
            Cover = Mode(MatchMode.Cover),
            CoveredByAny = Part(s => s.AnyFound, s => s.Modes[0].Gold, 1),
            LeftInClear = Part(s => s.Left, s => s.Chars, 0),
        };
    }

    private static double Ratio(long part, long whole, double empty) => whole == 0 ? empty : (double)part / whole;

    private static Figure FigureOf<T>(double value, T[] samples, Func<T, double> figure)
    {
        if (samples.Length == 0)
        {
            return new Figure(value);
        }

        var sorted = Array.ConvertAll(samples, s => figure(s));
        Array.Sort(sorted);
        return new Figure(value, sorted[(int)(Tail * (sorted.Length - 1))], sorted[(int)Math.Ceiling((1 - Tail) * (sorted.Length - 1))]);
    }

    private Figure Share(Func<DocumentScore, long> part, Func<DocumentScore, long> whole, int[][] weights) =>
        FigureOf(Ratio(_documents.Sum(part), _documents.Sum(whole), 0), weights, w =>
            Ratio(_documents.Select((d, i) => w[i] * part(d)).Sum(), _documents.Select((d, i) => w[i] * whole(d)).Sum(), 0));

    // How often each document was drawn, for each resample.
    private int[][] Weights()
    {
        var random = new SplitMix((ulong)seed);
        var weights = new int[_documents.Count == 0 ? 0 : resamples][];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = new int[_documents.Count];
            for (var j = 0; j < _documents.Count; j++)
            {
                weights[i][random.Below(_documents.Count)]++;
            }
        }

        return weights;
    }
}
