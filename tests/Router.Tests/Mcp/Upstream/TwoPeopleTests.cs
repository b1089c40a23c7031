using System.Text.Json.Nodes;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Mcp.Upstream;

public sealed class TwoPeopleTests
{
    [Fact]
    public async Task No_call_is_answered_as_somebody_elses()
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Gateway.Identity.OnMint = request => Task.FromResult(new Contracts.Identity.AssertionResult { Minted = true, Token = "for/" + request.InternalAssertion });
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, new JsonObject
        {
            ["resultType"] = "complete",
            ["content"] = new JsonArray(),
            ["who"] = (string?)http.Request.Headers["X-Gateway-Identity"],
            ["session"] = (string?)http.Request.Headers["Mcp-Session-Id"],
        }.ToJsonString());
        var people = new[] { ("alice", McpPeople.Alice), ("nora", McpPeople.Nora) };
        var sessions = new[] { await mcp.InitializeAsync(), await mcp.InitializeAsync(McpPeople.Nora) };
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), TestContext.Current.CancellationToken, async (i, _) =>
        {
            var (name, token) = people[i % 2];
            var stateless = i % 4 < 2;
            var reply = await mcp.CallAsync("calendar.free", token: token, stateless: stateless, session: stateless ? null : sessions[i % 2], id: i.ToString(System.Globalization.CultureInfo.InvariantCulture));
            ((string?)reply.Result!["who"]).ShouldBe("for/internal/" + name);
            ((string?)reply.Result["session"]).ShouldBe(stateless ? null : "upstream-session-" + (1 + (i % 2)).ToString(System.Globalization.CultureInfo.InvariantCulture));
            reply.Json!["id"]!.GetValue<int>().ShouldBe(i);
        });
    }
}
