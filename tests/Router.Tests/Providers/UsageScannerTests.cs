using System.Text.Json;
using FsCheck.Xunit;
using GatewayStack.Contracts.Limits;
using GatewayStack.Router.Providers;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Providers;

public sealed class UsageScannerTests
{
    [Property(MaxTest = 3000)]
    public void It_agrees_with_a_whole_parse_however_the_document_is_cut(int seed, byte[] cuts)
    {
        var random = new RandomJson(seed);
        var usages = new[]
        {
            random.Value(), "null", "7", "\"usage\"", "[]",
            random.Object([("prompt_tokens", "12"), ("completion_tokens", "34")]),
            random.Object([("completion_tokens", "3"), ("prompt_tokens_details", random.Object([("cached_tokens", "5")])), ("prompt_tokens", "9")]),
        };
        (string, string)[] members = [("id", random.String()), ("choices", random.Value()), ("usage", usages[random.Next(usages.Length)]), ("x", random.Object([("usage", "1")]))];
        var body = Texts.Utf8(random.Space() + random.Object(random.Shuffle(members)[..(1 + random.Next(4))]) + random.Space());
        using var document = JsonDocument.Parse(body);

        var scanner = new UsageScanner();
        foreach (var piece in Texts.Cut(body, cuts ?? []))
        {
            scanner.Feed(piece.Span);
        }

        scanner.Complete.ShouldBeTrue();
        scanner.Usage().ShouldBe(UsageJson.Read(document.RootElement));
    }

    [Property(MaxTest = 500)]
    public void A_document_that_broke_off_is_not_complete(int seed)
    {
        var random = new RandomJson(seed);
        var body = Texts.Utf8(random.Object([("a", random.Value()), ("usage", random.Object([("prompt_tokens", "1")]))]).TrimEnd());
        var scanner = new UsageScanner();
        scanner.Feed(body.AsSpan(0, random.Next(body.Length - 1)));
        scanner.Complete.ShouldBeFalse();
    }

    [Fact]
    public void A_usage_of_any_size_takes_bounded_room()
    {
        var scanner = new UsageScanner();
        scanner.Feed(Texts.Utf8("{\"usage\":{\"x\":\"" + new string('x', 1_000_000) + "\",\"prompt_tokens\":1,\"completion_tokens\":1}}"));
        scanner.Complete.ShouldBeTrue();
        scanner.Usage().ShouldBeNull();
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"usage":null}""")]
    [InlineData("""{"usage":[1]}""")]
    [InlineData("""{"usage":{}}""")]
    [InlineData("""{"usage":{"prompt_tokens":1}}""")]
    [InlineData("""{"usage":{"prompt_tokens":"1","completion_tokens":1}}""")]
    [InlineData("""{"usage":{"prompt_tokens":-1,"completion_tokens":1}}""")]
    [InlineData("""{"usage":{"prompt_tokens":1.5,"completion_tokens":1}}""")]
    [InlineData("""{"usage":{"prompt_tokens":1e40,"completion_tokens":1}}""")]
    [InlineData("""{"usage":{"prompt_tokens":1,"completion_tokens":1000000000}}""")]
    [InlineData("""{"usage":{"prompt_tokens":99999999999999999999,"completion_tokens":1}}""")]
    [InlineData("""[]""")]
    public void A_usage_that_makes_no_sense_is_not_believed(string body)
    {
        using var document = JsonDocument.Parse(body);
        UsageJson.Read(document.RootElement).ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"cached_tokens":4}""", 4)]
    [InlineData("""{"cached_tokens":99}""", 9)]
    [InlineData("""{"cached_tokens":-4}""", 0)]
    [InlineData("""{"cached_tokens":null}""", 0)]
    [InlineData("null", 0)]
    public void Cached_tokens_are_part_of_the_input(string details, long cached)
    {
        using var document = JsonDocument.Parse("{\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"prompt_tokens_details\":" + details + "}}");
        UsageJson.Read(document.RootElement).ShouldBe(new TokenUsage { InputTokens = 9, OutputTokens = 2, CachedInputTokens = cached });
    }
}
