using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GatewayStack.Transform.Evaluation.Tests.Cli;

/// <summary>What <c>transform scan</c> reads and writes.</summary>
public class ScanTests
{
    private const string Mail = "jane.roe@acme.org";

    // One pair of surrogates (1 code point, 4 bytes) and one letter of two bytes before the address.
    private const string Text = "😀 né " + Mail;

    [Theory]
    [InlineData(null, 6)]
    [InlineData("--codepoints", 5)]
    [InlineData("--utf8", 9)]
    public async Task Offsets_count_what_was_asked_for(string? unit, int start)
    {
        var run = await CliRun.Of(Text, [.. new[] { "transform", "scan", "-" }, .. unit is null ? [] : new[] { unit }]);
        run.Code.ShouldBe(0);
        var finding = Findings(run.Output).ShouldHaveSingleItem();
        finding.ShouldBe((start, start + Mail.Length, "EMAIL"));
    }

    [Fact]
    public async Task Two_units_are_one_too_many()
    {
        var run = await CliRun.Of(Text, "transform", "scan", "--utf8", "--codepoints");
        run.Code.ShouldBe(2);
        run.Error.ShouldContain("Use one of");
    }

    [Theory]
    [InlineData("gatewaystack transform scan takes a file", "transform", "scan")]
    [InlineData("gatewaystack transform scan takes a file", "transform", "scan", "--jsonl")]
    [InlineData("--gold takes a file", "transform", "eval", "--gold")]
    public async Task A_file_that_is_not_there_is_named_and_the_use_is_said(string use, params string[] args)
    {
        var missing = Path.Combine(Path.GetTempPath(), $"missing-{Guid.NewGuid():N}.txt");
        var run = await CliRun.Of(string.Empty, [.. args, missing]);
        run.Code.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain($"{missing} does not exist");
        run.Error.ShouldContain(use);
        (await CliRun.Of(string.Empty, [.. args, Path.Combine(missing, "below.txt")])).Error.ShouldContain("does not exist");
    }

    [Fact]
    public async Task A_folder_is_no_file()
    {
        var run = await CliRun.Of(string.Empty, "transform", "scan", Path.GetTempPath());
        run.Code.ShouldBe(2);
        run.Error.ShouldContain("is a folder");
    }

