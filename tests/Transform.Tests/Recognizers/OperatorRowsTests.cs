using System.Text.RegularExpressions;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers;

public sealed class OperatorRowsTests
{
    private static readonly RecognizerOptions Financial = new() { Name = "financial", Words = ["EBITDA", "quarterly revenue", "10-K"], Label = "financial" };

    [Theory]
    [InlineData("What is our ebitda?")]
    [InlineData("Quarterly  revenue", false)]
    [InlineData("the QUARTERLY REVENUE of")]
    [InlineData("quarterly\u00A0revenue")]
    [InlineData("EB\u200BITDA")]
    [InlineData("file the 10-k now")]
    [InlineData("EBITDAs", false)]
    [InlineData("xEBITDA", false)]
    [InlineData("quarterly revenues", false)]
    [InlineData("110-K", false)]
    public void Words_label(string text, bool expected = true)
    {
        var result = Modules.Create(Financial).Inspect(text);
        result.Metadata.Labels.Any(l => l.Name == "financial").ShouldBe(expected);
        result.Metadata.ContainsPii.ShouldBeFalse();
        result.Findings.ShouldBeEmpty();
    }

    [Fact]
    public void Words_with_a_label_can_be_findings_too() =>
        Modules.Create(Financial with { Redact = true }).Find("our EBITDA is").ShouldBe(["FINANCIAL=EBITDA"]);

    [Fact]
    public void Words_without_a_label_are_personal_data()
    {
        var result = Modules.Create(new RecognizerOptions { Name = "project", Words = ["Bluebird"] }).Inspect("about bluebird");
        result.Metadata.ContainsPii.ShouldBeTrue();
        result.Metadata.Types.ShouldBe(["PROJECT"]);
    }

    [Theory]
    [InlineData("MRN-123456", "MRN=MRN-123456")]
    [InlineData("a MRN-123456 b MRN-654321", "MRN=MRN-123456", "MRN=MRN-654321")]
    [InlineData("XMRN-123456")]
    [InlineData("MRN-１２３４５６", "MRN=MRN-１２３４５６")]
    public void A_pattern_finds(string text, params string[] expected) =>
        Modules.Create(new RecognizerOptions { Name = "mrn", Pattern = @"\bMRN-\d{6}\b", Label = "phi" }).Find(text).ShouldBe(expected);

    [Fact]
    public void A_pattern_finds_wherever_it_stands_in_a_long_line()
    {
        var module = Modules.Create(new RecognizerOptions { Name = "mrn", Pattern = @"\bMRN-\d{6}\b" });
        for (var before = 0; before < 600; before++)
        {
            module.Find(new string('x', before) + " MRN-123456 " + new string('y', 300)).ShouldBe(["MRN=MRN-123456"]);
        }
    }

    [Fact]
    public void A_line_start_is_a_line_start()
    {
        var module = Modules.Create(new RecognizerOptions { Name = "quote", Pattern = "^> .*" });
        module.Find("> one\nno > two\r\n> three").ShouldBe(["QUOTE=> one", "QUOTE=> three"]);
        module.Find(new string('x', 128) + "> four").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("luhn", @"\d{9}", "SIN 046454286 and 046454287", "046454286")]
    [InlineData("mod97", @"\b[A-Z]{2}\d{20}\b", "DE89370400440532013000 DE88370400440532013000", "DE89370400440532013000")]
    public void A_checksum_decides(string checksum, string pattern, string text, string expected) =>
        Modules.Create(new RecognizerOptions { Name = "own", Pattern = pattern, Checksum = checksum })
            .Redact(text, "OWN", "IBAN").ShouldNotContain(expected);

    [Fact]
    public void A_failed_checksum_is_no_finding() =>
        Modules.Create(new RecognizerOptions { Name = "own", Pattern = @"\b\d{9}\b", Checksum = "luhn" }).Find("046454287").ShouldBeEmpty();

    [Theory]
    [InlineData("patient 123456", 1)]
    [InlineData("PATIENT no. 123456", 1)]
    [InlineData("123456", 0)]
    [InlineData("impatient 123456", 0)]
    [InlineData("123456 patient", 0)]
    public void Context_is_asked_for(string text, int expected) =>
        Modules.Create(new RecognizerOptions { Name = "own", Pattern = @"\b\d{6}\b", Context = ["patient"] }).Find(text).Length.ShouldBe(expected);

    [Fact]
    public void A_surrogate_pair_is_found_whole()
    {
        const string Text = "a😀b";
        Modules.Create(new RecognizerOptions { Name = "own", Pattern = "a." }).Find(Text).ShouldBe(["OWN=a😀"]);
    }

    [Fact]
    public void Patterns_run_in_linear_time_and_have_a_bound()
    {
        var row = RecognizerTable.Create(new TransformOptions { Recognizers = [new RecognizerOptions { Name = "evil", Pattern = "(a+)+$" }] }).Lines.Single();
        row.Pattern!.Regex.Options.HasFlag(RegexOptions.NonBacktracking).ShouldBeTrue();
        row.Pattern.Regex.MatchTimeout.ShouldNotBe(Regex.InfiniteMatchTimeout);
        Modules.Create(new RecognizerOptions { Name = "evil", Pattern = "(a+)+$" }).Inspect(new string('a', 200_000) + "!").Status.ShouldBe(InspectionStatus.Inspected);
    }

    [Fact]
    public void Every_error_is_named_at_once()
    {
        var errors = new List<SettingsError>();
        OperatorRows.Compile(
            [
                new RecognizerOptions { Name = "ok", Words = ["x"] },
                new RecognizerOptions { Name = "1 bad", Pattern = "(" },
                new RecognizerOptions { Name = "none" },
                new RecognizerOptions { Name = "OK", Pattern = "(?=a)b", Checksum = "crc", Label = "a b" },
                new RecognizerOptions { Name = "words", Words = ["", "a\nb"], Checksum = "luhn", Redact = false },
                new RecognizerOptions { Name = "empty", Pattern = "a*" },
            ],
            errors).Length.ShouldBe(1);
        errors.Select(e => e.Key).ShouldBe(
            [
                "Transform:Recognizers:1:Name", "Transform:Recognizers:1:Pattern",
                "Transform:Recognizers:2",
                "Transform:Recognizers:3:Name", "Transform:Recognizers:3:Pattern", "Transform:Recognizers:3:Checksum", "Transform:Recognizers:3:Label",
                "Transform:Recognizers:4:Words:0", "Transform:Recognizers:4:Words:1", "Transform:Recognizers:4:Checksum", "Transform:Recognizers:4:Redact",
                "Transform:Recognizers:5:Pattern",
            ],
            ignoreOrder: true);
        errors.ShouldAllBe(e => e.Problem.Length > 0 && e.Remedy.Length > 0);
    }
}
