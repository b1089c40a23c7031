using System.Text;
using GatewayStack.Documents.Yaml;

namespace GatewayStack.Platform.Tests.Documents;

public sealed class YamlToJsonTests
{
    [Theory]
    [InlineData("a: no\nb: yes\nc: on\nd: y", """{"a":"no","b":"yes","c":"on","d":"y"}""")]
    [InlineData("a: true\nb: False\nc: null\nd: ~\ne:", """{"a":true,"b":false,"c":null,"d":null,"e":null}""")]
    [InlineData("a: 5\nb: -3\nc: 0\nd: 5.00\ne: 1e3\nf: 007\ng: 0x1F\nh: +1\ni: '5'", """{"a":5,"b":-3,"c":0,"d":"5.00","e":"1e3","f":"007","g":"0x1F","h":"\u002B1","i":"5"}""")]
    [InlineData("a: 2026-11-25\nb: 12:30:45\nc: .inf\nd: NaN", """{"a":"2026-11-25","b":"12:30:45","c":".inf","d":"NaN"}""")]
    [InlineData("- [a, {b: 1}]\n- \"true\"", """[["a",{"b":1}],"true"]""")]
    [InlineData("llama3:8b: x\nhttps://claude.ai/: y", """{"llama3:8b":"x","https://claude.ai/":"y"}""")]
    public void Plain_yaml_is_converted(string yaml, string json)
    {
        var converted = Convert(yaml);
        converted.Errors.ShouldBeEmpty();
        Encoding.UTF8.GetString(converted.Json.Span).ShouldBe(json);
    }

    [Theory]
    [InlineData("a: &x 1\nb: 2", "line 1")]
    [InlineData("a: 1\na: 2", "line 2")]
    [InlineData("a: !!str 1", "line 1")]
    [InlineData("a: !ruby/object 1", "line 1")]
    [InlineData("a: {b: 1}\n<<: {c: 2}", "line 2")]
    [InlineData("? [a]\n: 1", "line 1")]
    [InlineData("a: 1\n---\nb: 2", "line 2")]
    [InlineData("a: \"\\x\"", "line 1")]
    public void What_could_surprise_is_refused_with_its_line(string yaml, string place) => Convert(yaml).Errors.ShouldContain(e => e.Pointer == place);

    [Fact]
    public void A_billion_laughs_costs_nothing()
    {
        var bomb = new StringBuilder("a: &a [lol]\n");
        for (var c = 'b'; c <= 'j'; c++)
        {
            bomb.Append(c).Append(": &").Append(c).Append(" [").AppendJoin(',', Enumerable.Repeat("*" + (char)(c - 1), 9)).Append("]\n");
        }

        Convert(bomb.ToString()).Errors.Length.ShouldBeInRange(10, 101);
    }

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Depth_is_bounded(char open) => Convert(new string(open, 1_000_000)).Errors.ShouldNotBeEmpty();

    [Fact]
    public void Nothing_half_a_document_and_bad_utf8_are_refused()
    {
        Convert(string.Empty).Errors.ShouldHaveSingleItem();
        Convert("a: [1").Errors.ShouldHaveSingleItem();
        YamlToJson.Convert(new byte[] { (byte)'a', (byte)':', 0xC3, 0x28 }).Errors.ShouldHaveSingleItem();
    }

    [Fact]
    public void All_errors_come_at_once() => Convert("a: &x 1\nb: *x\nc: !t 2\na: 3").Errors.Length.ShouldBe(4);

    private static YamlConversion Convert(string yaml) => YamlToJson.Convert(Encoding.UTF8.GetBytes(yaml));
}
