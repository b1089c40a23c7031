using System.Text.Json;
using GatewayStack.Router.Mcp.Tools;

namespace GatewayStack.Router.Tests.Mcp.Tools;

public sealed class ToolSchemaTests
{
    [Theory]
    [InlineData("""{"type":"object"}""", """{"a":1}""", true)]
    [InlineData("""{"type":"object"}""", """[]""", false)]
    [InlineData("""{"type":"object","properties":{"day":{"type":"string","x-mcp-header":"Day"}}}""", """{"day":"mon"}""", true)]
    [InlineData("""{"type":"object","properties":{"day":{"type":"string","x-mcp-header":"Day"}}}""", """{"day":1}""", false)]
    [InlineData("""{"type":"object","properties":{"day":{"type":"string","x_own":{"deep":[1]},"unknownWord":true}}}""", """{"day":"mon"}""", true)]
    [InlineData("""{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","required":["a"]}""", """{}""", false)]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","required":["a"]}""", """{"a":1}""", true)]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","required":["a"]}""", """{}""", false)]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"number"}}}""", """{"a":"x"}""", false)]
    [InlineData("""{"type":"object","properties":{"a":{"$ref":"#/$defs/n"}},"$defs":{"n":{"type":"number"}}}""", """{"a":1}""", true)]
    [InlineData("""{"$id":"https://example.com/tool","type":"object","required":["a"]}""", """{"a":1}""", true)]
    public void Judges_by_the_schema(string schema, string value, bool accepts)
    {
        var (tool, given) = (Schema(schema), JsonDocument.Parse(value).RootElement);
        tool.IsUsable.ShouldBeTrue();
        tool.Accepts(given).ShouldBe(accepts);
        Schema(schema).Accepts(given).ShouldBe(accepts);
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"$ref":"http://127.0.0.1:1/s.json"}}}""")]
    [InlineData("""{"properties":{"a":{"$ref":"other.json"}}}""")]
    [InlineData("""{"properties":{"a":{"\u0024ref":"file:///etc/passwd"}}}""")]
    [InlineData("""{"properties":{"a":{"$dynamicRef":"https://example.com/s#x"}}}""")]
    [InlineData("""{"type":"nonsense"}""")]
    public void What_cannot_be_judged_is_not_used(string schema)
    {
        Schema(schema).IsUsable.ShouldBeFalse();
        Schema(schema).Accepts(JsonDocument.Parse("{}").RootElement).ShouldBeFalse();
    }

    private static ToolSchema Schema(string text) => new(JsonDocument.Parse(text).RootElement);
}
