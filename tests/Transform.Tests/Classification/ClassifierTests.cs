using FsCheck.Xunit;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Tests.Classification;

public sealed class ClassifierTests
{
    [Theory]
    [InlineData("nothing here", false, "")]
    [InlineData("alice@example.com", true, "gdpr,pii")]
    [InlineData("AKIA" + "Q3EGV5TZ7HXMPLK2", false, "credentials")]
    [InlineData("alice@example.com and AKIA" + "Q3EGV5TZ7HXMPLK2", true, "credentials,gdpr,pii")]
    [InlineData("card 4111 1111 1111 1111", true, "gdpr,pci,pii")]
    [InlineData("patient, MRN: 00482913", true, "gdpr,hipaa,pii")]
    [InlineData("NHS number 943 476 5919", true, "gdpr,pii")]
    [InlineData("Krankenversichertennummer A123456780", true, "gdpr,pii")]
    public void Labels_follow_from_types(string text, bool pii, string labels)
    {
        var metadata = Modules.Default.Inspect(text).Metadata;
        metadata.ContainsPii.ShouldBe(pii);
        string.Join(',', metadata.Labels.Select(l => l.Name)).ShouldBe(labels);
        metadata.Labels.ShouldAllBe(l => l.Confidence > 0 && l.Confidence <= 1);
    }

    [Fact]
    public void More_is_riskier()
    {
        string[] texts =
        [
            "hello", "81.2.69.160", "alice@example.com", "alice@example.com bob@example.com", "alice@example.com bob@example.com 81.2.69.160", "4111111111111111",
            "AKIA" + "Q3EGV5TZ7HXMPLK2", "AKIA" + "Q3EGV5TZ7HXMPLK2 4111111111111111",
        ];
        var scores = texts.Select(t => Modules.Default.Inspect(t).Metadata.RiskScore).ToArray();
        scores[0].ShouldBe(0);
        scores.ShouldBeInOrder(SortDirection.Ascending);
        scores.ShouldBeUnique();
        scores[^1].ShouldBeLessThanOrEqualTo(1);
    }

    [Property]
    public void The_score_is_monotone(byte weight, byte score, ushort count, byte otherWeight, ushort otherCount)
    {
        FoundType[] less = [Found("A", weight, score, count + 1)];
        FoundType[] more = [Found("A", weight, score, count + 2)];
        Risk(more).ShouldBeInRange(Risk(less), 1);
        FoundType[] other = [.. less, Found("B", otherWeight, 255, otherCount + 1)];
        Risk(other).ShouldBeInRange(Risk(less), 1);

        static FoundType Found(string type, byte weight, byte score, long count) =>
            new() { Type = type, Count = count, Score = score / 255.0, RiskScore = weight / 255.0 };
        static double Risk(FoundType[] types) => ContentSummary.Combine([new SegmentInspection { SegmentId = 0, Types = [.. types] }], []).RiskScore;
    }
}