    [Fact]
    public async Task A_file_that_is_there_is_scanned()
    {
        var path = Path.Combine(Path.GetTempPath(), $"scan-{Guid.NewGuid():N}.txt");
        await File.WriteAllTextAsync(path, Mail, TestContext.Current.CancellationToken);
        try
        {
            Findings((await CliRun.Of(string.Empty, "transform", "scan", path)).Output).ShouldHaveSingleItem().ShouldBe((0, Mail.Length, "EMAIL"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>A finding shows its surest type; a rule about any of them changes the whole.</summary>
    [Fact]
    public async Task Facts_have_the_types_that_a_finding_does_not_show()
    {
        var run = await CliRun.Of("see https://jane@example.org now", "transform", "scan", "--facts");
        var types = JsonNode.Parse(run.Output)!["types"]!.AsArray().Select(t => t!.GetValue<string>()).ToList();
        types.ShouldBe(["EMAIL", "URL"]);
        JsonNode.Parse(run.Output)!["findings"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_found_is_an_empty_list() => (await CliRun.Of("nothing here", "transform", "scan")).Output.ShouldBe("{\"findings\":[]}\n");

    [Fact]
    public async Task Facts_are_printed_when_asked_for()
    {
        var run = await CliRun.Of(Mail, "transform", "scan", "--facts");
        using var json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty("contains_pii").GetBoolean().ShouldBeTrue();
        json.RootElement.GetProperty("labels").EnumerateArray().ShouldNotBeEmpty();
        json.RootElement.GetProperty("risk_score").GetDouble().ShouldBeInRange(0, 1);
    }

    [Fact]
    public async Task Lines_keep_their_order_and_their_ids()
    {
        // Texts of very different lengths, so that the work on them ends in another order.
        var lines = Enumerable.Range(0, 300).Select(i => JsonSerializer.Serialize(new { id = i, text = $"{new string('x', i % 7 * 4000)} user{i}@acme.org" }));
        var run = await CliRun.Of(string.Join('\n', lines), "transform", "scan", "--jsonl");
        run.Code.ShouldBe(0);
        var ids = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => Id(l).GetInt32());
        ids.ShouldBe(Enumerable.Range(0, 300));
    }

    [Fact]
    public async Task Each_line_has_its_id_as_it_was_and_its_findings()
    {
        var run = await CliRun.Of($$$"""
            {"text":"{{{Mail}}}","id":"a\ud800","more":{"text":"x"}}

            {"id":1.50,"text":""}
            """, "transform", "scan", "--jsonl", "-");
        run.Code.ShouldBe(0);
        var lines = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(2);
        lines[0].ShouldStartWith("{\"id\":\"a\\ud800\",\"findings\":[{\"start\":0,\"end\":17,\"type\":\"EMAIL\",\"score\":");
        lines[1].ShouldBe("{\"id\":1.50,\"findings\":[]}");
    }

    [Theory]
    [InlineData("no json", "line 2: is not JSON (at byte 1)")]
    [InlineData("[1]", "line 2: is not an object")]
    [InlineData("{\"text\":\"x\"}", "line 2: has no id that is a string or a number")]
    [InlineData("{\"id\":true,\"text\":\"x\"}", "line 2: has no id that is a string or a number")]
    [InlineData("{\"id\":1}", "line 2: has no text that is a string")]
    [InlineData("{\"id\":1,\"text\":null}", "line 2: has no text that is a string")]
    [InlineData("{\"id\":1,\"text\":\"x\"}{}", "line 2: is not JSON (at byte 19)")]
    public async Task A_bad_line_is_reported_with_its_number_and_the_others_are_scanned(string line, string problem)
    {
        var run = await CliRun.Of($"{{\"id\":1,\"text\":\"x\"}}\n{line}\n{{\"id\":3,\"text\":\"x\"}}\n", "transform", "scan", "--jsonl");
        run.Code.ShouldBe(2);
        run.Error.Trim().ShouldBe(problem);
        run.Output.ShouldBe("{\"id\":1,\"findings\":[]}\n{\"id\":3,\"findings\":[]}\n");
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        (await CliRun.Of([0x61, 0xff, 0x62], "transform", "scan")).ShouldBe(new CliRun(2, string.Empty, "the input is not UTF-8" + Environment.NewLine));
        var line = await CliRun.Of([.. "{\"id\":1,\"text\":\""u8, 0xff, .. "\"}"u8], "transform", "scan", "--jsonl");
        line.Code.ShouldBe(2);
        line.Error.ShouldStartWith("line 1:");
    }

    /// <summary>Editors and shells of Windows write such files. Offsets count in the text, as if it had come in UTF-8, and the mark is none of it.</summary>
    [Theory]
    [InlineData("utf-8", 9)]
    [InlineData("utf-16", 9)]
    [InlineData("utf-16BE", 9)]
    [InlineData("utf-32", 9)]
    [InlineData("utf-16", 6, "--jsonl", "--utf16")]
    public async Task A_text_is_read_as_its_mark_says(string encoding, int start, params string[] options)
    {
        options = options is [] ? ["--utf8"] : [.. options.Where(o => o != "--utf16")];
        var isLines = options.Contains("--jsonl");
        var text = isLines ? JsonSerializer.Serialize(new { id = 1, text = Text }) : Text;
        var bytes = Marked(encoding, text);
        var run = await CliRun.Of(bytes, ["transform", "scan", .. options]);
        run.Error.ShouldBeEmpty();
        run.Code.ShouldBe(0);
        Findings(run.Output).ShouldHaveSingleItem().ShouldBe((start, start + Mail.Length, "EMAIL"));

        var path = Path.Combine(Path.GetTempPath(), $"scan-{Guid.NewGuid():N}.txt");
        await File.WriteAllBytesAsync(path, bytes, TestContext.Current.CancellationToken);
        try
        {
            (await CliRun.Of(string.Empty, ["transform", "scan", .. options, path])).ShouldBe(run);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xfe, 0x61, 0x00, 0x3d, 0xd8 })] // half of a pair
    [InlineData(new byte[] { 0xff, 0xfe, 0x61, 0x00, 0x62 })] // half of a unit
    [InlineData(new byte[] { 0xfe, 0xff, 0xdc, 0x00, 0x00, 0x61 })]
    public async Task Bytes_that_are_not_what_the_mark_says_are_refused(byte[] input)
    {
        (await CliRun.Of(input, "transform", "scan")).ShouldBe(new CliRun(2, string.Empty, "the input is not the UTF-16 that its first bytes say" + Environment.NewLine));
        (await CliRun.Of(input, "transform", "scan", "--jsonl")).ShouldBe(new CliRun(2, string.Empty, "the input is not the UTF-16 that its first bytes say" + Environment.NewLine));
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xef, 0xbb, 0xbf })]
    [InlineData(new byte[] { 0xff, 0xfe })]
    public async Task A_mark_and_nothing_else_is_an_empty_text(byte[] input)
    {
        (await CliRun.Of(input, "transform", "scan")).ShouldBe(new CliRun(0, "{\"findings\":[]}\n", string.Empty));
        (await CliRun.Of(input, "transform", "scan", "--jsonl")).ShouldBe(new CliRun(0, string.Empty, string.Empty));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_bad_input()
    {
        var run = await CliRun.Of(string.Empty, "transform", "scan", "not-there.txt");
        run.Code.ShouldBe(2);
        run.Error.ShouldContain("not-there.txt");
    }

    [Fact]
    public async Task Lone_surrogates_and_hidden_characters_are_scanned()
    {
        var run = await CliRun.Of("{\"id\":1,\"text\":\"\\udc00 \\u200b\\ud83d " + Mail + "\"}", "transform", "scan", "--jsonl", "--codepoints");
        run.Code.ShouldBe(0);
        Findings(run.Output).ShouldHaveSingleItem().ShouldBe((5, 5 + Mail.Length, "EMAIL"));
    }

    [Fact]
    public async Task In_json_an_escape_is_what_it_stands_for()
    {
        // The line feed that stands before the address in JSON is an n to who does not read escapes.
        const string json = """{"note":"mail\njane.roe@acme.org"}""";
        var start = json.IndexOf("jane", StringComparison.Ordinal);
        Findings((await CliRun.Of(json, "transform", "scan")).Output).ShouldHaveSingleItem().ShouldBe((start, start + Mail.Length, "EMAIL"));
    }

    private static byte[] Marked(string encoding, string text) => [.. Encoding.GetEncoding(encoding).Preamble, .. Encoding.GetEncoding(encoding).GetBytes(text)];

    private static JsonElement Id(string line) => JsonDocument.Parse(line).RootElement.GetProperty("id");

    private static List<(int Start, int End, string Type)> Findings(string output)
    {
        using var json = JsonDocument.Parse(output);
        return [.. json.RootElement.GetProperty("findings").EnumerateArray().Select(f => (f.GetProperty("start").GetInt32(), f.GetProperty("end").GetInt32(), f.GetProperty("type").GetString()!))];
    }
}
