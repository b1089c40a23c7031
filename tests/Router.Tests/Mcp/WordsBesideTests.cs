using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Mcp;

/// <summary>What a client says beside the subject of a message goes through Transform as well.</summary>
public sealed class WordsBesideTests
{
    private const string Redact = "Router:Mcp:calendar:Transform=redact";
    private const string Protocol = "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}";

    [Fact]
    public async Task Members_of_meta_are_redacted_and_those_of_the_protocol_stay()
    {
        await using var mcp = await McpGateway.StartAsync(Redact);
        const string body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"calendar.free\",\"arguments\":{},\"_meta\":{" + Protocol
            + ",\"progressToken\":\"EMAIL-1\",\"vendor/place\":{\"who\":\"EMAIL\",\"n\":1.10},\"vendor/id\":\"toolu_01A\"}}}";
        (await mcp.PostAsync(body, headers: [.. McpWire.Repeating("tools/call", "calendar.free")])).IsToolError.ShouldBeFalse();
        var seen = mcp.Server.Arrived.ShouldHaveSingleItem().Body;
        seen.ShouldContain("\"vendor/place\":{\"who\":\"[email]\",\"n\":1.10},\"vendor/id\":\"toolu_01A\"");
        seen.ShouldContain(Protocol + ",\"progressToken\":\"EMAIL-1\"");
    }

    [Theory]
    [InlineData("notifications/cancelled", "\"requestId\":\"9\",\"reason\":\"EMAIL left\"", "[email] left")]
    [InlineData("notifications/progress", "\"progressToken\":1,\"progress\":1,\"message\":\"EMAIL left\"", "[email] left")]
    [InlineData("notifications/progress", "\"progressToken\":1,\"progress\":1,\"message\":\"half of it\"", "half of it")]
    public async Task Words_for_people_in_a_notification_are_redacted(string method, string parameters, string words)
    {
        await using var mcp = await McpGateway.StartAsync(Redact);
        var session = await mcp.InitializeAsync();
        mcp.Server.Clear();
        await mcp.PostAsync($"{{\"jsonrpc\":\"2.0\",\"method\":\"{method}\",\"params\":{{{parameters}}}}}", headers: mcp.InSession(session));
        mcp.Server.Arrived.ShouldHaveSingleItem().Body.ShouldContain(words);
    }

    [Fact]
    public async Task A_message_without_words_of_its_own_asks_nobody()
    {
        await using var mcp = await McpGateway.StartAsync(Redact);
        (await mcp.AskAsync("tools/list")).Status.ShouldBe(200);
        mcp.Gateway.Transform.Inspections.SelectMany(i => i.Segments).ShouldAllBe(s => s.Origin == SegmentOrigin.ToolDefinition);
    }

    [Theory]
    [InlineData("input")]
    [InlineData("arguments")]
    public async Task A_parameter_of_such_a_name_is_a_text_like_any_other(string name)
    {
        await using var mcp = await McpGateway.StartAsync(Redact);
        (await mcp.CallAsync("calendar.free", "{\"" + name + "\":\"write to EMAIL\"}")).IsToolError.ShouldBeFalse();
        mcp.Server.Arrived.ShouldHaveSingleItem().Body.ShouldContain("write to [email]");
        mcp.Gateway.Transform.Inspections.First().Segments.ShouldHaveSingleItem().MediaType.ShouldBe("text/plain");
    }
}
