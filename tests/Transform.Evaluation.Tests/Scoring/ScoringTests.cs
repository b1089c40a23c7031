using GatewayStack.Transform.Evaluation.Gold;
using GatewayStack.Transform.Evaluation.Reports;
using GatewayStack.Transform.Evaluation.Scoring;

namespace GatewayStack.Transform.Evaluation.Tests.Scoring;

/// <summary>Figures against ones that were worked out by hand.</summary>
public class ScoringTests
{
    private static readonly Span[] None = [];

    [Theory]
    [InlineData("Exact", 0, 0)] // 0..10 is not 0..9
    [InlineData("Overlap", 1, 1)]
    [InlineData("Iou", 1, 1)] // 9 of 10
    [InlineData("Cover", 1, 1)]
    public void Nine_of_ten(string mode, int found, int right) =>
        SpanMatcher.Compare([new(0, 10, "A")], [new(0, 9, "A")], None, Enum.Parse<MatchMode>(mode)).ShouldBe(new Counts(1, found, 1, right));

    [Theory]
    [InlineData("Exact", 0, 0)]
    [InlineData("Overlap", 1, 2)]
    [InlineData("Iou", 0, 0)]
    [InlineData("Cover", 1, 2)] // the fragments cover 8 of 10 together, and each lies inside
    public void Two_fragments_of_one(string mode, int found, int right) =>
        SpanMatcher.Compare([new(0, 10, "A")], [new(0, 4, "A"), new(6, 10, "A")], None, Enum.Parse<MatchMode>(mode)).ShouldBe(new Counts(1, found, 2, right));

    [Theory]
    [InlineData("Overlap", 2, 1)]
    [InlineData("Iou", 0, 0)]
    [InlineData("Cover", 2, 0)] // what is covered is found, but less than half of the finding is in it
    public void One_finding_over_two_and_much_else(string mode, int found, int right) =>
        SpanMatcher.Compare([new(0, 10, "A"), new(20, 30, "A")], [new(0, 60, "A")], None, Enum.Parse<MatchMode>(mode)).ShouldBe(new Counts(2, found, 1, right));

    [Fact]
    public void What_is_ignored_counts_neither_way()
    {
        SpanMatcher.Compare([new(0, 4, "A")], [new(10, 12, "A"), new(0, 4, "A")], [new(9, 13, "_IGNORE")], MatchMode.Exact).ShouldBe(new Counts(1, 1, 1, 1));
        SpanMatcher.Compare([], [new(10, 12, "A"), new(20, 22, "A")], [new(9, 13, "_IGNORE")], MatchMode.Overlap).ShouldBe(new Counts(0, 0, 1, 0));
    }

    [Fact]
    public void Precision_recall_and_their_means()
    {
        // 6 of 10 found by 8 findings of which 6 are right: P .75, R .6, F1 = 2 * .45 / 1.35, F2 = 5 * .45 / (4 * .75 + .6).
        var counts = new Counts(10, 6, 8, 6);
        counts.Precision.ShouldBe(.75, 1e-9);
        counts.Recall.ShouldBe(.6, 1e-9);
        counts.F1.ShouldBe(2.0 / 3, 1e-9);
        counts.F2.ShouldBe(.625, 1e-9);
        new Counts(0, 0, 0, 0).F1.ShouldBe(1);
        new Counts(3, 0, 0, 0).F2.ShouldBe(0);
        new Counts(0, 0, 3, 0).F2.ShouldBe(0);
    }

    [Fact]
    public void A_document_is_scored_by_type_by_group_and_without_type()
    {
        // "Ann Lee" is found as a place, the mail exactly, "+1" is wrong.
        var document = Document("Ann Lee, a@b.org, +1", new Span(0, 7, "PERSON"), new Span(9, 16, "EMAIL"));
        var score = new DocumentScorer(types: null).Score(document, [new(0, 7, "LOCATION"), new(9, 16, "EMAIL"), new(18, 20, "PHONE")]);
        score.Scopes[new Scope(ScopeKind.All, "all")].Modes[(int)MatchMode.Exact].ShouldBe(new Counts(2, 2, 3, 2));
        score.Scopes[new Scope(ScopeKind.Type, "PERSON")].Modes[(int)MatchMode.Exact].ShouldBe(new Counts(1, 0, 0, 0));
        score.Scopes[new Scope(ScopeKind.Type, "PERSON")].AnyFound.ShouldBe(1);
        score.Scopes[new Scope(ScopeKind.TypeGroup, "places")].Modes[(int)MatchMode.Overlap].ShouldBe(new Counts(0, 0, 1, 0));
        (score.Personal, score.Left, score.Excess, score.Wrong, score.IsFree).ShouldBe((14, 0, 2, 1, false));
    }

