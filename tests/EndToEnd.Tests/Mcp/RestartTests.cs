using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Mcp.Clients;

namespace GatewayStack.EndToEnd.Tests.Mcp;

/// <summary>Sessions are the gateway's own and outlive its process.</summary>
[Collection(McpTests.Name)]
public sealed class RestartTests(McpGateway gateway)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_is_used_after_a_restart()
    {
        await using var client = await gateway.ConnectAsync("conformance", gateway.Token(Caller.New(McpGateway.Scope)), "2025-11-25");
        gateway.Upstream.Log.Clear();
        (await client.CallToolAsync("caller", cancellationToken: Cancel)).IsError.ShouldNotBe(true);
        await gateway.RestartAsync();
        (await client.CallToolAsync("caller", cancellationToken: Cancel)).IsError.ShouldNotBe(true);

        var sessions = gateway.Upstream.Log.Requests.Where(r => r.Method == "tools/call").Select(r => r.Headers["Mcp-Session-Id"]).ToArray();
        sessions.Length.ShouldBe(2);
        sessions[1].ShouldBe(sessions[0]);

        // The client never saw it.
        client.SessionId.ShouldNotBeNullOrEmpty();
        client.SessionId.ShouldNotBe(sessions[0]);
    }
}
