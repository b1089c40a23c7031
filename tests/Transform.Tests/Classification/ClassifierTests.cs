using FsCheck.Xunit;
using GatewayStack.Transform.Classification;

namespace GatewayStack.Transform.Tests.Classification;

public sealed class ClassifierTests
{
    [Theory]
    [InlineData("nothing here", false, "")]
    [InlineData("alice@example.com", true, "pii")]
    [InlineData("AKIA" + "IOSFODNN7EXAMPLE", false, "credentials")]
    [InlineData("alice@example.com and AKIA" + "IOSFODNN7EXAMPLE", true, "credentials,pii")]
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
            "hello", "8.8.8.8", "alice@example.com", "alice@example.com bob@example.com", "alice@example.com bob@example.com 8.8.8.8", "4111111111111111",
            "AKIA" + "IOSFODNN7EXAMPLE", "AKIA" + "IOSFODNN7EXAMPLE 4111111111111111",
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
        var less = new RiskScore();
        less.Add(weight / 255.0, score / 255.0, count + 1);
        var more = new RiskScore();
        more.Add(weight / 255.0, score / 255.0, count + 2);
        more.Value.ShouldBeInRange(less.Value, 1);
        less.Add(otherWeight / 255.0, 1, otherCount + 1);
        less.Value.ShouldBeInRange(0, 1);
    }
}
