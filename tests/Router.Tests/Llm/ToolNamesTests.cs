using System.Text.Json;
using GatewayStack.Router.Llm;

namespace GatewayStack.Router.Tests.Llm;

public sealed class ToolNamesTests
{
    [Theory]
    [InlineData("""{}""", "")]
    [InlineData("""{"tools":null,"functions":null}""", "")]
    [InlineData("""{"tools":[{"type":"function","function":{"name":"a"}}]}""", "a")]
    [InlineData("""{"tools":[{"function":{"name":"a"}}]}""", "a")]
    [InlineData("""{"tools":[{"type":"function","name":"a"}]}""", "a")]
    [InlineData("""{"tools":[{"type":"custom","custom":{"name":"b"}}]}""", "b")]
    [InlineData("""{"tools":[{"type":"web_search","name":"ignored"}]}""", "web_search")]
    [InlineData("""{"functions":[{"name":"c"}]}""", "c")]
    [InlineData("""{"functions":[{"name":"c"}],"tools":[{"type":"function","function":{"name":"a"}},{"type":"code_interpreter"}]}""", "a,code_interpreter,c")]
    public void A_tool_is_known_by_its_name_in_every_form(string body, string expected)
    {
        using var document = JsonDocument.Parse(body);
        ToolNames.TryRead(document.RootElement, out var names).ShouldBeTrue();
        string.Join(',', names).ShouldBe(expected);
    }

    [Theory]
    [InlineData("""{"tools":[7]}""")]
    [InlineData("""{"tools":[{}]}""")]
    [InlineData("""{"tools":[{"type":7}]}""")]
    [InlineData("""{"tools":[{"type":"function"}]}""")]
    [InlineData("""{"tools":[{"type":"function","function":{}}]}""")]
    [InlineData("""{"tools":[{"type":"function","function":{"name":""}}]}""")]
    [InlineData("""{"tools":[{"type":"function","function":{"name":7}}]}""")]
    [InlineData("""{"tools":[{"type":"function","function":"a"}]}""")]
    [InlineData("""{"tools":[{"type":"web_search","function":{"name":"shell"}}]}""")]
    [InlineData("""{"tools":[{"type":"custom","function":{"name":"shell"}}]}""")]
    [InlineData("""{"functions":[{}]}""")]
    public void A_tool_that_no_rule_could_name_is_refused(string body)
    {
        using var document = JsonDocument.Parse(body);
        ToolNames.TryRead(document.RootElement, out _).ShouldBeFalse();
    }
}
