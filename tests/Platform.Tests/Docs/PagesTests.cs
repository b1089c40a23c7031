using System.Text.RegularExpressions;
using GatewayStack.Platform.Tests.Architecture;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary>What holds for every page: code is the compiled code, links lead somewhere.</summary>
public partial class PagesTests
{
    public static TheoryData<string> Pages => [.. Repository.Files("docs", ".md").Append("README.md")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_of_a_page_is_compiled_code(string page)
    {
        foreach (var block in DocPage.Read(page).Blocks())
        {
            if (Snippet().Match(block.Before) is { Success: true } match)
            {
                block.Text.ShouldBe(Region(match.Groups["name"].Value), match.Groups["name"].Value);
            }

            if (SampleFile().Match(block.Before) is { Success: true } sample)
            {
                block.Text.ShouldBe(File.ReadAllText(Repository.PathOf(sample.Groups["file"].Value)).ReplaceLineEndings("\n").TrimEnd('\n'));
            }
        }
    }

    [Fact]
    public void The_page_for_backends_shows_how_an_assertion_is_verified() =>
        DocPage.Read("docs/quickstart.md").Blocks().ShouldContain(b => b.Before.Contains("snippet: verify-assertion", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_lead_to_files(string page)
    {
        var folder = Path.GetDirectoryName(Repository.PathOf(page))!;
        var broken = Link().Matches(string.Join('\n', DocPage.Read(page).Lines))
            .Select(m => m.Groups["target"].Value)
            .Where(t => !t.Contains("://", StringComparison.Ordinal) && !t.StartsWith('#'))
            .Where(t => !Path.Exists(Path.Combine(folder, t.Split('#')[0])));
        broken.ShouldBeEmpty();
    }

    // The lines between "// snippet: name" and "// endsnippet", moved to the margin.
    private static string Region(string name)
    {
        var sources = Repository.Files("services", ".cs").Concat(Repository.Files("tests/Platform.Tests/Docs", ".cs")).Concat(Repository.Files("tests/Cli.Tests/Docs", ".cs"));
        var lines = sources.Select(f => File.ReadAllLines(Repository.PathOf(f))).Single(l => l.Any(x => x.Trim() == $"// snippet: {name}"));
        var region = lines.SkipWhile(l => l.Trim() != $"// snippet: {name}").Skip(1).TakeWhile(l => l.Trim() != "// endsnippet").ToList();
        var margin = region.Where(l => l.Length > 0).Min(l => l.Length - l.TrimStart().Length);
        return string.Join('\n', region.Select(l => l.Length == 0 ? l : l[margin..]));
    }

    [GeneratedRegex("<!-- snippet: (?<name>[a-z-]+) -->", RegexOptions.ExplicitCapture)]
    private static partial Regex Snippet();

    [GeneratedRegex("<!-- file: (?<file>[^ ]+) -->", RegexOptions.ExplicitCapture)]
    private static partial Regex SampleFile();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Link();
}
