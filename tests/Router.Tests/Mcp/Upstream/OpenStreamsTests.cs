using GatewayStack.Router.Mcp.Upstream;
using GatewayStack.Router.Tests.Support;
using GatewayStack.TestServers;

namespace GatewayStack.Router.Tests.Mcp.Upstream;

public sealed class OpenStreamsTests
{
    [Fact]
    public async Task A_person_holds_so_many_streams_open_and_no_more()
    {
        await using var mcp = await McpGateway.StartAsync();
        var gone = new SemaphoreSlim(0);
        mcp.Server.On["GET"] = (http, _) => Wire.Stream([": here\n\n"], async c =>
        {
            await Wire.Stall(c);
            gone.Release();
        })(http);
        (string, string)[] headers = [("MCP-Protocol-Version", McpWire.Sessions)];
        var open = new List<HttpResponseMessage>();
        for (var i = 0; i < OpenStreams.Most; i++)
        {
            open.Add(await mcp.OpenAsync(HttpMethod.Get, null, McpPeople.Alice, headers));
            open[^1].IsSuccessStatusCode.ShouldBeTrue();
        }

        var refused = await mcp.SendAsync(HttpMethod.Get, headers: headers);
        refused.Status.ShouldNotBeOneOf(200, 401, 403, 429);
        refused.Challenge.ShouldBeEmpty();
        ((string?)refused.Json!["error"]!["data"]!["code"]).ShouldBe("too_many_streams");
        // Others, and other messages of the same person, are not held up.
        open.Add(await mcp.OpenAsync(HttpMethod.Get, null, McpPeople.Nora, headers));
        open[^1].IsSuccessStatusCode.ShouldBeTrue();
        (await mcp.CallAsync("calendar.free")).Status.ShouldBe(200);

        open[0].Dispose();
        // The refused one's, and the one that was left.
        await gone.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        var again = await Again(mcp, headers);
        again.IsSuccessStatusCode.ShouldBeTrue();
        again.Dispose();
        open.ForEach(r => r.Dispose());
    }

    // The place is given back when the gateway has noticed that its client is gone.
    private static async Task<HttpResponseMessage> Again(McpGateway mcp, (string, string)[] headers)
    {
        while (true)
        {
            var response = await mcp.OpenAsync(HttpMethod.Get, null, McpPeople.Alice, headers);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            response.Dispose();
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
