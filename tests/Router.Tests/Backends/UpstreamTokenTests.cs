using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Backends;

/// <summary>Upstreams that get a token of each person's own: the right one, or no call.</summary>
public sealed class UpstreamTokenTests
{
    private static readonly string[] Settings =
    [
        "Router:Mcp:calendar:TokenExchange:Issuer=corp", "Router:Mcp:calendar:TokenExchange:Resource=https://calendar.example/", "Router:Mcp:calendar:TokenExchange:Scope=events.read",
    ];

    [Fact]
    public async Task A_backend_gets_the_persons_own_token_and_not_the_one_they_came_with()
    {
        await using var backend = await StubServer.StartAsync();
        backend.OnRequest = Wire.Answer("ok", type: "text/plain");
        await using var gateway = await StartAsync(backend);
        gateway.Identity.OnExchange = request => Task.FromResult(Issued(request));
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), TestContext.Current.CancellationToken, async (i, _) =>
        {
            using var response = await gateway.SendAsync(HttpMethod.Get, "/backends/calendar/" + (i % 2 == 0 ? "alice" : "nora"), token: i % 2 == 0 ? "alice" : "nora");
            ((int)response.StatusCode).ShouldBe(200);
        });

        foreach (var seen in backend.Requests)
        {
            var person = seen.Target[(seen.Target.LastIndexOf('/') + 1)..];
            seen.Headers["Authorization"].ShouldBe($"Bearer for-{person}-calendar");
            seen.Headers.Values.ShouldNotContain("Bearer " + person);
        }

        var asked = gateway.Identity.Exchanges.First();
        (asked.IssuerName, asked.Audience, asked.Resource, asked.Scope).ShouldBe(("corp", "calendar", null, null));
        asked.Audiences.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(UpstreamTokenStatus.Refused, 403, "upstream_token_refused")]
    [InlineData(UpstreamTokenStatus.InteractionRequired, 403, "consent_required")]
    [InlineData(UpstreamTokenStatus.Unavailable, 502, "upstream_token_unavailable")]
    [InlineData(UpstreamTokenStatus.Unspecified, 502, "upstream_token_unavailable")]
    [InlineData(UpstreamTokenStatus.Issued, 502, "upstream_token_unavailable")]
    public async Task Without_one_the_backend_is_not_called(UpstreamTokenStatus status, int expected, string code)
    {
        await using var backend = await StubServer.StartAsync();
        await using var gateway = await StartAsync(backend);
        gateway.Identity.OnExchange = _ => Task.FromResult(new UpstreamTokenResult { Status = status, Reason = "a-reason" });
        using var response = await gateway.SendAsync(HttpMethod.Get, "/backends/calendar/x");
        var body = await response.BodyAsync();
        ((int)response.StatusCode).ShouldBe(expected, body);
        body.ShouldContain(code);
        body.ShouldNotContain("a-reason");
        backend.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_mcp_server_gets_the_persons_own_token()
    {
        await using var mcp = await McpGateway.StartAsync(Settings);
        mcp.Gateway.Identity.OnExchange = request => Task.FromResult(Issued(request));
        mcp.Server.On["tools/call"] = (http, message) => McpServerDouble.ResultAsync(http, message, new JsonObject
        {
            ["resultType"] = "complete",
            ["content"] = new JsonArray(),
            ["who"] = (string?)http.Request.Headers.Authorization,
        }.ToJsonString());
        foreach (var token in new[] { McpPeople.Alice, McpPeople.Nora, McpPeople.Alice })
        {
            var reply = await mcp.CallAsync("calendar.free", token: token);
            ((string?)reply.Result!["who"]).ShouldBe($"Bearer for-{token}-https://calendar.example/");
        }

        var asked = mcp.Gateway.Identity.Exchanges.First();
        (asked.IssuerName, asked.Audience, asked.Resource, asked.Scope).ShouldBe(("corp", null, "https://calendar.example/", "events.read"));
        asked.Audiences.ShouldBe([McpPeople.PublicUrl + "/mcp/calendar"]);
        // The lists of its tools are asked for as the person, too.
        Personal(mcp).ShouldAllBe(seen => seen.Headers["Authorization"].StartsWith("Bearer for-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(UpstreamTokenStatus.InteractionRequired, "confirm something")]
    [InlineData(UpstreamTokenStatus.Refused, "gives no access")]
    [InlineData(UpstreamTokenStatus.Unavailable, "Try again")]
    public async Task Without_one_an_mcp_server_is_not_called(UpstreamTokenStatus status, string says)
    {
        await using var mcp = await McpGateway.StartAsync(Settings);
        mcp.Gateway.Identity.OnExchange = _ => Task.FromResult(new UpstreamTokenResult { Status = status });
        var reply = await mcp.CallAsync("calendar.free");
        reply.Text.ShouldContain(says);
        // No sign-in at the gateway mends it, so nothing looks like a challenge.
        (reply.Challenge ?? string.Empty, reply.ChallengeInResult ?? string.Empty).ShouldBe((string.Empty, string.Empty));
        Personal(mcp).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Router:Backends:calendar:Credential=x", "Router:Backends:calendar:TokenExchange")]
    [InlineData("Router:Backends:calendar:TokenExchange:Issuer=", "Router:Backends:calendar:TokenExchange:Issuer")]
    [InlineData("Router:Backends:calendar:TokenExchange:Audience=", "Router:Backends:calendar:TokenExchange")]
    public void A_mistake_stops_the_start(string setting, string key)
    {
        var pair = setting.Split('=', 2);
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Router:Backends:calendar:BaseUrl"] = "http://127.0.0.1:1",
            ["Router:Backends:calendar:TokenExchange:Issuer"] = "corp",
            ["Router:Backends:calendar:TokenExchange:Audience"] = "calendar",
            [pair[0]] = pair[1],
        };
        var configuration = new Microsoft.Extensions.Configuration.ConfigurationManager();
        foreach (var (name, value) in settings)
        {
            configuration[name] = value;
        }

        Router.Routing.RouterSnapshotBuilder.Build(configuration).Errors.ShouldHaveSingleItem().Key.ShouldBe(key);
    }

    /// <summary>What was asked for somebody; at its start the gateway looks for tools on its own.</summary>
    private static SeenRequest[] Personal(McpGateway mcp) => [.. mcp.Server.Server.Requests.Where(seen => seen.Headers.ContainsKey("X-Gateway-Identity"))];

    private static Task<GatewayUnderTest> StartAsync(StubServer backend) => GatewayUnderTest.StartAsync(
        "Router:Backends:calendar:BaseUrl=" + backend.Address, "Router:Backends:calendar:TokenExchange:Issuer=corp", "Router:Backends:calendar:TokenExchange:Audience=calendar");

    private static UpstreamTokenResult Issued(UpstreamTokenRequest request) =>
        new() { Status = UpstreamTokenStatus.Issued, Token = $"for-{request.Credentials[0].Value}-{request.Audience ?? request.Resource}" };
}
