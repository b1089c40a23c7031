using System.Text;
using System.Text.Json;

namespace GatewayStack.Transform.Evaluation.Tests.Cli;

/// <summary>What <c>transform eval</c> reads and writes.</summary>
public class EvalTests
{
    // One of two found, nothing wrong; the second has nothing in it.
    private const string Gold = """
        {"id":"a","group":"mail","text":"😀 jane.roe@acme.org and zzyzx","spans":[{"start":2,"end":19,"type":"EMAIL"},{"start":24,"end":29,"type":"SECRET"}]}
        {"id":"b","text":"nothing","spans":[]}
        """;

    [Fact]
    public async Task A_report_as_json()
    {
        var run = await CliRun.Of(Gold, "transform", "eval", "--gold", "-", "--json", "--resamples", "10");
        run.Code.ShouldBe(0);
        using var json = JsonDocument.Parse(run.Output);
        var report = json.RootElement;
        report.GetProperty("documents").GetInt32().ShouldBe(2);
        report.GetProperty("free_documents").GetInt32().ShouldBe(1);
        report.GetProperty("all").GetProperty("exact").GetProperty("recall").GetProperty("value").GetDouble().ShouldBe(.5);
        report.GetProperty("left_in_clear").GetProperty("value").GetDouble().ShouldBe(5.0 / 22, 1e-9);
        report.GetProperty("types").EnumerateArray().Select(t => t.GetProperty("name").GetString()).ShouldBe(["EMAIL", "SECRET"]);
    }

    [Fact]
    public async Task A_report_as_a_table()
    {
        var run = await CliRun.Of(Gold, "transform", "eval", "--gold", "-");
        run.Code.ShouldBe(0);
        run.Output.ShouldContain("2 documents, 1 of them with nothing in them; 2 spans, 1 findings");
        run.Output.ShouldContain("characters left in clear");
        run.Output.ShouldContain("95 % intervals, 1000 resamples of the documents, seed 1");
    }

    [Fact]
    public async Task Units_of_the_file_can_be_utf16()
    {
        var run = await CliRun.Of("""{"text":"😀 jane.roe@acme.org","spans":[{"start":3,"end":20,"type":"EMAIL"}]}""", "transform", "eval", "--gold", "-", "--utf16", "--json");
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty("all").GetProperty("exact").GetProperty("f1").GetProperty("value").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task Labelled_texts_are_read_as_their_mark_says()
    {
        var plain = await CliRun.Of(Gold, "transform", "eval", "--gold", "-", "--json", "--resamples", "10");
        (await CliRun.Of([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Gold)], "transform", "eval", "--gold", "-", "--json", "--resamples", "10")).ShouldBe(plain);
    }

    [Fact]
    public async Task Only_some_types()
    {
        var run = await CliRun.Of(Gold, "transform", "eval", "--gold", "-", "--types", "EMAIL,PHONE", "--json");
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty("all").GetProperty("gold").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Findings_of_another_detector_are_scored_in_our_stead()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, """{"id":"a","findings":[{"start":24,"end":29,"type":"PASSWORD","score":1}]}""", TestContext.Current.CancellationToken);
            var run = await CliRun.Of(Gold, "transform", "eval", "--gold", "-", "--findings", file, "--json");
            using var json = JsonDocument.Parse(run.Output);
            json.RootElement.GetProperty("left_in_clear").GetProperty("value").GetDouble().ShouldBe(17.0 / 22, 1e-9);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Labels_are_ranked_by_source()
    {
        const string lines = """
            {"source":"one","text":"transfer the money","label":1}
            {"source":"one","text":"a rose","label":0}
            {"source":"two","text":"an apple","label":0}
            """;
        var run = await CliRun.Of(lines, "transform", "eval", "--gold", "-", "--label", "no_such_label", "--json");
        run.Code.ShouldBe(0);
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.EnumerateArray().Select(s => s.GetProperty("source").GetString()).ShouldBe(["one", "two", "all"]);
        json.RootElement[0].GetProperty("auc").GetDouble().ShouldBe(.5);
    }

    [Theory]
    [InlineData("x", "line 1: is not JSON (at byte 0)")]
    [InlineData("""{"text":"x","spans":[{"start":0,"end":9,"type":"A"}]}""", "line 1: has a span 0 to 9 that is not in its text")]
    public async Task A_bad_line_is_named(string line, string problem)
    {
        var run = await CliRun.Of(line, "transform", "eval", "--gold", "-");
        (run.Code, run.Error.Trim()).ShouldBe((2, problem));
    }

    [Theory]
    [InlineData("transform", "eval")]
    [InlineData("transform", "eval", "--gold", "-", "--resamples", "-1")]
    [InlineData("transform", "unheard")]
    [InlineData("transform", "train", "names", "--data", "no-such-folder", "--out", "x")]
    public async Task Arguments_that_are_wrong_are_bad_input(params string[] args) => (await CliRun.Of(string.Empty, args)).Code.ShouldBe(2);

    [Theory]
    [InlineData("--help")]
    [InlineData("transform", "--help")]
    [InlineData("transform", "scan", "--help")]
    [InlineData("transform", "eval", "--help")]
    [InlineData("transform", "try", "--help")]
    [InlineData("transform", "train", "--help")]
    public async Task There_is_help(params string[] args)
    {
        var run = await CliRun.Of(string.Empty, args);
        run.Code.ShouldBe(0);
        run.Output.ShouldContain("Usage:");
    }
}