    [Fact]
    public void Characters_that_are_left_are_counted_once()
    {
        // 10 personal characters, 0..6 covered twice: 4 are left.
        var score = new DocumentScorer(types: null).Score(Document("0123456789abc", new Span(0, 10, "X")), [new(0, 5, "A"), new(2, 6, "B")]);
        (score.Personal, score.Left, score.Excess).ShouldBe((10, 4, 0));
    }

    [Fact]
    public void Only_the_types_asked_for_count()
    {
        var scorer = new DocumentScorer(new HashSet<string>(["EMAIL"], StringComparer.Ordinal));
        var score = scorer.Score(Document("Ann a@b.org", new Span(0, 3, "PERSON")), [new(0, 3, "PERSON"), new(4, 11, "EMAIL")]);
        (score.IsFree, score.Wrong, score.Personal).ShouldBe((true, 1, 0));
    }

    [Fact]
    public void Documents_are_added_up()
    {
        var scorer = new DocumentScorer(types: null);
        var evaluator = new Evaluator(resamples: 0, seed: 1);
        evaluator.Add(scorer.Score(Document("aaaa", new Span(0, 4, "X")), [new(0, 2, "X")]));
        evaluator.Add(scorer.Score(Document("bbbb"), [new(1, 2, "X")]));
        evaluator.Add(scorer.Score(Document("cccc"), []));
        var report = evaluator.Report();
        (report.Documents, report.FreeDocuments).ShouldBe((3, 2));
        report.LeftInClear.Value.ShouldBe(.5);
        report.DocumentsWithAnyLeft.Value.ShouldBe(1);
        report.FreeDocumentsTouched.Value.ShouldBe(.5);
        report.CoveredInExcess.Value.ShouldBe(1.0 / 8);
        report.All.Overlap.Precision.Value.ShouldBe(.5);
        report.All.Cover.Recall.Value.ShouldBe(1);
    }

    [Fact]
    public void Intervals_hold_the_figure_and_come_again_with_their_seed()
    {
        static EvaluationReport Run(int seed)
        {
            var scorer = new DocumentScorer(types: null);
            var evaluator = new Evaluator(resamples: 500, seed);
            for (var i = 0; i < 100; i++)
            {
                // Every fourth is missed.
                evaluator.Add(scorer.Score(Document("xxxx", new Span(0, 4, "X")), i % 4 == 0 ? [] : [new(0, 4, "X")]));
            }

            return evaluator.Report();
        }

        var recall = Run(1).All.Exact.Recall;
        recall.Value.ShouldBe(.75);

        // The normal approximation: .75 +- 1.96 * sqrt(.75 * .25 / 100) = .665 .. .835.
        recall.Low!.Value.ShouldBe(.665, .03);
        recall.High!.Value.ShouldBe(.835, .03);
        Run(1).All.Exact.Recall.ShouldBe(recall);
    }

    [Fact]
    public void Ranking_figures()
    {
        // Positive .9 .8 .3, negative .7 .2 .1: of 9 pairs one is the wrong way round.
        var ranking = new Ranking([(.9, true), (.8, true), (.3, true), (.7, false), (.2, false), (.1, false)]);
        ranking.Auc.ShouldBe(8.0 / 9, 1e-9);
        ranking.RecallAt(.01).ShouldBe(2.0 / 3, 1e-9);
        ranking.RecallAt(.34).ShouldBe(1);
        ranking.At(.5).ShouldBe((2.0 / 3, 1.0 / 3));
        new Ranking([(.5, true), (.5, false)]).Auc.ShouldBe(.5);
        new Ranking([(.75, true), (.75, true), (.75, true), (.75, false)]).CalibrationError.ShouldBe(0, 1e-9);
    }

    [Theory]
    [InlineData("PERSON", "persons")]
    [InlineData("DE_TAX_ID", "national identifiers")]
    [InlineData("US_NPI", "national identifiers")]
    [InlineData("SECRET", "credentials")]
    [InlineData("EMPLOYEE_NO", "others")]
    public void A_type_has_a_group(string type, string group) => TypeGroups.Of(type).ShouldBe(group);

    private static GoldDocument Document(string text, params Span[] spans) => new() { Id = "x", Text = text, Spans = [.. spans] };
}
