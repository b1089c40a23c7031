using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Router;
using GatewayStack.Platform.Tests.Security;
using GatewayStack.Wire.Security;

namespace GatewayStack.Platform.Tests.Forwarding;

/// <summary>A front door passes requests on to modules in other processes. Over real endpoints.</summary>
public sealed class ForwardingTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_module_answers_through_the_front_door_as_it_would_behind_it()
    {
        await using var limits = await ModuleHost.StartAsync("limits");
        await using var door = await FrontDoorDouble.StartAsync("limits", [limits.Http], limits.Identity.Mint(TestAssertions.Alice));
        using var answer = await door.Client.GetAsync(new Uri("/me/limits?a=1&b=%2F", UriKind.Relative), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldBe($"me.limits|GET|?a=1&b=%2F|person-alice|{FrontDoorDouble.RequestId}|");
        answer.Headers.ETag!.Tag.ShouldBe("\"e\"");
        answer.Headers.GetValues("x-request-id").ShouldBe([FrontDoorDouble.RequestId]);
        answer.Headers.Select(h => h.Key).ShouldAllBe(k => !k.StartsWith("x-gateway", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Nothing_that_says_who_calls_goes_on_but_what_the_gateway_says()
    {
        await using var limits = await ModuleHost.StartAsync("limits");
        var assertion = limits.Identity.Mint(TestAssertions.Alice);
        await using var door = await FrontDoorDouble.StartAsync("limits", [limits.Http], assertion);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/me/limits", UriKind.Relative));
        foreach (var name in (string[])[
            "Authorization", "x-api-key", "api-key", "Cookie", "Backend-Credential", "X-Gateway-Identity", "X-Gateway-Service", "X-Gateway-Service-Credential", "X-Gateway-Anything",
            "X-User-Id", "X-Tenant", "X-User-Role", "X-Forwarded-For", "X-Forwarded-Host", "Forwarded", "X-Request-Id", "traceparent-x", "X-Original-URL", "X-HTTP-Method-Override"])
        {
            request.Headers.TryAddWithoutValidation(name, "forged");
        }

        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        using var answer = await door.Client.SendAsync(request, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var seen = limits.Seen.ShouldHaveSingleItem();
        seen.Values.ShouldAllBe(v => v != "forged");
        seen.Keys.Except(["Host", "Accept", "traceparent", "tracestate"], StringComparer.OrdinalIgnoreCase).Select(k => k.ToLowerInvariant()).Order(StringComparer.Ordinal)
            .ShouldBe([InternalHeaders.Identity, InternalHeaders.Service, InternalHeaders.Credential, InternalHeaders.RequestId]);
        (seen[InternalHeaders.Identity], seen[InternalHeaders.Service], seen["Accept"]).ShouldBe((assertion, "router", "application/json"));
    }

    [Fact]
    public async Task A_body_and_its_type_go_on()
    {
        await using var policy = await ModuleHost.StartAsync("policy");
        var admin = TestAssertions.Alice with { Scopes = ["admin:policy"] };
        await using var door = await FrontDoorDouble.StartAsync("policy", [policy.Http], policy.Identity.Mint(admin));
        using var answer = await door.Client.PostAsJsonAsync("/admin/policy/reload", new { reason = "because" }, Stop);
        (await answer.Content.ReadAsStringAsync(Stop)).ShouldEndWith("""|{"reason":"because"}""");
        policy.Seen.ShouldHaveSingleItem()["Content-Type"].ShouldStartWith("application/json");
    }

    [Fact]
    public async Task Public_documents_are_forwarded_for_nobody()
    {
        await using var identity = await ModuleHost.StartAsync("identity");
        await using var door = await FrontDoorDouble.StartAsync("identity", [identity.Http], assertion: null);
        using var keys = await door.Client.GetAsync(new Uri("/.well-known/jwks.json", UriKind.Relative), Stop);
        (await keys.Content.ReadAsStringAsync(Stop)).ShouldStartWith("identity.jwks|GET||");
        using var options = new HttpRequestMessage(HttpMethod.Options, new Uri("/.well-known/oauth-protected-resource", UriKind.Relative));
        options.Headers.Add("Origin", "https://app.test");
        using var preflight = await door.Client.SendAsync(options, Stop);
        preflight.StatusCode.ShouldBe(HttpStatusCode.OK);
        identity.Seen.Last()["Origin"].ShouldBe("https://app.test");
    }

    [Fact]
    public async Task Instances_take_turns_and_one_that_is_gone_is_passed_over()
    {
        using var issuer = new TestAssertions();
        await using var first = await ModuleHost.StartAsync("limits", shared: issuer);
        await using var second = await ModuleHost.StartAsync("limits", shared: issuer);
        await using var door = await FrontDoorDouble.StartAsync("limits", [first.Http, second.Http], issuer.Mint(TestAssertions.Alice));
        for (var i = 0; i < 10; i++)
        {
            (await StatusAsync(door)).ShouldBe(HttpStatusCode.OK);
        }

        (first.Seen.Count, second.Seen.Count).ShouldBe((5, 5));
        await first.StopAsync();
        for (var i = 0; i < 10; i++)
        {
            (await StatusAsync(door)).ShouldBe(HttpStatusCode.OK);
        }

        second.Seen.Count.ShouldBe(15);
        await second.StopAsync();
        await AwayAsync(door);
    }

    [Fact]
    public async Task What_was_sent_is_not_sent_again()
    {
        using var broken = new TcpListener(IPAddress.Loopback, 0);
        broken.Start();
        await using var policy = await ModuleHost.StartAsync("policy");
        var assertion = policy.Identity.Mint(TestAssertions.Alice with { Scopes = ["admin:policy"] });
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)broken.LocalEndpoint).Port}");
        await using var door = await FrontDoorDouble.StartAsync("policy", [address, policy.Http], assertion);
        var cut = CutAsync(broken);
        // Of two turns one is the broken instance's.
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await door.Client.PostAsJsonAsync("/admin/policy/reload", new { reason = "because" }, Stop);
            answers.Add(answer.StatusCode);
        }

        await cut;
        answers.Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]);
        policy.Seen.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_only_reads_is_asked_of_the_next_where_an_instance_breaks_off()
    {
        using var broken = new TcpListener(IPAddress.Loopback, 0);
        broken.Start();
        await using var limits = await ModuleHost.StartAsync("limits");
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)broken.LocalEndpoint).Port}");
        await using var door = await FrontDoorDouble.StartAsync("limits", [address, limits.Http], limits.Identity.Mint(TestAssertions.Alice));
        var cut = CutAllAsync(broken);
        for (var i = 0; i < 2; i++)
        {
            (await StatusAsync(door)).ShouldBe(HttpStatusCode.OK);
        }

        broken.Stop();
        await cut;
        limits.Seen.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_credential_that_is_refused_is_our_fault_and_not_the_persons()
    {
        await using var limits = await ModuleHost.StartAsync("limits");
        await using var door = await FrontDoorDouble.StartAsync("limits", [limits.Http], limits.Identity.Mint(TestAssertions.Alice), secret: new string('w', 40));
        await AwayAsync(door);
        await using var nobody = await FrontDoorDouble.StartAsync("limits", [limits.Http], assertion: null);
        await AwayAsync(nobody);
        limits.Seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_modules_own_refusal_is_the_persons_to_see()
    {
        await using var limits = await ModuleHost.StartAsync("limits");
        await using var door = await FrontDoorDouble.StartAsync("limits", [limits.Http], limits.Identity.Mint(TestAssertions.Alice));
        using var answer = await door.Client.GetAsync(new Uri("/me/limits?status=429", UriKind.Relative), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task What_must_be_done_before_is_done_before()
    {
        await using var audit = await ModuleHost.StartAsync("audit");
        var reached = new List<int>();
        await using var door = await FrontDoorDouble.StartAsync("audit", [audit.Http], audit.Identity.Mint(TestAssertions.Alice), before: _ =>
        {
            reached.Add(audit.Seen.Count);
            return Task.CompletedTask;
        });
        using var answer = await door.Client.GetAsync(new Uri("/audit/events", UriKind.Relative), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        reached.ShouldBe([0]);
    }

    [Fact]
    public void Every_route_of_a_module_can_be_forwarded() =>
        FrontDoorRoutes.All.Select(r => r.Module).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ShouldBe(["audit", "demo", "identity", "limits", "policy", "router"]);

    private static async Task<HttpStatusCode> StatusAsync(FrontDoorDouble door)
    {
        using var answer = await door.Client.GetAsync(new Uri("/me/limits", UriKind.Relative), Stop);
        return answer.StatusCode;
    }

    private static async Task AwayAsync(FrontDoorDouble door)
    {
        using var answer = await door.Client.GetAsync(new Uri("/me/limits", UriKind.Relative), Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answer.Headers.RetryAfter.ShouldNotBeNull();
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
        ((string?)problem["code"], (string?)problem["request_id"], (int?)problem["status"]).ShouldBe(("gateway_unavailable", FrontDoorDouble.RequestId, 503));
    }

    /// <summary>Takes every connection and hangs up, until it is stopped: a client tries again by itself.</summary>
    private static async Task CutAllAsync(TcpListener listener)
    {
        while (true)
        {
            try
            {
                await CutAsync(listener);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    /// <summary>Takes one request and hangs up.</summary>
    private static async Task CutAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(Stop);
        _ = await client.GetStream().ReadAtLeastAsync(new byte[1024], 1, throwOnEndOfStream: false, Stop);
        client.LingerState = new LingerOption(enable: true, seconds: 0);
    }
}
