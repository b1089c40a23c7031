using FsCheck.Xunit;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>Values that are written so that a search does not see them: found all the same, with exact places in the original.</summary>
public sealed class FoldingTests
{
    /// <summary>The letter of an escape is not the person's: put back elsewhere it would make another address of it.</summary>
    [Theory]
    [InlineData("to:\\njane@example.com\\r\\nbob@example.com", "jane@example.com", "bob@example.com")]
    [InlineData("n@example.com or \\n@example.com or \nnina@example.com", "n@example.com", "n@example.com", "nina@example.com")]
    public void An_address_behind_an_escape_begins_behind_it(string text, params string[] expected) =>
        Modules.Default.Find(text).ShouldBe(expected.Select(e => "EMAIL=" + e));

    /// <summary>In JSON a backslash is written as two: in JSON that stands in a string every escape has one more.</summary>
    [Theory]
    [InlineData("""{"body":"{\"to\":\"jane\\u0040example.com\"}"}""", "EMAIL=jane\\\\u0040example.com")]
    [InlineData("""{"body":"{\"in\":\"{\\\"to\\\":\\\"jane\\\\u0040example.com\\\"}\"}"}""", "EMAIL=jane\\\\\\\\u0040example.com")]
    [InlineData("""{"body":"{\"tel\":\"\\u002B1 415 555 2671\"}"}""", "PHONE=\\\\u002B1 415 555 2671")]
    [InlineData("""{"log":"paid with\\n4111 1111 1111 1111\\n"}""", "CREDIT_CARD=4111 1111 1111 1111")]
    [InlineData("""{"path":"C:\\temp\\r2d2\\n.txt\\u00"}""", null)]
    public void Escapes_of_escapes_are_read_in_json(string json, string? expected)
    {
        var found = Modules.Default.Inspect(Modules.Segment(json, mediaType: "application/json")).Findings.Select(f => $"{f.Type}={json[f.Start..f.End]}");
        found.ShouldBe(expected is null ? [] : [expected]);
    }

