using System.Text.Json;
using GatewayStack.Transform.Evaluation.Reports;
using GatewayStack.Transform.Evaluation.Tests.Cli;
using GatewayStack.Transform.Evaluation.Tests.Generation;

namespace GatewayStack.Transform.Evaluation.Tests;

/// <summary>What is found today is found tomorrow. The floors stand below today's figures: they catch what breaks, they are no aim.</summary>
public class RegressionTests
{
    private const string Credentials = "API_KEY,JWT,PRIVATE_KEY,CONNECTION_STRING,PASSWORD,SECRET";
    private const string Names = "PERSON,LOCATION,ORGANIZATION";

    [Theory]
    [InlineData("eval/dev.jsonl", .88, .10, .08)]
    [InlineData("eval/handwritten.jsonl", .75, .20, .15)]
    public async Task Whatever_its_type(string file, double f2, double left, double touched)
    {
        var report = await ReportAsync(file);
        report.All.Overlap.F2.Value.ShouldBeGreaterThanOrEqualTo(f2);
        report.LeftInClear.Value.ShouldBeLessThanOrEqualTo(left);
        report.FreeDocumentsTouched.Value.ShouldBeLessThanOrEqualTo(touched);
    }

    [Theory]
    [InlineData("eval/dev.jsonl", .83)]
    [InlineData("eval/handwritten.jsonl", .40)]
    public async Task Credentials_by_themselves(string file, double f2) =>
        (await ReportAsync(file, "--types", Credentials)).All.Overlap.F2.Value.ShouldBeGreaterThanOrEqualTo(f2);

    [Theory]
    [InlineData("pii/wnut17_dev.jsonl", .40)]
    [InlineData("pii/btc_dev.jsonl", .40)]
    public async Task Names_in_texts_of_people(string file, double f1)
    {
        var types = (await ReportAsync(file, "--types", Names)).Types;
        var (found, right, gold) = (types.Sum(t => t.Findings), types.Sum(t => t.Findings * t.Exact.Precision.Value), types.Sum(t => t.Gold));
        (2 * right / Math.Max(1, found + gold)).ShouldBeGreaterThanOrEqualTo(f1);
    }

    /// <summary>Short texts in languages without capitals, and in such as the lists of common words do not know.</summary>
    [Theory]
    [InlineData("eval/scripts-2026-11/open/open.jsonl", .03, .15)]
    [InlineData("eval/scripts-2026-11/apart/apart.jsonl", .05, .15)]
    public async Task Other_scripts(string file, double touched, double left)
    {
        var report = await ReportAsync(file, "--utf16");
        report.FreeDocumentsTouched.Value.ShouldBeLessThanOrEqualTo(touched);
        report.LeftInClear.Value.ShouldBeLessThanOrEqualTo(left);
    }

    private static async Task<EvaluationReport> ReportAsync(string file, params string[] args)
    {
        var run = await CliRun.Of(string.Empty, ["transform", "eval", "--gold", DataFolder.PathOf(file), "--json", "--resamples", "0", .. args]);
        run.Error.ShouldBeEmpty();
        return JsonSerializer.Deserialize(run.Output, ReportJson.Default.EvaluationReport)!;
    }
}
