using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Tests.Support;
using Microsoft.AspNetCore.Http;

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
    [InlineData("GET", null)]
    [InlineData("DELETE", null)]
    [InlineData("POST", "")]
    public async Task A_token_that_a_backend_no_longer_takes_is_renewed_once_and_the_request_sent_again(string method, string? body)
    {
        await using var backend = await StubServer.StartAsync();
        backend.OnRequest = http => TakesOnly("renewed", http);
        await using var gateway = await StartAsync(backend);
        gateway.Identity.OnExchange = request => Task.FromResult(Issued(request.Renew ? "renewed" : "taken-back"));
        using var response = await gateway.SendAsync(new HttpMethod(method), "/backends/calendar/x", body: body);
        ((int)response.StatusCode, await response.BodyAsync()).ShouldBe((200, "ok"));
        backend.Requests.Select(seen => seen.Headers["Authorization"]).ShouldBe(["Bearer taken-back", "Bearer renewed"]);
        gateway.Identity.Exchanges.Select(asked => asked.Renew).ShouldBe([false, true]);
    }

    [Fact]
    public async Task A_body_that_the_gateway_has_read_is_sent_again_whole()
    {
        const string Body = """{"text":"something to say"}""";
        await using var backend = await StubServer.StartAsync();
        backend.OnRequest = http => TakesOnly("renewed", http);
        await using var gateway = await StartAsync(backend, "Router:Backends:calendar:ContentPointers:0=/text");
        gateway.Identity.OnExchange = request => Task.FromResult(Issued(request.Renew ? "renewed" : "taken-back"));
        using var response = await gateway.SendAsync(HttpMethod.Post, "/backends/calendar/x", body: Body);
        ((int)response.StatusCode, await response.BodyAsync()).ShouldBe((200, "ok"));
        backend.Requests.Select(seen => seen.Body).ShouldBe([Body, Body]);
    }

    [Fact]
    public async Task A_body_that_is_gone_is_not_sent_again_and_the_backends_word_stands()
    {
        await using var backend = await StubServer.StartAsync();
        backend.OnRequest = http => TakesOnly("renewed", http);
        await using var gateway = await StartAsync(backend);
        gateway.Identity.OnExchange = request => Task.FromResult(Issued(request.Renew ? "renewed" : "taken-back"));
        using var response = await gateway.SendAsync(HttpMethod.Post, "/backends/calendar/x", body: "some");
        ((int)response.StatusCode).ShouldBe(401);

        // The next request has the token that was had meanwhile.
        (backend.Requests.Count, gateway.Identity.Exchanges.Count).ShouldBe((1, 2));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Basic realm=\"records\"")]
    [InlineData("DPoP algs=\"ES256\"")]
    public async Task A_refusal_that_is_not_about_the_token_stands(string? challenge)
    {
        await using var backend = await StubServer.StartAsync();
        backend.OnRequest = http => TakesOnly("renewed", http, challenge);
        await using var gateway = await StartAsync(backend);
        gateway.Identity.OnExchange = request => Task.FromResult(Issued(request.Renew ? "renewed" : "taken-back"));
        using var response = await gateway.SendAsync(HttpMethod.Get, "/backends/calendar/x");
        ((int)response.StatusCode).ShouldBe(401);
        (backend.Requests.Count, gateway.Identity.Exchanges.Count).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData("here")]
    [InlineData("at another replica")]
    [InlineData("not that anybody knows")]
    public async Task A_request_whose_backend_calls_back_is_not_sent_again(string where)
    {
        const string settings = "Router:Backends:calendar:CallerCredential=s3cret";
        await using var backend = await StubServer.StartAsync();
        await using var gateway = await StartAsync(backend, settings);
        await using var replica = await StartAsync(backend, settings);
        backend.OnRequest = async http =>
        {
            if (where != "not that anybody knows")
            {
                var called = where == "at another replica" ? replica : gateway;
                using var child = await called.SendAsync(
                    HttpMethod.Get, "/v1/models", token: "child:" + http.Request.Headers["X-Request-Id"], headers: [("Backend-Credential", "calendar:s3cret")]);
                ((int)child.StatusCode).ShouldBe(200);
            }

            await TakesOnly("renewed", http);
        };
        gateway.Identity.OnExchange = request => Task.FromResult(Issued(request.Renew ? "renewed" : "taken-back"));
        using var response = await gateway.SendAsync(HttpMethod.Get, "/backends/calendar/x");


        // The next request has the token that was had meanwhile.
        ((int)response.StatusCode, backend.Requests.Count, gateway.Identity.Exchanges.Count).ShouldBe((401, 1, 2));
    }

    [Theory]
    [InlineData("refused", 1)]
    [InlineData("same", 1)]
    [InlineData("another", 2)]
    public async Task Where_there_is_no_better_token_the_backends_word_stands(string renewal, int sent)
    {
        await using var backend = await StubServer.StartAsync();
        backend.OnRequest = http => TakesOnly("none", http);
        await using var gateway = await StartAsync(backend);
        gateway.Identity.OnExchange = request => Task.FromResult(!request.Renew || renewal == "same" ? Issued("taken-back")
            : renewal == "another" ? Issued("another") : new UpstreamTokenResult { Status = UpstreamTokenStatus.Refused });
        using var response = await gateway.SendAsync(HttpMethod.Get, "/backends/calendar/x");
        ((int)response.StatusCode).ShouldBe(401);
        (backend.Requests.Count, gateway.Identity.Exchanges.Count).ShouldBe((sent, 2));
    }

    [Theory]
    [InlineData(401, "renewed", null, true)]
    [InlineData(401, "renewed", "Bearer error=\"invalid_token\"", true)]
    [InlineData(401, "renewed", "Basic realm=\"records\"", false)]
    [InlineData(401, "taken-back", null, false)]
    [InlineData(403, "renewed", null, false)]
    public async Task So_it_is_at_an_mcp_server(int status, string renewed, string? challenge, bool answers)
    {
        await using var mcp = await McpGateway.StartAsync(Settings);
        mcp.Gateway.Identity.OnExchange = request => Task.FromResult(Issued(request.Renew ? renewed : "taken-back"));
        mcp.Server.On["tools/call"] = (http, message) =>
        {
            if (http.Request.Headers.Authorization == "Bearer renewed")
            {
                return McpServerDouble.ResultAsync(http, message, """{"resultType":"complete","content":[{"type":"text","text":"done"}]}""");
            }

            http.Response.StatusCode = status;
            http.Response.Headers.WWWAuthenticate = challenge;
            return Task.CompletedTask;
        };
        var reply = await mcp.CallAsync("calendar.free");
        reply.Text.Contains("done", StringComparison.Ordinal).ShouldBe(answers, reply.Text);
        mcp.Server.Arrived.Count.ShouldBe(answers ? 2 : 1);
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

    private static Task<GatewayUnderTest> StartAsync(StubServer backend, params string[] more) => GatewayUnderTest.StartAsync(
    [
        "Router:Backends:calendar:BaseUrl=" + backend.Address, "Router:Backends:calendar:TokenExchange:Issuer=corp", "Router:Backends:calendar:TokenExchange:Audience=calendar", .. more,
    ]);

    private static Task TakesOnly(string token, HttpContext http, string? challenge = "bearer error=\"invalid_token\"")
    {
        if (http.Request.Headers.Authorization == "Bearer " + token)
        {
            return http.Response.WriteAsync("ok");
        }

        http.Response.StatusCode = 401;
        http.Response.Headers.WWWAuthenticate = challenge;
        return Task.CompletedTask;
    }

    private static UpstreamTokenResult Issued(string token) => new() { Status = UpstreamTokenStatus.Issued, Token = token };

    private static UpstreamTokenResult Issued(UpstreamTokenRequest request) =>
        new() { Status = UpstreamTokenStatus.Issued, Token = $"for-{request.Credentials[0].Value}-{request.Audience ?? request.Resource}" };
}
