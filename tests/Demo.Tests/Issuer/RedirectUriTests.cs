using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Issuer.Keys;
using GatewayStack.Demo.Server;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>Spaces of inputs: redirect URIs a letter apart, seals a byte apart.</summary>
public sealed class RedirectUriTests
{
    private static readonly string[] Registered =
    [
        "https://app.example/cb", "https://app.example:8443/a/cb?x=1", "http://127.0.0.1/callback", "http://[::1]:9/callback", "http://localhost/", "com.example.app:/cb",
        "https://chatgpt.com/connector/oauth/{callback_id}",
    ];

    [Property(MaxTest = 2000)]
    public Property What_is_a_few_letters_apart_is_another_address()
    {
        var changes = Gen.Zip(Gen.Choose(0, 60), Gen.Elements("@/:.#?%\\ {}[]0aZ\u202e\u0000é\t".Select(c => c.ToString()).Append("").ToArray())).ListOf();
        return Prop.ForAll(Arb.From(Gen.Zip(Gen.Elements(Registered), changes)), pair =>
        {
            var (registered, edits) = pair;
            var asked = edits.Aggregate(registered, (text, edit) => text.Insert(Math.Min(edit.Item1, text.Length), edit.Item2));
            return !RedirectUris.IsMatch(registered, asked) || asked == registered || SameButForPort(registered, asked);
        });
    }

    [Property(MaxTest = 500)]
    public void What_was_sealed_opens_for_its_purpose_and_unchanged(NonNull<string> text, PositiveInt at)
    {
        var seal = new IssuerSeal(new DemoServerOptions());
        // Unpaired surrogates have no UTF-8.
        var content = new string(text.Get.Where(c => !char.IsSurrogate(c)).ToArray());
        var closed = seal.Seal("one", content);
        seal.TryOpen("one", closed, out var opened).ShouldBeTrue();
        opened.ShouldBe(content);
        seal.TryOpen("two", closed, out _).ShouldBeFalse();
        var place = at.Get % closed.Length;
        // The last letter has bits that mean nothing.
        if (place < closed.Length - 1)
        {
            seal.TryOpen("one", closed[..place] + (closed[place] == 'A' ? 'B' : 'A') + closed[(place + 1)..], out _).ShouldBeFalse();
        }

        new IssuerSeal(new DemoServerOptions()).TryOpen("one", closed, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_seal_does_not_open(string? text) => new IssuerSeal(new DemoServerOptions()).TryOpen("one", text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("https://chatgpt.com/oauth/a-b_C9/client.json", true)]
    [InlineData("https://chatgpt.com/oauth//client.json", false)]
    [InlineData("https://chatgpt.com/oauth/a/b/client.json", false)]
    [InlineData("https://chatgpt.com/oauth/a%2fb/client.json", false)]
    [InlineData("https://chatgpt.com/oauth/../client.json", false)]
    [InlineData("https://chatgpt.com/oauth/client.json", false)]
    [InlineData("https://chatgpt.com/oauth/{connector}/client.json", false)]
    public void An_open_part_is_letters_and_digits(string text, bool matches) => Template.IsMatch("https://chatgpt.com/oauth/{connector}/client.json", text).ShouldBe(matches);

    [Fact]
    public void Codex_is_no_connector_of_ChatGPTs()
    {
        KnownClients.Find("https://chatgpt.com/oauth/codex/client.json")!.Metadata.Name.ShouldBe("Codex");
        KnownClients.Find("https://chatgpt.com/oauth/other/client.json")!.Metadata.Name.ShouldBe("ChatGPT");
        KnownClients.Find("https://chatgpt.com/oauth/{connector}/client.json").ShouldBeNull();
    }

    private static bool SameButForPort(string registered, string asked) =>
        registered.StartsWith("http://", StringComparison.Ordinal)
        && new Uri(registered) is { IsLoopback: true } one && new Uri(asked) is var other
        && (one.Host, one.PathAndQuery, one.UserInfo, one.Fragment) == (other.Host, other.PathAndQuery, other.UserInfo, other.Fragment);
}
