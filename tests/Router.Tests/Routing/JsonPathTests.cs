using System.Text.Json;
using FsCheck.Xunit;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Tests.Routing;

public sealed class JsonPathTests
{
    // The document and answers of RFC 6901, section 5.
    private const string Document = """{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8,"~1":9,"01":10}""";

    [Theory]
    [InlineData("/foo/0", "\"bar\"")]
    [InlineData("/foo/1", "\"baz\"")]
    [InlineData("/", "0")]
    [InlineData("/a~1b", "1")]
    [InlineData("/c%d", "2")]
    [InlineData("/i\\j", "5")]
    [InlineData("/k\"l", "6")]
    [InlineData("/ ", "7")]
    [InlineData("/m~0n", "8")]
    [InlineData("/~01", "9")]
    [InlineData("/01", "10")]
    public void Pointers_find_what_the_rfc_says(string pointer, string expected)
    {
        using var document = JsonDocument.Parse(Document);
        JsonPath.TryParse(pointer)!.TryFind(document.RootElement, out var found).ShouldBeTrue();
        found.GetRawText().ShouldBe(expected);
    }

    [Theory]
    [InlineData("/foo/2")]
    [InlineData("/foo/-")]
    [InlineData("/foo/-1")]
    [InlineData("/foo/00")]
    [InlineData("/foo/01")]
    [InlineData("/foo/+1")]
    [InlineData("/foo/ 1")]
    [InlineData("/foo/99999999999999999999")]
    [InlineData("/Foo")]
    [InlineData("/foo/0/x")]
    public void What_is_not_there_is_not_found(string pointer)
    {
        using var document = JsonDocument.Parse(Document);
        JsonPath.TryParse(pointer)!.TryFind(document.RootElement, out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("foo")]
    [InlineData("#/foo")]
    [InlineData("/a~")]
    [InlineData("/a~2b")]
    public void What_is_no_pointer_is_refused(string pointer) => JsonPath.TryParse(pointer).ShouldBeNull();

    [Property]
    public void An_escaped_name_is_found_again(string name)
    {
        var member = new string([.. (name ?? string.Empty).Where(c => !char.IsSurrogate(c))]) + "~1/~0";
        using var document = JsonDocument.Parse(JsonSerializer.Serialize(new Dictionary<string, int> { [member] = 7 }));
        JsonPath.TryParse("/" + JsonPath.Escape(member))!.TryFind(document.RootElement, out var found).ShouldBeTrue();
        found.GetInt32().ShouldBe(7);
    }
}
