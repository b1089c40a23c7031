using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Mcp;

/// <summary>Names and members that would let a server read something else than was decided on.</summary>
public sealed class ShadowingTests : IAsyncLifetime
{
    private McpGateway _mcp = null!;

    public async ValueTask InitializeAsync() => _mcp = await McpGateway.StartAsync();

    public ValueTask DisposeAsync() => _mcp.DisposeAsync();

    [Theory]
    [InlineData("reply")]
    [InlineData("stream")]
    [InlineData("session/end")]
    [InlineData("get stream")]
    [InlineData("end session")]
    [InlineData("client reply")]
    [InlineData("POST")]
    [InlineData("tools/List")]
    [InlineData("Tools/call")]
    [InlineData("tools/call/")]
    [InlineData("rpc.discover")]
    public async Task A_method_of_any_name_needs_a_rule(string method)
    {
        foreach (var stateless in new[] { true, false })
        {
            var reply = await _mcp.AskAsync(method, McpWire.Call("calendar.free"), stateless: stateless);
            reply.Code.ShouldBeOneOf(-32601, -32600);
            _mcp.Server.Arrived.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_method_that_a_rule_allows_gets_through()
    {
        _mcp.Rules.Methods.Add("vendor/known");
        (await _mcp.AskAsync("vendor/known")).Status.ShouldBe(200);
        _mcp.Server.Arrived.Count.ShouldBe(1);
        _mcp.Gateway.Policy.Questions.ShouldHaveSingleItem().ShouldSatisfyAllConditions(q => q.Action.ShouldBe("mcp.method"), q => q.Mcp!.Method.ShouldBe("vendor/known"));
    }

    [Theory]
    [InlineData("completion/complete", "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"plan\",\"Name\":\"hidden\"},\"argument\":{\"name\":\"a\",\"value\":\"b\"}")]
    [InlineData("completion/complete", "\"ref\":{\"type\":\"ref/prompt\",\"Type\":\"ref/resource\",\"name\":\"plan\",\"URI\":\"calendar://secret\"},\"argument\":{\"name\":\"a\",\"value\":\"b\"}")]
    [InlineData("completion/complete", "\"Ref\":{\"type\":\"ref/prompt\",\"name\":\"hidden\"},\"ref\":{\"type\":\"ref/prompt\",\"name\":\"plan\"},\"argument\":{\"name\":\"a\",\"value\":\"b\"}")]
    [InlineData("subscriptions/listen", "\"notifications\":{\"ResourceSubscriptions\":[\"calendar://secret\"]}")]
    [InlineData("subscriptions/listen", "\"Notifications\":{\"resourceSubscriptions\":[\"calendar://secret\"]}")]
    [InlineData("resources/read", "\"uri\":\"calendar://today\",\"URI\":\"calendar://secret\"")]
    [InlineData("prompts/get", "\"name\":\"plan\",\"NAME\":\"hidden\"")]
    [InlineData("tools/call", "\"name\":\"calendar.free\",\"Arguments\":{\"a\":1}")]
    public async Task A_member_in_another_case_is_refused(string method, string parameters)
    {
        var reply = await _mcp.PostAsync(McpWire.Message(method, parameters));
        (reply.Status, reply.Code).ShouldBe((400, -32602), reply.Text);
        _mcp.Server.Arrived.ShouldBeEmpty();
    }
}
