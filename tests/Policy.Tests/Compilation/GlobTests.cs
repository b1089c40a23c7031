using System.Text.RegularExpressions;
using FsCheck.Fluent;
using GatewayStack.Policy.Compilation;
using GatewayStack.Policy.Tests.Model;

namespace GatewayStack.Policy.Tests.Compilation;

public sealed class GlobTests
{
    [Fact]
    public void A_glob_matches_what_its_expression_would() =>
        Seeded.Check(
            from length in Gen.Choose(0, 8)
            from pattern in Gen.Elements('a', 'b', '*').ArrayOf(length)
            from text in Gen.Elements('a', 'b').ArrayOf()
            select (Pattern: new string(pattern), Text: new string(text)),
            1_000,
            c => new Glob(c.Pattern, ignoreCase: false).Matches(c.Text).ShouldBe(
                Regex.IsMatch(c.Text, $@"\A{c.Pattern.Replace("*", ".*", StringComparison.Ordinal)}\z"), $"{c.Pattern} {c.Text}"));

    [Fact]
    public void A_glob_full_of_stars_costs_little() => new Glob(string.Concat(Enumerable.Repeat("a*", 1_000)) + "b", ignoreCase: true).Matches(new string('a', 20_000)).ShouldBeFalse();

    [Theory]
    [InlineData("/a/*", "/a/b", true)]
    [InlineData("/a/*", "/a", false)]
    [InlineData("/a/*", "/a/", true)]
    [InlineData("/a/*", "/a/b/c", false)]
    [InlineData("/a/**", "/a", true)]
    [InlineData("/a/**", "/a/b/c", true)]
    [InlineData("/**/z", "/z", true)]
    [InlineData("/**/z", "/a/b/z", true)]
    [InlineData("/**/z", "/a/z/b", false)]
    [InlineData("/a/**/b/**/c", "/a/b/b/x/c", true)]
    [InlineData("/f*.txt", "/file.txt", true)]
    [InlineData("/a", "/A", false)]
    [InlineData("/", "/", true)]
    public void Paths_match_by_segment(string pattern, string path, bool expected) => new PathGlob(pattern, lenient: false).Matches(path).ShouldBe(expected);
}
