using GatewayStack.Contracts.Policy;
using GatewayStack.Router.Tests.Support;
using GatewayStack.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Router.Tests.Mcp.Tools;

public sealed class ToolRuleReportTests
{
    [Fact]
    public async Task At_the_start_it_is_told_which_tools_have_no_rule_and_which_rules_no_tool()
    {
        using var log = new LogLines();
        await using var server = await McpServerDouble.StartAsync();
        server.Tools = """[{"name":"calendar.free","inputSchema":{"type":"object"}},{"name":"calendar.new","inputSchema":{"type":"object"}},{"name":"bad\r\nname\u001b[31m","inputSchema":{"type":"object"}}]""";
        var policy = new PolicyDouble(new Journal()) { OnDescribeTools = question => new McpRules().Describe(question) with { WithoutTool = ["calendar.gone"] } };
        await using var gateway = await GatewayUnderTest.StartAsync(
            builder =>
            {
                builder.Logging.AddProvider(log);
                builder.Services.AddSingleton<IPolicyModule>(policy);
            },
            "Router:Mcp:calendar:Url=" + server.Server.Address);
        var without = await log.WrittenAsync(5401);
        without.ShouldContain("calendar.new");
        without.ShouldNotContain("calendar.free");
        without.ShouldNotContain("\n");
        without.ShouldNotContain("\u001b");
        (await log.WrittenAsync(5402)).ShouldContain("calendar.gone");
        server.Lookups.ShouldAllBe(r => !r.Headers.ContainsKey("X-User-Id"));
    }

    [Fact]
    public async Task A_server_that_is_away_keeps_nobody_from_starting()
    {
        using var log = new LogLines();
        await using var gateway = await GatewayUnderTest.StartAsync(builder => builder.Logging.AddProvider(log), "Router:Mcp:gone:Url=http://127.0.0.1:1/mcp");
        using var response = await gateway.SendAsync(HttpMethod.Get, "/alive", token: null);
        ((int)response.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task A_tool_that_changes_is_told()
    {
        using var log = new LogLines();
        await using var mcp = await McpGateway.StartAsync(builder => builder.Logging.AddProvider(log));
        await mcp.AskAsync("tools/list");
        mcp.Server.Tools = McpWire.Tools.Replace("\"readOnlyHint\":true", "\"readOnlyHint\":false", StringComparison.Ordinal);
        await mcp.AskAsync("tools/list");
        (await log.WrittenAsync(5400)).ShouldContain("calendar.list");
    }
}