    [Theory]
    [InlineData("mail j\u0430ne@ex\u0430mple.com now", "EMAIL=j\u0430ne@ex\u0430mple.com")] // Cyrillic a
    [InlineData("mail \u0430lice@\u0435xample.com now", "EMAIL=\u0430lice@\u0435xample.com")]
    [InlineData("mail \uD835\uDC1Aob@example.com now", "EMAIL=\uD835\uDC1Aob@example.com")] // mathematical a
    [InlineData("mail \uFB01ona@example.com now", "EMAIL=\uFB01ona@example.com")] // one character for fi
    [InlineData("mail jane%40example.com now", "EMAIL=jane%40example.com")]
    [InlineData("mail jane&#64;example&#x2E;com now", "EMAIL=jane&#64;example&#x2E;com")]
    [InlineData("mail jane%2540example%252Ecom now", "EMAIL=jane%2540example%252Ecom")] // encoded twice
    [InlineData("mail jane%25252540example.com now", "EMAIL=jane%25252540example.com")] // and more often
    [InlineData("mail m%C3%BCller@example.com now", "EMAIL=m%C3%BCller@example.com")]
    [InlineData("mail m%25C3%25BCller%40example.com now", "EMAIL=m%25C3%25BCller%40example.com")]
    [InlineData("mail jane%EF%BC%A0example.com now", "EMAIL=jane%EF%BC%A0example.com")] // a full-width sign in a URL
    [InlineData("mail jane&commat;example&period;com now", "EMAIL=jane&commat;example&period;com")]
    [InlineData("mail m&uuml;ller&commat;example.com now", "EMAIL=m&uuml;ller&commat;example.com")]
    [InlineData("mail m&#252;ller&#0064;example.com now", "EMAIL=m&#252;ller&#0064;example.com")]
    [InlineData("mail jane&#0000064;example.com now", "EMAIL=jane&#0000064;example.com")] // zeros in front
    [InlineData("mail jane&#x000000000000000000000000040;example.com now", "EMAIL=jane&#x000000000000000000000000040;example.com")]
    [InlineData("mail jane&#64xample.com now", "EMAIL=jane&#64xample.com")] // no semicolon
    [InlineData("mail jane&#X40-example.com now, jane&#64example&#46com", "EMAIL=jane&#64example&#46com")]
    [InlineData("mail jane&amp;commat;example.com now", "EMAIL=jane&amp;commat;example.com")] // escaped again
    [InlineData("mail jane&amp;amp;AMP;#64;example&amp;period;com now", "EMAIL=jane&amp;amp;AMP;#64;example&amp;period;com")]
    [InlineData("mail jane&#38;commat;example&#38;#46;com now", "EMAIL=jane&#38;commat;example&#38;#46;com")]
    [InlineData("mail jane%25%34%30example.com now", "EMAIL=jane%25%34%30example.com")] // each sign of it
    [InlineData("mail jane%2%35%34%30example.com now", "EMAIL=jane%2%35%34%30example.com")]
    [InlineData("mail m%25%43%33%25%42%43ller@example.com now", "EMAIL=m%25%43%33%25%42%43ller@example.com")]
    [InlineData("mail jane%252525252540example.com now", "EMAIL=jane%252525252540example.com")] // six times
    [InlineData("mail jane%26commat%3Bexample.com now", "EMAIL=jane%26commat%3Bexample.com")] // one in the other
    [InlineData("mail jane%26%2364;example.com now", "EMAIL=jane%26%2364;example.com")]
    [InlineData("mail jane&percnt;40example.com now", "EMAIL=jane&percnt;40example.com")]
    [InlineData("mail jane&#37;40example.com now", "EMAIL=jane&#37;40example.com")]
    [InlineData("sent {\"to\":\"jane\\u0026#64;example.com\"} just now", "EMAIL=jane\\u0026#64;example.com")] // HTML in JSON
    [InlineData("SSN 536&hyphen;90&#8208;4399 here", "US_SSN=536&hyphen;90&#8208;4399")]
    [InlineData("mail jane [at] example [dot] com now", "EMAIL=jane [at] example [dot] com")]
    [InlineData("mail jane(at)example.com now", "EMAIL=jane(at)example.com")]
    [InlineData("mail jane at example dot com now", "EMAIL=jane at example dot com")]
    [InlineData("sent {\"to\":\"jane\\u0040example.com\"} just now", "EMAIL=jane\\u0040example.com")]
    [InlineData("mail jane\\\\u0040example.com now", "EMAIL=jane\\\\u0040example.com")] // escaped again
    [InlineData("mail jane\\\\\\\\u0040example\\\\u002Ecom now", "EMAIL=jane\\\\\\\\u0040example\\\\u002Ecom")]
    [InlineData("cards\\n4111 1111 1111 1111\\nok", "CREDIT_CARD=4111 1111 1111 1111")] // a line's end as programs write it
    [InlineData("call\\t+1 415 555 2671\\r\\n", "PHONE=+1 415 555 2671")]
    [InlineData("log: \"started\\nAKIA" + "Q3EGV5TZ7HXMPLK2\"", "API_KEY=AKIA" + "Q3EGV5TZ7HXMPLK2")]
    [InlineData("\"paid.\\nDE89370400440532013000\"", "IBAN=DE89370400440532013000")]
    [InlineData("print(\"Settings:\\npassword: Blue.Otter-42 and no more\")", "PASSWORD=Blue.Otter-42")]
    [InlineData("text = 'Hello,\\n\\nthe passphrase is Blue.Otter-42'", "PASSWORD=Blue.Otter-42")]
    [InlineData("\\tpassword: Blue.Otter-42", "PASSWORD=Blue.Otter-42")]
    [InlineData("SSN \\u0035\\u00336-90-4399 here", "US_SSN=\\u0035\\u00336-90-4399")]
    [InlineData("SSN \u2460\u2461\u2460-45-\u2466789 here", "US_SSN=\u2460\u2461\u2460-45-\u2466789")] // circled digits
    [InlineData("SSN 5\u202E36-90-\uDB40\uDC204399 here", "US_SSN=5\u202E36-90-\uDB40\uDC204399")] // bidi mark, tag
    [InlineData("SSN \uD835\uDFD3\uD835\uDFDB\uD835\uDFDE-90-4399 here", "US_SSN=\uD835\uDFD3\uD835\uDFDB\uD835\uDFDE-90-4399")] // mathematical digits
    [InlineData("\u0421VV: 123", "CVV=123")] // Cyrillic C
    public void What_is_disguised_is_found(string text, string expected)
    {
        Modules.Default.Find(text).ShouldContain(expected);
        InPieces(text).ShouldBe(Modules.Default.Inspect(text).Findings.Select(f => (f.Start, f.End)));
    }

