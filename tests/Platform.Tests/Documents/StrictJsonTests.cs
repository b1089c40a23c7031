using System.Text;
using GatewayStack.Documents.Json;

namespace GatewayStack.Platform.Tests.Documents;

public sealed class StrictJsonTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("[1,-2.5,1e3,true,null,\"x\",{\"a\":{\"b\":[]}}]")]
    [InlineData("{\"a\":{\"x\":1},\"b\":{\"x\":1},\"A\":0}")]
    [InlineData("9007199254740991")]
    public void Good_json_passes(string json) => Check(json).ShouldBeEmpty();

    [Theory]
    [InlineData("{\"a\":1,\"a\":2}", "/a")]
    [InlineData("{\"a\":1,\"\\u0061\":2}", "/a")]
    [InlineData("{\"x\":[0,{\"b\":1,\"b\":2}]}", "/x/1/b")]
    [InlineData("{\"a/b\":{\"~\":1,\"~\":2}}", "/a~1b/~0")]
    [InlineData("[\"\\ud800\"]", "/0")]
    [InlineData("{\"n\":9007199254740993}", "/n")]
    [InlineData("{\"n\":1e999}", "/n")]
    [InlineData("{} {}", "")]
    [InlineData("{\"a\":1,}", "/a")]
    [InlineData("// no\n{}", "")]
    [InlineData("", "")]
    public void What_two_parsers_could_read_differently_is_refused_with_its_place(string json, string pointer) =>
        Check(json).ShouldHaveSingleItem().Pointer.ShouldBe(pointer);

    [Fact]
    public void All_duplicates_are_found_at_once() =>
        Check("{\"a\":1,\"a\":2,\"o\":{\"b\":1,\"b\":2},\"o\":0}").Select(e => e.Pointer).ShouldBe(["/a", "/o/b", "/o"]);

    [Fact]
    public void Depth_is_bounded() => Check(new string('[', 10_000)).ShouldHaveSingleItem();

    [Fact]
    public void Invalid_utf8_is_refused() => StrictJson.Check(new byte[] { (byte)'"', 0xC3, 0x28, (byte)'"' }).ShouldHaveSingleItem();

    private static System.Collections.Immutable.ImmutableArray<GatewayStack.Documents.DocumentError> Check(string json) => StrictJson.Check(Encoding.UTF8.GetBytes(json));
}
