using System.Globalization;
using System.Text;
using GatewayStack.Transform.Evaluation.Reports;

namespace GatewayStack.Transform.Evaluation.Tests.Chance.Words;

/// <summary>
/// How often texts about secrets, people and numbers are taken for having some: policies, forms, messages, strings of programs, settings without values, code, logs, in
/// nine languages, drawn from a seed. <c>GATEWAYSTACK_CAMPAIGN</c> sets how many documents are drawn of each kind.
/// </summary>
public sealed class WordTests(ITestOutputHelper output)
{
    private const ulong Seed = 20261127;
    private const int Everyday = 6;
    private const int Samples = 20;
    private const double Ceiling = 5;

    /// <summary>In so many of a thousand documents a type may be found: some more than was seen.</summary>
    private static readonly Dictionary<string, double> Ceilings = new(StringComparer.Ordinal) { ["PHONE"] = 15, ["PASSWORD"] = 15, ["AGE"] = 10, ["US_SSN"] = 8 };

    /// <summary>Names and places are the learned tagger's; what it takes for one has its own measure.</summary>
    private static readonly string[] Learned = ["PERSON", "LOCATION", "ORGANIZATION"];

    [Fact]
    public void Every_kind_is_drawn_from_the_seed_and_nothing_is_left_to_fill_in()
    {
        WordFamily.All.Select(f => f.Name).ShouldBeUnique();
        var drawn = Documents(1).Select(d => d.Text).ToArray();
        drawn.ShouldBe(Documents(1).Select(d => d.Text));
        drawn.ShouldAllBe(t => !t.Contains('⟨') && !t.Contains('⟪'));
        WordFamily.All.Length.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Few_words_about_secrets_and_people_are_taken_for_them()
    {
        var documents = Documents(int.TryParse(Environment.GetEnvironmentVariable("GATEWAYSTACK_CAMPAIGN"), out var asked) ? asked : Everyday).ToArray();
        var found = (await ChanceScan.OfAsync([.. documents.Select(d => d.Text)]))
            .GroupBy(f => f.Type, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        output.WriteLine(Report(documents, found));
        foreach (var (type, findings) in found.Where(f => !Learned.Contains(f.Key)))
        {
            (1000.0 * Touched(findings) / documents.Length).ShouldBeLessThan(Ceilings.GetValueOrDefault(type, Ceiling), type);
        }
    }

    private static IEnumerable<(WordFamily Family, string Text)> Documents(int each) => WordFamily.All.SelectMany((family, i) =>
        Enumerable.Range(0, each).Select(n => (family, family.Draw(new SplitMix(Seed ^ ((ulong)i << 40) ^ ((ulong)n << 20))))));

    private static string Report((WordFamily Family, string Text)[] documents, Dictionary<string, ScannedFinding[]> found)
    {
        var report = new StringBuilder();
        var others = found.Where(f => !Learned.Contains(f.Key)).SelectMany(f => f.Value);
        var names = found.Where(f => Learned.Contains(f.Key)).SelectMany(f => f.Value);
        report.AppendLine(CultureInfo.InvariantCulture, $"seed {Seed}, {documents.Length} documents, touched {Share(others, documents.Length)}, names {Share(names, documents.Length)}");
        foreach (var (type, findings) in found.OrderByDescending(f => Touched(f.Value)))
        {
            var families = findings.GroupBy(f => documents[f.Text].Family.Name, StringComparer.Ordinal).OrderByDescending(Touched).ToArray();
            var kinds = string.Join(", ", families.Select(g => $"{g.Key} {Touched(g)}"));
            report.AppendLine(CultureInfo.InvariantCulture, $"{type,-24} {Touched(findings),6} {Share(findings, documents.Length),8}  {kinds}");
            foreach (var sample in families.Take(Samples).SelectMany(g => g.DistinctBy(f => documents[f.Text].Text[f.Start..f.End], StringComparer.Ordinal).Take(2)))
            {
                var text = documents[sample.Text].Text;
                var (before, after) = (text[Math.Max(0, sample.Start - 50)..sample.Start], text[sample.End..Math.Min(text.Length, sample.End + 30)]);
                var near = $"{before}[[{text[sample.Start..sample.End]}]]{after}";
                report.AppendLine(CultureInfo.InvariantCulture, $"    {documents[sample.Text].Family.Name} {sample.Score:0.00} | {near.ReplaceLineEndings(" / ")}");
            }
        }

        return report.ToString();
    }

    private static int Touched(IEnumerable<ScannedFinding> found) => found.Select(f => f.Text).Distinct().Count();

    private static string Share(IEnumerable<ScannedFinding> found, int of) => (100.0 * Touched(found) / of).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
