using System.Text.Json;
using GatewayStack.Identity.Claims;

namespace GatewayStack.Identity.Tests.Claims;

public sealed class JsonPointerTests
{
    // The document of RFC 6901, section 5, and a few of our own.
    private static readonly JsonElement Document = JsonElement.Parse("""
        {"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"m~n":8," ":7,"https://corp.example/roles":["doctor"],"deep":{"er":[{"x":true}]},"nothing":null}
        """u8);

    [Theory]
    [InlineData("/foo", "[\"bar\",\"baz\"]")]
    [InlineData("/foo/0", "\"bar\"")]
    [InlineData("/a~1b", "1")]
    [InlineData("/c%d", "2")]
    [InlineData("/m~0n", "8")]
    [InlineData("/ ", "7")]
    [InlineData("/https:~1~1corp.example~1roles/0", "\"doctor\"")]
    [InlineData("/deep/er/0/x", "true")]
    public void It_finds(string pointer, string json)
    {
        JsonPointer.Parse(pointer).TryFind(Document, out var value).ShouldBeTrue();
        value.GetRawText().ShouldBe(json);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/foo/2")]
    [InlineData("/foo/00")]
    [InlineData("/foo/-")]
    [InlineData("/foo/+1")]
    [InlineData("/foo/99999999999")]
    [InlineData("/Foo")]
    [InlineData("/deep/er/x")]
    [InlineData("/deep/er/0/x/y")]
    public void It_finds_nothing(string pointer) => JsonPointer.Parse(pointer).TryFind(Document, out _).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("foo")]
    [InlineData("$.foo")]
    [InlineData("/a~")]
    [InlineData("/a~2b")]
    public void It_is_none(string text) => JsonPointer.TryParse(text, out _).ShouldBeFalse();
}
