using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Classification.Models;
using GatewayStack.Transform.Classification.Training;

namespace GatewayStack.Transform.Tests.Classification.Models;

public sealed class WorkDocumentsTests
{
    private static readonly List<WorkDocument> Documents = [.. WorkDocuments.Read(TestTexts.DataFolder())];

    [Fact]
    public void Labels_are_names_of_heads_and_nobody_attacks()
    {
        string[] labels = [.. Heads.All.Select(h => h.Name).Except([Heads.Override, Heads.DataRequest])];
        Documents.ShouldAllBe(d => d.Doubtful.All(l => labels.Contains(l)) && (d.Labels == null || d.Labels.Value.All(l => labels.Contains(l))));
        Documents.ShouldAllBe(d => d.Labels == null || !d.Labels.Value.Intersect(d.Doubtful).Any());
        Documents.ShouldAllBe(d => d.Answer(Heads.Override, (_, _) => false) == false && d.Answer(Heads.DataRequest, (_, _) => false) == false);
        Documents.GroupBy(d => d.Set).ShouldAllBe(s => s.Count() > 80);
    }

    /// <summary>A label that names no document would be lost without a word.</summary>
    [Fact]
    public void Every_label_belongs_to_a_document()
    {
        foreach (var set in WorkDocuments.Sets.Where(s => s.Labels is not null))
        {
            var listed = File.ReadLines(Path.Combine(TestTexts.DataFolder(), set.Labels!)).Count();
            Documents.Count(d => d.Set == set && (d.Labels!.Value.Length > 0 || d.Doubtful.Length > 0)).ShouldBe(listed, set.Name);
        }
    }

    [Fact]
    public void What_is_doubtful_or_unread_counts_for_nothing()
    {
        var read = new WorkDocument("the invoice of the clinic", WorkDocuments.Sets[0], [Heads.Financial], [Heads.Medical]);
        read.Answer(Heads.Financial, LabelWords.MayBeAbout).ShouldBe(true);
        read.Answer(Heads.Medical, LabelWords.MayBeAbout).ShouldBeNull();
        read.Answer(Heads.Legal, LabelWords.MayBeAbout).ShouldBe(false);

        var unread = read with { Labels = null, Doubtful = [] };
        unread.Answer(Heads.Medical, LabelWords.MayBeAbout).ShouldBeNull();
        unread.Answer(Heads.Legal, LabelWords.MayBeAbout).ShouldBe(false);
    }

    /// <summary>What a head says of an author's documents is said by a model that has seen none of them.</summary>
    [Fact]
    public void An_author_is_never_on_both_sides_of_a_split()
    {
        var sources = new ExampleSources(TestTexts.DataFolder(), 7);
        foreach (var head in Heads.All)
        {
            sources.Documents(head.Name).GroupBy(e => e.Source).ShouldAllBe(a => a.Select(e => e.Fold(3, 7)).Distinct().Count() == 1);
        }

        sources.Documents(Heads.Override).Where(e => e.Source.StartsWith("author_", StringComparison.Ordinal)).Select(e => e.Fold(3, 7)).Distinct().Count().ShouldBe(3);
    }

    /// <summary>Mails, chats, runbooks and logs of people at work say "ignore", "override" and "send the report to", and attack nobody.</summary>
    [Theory]
    [InlineData(Heads.Override)]
    [InlineData(Heads.DataRequest)]
    public void Ordinary_work_is_no_attack(string head)
    {
        var wrong = Documents.Count(d => ContentModels.BuiltIn.Score(d.Text, SegmentOrigin.ToolResult, CancellationToken.None)?.Labels.Any(l => l.Name == head) == true);
        (wrong / (double)Documents.Count).ShouldBeLessThan(0.01);
    }

    /// <summary>The models have learnt from these documents: what they reach on an author never seen stands in docs/models/classifiers.md.</summary>
    [Theory]
    [InlineData(Heads.Financial, 0.035)]
    [InlineData(Heads.Medical, 0.02)]
    [InlineData(Heads.Legal, 0.025)]
    [InlineData(Heads.SourceCode, 0.06)]
    [InlineData(Heads.Hr, 0.03)]
    [InlineData(Heads.Minors, 0.03)]
    [InlineData(Heads.Harmful, 0.01)]
    public void A_label_of_ordinary_work_is_seldom_wrong(string head, double most)
    {
        var harmless = Documents.Where(d => d.Labels is not null && d.Answer(head, LabelWords.MayBeAbout) == false).ToList();
        var wrong = harmless.Count(d => ContentModels.BuiltIn.Score(d.Text, SegmentOrigin.User, CancellationToken.None)?.Labels.Any(l => l.Name == head) == true);
        (wrong / (double)harmless.Count).ShouldBeLessThan(most);
    }
}
