using System.Text.RegularExpressions;

namespace GatewayStack.Platform.Tests.Architecture;

/// <summary>What holds for every source file.</summary>
public partial class SourceTests
{
    // The Add and Use methods stand where a host finds them without a using, as those of ASP.NET Core do.
    private static readonly string[] NamespacesOfExtensions = ["Microsoft.Extensions.Hosting", "Microsoft.Extensions.DependencyInjection"];

    // Ranges of event ids: the same ids mean the same for as long as somebody has an alert on them.
    private static readonly Dictionary<string, (int First, int Last)> EventIds = new(StringComparer.Ordinal)
    {
        ["GatewayStack.Identity"] = (1000, 1999),
        ["GatewayStack.Transform"] = (2000, 2999),
        ["GatewayStack.Policy"] = (3000, 3999),
        ["GatewayStack.Limits"] = (4000, 4999),
        ["GatewayStack.Router"] = (5000, 5999),
        ["GatewayStack.Audit"] = (6000, 6999),
        ["GatewayStack.Events"] = (7000, 7199),
        ["GatewayStack.Events.Kafka"] = (7200, 7499),
        ["GatewayStack.Documents"] = (7500, 7699),
        ["GatewayStack.Postgres"] = (7700, 7999),
        ["GatewayStack.Demo"] = (8000, 8999),
        ["GatewayStack.Wire"] = (9000, 9999),
    };

    // tests/Servers is linked into the projects that use it.
    private static IEnumerable<string> Sources =>
        Repository.Files("services", ".cs").Concat(Repository.Files("tests", ".cs").Where(f => !f.StartsWith("tests/Servers/", StringComparison.Ordinal)));

    [Fact]
    public void A_folder_is_a_namespace() =>
        Sources.Select(f => (File: f, Actual: NamespaceOf(f), Expected: Expected(f))).Where(f => f.Actual != f.Expected && !IsException(f.File, f.Actual))
            .Select(f => $"{f.File}: {f.Actual} is not {f.Expected}").ShouldBeEmpty();

    [Fact]
    public void An_event_id_means_one_thing()
    {
        var all = Repository.Files("services", ".cs")
            .SelectMany(f => LogMessage().Matches(File.ReadAllText(Repository.PathOf(f))).Select(m => (File: f, Id: IdOf(m))))
            .ToList();
        all.ShouldNotBeEmpty();
        all.GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => $"{g.Key} stands in {string.Join(" and ", g.Select(e => e.File))}").ShouldBeEmpty();
        all.Where(e => !IsInRange(e.File, e.Id)).Select(e => $"{e.Id} in {e.File} is out of its range").ShouldBeEmpty();
    }

    [Fact]
    public void No_file_knows_a_machine_or_a_package_registry()
    {
        var wrong = from file in Repository.Files()
                    where !IsExempt(file)
                    let text = File.ReadAllText(Repository.PathOf(file))
                    let match = Local().Match(text)
                    where match.Success
                    select $"{file}: {match.Value}";
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cd /wo", "rk/main")]
    [InlineData("\"/ho", "me/someone/x\"")]
    [InlineData("C:\\Us", "ers\\x")]
    [InlineData("https://registry.npm", "js.org/openai")]
    [InlineData("https://api.nu", "get.org/v3/index.json")]
    public void A_machine_or_registry_is_found(string first, string second) => Local().IsMatch(first + second).ShouldBeTrue();

    // Checks of the project itself may say where its own servers stand.
    // A text that a detector is measured on may have the folders of people who do not exist.
    private static bool IsExempt(string file) =>
        file.StartsWith(".ci/", StringComparison.Ordinal) || file.StartsWith("data/eval/", StringComparison.Ordinal)
        || file.StartsWith("tests/Transform.Evaluation.Tests/Chance/Words/", StringComparison.Ordinal);

    private static bool IsInRange(string file, int id) =>
        EventIds.TryGetValue(Path.GetFileNameWithoutExtension(Repository.ProjectOf(file)), out var range) && id >= range.First && id <= range.Last;

    private static int IdOf(Match match) => int.Parse(match.Groups["id"].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsException(string file, string? actual) =>
        (actual is null && Path.GetFileName(file) == "Program.cs")
        || (NamespacesOfExtensions.Contains(actual, StringComparer.Ordinal) && file.EndsWith("Extensions.cs", StringComparison.Ordinal));

    private static string? NamespaceOf(string file) =>
        Namespace().Match(File.ReadAllText(Repository.PathOf(file))) is { Success: true } match ? match.Groups["name"].Value : null;

    private static string Expected(string file)
    {
        var project = Repository.ProjectOf(file);
        var name = Path.GetFileNameWithoutExtension(project);
        var root = name.StartsWith("GatewayStack.", StringComparison.Ordinal) ? name : "GatewayStack." + name;
        var folder = Path.GetRelativePath(Path.GetDirectoryName(project)!, Path.GetDirectoryName(file)!).Replace('\\', '/');
        return folder == "." ? root : root + "." + folder.Replace('/', '.');
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);?", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\[LoggerMessage\((EventId = )?(?<id>[0-9]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex LogMessage();

    [GeneratedRegex(
        @"(?<![\w.}])/(work|root|home)/[\w.-]+|[A-Z]:\\Users|\b(registry\.npmjs|api\.nuget|www\.nuget|files\.pythonhosted|deb\.debian)\.org|\bartifactory\b",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Local();
}
