using System.Collections.Immutable;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Classification;

/// <summary>What texts have adds up to what their request has.</summary>
public sealed class ContentSummaryTests
{
    private static readonly TransformModule Labelling = Modules.Create(new RecognizerOptions { Name = "project", Words = ["falcon"], Label = "secret", Redact = true });

    [Fact]
    public void Texts_inspected_apart_add_up_to_what_they_are_together()
    {
        string[] texts = ["nothing", "mail a@example.com", "mail b@example.com, 8.8.8.8", "4111 1111 1111 1111", "falcon", "AKIA" + "Q3EGV5TZ7HXMPLK2", "a@example.com falcon falcon"];
        var cases = Gen.Sample(Gen.Elements(texts).ListOf(), 12, new Rnd(20261125), 200);
        foreach (var chosen in cases)
        {
            var segments = chosen.Select((t, i) => Modules.Segment(t, i)).ToArray();
            var together = Labelling.Inspect(segments);
            ImmutableArray<SegmentInspection> apart = [.. segments.SelectMany(s => Labelling.Inspect(s).Segments)];
            Json(ContentSummary.Combine(apart, [])).ShouldBe(Json(together.Metadata));
            Json(apart).ShouldBe(Json(together.Segments));
            Json(segments.SelectMany(s => Labelling.Inspect(s).Findings)).ShouldBe(Json(together.Findings));
        }
    }

    [Property]
    public void The_order_of_the_texts_makes_no_difference(int seed)
    {
        var random = new Random(seed);
        var segments = Enumerable.Range(0, 5).Select(i => new SegmentInspection
        {
            SegmentId = i,
            Types = [.. new[] { "A", "B", "C" }.Where(_ => random.Next(2) == 0).Select(t => new FoundType
            {
                Type = t,
                Count = random.Next(1, 4),
                Score = random.NextDouble(),
                RiskScore = t == "A" ? 0.3 : 0.7,
                Label = t == "C" ? "c" : null,
            })],
            Labels = [.. new[] { "c", "d" }.Where(_ => random.Next(2) == 0).Select(l => new ContentLabel { Name = l, Confidence = random.NextDouble() })],
            Topics = [.. new[] { "x", "y" }.Where(_ => random.Next(2) == 0)],
        }).ToArray();
        var ordered = ContentSummary.Combine([.. segments], []);
        random.Shuffle(segments);
        Json(ContentSummary.Combine([.. segments], [])).ShouldBe(Json(ordered));
        ordered.Types.ShouldBe(ordered.Types.Order(StringComparer.Ordinal));
        ordered.Labels.Select(l => l.Name).ShouldBe(ordered.Labels.Select(l => l.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_is_clean_and_what_could_not_be_scanned_is_told()
    {
        ContentSummary.Combine([], []).ShouldBeSameAs(ContentMetadata.Clean);
        UnscannedPart part = new() { Pointer = "/x", Type = "file", Reason = "not_text" };
        ContentSummary.Combine([], [part]).Unscanned.ShouldBe([part]);
        ContentSummary.Combine([new SegmentInspection { SegmentId = 0, Topics = ["t"] }], [part]).Unscanned.ShouldBe([part]);
    }

    [Fact]
    public void Personal_data_is_what_has_that_label()
    {
        static ContentMetadata Of(string? label) => ContentSummary.Combine(
            [new SegmentInspection { SegmentId = 0, Types = [new FoundType { Type = "T", Count = 1, Score = 0.5, RiskScore = 0.5, Label = label }] }], []);
        Of("pii").ContainsPii.ShouldBeTrue();
        Of("pii").Labels.ShouldHaveSingleItem().Confidence.ShouldBe(0.5);
        Of("credentials").ContainsPii.ShouldBeFalse();
        Of(null).Labels.ShouldBeEmpty();
        Of(null).RiskScore.ShouldBe(0.25);
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);
}
