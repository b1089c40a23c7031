using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Edits;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>What lies in a finding of a better type is a fact, and is treated, all the same.</summary>
public sealed class OverlapTests
{
    [Theory]
    [InlineData("open https://alice@example.com now", "EMAIL", "open [EMAIL_1] now")]
    [InlineData("open https://alice@example.com now", "URL", "open [URL_1] now")]
    [InlineData("see 4111111111111111@example.com", "EMAIL", "see [EMAIL_1]")]
    [InlineData("see 4111111111111111@example.com", "CREDIT_CARD", "see [CREDIT_CARD_1]")]
    [InlineData("see 4111111111111111@example.com", "IBAN", "see 4111111111111111@example.com")]
    public void Each_type_can_be_asked_for(string text, string type, string redacted)
    {
        var result = Modules.Default.Inspect(text);
        result.Findings.ShouldHaveSingleItem();
        if (redacted.Contains('['))
        {
            result.Metadata.Types.ShouldContain(type);
        }

        Modules.Default.RedactNumbered(text, type).ShouldBe(redacted);
    }

    [Fact]
    public void A_finding_says_what_lies_in_it()
    {
        var finding = Modules.Default.Inspect("see 4111111111111111@example.com").Findings.ShouldHaveSingleItem();
        finding.Type.ShouldBe("CREDIT_CARD");
        finding.Also.Select(o => o.Type).ShouldBe(["EMAIL"]);
        Modules.Default.Inspect("write to alice@example.com, 4111 1111 1111 1111").Findings.ShouldAllBe(f => f.Also.IsEmpty);
    }

    /// <summary>A town, and the person whom a street is called after, are the surest parts of an address, and less than it.</summary>
    [Theory]
    [InlineData("Am Wall 3, 28195 Bremen", "LOCATION")]
    [InlineData("Er wohnt in 10115 Berlin, Musterstraße 12.", "LOCATION")]
    [InlineData("Send it to 14 Marsh Lane, London NW7 4QJ please.", "PERSON")]
    public void An_address_is_not_called_what_its_town_or_street_is(string text, string part)
    {
        var finding = Modules.Shipped.Inspect(text).Findings.ShouldHaveSingleItem();
        finding.Type.ShouldBe("ADDRESS");
        finding.Also.Select(o => o.Type).ShouldContain(part);
    }

    [Theory]
    [InlineData(0, 20, "ADDRESS", 0.9)]
    [InlineData(0, 12, "LOCATION", 0.95)]
    [InlineData(8, 14, "LOCATION", 0.95)]
    [InlineData(0, 20, "ADDRESS", 0.9, "PERSON")]
    [InlineData(0, 12, "PERSON", 0.95, "PERSON")]
    public void A_name_is_named_by_what_it_lies_in_alone(int start, int end, string type, double score, string name = "LOCATION")
    {
        var merger = new SpanMerger();
        merger.Add(new SpanPart(start, end, "ADDRESS", 0.9));
        merger.Add(new SpanPart(8, 14, name, 0.95));
        var finding = Findings(merger).ShouldHaveSingleItem();
        finding.Type.ShouldBe(type);
        finding.Score.ShouldBe(score);
    }

