using System.Net;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GatewayStack.EndToEnd.Tests.Mcp.Clients;

/// <summary>The C# SDK's client, unchanged.</summary>
[Collection(McpTests.Name)]
public sealed class CSharpSdkTests(McpGateway gateway)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, "2026-07-28")]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2025-03-26", "2025-03-26")]
    public async Task Everybody_gets_their_own_calendar(string? wanted, string version)
    {
        await using var alice = await gateway.ConnectAsync("calendar", await gateway.TokenAsync("alice", "calendar", "calendar:read"), wanted);
        await using var nora = await gateway.ConnectAsync("calendar", await gateway.TokenAsync("nora", "calendar", "calendar:read"), wanted);
        alice.NegotiatedProtocolVersion.ShouldBe(version);
        (await alice.ListToolsAsync(cancellationToken: Cancel)).Select(t => t.Name).ShouldBe(["calendar.cancel", "calendar.create", "calendar.get", "calendar.list"], ignoreOrder: true);
        (await OwnerAsync(alice)).ShouldBe("alice");
        (await OwnerAsync(nora)).ShouldBe("nora");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2025-11-25")]
    public async Task One_person_is_stepped_up_and_the_other_is_not(string? version)
    {
        var id = string.Empty;
        await using (var narrow = await gateway.ConnectAsync("calendar", await gateway.TokenAsync("alice", "calendar", "calendar:read"), version))
        {
            var refused = await Should.ThrowAsync<HttpRequestException>(() => CreateAsync(narrow));
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        }

        await using (var wide = await gateway.ConnectAsync("calendar", await gateway.TokenAsync("alice", "calendar", "calendar:read calendar:write"), version))
        {
            var created = await CreateAsync(wide);
            created.IsError.ShouldNotBe(true);
            id = created.StructuredContent!.Value.GetProperty("id").GetString();
            var cancelled = await wide.CallToolAsync("calendar.cancel", new Dictionary<string, object?> { ["id"] = id }, cancellationToken: Cancel);
            cancelled.IsError.ShouldNotBe(true);
        }

        (await gateway.TokenAsync("nora", "calendar", "calendar:read calendar:write")).ShouldBeNull();
    }

    private static async Task<string?> OwnerAsync(McpClient client)
    {
        var result = await client.CallToolAsync("calendar.list", cancellationToken: Cancel);
        return result.StructuredContent.ShouldNotBeNull().GetProperty("owner").GetString();
    }

    private static async Task<CallToolResult> CreateAsync(McpClient client) => await client.CallToolAsync(
        "calendar.create", new Dictionary<string, object?> { ["title"] = "Coffee", ["start"] = "2026-11-25T09:00:00Z", ["end"] = "2026-11-25T09:15:00Z" }, cancellationToken: Cancel);
}
