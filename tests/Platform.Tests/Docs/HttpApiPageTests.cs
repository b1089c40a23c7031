using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GatewayStack.Audit.Queries;
using GatewayStack.Contracts.Router;
using GatewayStack.Platform.Tests.Architecture;
using GatewayStack.Router.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary><c>docs/reference/http-api.md</c> has the routes, stages and error codes of the code.</summary>
public partial class HttpApiPageTests
{
    private static DocPage Page { get; } = DocPage.Read("docs/reference/http-api.md");

    [Fact]
    public void Routes_are_those_of_the_table()
    {
        var documented = Page.Rows(h => h == "Routes").Select(r => string.Join(' ', Enumerable.Range(0, 8).Select(r.Code)));
        var actual = FrontDoorRoutes.All.Select(r => string.Join(
            ' ', r.Name, r.Method, r.Pattern, r.Class.ToString().ToLowerInvariant(), r.Action, r.Scope, r.Module, r.Management ? "management" : "public"));
        documented.ShouldBe(actual);
    }

    [Fact]
    public void Stages_are_those_of_the_matrix()
    {
        var rows = Page.Rows(h => h == "Stages").ToList();
        foreach (var route in FrontDoorRoutes.All)
        {
            var row = rows.Single(r => string.Equals(r.Code(0), route.Class.ToString(), StringComparison.OrdinalIgnoreCase)
                && (r.Cells[1] is "any" or "none" || r.Codes(1).Contains(route.Action, StringComparer.Ordinal)));
            var stages = StageMatrix.For(route.Class, route.Action)!.Value.Select(t => ((IPipelineStep)RuntimeHelpers.GetUninitializedObject(t)).Name).ToList();
            row.Cells[2].ShouldBe(stages.Count == 0 ? "none" : string.Join(", ", stages), route.Name);
        }
    }

    [Fact]
    public void Error_codes_are_those_of_the_code()
    {
        var documented = Page.Rows(h => h == "Errors").Select(r => r.Code(0)).ToList();
        string[] folders = ["Router", "Identity", "Policy", "Limits", "Audit", "Events", "Events.Kafka"];
        var actual = folders.SelectMany(f => Repository.Files("services/GatewayStack." + f, ".cs"))
            .Where(f => !f.Contains("GatewayStack.Policy/Evaluation", StringComparison.Ordinal)) // reasons of a decision, which are no errors
            .SelectMany(f => File.ReadAllLines(Repository.PathOf(f)))
            .SelectMany(l => Code().Match(l) is { Success: true } match ? Word().Matches(match.Groups["rest"].Value).Select(m => m.Groups["word"].Value) : [])
            .Distinct(StringComparer.Ordinal)
            .ToList();
        actual.Count.ShouldBeGreaterThan(20);
        actual.Except(documented, StringComparer.Ordinal).ShouldBeEmpty("missing on the page");
        documented.Except(actual, StringComparer.Ordinal).ShouldBeEmpty("on the page only");
    }

    [Fact]
    public void Audit_filters_on_the_page_are_accepted()
    {
        var text = string.Join(' ', Page.Lines);
        var said = text[text.IndexOf("Filters, each at most once", StringComparison.Ordinal)..text.IndexOf("`limit` is 1 to 1000", StringComparison.Ordinal)];
        var names = Quoted().Matches(said).Select(m => m.Groups["code"].Value).Except(["allow", "deny", "modify"], StringComparer.Ordinal);
        var unknown = new QueryCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal) { ["x"] = "1" });
        AuditQueryParser.TryParse(unknown, "t", out _).ShouldBe($"There is a parameter that is not known: 'x'. Use: {string.Join(", ", names)}, cursor, limit.");
    }

    // The code of a refusal or a problem, up to the next member: more than one literal where it is chosen.
    [GeneratedRegex("""(\bCode = |"code"u8, |Refusal\.BadRequest\()(?<rest>[^,]*("[^"]*")?[^,]*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    [GeneratedRegex("(?<![=!]= )\"(?<word>[a-z_]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Word();

    [GeneratedRegex("`(?<code>[a-z_]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();
}