    [Theory]
    [InlineData("mail \uD835\uDC1Aob@example.com now")] // mathematical a
    [InlineData("mail \u0430\u0430lice@example.com now")] // Cyrillic a, twice
    [InlineData("SSN 5\u202E36-90-\uDB40\uDC204399 here")]
    public void Escapes_of_json_hide_no_disguise(string text)
    {
        var escaped = $"\"{string.Concat(text.Select(c => c < 0x80 ? c.ToString() : $"\\u{(int)c:x4}"))}\"";
        var found = Modules.Default.Inspect(Modules.Segment(escaped, mediaType: "application/json")).Findings.ShouldHaveSingleItem();
        found.Type.ShouldBe(Modules.Default.Inspect(text).Findings.ShouldHaveSingleItem().Type);
        var whole = Modules.Default.RedactNumbered(Modules.Segment(escaped, mediaType: "application/json"));
        whole.ShouldStartWith($"\"{text[..text.IndexOf(' ', StringComparison.Ordinal)]} [{found.Type}_1]");
    }

    [Theory]
    [InlineData("Это русское слово, а это ещё одно: хор, рост, сорок")]
    [InlineData("ένα ελληνικό κείμενο")]
    [InlineData("100% of them, 20%, 5 %d and & more &# less")]
    [InlineData("x\uD835")]
    [InlineData("AT&T, a &b; &commat &unknown; ?a=1&uuml=2 %C3 %C3% %E2%82 %ED%A0%80 %C0%AF &#55357; u%CC%88 u&#776; %F0%9F%98%80")]
    [InlineData("a &amp; b, R&amp;D, &amp;nothing; &amp;amp; &ampcommat; &#; &#x; &#x; &#0000; &#999999999999; &#1 &# 64; %2%4G %% %%3 %&")]
    [InlineData("C:\\temp\\new \\n \\\" \\u \\u12 \\u12G4 \\x41 \\")]
    [InlineData("..\\tools\\new, .\\test, \\\\nas\\team\\report, D:\\return, CORP\\nadm, %TEMP%\\new, $(x)\\run, a\\Theta, x\\nE")]
    public void A_text_that_disguises_nothing_stays_itself(string text)
    {
        using var folded = new FoldedText(json: false);
        folded.Append(text, final: true);
        folded.Chars.ToString().ShouldBe(text);
        Modules.Default.Find(text).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("write to jane.doe@example.com today", "EMAIL")]
    [InlineData("card 4111 1111 1111 1111 please", "CREDIT_CARD")]
    [InlineData("SSN 536-90-4399", "US_SSN")]
    public void What_is_encoded_is_found_as_a_whole(string secret, string type)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(secret);
        foreach (var code in new[] { Convert.ToBase64String(bytes), System.Buffers.Text.Base64Url.EncodeToString(bytes), Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes) })
        {
            foreach (var text in new[] { $"it says {code} there", $"data={code}&x=1", $"{{\"data\":\"{code}\"}}", code })
            {
                Modules.Default.Find(text).ShouldBe([$"{type}={code}"], text);
                InPieces(text).ShouldBe([(text.IndexOf(code, StringComparison.Ordinal), text.IndexOf(code, StringComparison.Ordinal) + code.Length)]);
            }
        }
    }

    [Fact]
    public void What_is_encoded_twice_or_hides_nothing_is_left_alone()
    {
        var once = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("write to jane.doe@example.com today"));
        Modules.Default.Find("it says " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(once)) + " there").ShouldBeEmpty();
        Modules.Default.Find("it says " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("the quick brown fox jumps over it")) + " there").ShouldBeEmpty();
        Modules.Default.Find("AnOrdinaryNameOfAClassThatIsRatherLong.AndAMethodOfIt").ShouldBeEmpty();
    }

    /// <summary>However deep: each is read to a bounded depth, and what is deeper stands for itself.</summary>
    [Fact]
    public void Escapes_of_escapes_end()
    {
        foreach (var unit in new[] { "%25", "amp;", "0" })
        {
            var signs = string.Concat(Enumerable.Repeat(unit == "%25" ? "25" : unit, 200));
            var text = unit switch { "%25" => $"a%{signs}40 b", "amp;" => $"a&{signs}#64; b", _ => $"a&#{signs}64; b" };
            using var folded = new FoldedText(json: false);
            folded.Append(text, final: true);
            folded.Consumed.ShouldBe(text.Length);
            folded.Chars.Contains('@').ShouldBeFalse();
            folded.StartOf(folded.Chars.Length - 1).ShouldBe(text.Length - 1);
        }
    }

    [Property(Arbitrary = [typeof(Texts)], MaxTest = 500)]
    public void Pieces_fold_to_what_the_whole_folds_to(PlantedText planted, Cuts cuts)
    {
        var text = planted.Text + "%25%34%30 &amp;commat; &#64x &#x0000000040;%26%2364;%252525252540&amp;amp;amp; \\u0026#64; "
            + "р\u0430y%4 &#6 \uD835\uDC1A&#64;%C3%BC%25C3%25BC%2540&uuml;&commat;&#252;%E2%82%AC%C3"
            + "\\u0041\\u00e4\\u12\\n\\\\u0040\\\\\\u0041\\\\\\\\u00e4\\\\u12\\\\users\\" + planted.Text;
        using var whole = new FoldedText(json: false);
        whole.Append(text, final: true);
        using var parts = new FoldedText(json: false);
        var held = string.Empty;
        foreach (var piece in cuts.Of(text))
        {
            held += piece;
            var before = parts.Consumed;
            parts.Append(held, final: false);
            held = held[(parts.Consumed - before)..];
        }

        parts.Append(held, final: true);
        parts.Chars.ToString().ShouldBe(whole.Chars.ToString());
        parts.Consumed.ShouldBe(text.Length);
    }

    private static IEnumerable<(int Start, int End)> InPieces(string text)
    {
        using var folded = new FoldedText(json: false);
        var scanner = new Scanner(RecognizerTable.Create(new TransformOptions()));
        var state = default(ScanState);
        List<Candidate>? found = null;
        for (var i = 0; i <= text.Length; i++)
        {
            folded.Append(text.AsSpan(folded.Consumed, i - folded.Consumed), final: i == text.Length);
            scanner.Advance(folded.Chars, final: i == text.Length, ref state, ref found, CancellationToken.None);
        }

        var merger = new SpanMerger();
        foreach (var candidate in found ?? [])
        {
            merger.Add(folded.StartOf(candidate.Start), folded.EndOf(candidate.End - 1), candidate.Row, candidate.Score);
        }

        return merger.Spans.ToArray().Select(s => (s.Start, s.End));
    }
}
