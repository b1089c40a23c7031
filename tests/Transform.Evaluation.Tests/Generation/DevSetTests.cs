using GatewayStack.Transform.Evaluation.Gold;
using GatewayStack.Transform.Evaluation.Scoring;

namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>The generator: what it marks, how much of what it makes, and that it is the same every time.</summary>
public class DevSetTests
{
    private static readonly List<GoldDocument> All = [.. DevSet.Generate(DevSet.Seed)];

    [Fact]
    public void There_are_many_different_templates() =>
        Template.Files.SelectMany(f => Template.Read(f)).Select(t => t.Text).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThanOrEqualTo(250);

    [Fact]
    public void At_least_a_quarter_of_the_documents_have_nothing_in_them()
    {
        ((double)All.Count(d => d.Spans.IsEmpty) / All.Count).ShouldBeGreaterThanOrEqualTo(.25);
        All.ShouldAllBe(d => d.Spans.IsEmpty == d.Group.StartsWith("free-", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_span_is_in_its_text_and_none_overlaps_another()
    {
        foreach (var document in All)
        {
            var end = 0;
            foreach (var span in document.Spans)
            {
                span.Start.ShouldBeGreaterThanOrEqualTo(end, document.Id);
                span.End.ShouldBeGreaterThan(span.Start, document.Id);
                document.Text[span.Start..span.End].ShouldBe(document.Text[span.Start..span.End].Trim(), document.Id);
                end = span.End;
            }

            end.ShouldBeLessThanOrEqualTo(document.Text.Length);
        }
    }

    [Fact]
    public void No_slot_is_left_open() =>
        All.Where(d => System.Text.RegularExpressions.Regex.IsMatch(d.Text, @"\{\{[^ ]|\{(street|city|zip|region)\}")).Select(d => d.Id).ShouldBeEmpty();

    [Fact]
    public void The_same_seed_gives_the_same_and_another_seed_another()
    {
        DevSet.Generate(3).Select(d => d.Text).ShouldBe(DevSet.Generate(3).Select(d => d.Text));
        DevSet.Generate(3).Select(d => d.Text).ShouldNotBe(DevSet.Generate(4).Select(d => d.Text));
    }

    [Fact]
    public void Every_group_of_types_occurs()
    {
        string[] groups =
        [
            "persons", "places", "organisations", "phones", "cards and bank numbers", "e-mail, URL, IP", "user names", "dates and ages", "nationality", "documents",
            "devices and vehicles", "credentials", "national identifiers",
        ];
        All.SelectMany(d => d.Spans).Where(s => s.Type != GoldDocument.Ignore).Select(s => TypeGroups.Of(s.Type)).Distinct(StringComparer.Ordinal).ShouldBe(groups, ignoreOrder: true);
    }

    [Fact]
    public void A_line_that_was_written_reads_back_the_same()
    {
        foreach (var document in All.Concat(DevSet.Marked("handwritten.txt")))
        {
            var read = GoldReader.Parse(System.Text.Encoding.UTF8.GetBytes(GoldWriter.Line(document)), 1, OffsetUnit.CodePoints);
            read.Text.ShouldBe(document.Text);
            read.Spans.ShouldBe(document.Spans);
        }
    }

    [Fact]
    public void No_credential_stands_in_a_file_as_a_scanner_would_find_it()
    {
        foreach (var document in All)
        {
            var line = GoldWriter.Line(document);
            foreach (var span in document.Spans.Where(s => TypeGroups.Of(s.Type) == "credentials" && s.End - s.Start > 12))
            {
                line.ShouldNotContain(document.Text[span.Start..span.End]);
            }
        }
    }
}