    [Theory]
    [InlineData(ContentAction.Block, ContentAction.Redact, EditStatus.Blocked, "")]
    [InlineData(ContentAction.Redact, ContentAction.Block, EditStatus.Blocked, "")]
    [InlineData(ContentAction.Mask, ContentAction.Redact, EditStatus.Applied, "see [EMAIL_1]")]
    [InlineData(ContentAction.Redact, ContentAction.Mask, EditStatus.Applied, "see [CREDIT_CARD_1]")]
    [InlineData(ContentAction.Allow, ContentAction.Redact, EditStatus.Applied, "see [EMAIL_1]")]
    [InlineData(ContentAction.Allow, ContentAction.Detect, EditStatus.Applied, "see 4111111111111111@example.com")]
    public void The_strictest_action_holds_for_all_of_it(ContentAction card, ContentAction email, EditStatus status, string text)
    {
        const string Text = "see 4111111111111111@example.com";
        var actions = ContentActions.Of([new TypeAction { Type = "CREDIT_CARD", Action = card }, new TypeAction { Type = "EMAIL", Action = email }]);
        var request = new EditRequest { RequestId = "r", Tenant = "t", Segments = [Modules.Segment(Text)], Findings = Modules.Default.Inspect(Text).Findings };
        var result = EditComputer.Compute(request, actions, key: null, CancellationToken.None);
        result.Status.ShouldBe(status);
        if (status == EditStatus.Blocked)
        {
            result.BlockedTypes.ShouldBe([card == ContentAction.Block ? "CREDIT_CARD" : "EMAIL"]);
            return;
        }

        Text.With(result).ShouldBe(text);
    }

    [Property(MaxTest = 2000)]
    public void No_type_is_lost(OverlappingParts overlapping)
    {
        var merger = new SpanMerger();
        foreach (var part in overlapping.Parts)
        {
            merger.Add(part);
        }

        var findings = Findings(merger);
        var turned = new SpanMerger();
        foreach (var part in overlapping.Parts.Reverse())
        {
            turned.Add(part);
        }

        Findings(turned).ShouldBe(findings);
        foreach (var part in overlapping.Parts)
        {
            var finding = findings.Single(f => f.Start <= part.Start && part.End <= f.End);
            var isOutdone = overlapping.Parts.Any(p => p.Start == part.Start && p.End == part.End && SpanPart.Compare(p, part) < 0);
            (isOutdone || finding.Types().Contains(part.Type)).ShouldBeTrue();
            foreach (var action in (ContentAction[])[ContentAction.Mask, ContentAction.Redact, ContentAction.Block])
            {
                var actions = ContentActions.Of([new TypeAction { Type = part.Type, Action = action }, new TypeAction { Type = "*", Action = ContentAction.Mask }]);
                (isOutdone || ContentActions.Stricter(actions.For(finding), action) == actions.For(finding)).ShouldBeTrue();
            }
        }
    }

    [Theory]
    [InlineData(0.85, true)]
    [InlineData(0.7, false)]
    public void Of_one_place_a_second_that_is_sure_counts_too(double score, bool counts)
    {
        var merger = new SpanMerger();
        merger.Add(new SpanPart(0, 9, "DRIVER_LICENSE", 0.92));
        merger.Add(new SpanPart(0, 9, "US_SSN", score));
        Findings(merger).ShouldHaveSingleItem().Also.Any(o => o.Type == "US_SSN").ShouldBe(counts);
    }

    [Fact]
    public void Taking_gives_the_same_one_by_one()
    {
        var merger = new SpanMerger();
        for (var i = 0; i < 500; i++)
        {
            merger.Add(new SpanPart(i * 3, (i * 3) + 2, "A", 0.9));
        }

        for (var i = 0; i < 500; i++)
        {
            merger.TryTake((i * 3) + 1, out _).ShouldBeFalse();
            merger.TryTake((i * 3) + 2, out var span).ShouldBeTrue();
            span.Start.ShouldBe(i * 3);
            merger.Spans.Length.ShouldBe(499 - i);
        }
    }

    private static Finding[] Findings(SpanMerger merger)
    {
        var findings = new List<Finding>();
        foreach (var span in merger.Spans)
        {
            findings.Add(span.ToFinding(0));
        }

        return [.. findings];
    }

    /// <summary>Candidates on a short line, so that many overlap and some have the very same place.</summary>
    public sealed record OverlappingParts(byte[] Seed)
    {
        internal SpanPart[] Parts { get; } = [.. Seed.Chunk(2).Where(c => c.Length == 2).Select(c => new SpanPart(c[0] % 20, (c[0] % 20) + 1 + (c[0] / 20 % 5), "ABCDE"[c[1] % 5].ToString(), (c[1] / 5 % 4) / 4.0))];
    }
}
