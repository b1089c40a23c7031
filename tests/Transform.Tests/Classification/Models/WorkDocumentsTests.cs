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

    [Fact]
    public void A_label_that_is_given_is_more_often_right_than_not()
    {
        var labels = new Dictionary<string, (int Right, int Wrong)>(StringComparer.Ordinal);
        foreach (var document in Documents.Where(d => d.Labels is not null))
        {
            foreach (var label in ContentModels.BuiltIn.Score(document.Text, SegmentOrigin.User, CancellationToken.None)?.Labels ?? [])
            {
                var (right, wrong) = labels.GetValueOrDefault(label.Name);
                labels[label.Name] = document.Answer(label.Name, LabelWords.MayBeAbout) switch { true => (right + 1, wrong), false => (right, wrong + 1), null => (right, wrong) };
            }
        }

        labels.Where(l => l.Value.Wrong > 5).ShouldAllBe(l => l.Value.Right > l.Value.Wrong);
    }
}
