using System.Text.Json;
using GatewayStack.Router.Mcp;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Mcp;

public class ResourceUriTests
{
    public static TheoryData<string> Plain => new(
        "notes://private/x", "notes://private", "notes:///x", "memo://", "calendar://today", "test://template/7/data", "ui://cal/page", "ui://cal/a%20b?theme=dark&x=1", "urn:isbn:0451450523",
        "notes:a@b", "notes:/a/x", "notes://caf%C3%A9/x", "notes://a_b/(x);v=1,2*'!$", "notes://a/[x]", "postgres://db:5432/table/schema", "notes://h:0/x", "notes://1.2/x",
        "https://h/x", "https://h/x//y?a=b@c:d", "https://h:8443/", "http://h:443/x", "https://127.0.0.1/x", "https://[::1]/x", "https://[2001:db8::2:1]:8443/x", "ftp://h/x",
        "file:///etc/passwd", "file:///", "file:///C:/x", "file://share/x", "a+b.c-1://x/y");

    public static TheoryData<string> Crooked => new(
        "notes://@private/x", "notes://:@private/x", "notes://u@private/x", "notes://u:p@private/x", "notes://private:/x", "notes://private:080/x", "notes://private:65536/x", "notes://:80/x", "ldap://h:389/x",
        "NOTES://private/x", "Notes:private", "notes://Private/x", "notes://private/", "notes://private/?a", "memo:///", "notes://private/x#", "notes://private/x#a",
        "notes://private/%78", "notes://%70rivate/x", "notes://caf\u00e9/x", "notes://private/\u00e9", "notes://private/%c3%a9", "notes://private/a%2fb", "notes://private/%", "notes://private/%4", "notes://private/%zz",
        "notes://private/%25", "notes://private/%00", "notes://private/%5Cx", "notes://private/{x}", "notes://private/a|b", "notes://private/a^b", "notes://private/`", "notes://private/\"", "notes://private/<x>",
        " notes://private/x", "notes://private/x ", "\tnotes://private/x", "no\ntes://private/x", "notes://private\\x", "notes://private/./x", "notes://private/../x", "notes:..", "f:/h/x", "notes:a/../b", "notes://private/x?a/../b",
        "notes://[::1/x", "notes://[0:0:0:0:0:0:0:1]/x", "notes://a]/x", "notes", "/etc/passwd", "//private/x", "1notes://private/x", "://private/x", "",
        "https:h/x", "https:/h/x", "https:///h/x", "https://h", "https://h?x", "https://H/x", "https://h:443/x", "http://h:80/x", "wss://h:443/x", "ftp://h:21/x", "https://h:/x", "https://u@h/x", "https://h./x", "https://h..a/x",
        "https://%68/x", "https://caf%C3%A9/x", "https://h/x?a='", "https://127.1/x", "https://0x7f.0.0.1/x", "https://2130706433/x", "https://127.0.0.01/x", "https://[0:0:0:0:0:0:0:1]/x", "https://[::ffff:1.2.3.4]/x",
        "file:/etc/passwd", "file:etc/passwd", "file://localhost/etc/passwd", "file://LOCALHOST/etc/passwd", "file:///etc//passwd", "file:////etc/passwd", "file://C:/x", "file:///etc/passwd?x", "file://h:80/x", "file://127.1/x", "file://", "ftp://h/x?a");

    [Theory]
    [MemberData(nameof(Plain))]
    public void A_resource_is_named_in_its_plain_spelling(string uri) => ResourceUris.IsPlain(uri).ShouldBeTrue();

    [Theory]
    [MemberData(nameof(Crooked))]
    public void And_in_no_other(string uri) => ResourceUris.IsPlain(uri).ShouldBeFalse();

    [Theory]
    [InlineData("notes://{id}/x", true)]
    [InlineData("file:///{+path}", true)]
    [InlineData("https://h{/path*}{?q,lang}{&more:3}", true)]
    [InlineData("notes://private/x", true)]
    [InlineData("notes://@{id}/x", false)]
    [InlineData("notes://a/{id", false)]
    [InlineData("notes://a/{}", false)]
    [InlineData("notes://a/x{#cut}", true)]
    [InlineData("notes://A/{id}", false)]
    public void A_template_is_judged_by_what_stands_around_its_expressions(string template, bool isPlain) => ResourceUris.IsPlainTemplate(template).ShouldBe(isPlain);

