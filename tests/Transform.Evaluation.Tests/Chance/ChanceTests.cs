using System.Globalization;
using System.Text;

namespace GatewayStack.Transform.Evaluation.Tests.Chance;

/// <summary>
/// How often numbers of things are taken for somebody's, by luck: some ninety kinds of identifiers, readings, amounts and references in eighteen surroundings. A
/// form that many things have must not be enough, and this is what says which are. <c>GATEWAYSTACK_CAMPAIGN</c> sets how many documents are drawn of each pair.
/// </summary>
public sealed class ChanceTests(ITestOutputHelper output)
{
    private const ulong Seed = 20261126;
    private const int Everyday = 4;
    private const int Samples = 4;

    /// <summary>Names and places are the learned tagger's; what it takes for one has its own measure.</summary>
    private static readonly string[] Learned = ["PERSON", "LOCATION", "ORGANIZATION"];

    [Fact]
    public void Every_kind_has_a_word_in_every_language_and_draws_differently()
    {
        HarmlessKind.All.ShouldAllBe(k => k.Words.Length == 9);
        HarmlessKind.All.Select(k => k.Name).ShouldBeUnique();
        HarmlessDraw.Documents(1, 2_000).Select(d => d.Text).ShouldBe(HarmlessDraw.Documents(1, 2_000).Select(d => d.Text));
        HarmlessDraw.Documents(1, 2_000).Select(d => d.Text).ShouldNotBe(HarmlessDraw.Documents(2, 2_000).Select(d => d.Text));
    }

    [Fact]
    public async Task Few_numbers_of_things_are_taken_for_a_persons()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("GATEWAYSTACK_CAMPAIGN"), out var asked) ? asked : Everyday;
        var documents = HarmlessDraw.Documents(Seed, rounds * HarmlessKind.All.Length * Carrier.All.Length).ToArray();
        var found = await HarmlessDraw.ScanAsync(documents);
        output.WriteLine(Report(documents, [.. found]));
        var touched = found.Where(f => !Learned.Contains(f.Type)).Select(f => f.Document).Distinct(ReferenceEqualityComparer.Instance).Count();
        ((double)touched / documents.Length).ShouldBeLessThan(.05);
    }

    private static string Report(HarmlessDocument[] documents, ChanceFinding[] found)
    {
        var report = new StringBuilder();
        report.AppendLine(CultureInfo.InvariantCulture, $"seed {Seed}, {documents.Length} documents, touched {Share(found, documents.Length)}, without names {Share(found.Where(f => !Learned.Contains(f.Type)), documents.Length)}");
        foreach (var type in found.GroupBy(f => f.Type, StringComparer.Ordinal).OrderByDescending(g => Touched(g)))
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"{type.Key,-24} {Touched(type),6} {Share(type, documents.Length),8}  {string.Join(", ", type.GroupBy(f => f.Document.Kind.Name, StringComparer.Ordinal).OrderByDescending(Touched).Take(6).Select(k => $"{k.Key} {Touched(k)}"))}");
            foreach (var sample in type.GroupBy(f => f.Document.Kind.Name, StringComparer.Ordinal).OrderByDescending(Touched).Take(Samples).Select(k => k.First()))
            {
                report.AppendLine(CultureInfo.InvariantCulture, $"    {sample.Document.Kind.Name} [{sample.Document.Carrier.Name}] {sample.Value} | {Line(sample)}");
            }
        }

        foreach (var (name, of) in new (string, Func<HarmlessDocument, string>)[] { ("kind", d => d.Kind.Name), ("carrier", d => d.Carrier.Name) })
        {
            var all = documents.GroupBy(of, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
            report.AppendLine(CultureInfo.InvariantCulture, $"by {name}: {string.Join(", ", found.Where(f => !Learned.Contains(f.Type)).GroupBy(f => of(f.Document), StringComparer.Ordinal).OrderByDescending(g => (double)Touched(g) / all[g.Key]).Take(30).Select(g => $"{g.Key} {Share(g, all[g.Key])}"))}");
        }

        return report.ToString();
    }

    private static int Touched(IEnumerable<ChanceFinding> found) => found.Select(f => f.Document).Distinct(ReferenceEqualityComparer.Instance).Count();

    private static string Share(IEnumerable<ChanceFinding> found, int of) => (100.0 * Touched(found) / of).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    /// <summary>The line in which it was found.</summary>
    private static string Line(ChanceFinding finding)
    {
        var text = finding.Document.Text;
        var at = text.IndexOf(finding.Value, StringComparison.Ordinal);
        var start = text.LastIndexOf('\n', at) + 1;
        var end = text.IndexOf('\n', at);
        return text[start..(end < 0 ? text.Length : end)] is var line && line.Length > 150 ? line[..150] : line;
    }
}
