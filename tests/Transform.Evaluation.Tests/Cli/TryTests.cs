namespace GatewayStack.Transform.Evaluation.Tests.Cli;

/// <summary>The operator's own rows on samples.</summary>
public class TryTests
{
    private const string Settings = """
        {
          // As in an appsettings file, comments and other sections are allowed.
          "Router": { "Unheard": 1 },
          "Transform": { "Recognizers": [
            { "Name": "employee_no", "Pattern": "E-[0-9]{6}" },
            { "Name": "merger", "Words": ["project falcon"], "Label": "merger" },
            { "Name": "unused", "Pattern": "ZZZ[0-9]+" }
          ] }
        }
        """;

    [Fact]
    public async Task Each_row_says_what_it_finds()
    {
        var run = await TryAsync(Settings, "--text", "E-123456 asked about Project Falcon");
        run.Code.ShouldBe(0);
        run.Output.ShouldContain("employee_no: 1 found");
        run.Output.ShouldContain("0..8 EMPLOYEE_NO");
        run.Output.ShouldContain("\"E-123456\"");
        run.Output.ShouldContain("merger: nothing, labels the text merger");
        run.Output.ShouldContain("unused: nothing");
        run.Output.ShouldContain("label merger, confidence");
    }

    [Fact]
    public async Task The_text_may_come_from_the_input() => (await TryAsync(Settings)).Output.ShouldContain("employee_no: 1 found");

    [Theory]
    [InlineData("""{"Transform":{"Recognizers":[{"Name":"x","Patern":"a"}]}}""", "Transform:Recognizers:0:Patern")]
    [InlineData("""{"Transform":{"Recognizers":[{"Name":"x","Pattern":"(?=a)"}]}}""", "Transform:Recognizers:0")]
    [InlineData("""{"Transform":{"Mode":"loud"}}""", "Transform:Mode")]
    public async Task Errors_in_the_settings_are_named(string settings, string key)
    {
        var run = await TryAsync(settings, "--text", "x");
        run.Code.ShouldBe(1);
        run.Error.ShouldContain(key);
        run.Output.ShouldBeEmpty();
    }

    /// <summary>One misspelt row hides no other row's error.</summary>
    [Fact]
    public async Task Errors_of_every_kind_are_named_at_once()
    {
        const string Bad = """
            { "Transform": { "Mode": "loud", "Recognizers": [
              { "Name": "1 bad", "Pattern": "(" },
              { "Name": "typo", "Patern": "a" },
              { "Name": "unsure", "Redact": "maybe", "Words": ["a"] },
              { "Name": "scalar", "Words": "a", "Context": "b" },
              { "Name": "fine", "Words": ["a"], "Context": [] },
              { "Name": "Fine", "Pattern": "a*" }
            ] } }
            """;
        var run = await TryAsync(Bad, "--text", "x");
        run.Code.ShouldBe(1);
        run.Output.ShouldBeEmpty();
        run.Error.TrimEnd().Split(Environment.NewLine).Select(l => l[..l.IndexOf(": ", StringComparison.Ordinal)]).ShouldBe(
            [
                "Transform:Mode", "Transform:Recognizers:0:Name", "Transform:Recognizers:0:Pattern", "Transform:Recognizers:1:Patern", "Transform:Recognizers:2:Redact",
                "Transform:Recognizers:3:Context", "Transform:Recognizers:3:Words", "Transform:Recognizers:5:Name", "Transform:Recognizers:5:Pattern",
            ],
            ignoreOrder: true);
        run.Error.ShouldContain("Transform:Recognizers:3:Words: is one value; write a list, [\"a\"]");
    }

    [Fact]
    public async Task A_settings_file_that_is_no_json_is_bad_input()
    {
        var run = await TryAsync("{", "--text", "x");
        run.Code.ShouldBe(2);
        run.Error.ShouldContain("cannot be read");
    }

    [Fact]
    public async Task Scanning_uses_the_rows_of_a_settings_file()
    {
        var file = await FileOf(Settings);
        try
        {
            (await CliRun.Of("E-123456", "transform", "scan", "--settings", file)).Output.ShouldContain("\"type\":\"EMPLOYEE_NO\"");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<CliRun> TryAsync(string settings, params string[] args)
    {
        var file = await FileOf(settings);
        try
        {
            return await CliRun.Of("again E-654321", ["transform", "try", "--settings", file, .. args]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<string> FileOf(string settings)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, settings, TestContext.Current.CancellationToken);
        return file;
    }
}