    [Fact]
    public void What_is_too_long_is_not_plain()
    {
        ResourceUris.IsPlain("notes://" + new string('a', 2040)).ShouldBeTrue();
        ResourceUris.IsPlain("notes://" + new string('a', 2041)).ShouldBeFalse();
    }

    /// <summary>What passes is written by the parsers of the SDKs as it was, and a server of the TypeScript SDK finds nothing else under it.</summary>
    [Fact]
    public async Task No_two_spellings_that_pass_are_one_resource_to_a_server()
    {
        string[] uris = [.. Plain.Select(r => r.Data), .. Crooked.Select(r => r.Data), .. Spellings(6_000)];
        var plain = uris.Where(ResourceUris.IsPlain).ToHashSet(StringComparer.Ordinal);
        plain.Count.ShouldBeInRange(200, uris.Length / 2);
        foreach (var uri in plain)
        {
            if (Uri.TryCreate(uri, UriKind.Absolute, out var parsed))
            {
                // It adds the slash that is refused.
                parsed.AbsoluteUri.ShouldBeOneOf(uri, WithSlash(uri));
                parsed.UserInfo.ShouldBeEmpty();
                parsed.Fragment.ShouldBeEmpty();
            }
        }

        var resources = Plain.Select(r => r.Data).ToArray();
        var answer = await NodeScript.RunAsync("resource-uris.mjs", JsonSerializer.Serialize(new { resources, uris }), TestContext.Current.CancellationToken);
        var seen = uris.Zip(JsonSerializer.Deserialize<Seen[]>(answer, JsonSerializerOptions.Web)!).ToList();
        foreach (var (uri, found) in seen.Where(s => plain.Contains(s.First)))
        {
            (found.Url ?? uri).ShouldBe(uri);
            (found.Read ?? uri).ShouldBe(uri);
        }

        // The server does read what it has, and by other spellings, too: those are the ones that are refused.
        resources.Except(seen.Where(s => s.First == s.Second.Read).Select(s => s.First)).ShouldBeEmpty();
        seen.Count(s => s.Second.Read is { } read && read != s.First).ShouldBeGreaterThan(20);
    }

    /// <summary>Plain URIs with pieces put in, left out and put in the place of others, as somebody would who looks for a second name.</summary>
    private static IEnumerable<string> Spellings(int count)
    {
        string[] pieces =
        [
            "@", ":", ":@", "u@", ":443", ":80", ":0", "00", "%41", "%2E", "%2e", "%C3%A9", "%c3%a9", "\u00e9", "\u3002", "\uff0f", "{", "}", "|", "^", "`", "'", "\"", "<", "\\", "\t", "\n", " ", ".", "..", "/", "//", "/./", "/../",
            "?", "#", "localhost", "LOCALHOST", "A", "[", "]", "[::1]", "[0::1]", "0x7f", "127.1", "1", "xn--", "xn--caf-dma", "%", "%25", "%00", ";", "*", "&", "+", "~", "C:", "C|", "\u00ad", "\u0000", "\u007f",
        ];
        var bases = Plain.Select(r => r.Data).ToArray();
        var random = new Random(20261126);
        for (var i = 0; i < count; i++)
        {
            var uri = bases[random.Next(bases.Length)];
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var at = random.Next(uri.Length + 1);
                var gone = Math.Min(random.Next(3) == 0 ? random.Next(3) : 0, uri.Length - at);
                uri = uri.Remove(at, gone).Insert(at, random.Next(5) == 0 ? "" : pieces[random.Next(pieces.Length)]);
            }

            yield return uri;
        }
    }

    private static string WithSlash(string uri) => uri.Split('?', 2) is [var front, var query] ? $"{front}/?{query}" : uri + "/";

    private sealed record Seen(string? Url, string? Read);
}
