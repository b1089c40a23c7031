using System.Text.RegularExpressions;
using GatewayStack.Platform.Tests.Architecture;

namespace GatewayStack.Platform.Tests.Deploy;

/// <summary>The images can be made of what is in the repository, from bases that stay what they are.</summary>
public sealed partial class DockerfileTests
{
    [Fact]
    public void Services_are_projects() =>
        Images.Services.Order(StringComparer.Ordinal).ShouldBe(
            Repository.Files("services", ".csproj").Select(f => Path.GetFileNameWithoutExtension(f)["GatewayStack.".Length..])
                .Where(p => p == "Gateway" || p.EndsWith(".Service", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void Bases_are_pinned()
    {
        var bases = From().Matches(Images.Text).Select(m => m.Groups["image"].Value).ToList();
        bases.Count.ShouldBe(2);
        bases.ShouldAllBe(b => Pinned().IsMatch(b));
        // Of the release that global.json asks for.
        var release = Release().Match(File.ReadAllText(Repository.PathOf("global.json"))).Groups["release"].Value;
        bases[0].ShouldContain($"/sdk:{release}.");
        bases[1].ShouldContain($"/aspnet:{release}.");
    }

    [Fact]
    public void What_is_copied_is_there_and_all_that_a_build_reads()
    {
        var copied = Copy().Matches(Images.Text).SelectMany(m => m.Groups["files"].Value.Split(' ')[..^1]).ToList();
        copied.ShouldAllBe(c => Path.Exists(Repository.PathOf(c)));
        Directory.GetFiles(Repository.Root, "Directory.*").Append(Repository.PathOf("global.json")).Append(Repository.PathOf(".editorconfig"))
            .Select(f => Path.GetFileName(f)!).ShouldBeSubsetOf(copied);
        foreach (var service in Images.Services)
        {
            References($"services/GatewayStack.{service}/GatewayStack.{service}.csproj").ShouldAllBe(p => copied.Contains(p.Split('/')[0], StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Nobody_is_root_and_the_demo_stays_out()
    {
        Images.User.ShouldBeGreaterThan(0);
        Images.Text.ShouldContain("-p:Demo=false");
    }

    private static HashSet<string> References(string project)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { project };
        foreach (var reference in Reference().Matches(File.ReadAllText(Repository.PathOf(project))).Select(m => m.Groups["path"].Value))
        {
            found.UnionWith(References(Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.PathOf(project))!, reference))).Replace('\\', '/')));
        }

        return found;
    }

    [GeneratedRegex(@"^FROM (?<image>\S+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex From();

    [GeneratedRegex(@"^COPY (?<files>[^-].*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Copy();

    [GeneratedRegex(@":\d+\.\d+\.\d+-[a-z-]+$")]
    private static partial Regex Pinned();

    [GeneratedRegex("\"version\": *\"(?<release>[0-9]+\\.[0-9]+)\\.", RegexOptions.ExplicitCapture)]
    private static partial Regex Release();

    [GeneratedRegex("<ProjectReference Include=\"(?<path>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
