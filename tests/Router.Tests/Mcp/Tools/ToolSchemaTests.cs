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
    [InlineData("""{"$dynamicRef":"https://example.com/s#x"}""")]
    [InlineData("""{"$schema":"https://example.com/unknown","type":"object"}""")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","dependencies":{"a":{"$ref":"http://127.0.0.1:1/s.json"}}}""")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","prefixItems":[],"items":[{"$ref":"http://127.0.0.1:1/s.json"}]}""")]
    [InlineData("""{"$ref":"#/elsewhere","elsewhere":{"properties":{"a":{"$ref":"http://127.0.0.1:1/s.json"}}}}""")]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"allOf":[{"$ref":"#"}]}""")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"not":{"$ref":"#/$defs/b"}},"b":{"if":{"$ref":"#/$defs/a"}}}}""")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","dependencies":{"a":{"$ref":"#"}}}""")]
    [InlineData("""{"type":"nonsense"}""")]
    public void What_cannot_be_judged_is_not_used(string schema)
    {
        Schema(schema).IsUsable.ShouldBeFalse();
        Schema(schema).Accepts(JsonDocument.Parse("{}").RootElement).ShouldBeFalse();
    }

    [Fact]
    public void What_costs_twice_as_much_with_each_step_is_not_used()
    {
        string Chain(int steps) => "{\"$ref\":\"#/$defs/s0\",\"$defs\":{"
            + string.Concat(Enumerable.Range(0, steps).Select(i => $"\"s{i}\":{{\"anyOf\":[{{\"$ref\":\"#/$defs/s{i + 1}\"}},{{\"$ref\":\"#/$defs/s{i + 1}\"}}]}},")) + $"\"s{steps}\":{{\"type\":\"object\"}}}}}}";
        Schema(Chain(5)).Accepts(JsonDocument.Parse("{}").RootElement).ShouldBeTrue();
        Schema(Chain(40)).IsUsable.ShouldBeFalse();
    }

    [Fact]
    public void What_repeats_itself_inside_a_value_ends_with_the_value()
    {
        var tree = Schema("""{"type":"object","properties":{"children":{"type":"array","items":{"$ref":"#"}},"name":{"type":"string"}}}""");
        tree.Accepts(JsonDocument.Parse("""{"name":"a","children":[{"name":"b","children":[{"name":"c"}]}]}""").RootElement).ShouldBeTrue();
        tree.Accepts(JsonDocument.Parse("""{"name":"a","children":[{"name":"b","children":[{"name":1}]}]}""").RootElement).ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"pattern":"^(a+)+$"}}}""")]
    [InlineData("""{"patternProperties":{"^(a+)+$":{"type":"number"}},"properties":{"a":{}},"additionalProperties":false}""")]
    [InlineData("""{"$ref":"#/elsewhere","elsewhere":{"properties":{"a":{"pattern":"^(a+)+$"}}}}""")]
    [InlineData("""{"$schema":"http://json-schema.org/draft-07/schema#","dependencies":{"a":{"properties":{"a":{"pattern":"^(a+)+$"}}}}}""")]
    public void Patterns_are_left_to_the_server(string schema) =>
        Schema(schema).Accepts(JsonDocument.Parse("""{"a":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}""").RootElement).ShouldBeTrue();

    [Fact]
    public void A_value_with_more_in_it_than_is_judged_is_not_accepted()
    {
        string Array(int count) => "{\"a\":[" + string.Join(',', Enumerable.Range(0, count)) + "]}";
        var compared = Schema("""{"properties":{"a":{"uniqueItems":true}}}""");
        compared.Accepts(JsonDocument.Parse(Array(1_000)).RootElement).ShouldBeTrue();
        compared.Accepts(JsonDocument.Parse(Array(1_001)).RootElement).ShouldBeFalse();
        var any = Schema("""{"type":"object"}""");
        any.Accepts(JsonDocument.Parse(Array(40_000)).RootElement).ShouldBeTrue();
        any.Accepts(JsonDocument.Parse(Array(60_000)).RootElement).ShouldBeFalse();
    }

    private static ToolSchema Schema(string text) => new(JsonDocument.Parse(text).RootElement);
}
