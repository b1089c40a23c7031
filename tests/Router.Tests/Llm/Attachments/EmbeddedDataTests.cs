using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Llm.Attachments;
using GatewayStack.Transform.Tests.Scanning;

namespace GatewayStack.Router.Tests.Llm.Attachments;

public sealed class EmbeddedDataTests
{
    private static readonly byte[] Picture = RandomBytes(1_500);
    private static readonly string Encoded = Convert.ToBase64String(Picture);

    public static TheoryData<string> Hidden => new(
        $"What is on this picture? ![x](data:image/png;base64,{Encoded[..300]}) Thanks",
        $"background: url('DATA:image/gif;BASE64,{Encoded[..260]}')",
        $"here it is: {Encoded} , thanks",
        $"here it is: {Encoded.TrimEnd('=').Replace('+', '-').Replace('/', '_')} , thanks",
        $"Content-Transfer-Encoding: base64\r\n\r\n{Wrapped(Encoded, "\r\n")}\r\n--part--",
        $"> see\n> {Wrapped(Encoded, "\n> ")}\n> end",
        JsonSerializer.Serialize(new { a = 1, picture = Encoded }).Replace("\\u002B", "+", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal) + " is what came",
        $"log: {Wrapped(Encoded, "\\n")}",
        $"https://example.org/?d={Uri.EscapeDataString(Encoded)} opened",
        $"a text that goes on as bytes: {Convert.ToBase64String([.. Encoding.UTF8.GetBytes(new string('a', 300)), .. Picture])}",
        $"look eyJ.{Encoded}",
        $"![x](data:image/png;base64,eyJ.{Encoded})",
        $"-----BEGIN no PRIVATE KEY\n{Wrapped(Encoded, "\n")}",
        $"DER it is not: {Convert.ToBase64String([0x30, 0x82, 5, 216, .. Picture])}",
        $"encoded twice: {Convert.ToBase64String(Encoding.UTF8.GetBytes(Encoded))}",
        $"Windows, then bytes: {Convert.ToBase64String([.. Encoding.Unicode.GetBytes(new string('a', 576)), .. Picture])}",
        $"lines: {JsonSerializer.Serialize(Lines(Encoded, 76)).Replace("\\u002B", "+", StringComparison.Ordinal)}",
        $"lines: {JsonSerializer.Serialize(Lines(Encoded, 76), Indented).Replace("\\u002B", "+", StringComparison.Ordinal)}",
        $"in a program: \"{Wrapped(Encoded, "\" +\n    \"", 72)}\";",
        $"a list: [\\\"{Wrapped(Encoded, "\\\",\\n\\\"", 64)}\\\"]",
        $"a short line:\n{Wrapped(Encoded, "\n", 20)}",
        $"a short line:\r\n\r\n{Wrapped(Encoded, "\r\n  ", 16)}\r\nend",
        $"a short line, in JSON: \\n{Wrapped(Encoded, "\\n", 20)}\\nend",
        $"a short line, in a URL: %0A{Wrapped(Encoded, "%0D%0A", 20)}",
        $"a dot: {Wrapped(Encoded, ".", 23)} here",
        $"blanks: {Wrapped(Encoded, " ", 20)}",
        $"- {Wrapped(Encoded, "\n- ", 24)}",
        $"text in a list: {JsonSerializer.Serialize(Lines(Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Nothing, 1 ", 70)))), 76))}",
        $"for URLs: {JsonSerializer.Serialize(Lines(Encoded.TrimEnd('=').Replace('+', '-').Replace('/', '_'), 76))}",
        $"text on several lines:\n{Wrapped(Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', 900))), "\n")}");

    public static TheoryData<string> Read => new(
        "The quick brown fox jumps over the lazy dog. " + new string('a', 2_000),
        $"here it is: {Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Über nichts. 1 ", 100))))} ok",
        $"here it is: {Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Über nichts. 1 ", 100))))[..801]} ok",
        $"powershell -e {Convert.ToBase64String(Encoding.Unicode.GetBytes(string.Concat(Enumerable.Repeat("Get-Item 1; ", 200))))}",
        $"see data:text/csv;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("name,1\n", 200))))} is the table",
        $"an ornament ![](data:image/gif;base64,{Encoded[..120]})",
        "in " + string.Concat(Enumerable.Repeat("/srv/Data/reports_2026/Quarter-1/", 40)),
        "these: " + string.Join('\n', Enumerable.Range(1, 400).Select(i => $"Item{i}")),
        string.Concat(Enumerable.Repeat("ACGT", 300)),
        string.Concat(Enumerable.Repeat("0123456789", 100)),
        $"token eyJhbGciOiJSUzI1NiJ9.{Base64Url("{\"sub\":\"a\"}")}.{Encoded.TrimEnd('=').Replace('+', '-').Replace('/', '_')[..683]} of theirs",
        "SHA-256: " + JsonSerializer.Serialize(Ids(i => Convert.ToBase64String(Bytes(i, 32)))).Replace("\\u002B", "+", StringComparison.Ordinal),
        "SHA-256: " + string.Join('\n', Ids(i => Convert.ToBase64String(Bytes(i, 32)).TrimEnd('='))) + "\nsum",
        "SHA-384: " + string.Join(", ", Ids(i => "sha384-" + Convert.ToBase64String(Bytes(i, 48)))),
        "SHA-384:\n" + string.Join('\n', Ids(i => "sha384-" + Convert.ToBase64String(Bytes(i, 48)))),
        "SHA-512: " + string.Join(", ", Ids(i => Convert.ToBase64String(Bytes(i, 64)))),
        "SHA-1: " + string.Join('\n', Ids(i => Convert.ToHexString(Bytes(i, 20)))),
        "MD5: " + string.Join('\n', Ids(i => Convert.ToHexStringLower(Bytes(i, 16)))),
        "UUID: " + JsonSerializer.Serialize(Ids(i => new Guid(Bytes(i, 16)).ToString())),
        "short UUID: " + string.Join('\n', Ids(i => Base64Url(Bytes(i, 16)))),
        "ids: " + JsonSerializer.Serialize(Ids(i => Letters(i, 20))), // no signs
        "ids: " + string.Join('\n', Ids(i => Base64Url(Bytes(i, 30))[..21])), // for URLs
        "ids: " + string.Join('\n', Ids(i => "2b7K" + Letters(i, 23))),
        "keys: " + string.Join('\n', Ids(i => "AKIA" + Letters(i, 16).ToUpperInvariant())),
        "drive: " + JsonSerializer.Serialize(Ids(i => "1" + Base64Url(Bytes(i, 30))[..32])),
        "files:\n" + string.Join('\n', Ids(i => $"Data/Part{i:00}/Section{i:00}/Item{i:0000}")),
        "files:\n" + string.Join('\n', Ids(i => $"{(char)('A' + (i % 26))}nna/Part{i:00}/Section{i:00}/Item{i:0000}")),
        "| " + string.Join(" | ", Ids(_ => "----------------")) + " |",
        "invoices:\n" + string.Join('\n', Ids(i => $"INV2026/{i:0000}/Zurich")),
        JsonSerializer.Serialize(Lines(CertificateText(), 64)).Replace("\\u002B", "+", StringComparison.Ordinal),
        Key(),
        Key().Replace("\n", "\\n", StringComparison.Ordinal),
        Certificate(),
        $"-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,1234\n\n{Wrapped(Encoded, "\n")}\n-----END RSA PRIVATE KEY-----",
        $"ssh-rsa {Convert.ToBase64String([0, 0, 0, 7, .. "ssh-rsa"u8, 0, 0, 0, 3, 1, 0, 1, 0, 0, 2, 1, 0, .. Picture[..512]])} anna@laptop");

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Theory]
    [MemberData(nameof(Hidden))]
    public void Bytes_in_a_text_are_not_scanned_and_that_is_told(string text)
    {
        EmbeddedData.IsIn(text, CancellationToken.None).ShouldBeTrue();
        using var request = Ask(text);
        var part = request.Unscanned.ShouldHaveSingleItem();
        (part.Pointer, part.Type, part.Reason).ShouldBe(("/messages/0/content", "encoded", "not_text"));
        request.Segments.ShouldContain(s => s.Text == text);
    }

    [Theory]
    [MemberData(nameof(Read))]
    public void What_is_read_as_it_stands_is_told_by_nobody(string text)
    {
        EmbeddedData.IsIn(text, CancellationToken.None).ShouldBeFalse();
        using var request = Ask(text);
        request.Unscanned.ShouldBeEmpty();
    }

    [Fact]
    public void Bytes_in_a_file_of_text_are_told_too()
    {
        var file = $"data:text/markdown;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes($"![x](data:image/png;base64,{Encoded})"))}";
        using var request = Ask("see", $$$"""{"type":"file","file":{"filename":"a.md","file_data":"{{{file}}}"}}""");
        request.Unscanned.ShouldHaveSingleItem().Pointer.ShouldBe("/messages/0/content/1/file/file_data");
    }

    [Fact]
    public void Wherever_a_run_is_cut_the_answer_is_one()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            // Nothing is read behind the end, whatever stands there.
            var text = "x " + string.Concat(Encoded.Select(c => random.Next(40) switch { 0 => "\\/", 1 => "\n", 2 => "%2B", 3 => "\\n", _ => c.ToString() }));
            Should.NotThrow(() => EmbeddedData.IsIn(text.AsSpan(0, random.Next(text.Length)), CancellationToken.None));
        }
    }

    [Theory]
    [InlineData("QUJDRUZH+0123/abCDEF ")]
    [InlineData("QUJDRUZH+0123/abCDEF\n")]
    [InlineData("QUJDRUZHIJKLMNOPQRSTUVWX0123456/abCDEF\n")]
    [InlineData("QUJDRUZHIJKLMNOPQRSTUVWX0123456/abCDEF. ")]
    [InlineData("QUJDRUZHIJKLMNOPQRSTUVWX0123456/abCDEF\\n")]
    [InlineData("QUJDRUZHIJKLMNOPQRST 0123456789abcdefgh ")]
    [InlineData("eyJ.")]
    [InlineData("-----BEGIN ")]
    [InlineData(";base64,")]
    [InlineData("a")]
    [InlineData("aB3/")]
    public void A_look_costs_what_the_text_is_long(string unit) =>
        Effort.Growth(unit, t => () => EmbeddedData.IsIn(t, CancellationToken.None), few: 10_000, times: 100).ShouldBeLessThan(4);

    [Fact]
    public void A_look_that_nobody_waits_for_ends()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var text = string.Concat(Enumerable.Repeat("a text of nothing. ", 100));
        Should.Throw<OperationCanceledException>(() => EmbeddedData.IsIn(text, cancelled.Token));
        var body = Encoding.UTF8.GetBytes($$$"""{"model":"m","messages":[{"role":"user","content":"{{{text}}}"}]}""");
        Should.Throw<OperationCanceledException>(() => ChatRequestReader.TryRead(body, out _, cancelled.Token));
    }

    private static ChatRequest Ask(string text, string? part = null)
    {
        var content = part is null ? JsonSerializer.Serialize(text) : $$$"""[{"type":"text","text":{{{JsonSerializer.Serialize(text)}}}},{{{part}}}]""";
        var body = Encoding.UTF8.GetBytes($$$"""{"model":"m","messages":[{"role":"user","content":{{{content}}}}]}""");
        ChatRequestReader.TryRead(body, out var request).ShouldBeNull();
        return request!;
    }

    private static string Wrapped(string data, string between, int length = 76) => string.Join(between, Lines(data, length));

    private static string[] Lines(string data, int length) => [.. data.Chunk(length).Select(c => new string(c))];

    private static string Base64Url(string text) => Base64Url(Encoding.UTF8.GetBytes(text));

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static string[] Ids(Func<int, string> make) => [.. Enumerable.Range(1, 60).Select(make)];

    private static byte[] Bytes(int seed, int count)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static string Letters(int seed, int count) =>
        new([.. new Random(seed).GetItems<char>("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", count)]);

    private static string CertificateText() => string.Concat(Certificate().Split('\n').Where(l => !l.StartsWith('-')));

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }

    private static string Key()
    {
        using var key = RSA.Create(2048);
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static string Certificate()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=example.org", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
        return certificate.ExportCertificatePem();
    }
}
