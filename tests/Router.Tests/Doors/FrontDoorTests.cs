using System.Net;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Settings;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Pipeline.Steps;
using GatewayStack.Router.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Router.Tests.Doors;

public sealed class FrontDoorTests
{
    private const string Governed = "Identify -> RequireStanding -> Inspect -> ResolveCandidates -> RequireTargets -> Decide -> Apply -> Reserve -> RecordDecision -> Execute -> RecordOutcome -> Settle";
    private const string Tools = "Identify -> RequireStanding -> ReadMcp -> RequireTargets -> Inspect -> DecideMcp -> Apply -> Reserve -> RecordDecision -> Execute -> RecordOutcome -> Settle";
    private const string Listing = "Identify -> RequireStanding -> DecideVisibleModels -> RecordAccess -> Execute";
    private const string Own = "Identify -> RequireStanding -> RequireScope -> RecordAccess -> Execute";

    [Fact]
    public async Task Every_endpoint_stands_here_with_its_class_and_its_stages()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        gateway.Services.GetRequiredService<EndpointInventory>().Routes.Select(r => r.ToString()).ShouldBe(
        [
            "POST /v1/chat/completions (Llm): " + Governed,
            "GET /v1/models (Llm): " + Listing,
            "GET /v1/models/{**model} (Llm): " + Listing,
            "* /backends/{backend}/{**path} (Backend): " + Governed,
            "GET,POST,DELETE /mcp/{server} (Mcp): " + Tools,
            "OPTIONS /mcp/{server} (Public): ",
            "GET,HEAD,OPTIONS /.well-known/oauth-protected-resource/mcp/{server} (Public): ",
            "GET,HEAD,OPTIONS /mcp/{server}/.well-known/oauth-protected-resource (Public): ",
            "GET /me/limits (Account): " + Own,
            "GET /audit/events (Account): " + Own,
            "GET /me/clients (Account): " + Own,
            "DELETE /me/clients (Account): " + Own,
            "PUT /me/clients (Account): " + Own,
            "GET,OPTIONS /.well-known/jwks.json (Public): ",
            "GET,OPTIONS /.well-known/oauth-protected-resource (Public): ",
            "POST /identity/backchannel-logout/{issuer} (Public): ",
            "GET,HEAD /alive (Public): ",
            "GET,HEAD /health (Public): ",
            "GET /admin/identity (Admin): " + Own,
            "POST /admin/identity/keys/rotate (Admin): " + Own,
            "POST /admin/identity/reload (Admin): " + Own,
            "GET /admin/identity/standings (Admin): " + Own,
            "POST /admin/identity/standings (Admin): " + Own,
            "DELETE /admin/identity/standings/{id} (Admin): " + Own,
            "GET /admin/policy (Admin): " + Own,
            "POST /admin/policy/reload (Admin): " + Own,
            "GET /admin/limits (Admin): " + Own,
            "POST /admin/limits/reload (Admin): " + Own,
            "POST /admin/limits/consumer (Admin): " + Own,
            "GET /admin/router (Admin): " + Own,
            "POST /admin/router/reload (Admin): " + Own,
            "GET /admin/audit (Admin): " + Own,
            "POST /admin/audit/consumer (Admin): " + Own,
            "GET /health/details (Public): ",
        ]);
    }

    [Fact]
    public async Task An_endpoint_outside_the_table_refuses_the_start()
    {
        await using var app = GatewayUnderTest.BuildOnly();
        app.MapFrontDoor();
        app.MapGet("/backdoor", () => "open");
        var refused = await Should.ThrowAsync<Exception>(() => app.StartAsync(TestContext.Current.CancellationToken));
        refused.Message.ShouldContain("/backdoor");
    }

    [Fact]
    public async Task An_endpoint_that_skips_a_stage_refuses_the_start()
    {
        await using var app = GatewayUnderTest.BuildOnly();
        app.MapFrontDoor();
        var route = FrontDoorRoutes.All.Single(r => r.Name == "chat.completions");
        app.MapPost("/v2/chat/completions", () => "open").WithMetadata(new GovernedRoute
        {
            Route = route,
            Shape = ErrorShape.OpenAi,
            Stages = [.. StageMatrix.For(route.Class, route.Action)!.Value.Where(s => s != typeof(Decide))],
        });
        var refused = await Should.ThrowAsync<Exception>(() => app.StartAsync(TestContext.Current.CancellationToken));
        refused.Message.ShouldContain("chat.completions");
    }

    [Theory]
    [InlineData(RouteClass.Unspecified, "model.call")]
    [InlineData(RouteClass.Mcp, "mcp.call")]
    [InlineData(RouteClass.Llm, "backend.call")]
    [InlineData(RouteClass.Llm, null)]
    [InlineData(RouteClass.Backend, null)]
    [InlineData(RouteClass.Account, null)]
    [InlineData(RouteClass.Admin, "model.call")]
    [InlineData(RouteClass.Admin, null)]
    [InlineData(RouteClass.Public, "model.call")]
    public void A_class_and_action_outside_the_matrix_has_no_stages(RouteClass routeClass, string? action) => StageMatrix.For(routeClass, action).ShouldBeNull();

    [Fact]
    public async Task A_module_that_is_missing_refuses_the_start()
    {
        await using var app = GatewayUnderTest.BuildOnly(b =>
        {
            foreach (var handler in b.Services.Where(s => s.IsKeyedService && s.ServiceKey is "me.limits").ToList())
            {
                b.Services.Remove(handler);
            }
        });
        Should.Throw<InvalidOperationException>(() => app.MapFrontDoor()).Message.ShouldContain("me.limits");
    }

    [Theory]
    [InlineData("/v1/responses", true)]
    [InlineData("/v1/embeddings", true)]
    [InlineData("/v10/chat/completions", false)]
    [InlineData("/chat/completions", false)]
    public async Task Below_the_models_API_an_unknown_path_is_told_what_is_served(string path, bool told)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var response = await gateway.SendAsync(HttpMethod.Post, path, "{}");
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        body.Contains("/v1/chat/completions and /v1/models are served", StringComparison.Ordinal).ShouldBe(told);
    }

    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/v1", 404)]
    [InlineData("GET", "/v1/unknown", 404)]
    [InlineData("POST", "/v1/completions", 404)]
    [InlineData("GET", "/v1/chat/completions", 405)]
    [InlineData("POST", "/v1/models", 405)]
    [InlineData("DELETE", "/alive", 405)]
    [InlineData("GET", "/demo/token", 404)]
    [InlineData("GET", "/admin/router", 404)]
    [InlineData("POST", "/admin/router", 404)]
    [InlineData("POST", "/admin/router/reload", 404)]
    [InlineData("DELETE", "/admin/policy/reload", 404)]
    [InlineData("GET", "/health/details", 404)]
    [InlineData("POST", "/health/details", 404)]
    [InlineData("GET", "/alive", 200)]
    [InlineData("GET", "/health", 200)]
    [InlineData("GET", "/.well-known/jwks.json", 200)]
    public async Task The_public_door_answers_what_is_its_own(string method, string path, int status)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var response = await gateway.SendAsync(new HttpMethod(method), path);
        ((int)response.StatusCode).ShouldBe(status);
        response.RequestId().ShouldStartWith("req_");
        if (status == 405)
        {
            response.Content.Headers.Allow.ShouldNotBeEmpty();
        }

        if (status >= 400)
        {
            response.Content.Headers.ContentType!.MediaType.ShouldBe(path.StartsWith("/v1", StringComparison.Ordinal) ? "application/json" : "application/problem+json");
        }
    }

    [Theory]
    [InlineData("GET", "/admin/router", 200)]
    [InlineData("GET", "/health/details", 200)]
    [InlineData("GET", "/admin/policy", 403)]
    [InlineData("POST", "/admin/router", 405)]
    [InlineData("GET", "/admin/identity/standings/x", 405)]
    [InlineData("POST", "/v1/chat/completions", 404)]
    [InlineData("GET", "/v1/chat/completions", 404)]
    [InlineData("GET", "/alive", 404)]
    [InlineData("GET", "/calendar/x", 404)]
    [InlineData("GET", "/backends/calendar/x", 404)]
    public async Task The_management_door_answers_what_is_its_own(string method, string path, int status)
    {
        await using var backend = await StubServer.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync("Router:Backends:calendar:BaseUrl=" + backend.Address, "Router:Backends:calendar:PathPrefix=/calendar");
        using var response = await gateway.SendAsync(new HttpMethod(method), new Uri(gateway.Management, path).ToString(), headers: [("Host", "gateway.example")]);
        ((int)response.StatusCode).ShouldBe(status);
        backend.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Administration_needs_its_scope_and_is_on_record()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(
            "Router:Providers:p:BaseUrl=http://p", "Router:Providers:p:ApiKey=canary-key", "Router:Backends:b:BaseUrl=http://b", "Router:Backends:b:CallerCredential=canary-cred");
        using var nobody = await gateway.SendAsync(HttpMethod.Get, gateway.Management + "admin/router", token: null);
        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var nurse = await gateway.SendAsync(HttpMethod.Get, gateway.Management + "admin/router", token: "nora");
        nurse.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        nurse.Headers.WwwAuthenticate.ToString().ShouldContain("scope=\"admin:router\"");
        using var shown = await gateway.SendAsync(HttpMethod.Get, gateway.Management + "admin/router");
        var body = await shown.BodyAsync();
        body.ShouldContain("\"has_key\":true");
        body.ShouldNotContain("canary");
        gateway.Log.Events.Select(e => e.Type).ShouldBe([EventTypes.Refusal, EventTypes.Administration]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"reason\":\"\"}")]
    [InlineData("{\"reason\":\"  \"}")]
    [InlineData("{\"reason\":7}")]
    [InlineData("[]")]
    public async Task A_write_without_a_reason_is_refused(string body)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var response = await gateway.SendAsync(HttpMethod.Post, gateway.Management + "admin/router/reload", body);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.CodeAsync()).ShouldBe("reason_required");
    }

    [Fact]
    public async Task A_write_with_its_reason_is_an_event()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var response = await gateway.SendAsync(HttpMethod.Post, gateway.Management + "admin/router/reload", "{\"reason\":\"new key\"}");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Log.Events.ShouldContain(e => e.Administration != null && e.Administration.Operation == "router.reload" && e.Administration.Reason == "new key" && e.Administration.Succeeded);
    }

    [Fact]
    public async Task A_modules_handler_sees_the_caller_and_the_read_is_on_record()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var response = await gateway.SendAsync(HttpMethod.Get, "/me/limits");
        (await response.BodyAsync()).ShouldBe("me.limits for alice");
        gateway.Journal.Lines.ShouldBe(["identify", "record account_read", "handle me.limits"]);
        using var audit = await gateway.SendAsync(HttpMethod.Get, "/audit/events");
        gateway.Log.Events[^1].Type.ShouldBe(EventTypes.AuditRead);
    }

    [Theory]
    [InlineData("X_User_Id")]
    [InlineData("x-gateway-identity")]
    public async Task An_imitated_header_is_refused_at_the_door(string name)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var response = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", Wire.Ask(), headers: [(name, "root")]);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.CodeAsync()).ShouldBe("reserved_header");
        gateway.Journal.Lines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("mine-1", "mine-1")]
    [InlineData("with blank", null)]
    public async Task The_clients_own_request_id_is_kept_beside_ours(string sent, string? kept)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var response = await gateway.SendAsync(HttpMethod.Get, "/me/limits", headers: [("x-request-id", sent)]);
        response.RequestId().ShouldStartWith("req_");
        if (response.IsSuccessStatusCode)
        {
            gateway.Log.Events[^1].ClientRequestId.ShouldBe(kept);
        }
    }

    [Fact]
    public async Task Headers_for_the_record_are_bounded()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var response = await gateway.SendAsync(HttpMethod.Get, "/me/limits", headers: [("x-purpose", new string('x', 201))]);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_backend_is_reached_by_its_own_host_and_nothing_else_is()
    {
        await using var backend = await StubServer.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(
            "Router:Backends:calendar:BaseUrl=" + backend.Address, "Router:Backends:calendar:Hosts:0=Calendar.example",
            "Router:Backends:other:BaseUrl=http://127.0.0.1:1", "Router:Backends:other:PathPrefix=/api",
            "Router:Backends:another:BaseUrl=http://127.0.0.1:1", "Router:Backends:another:PathPrefix=/x");
        foreach (var path in new[] { "/v1/models", "/alive", "/api/events", "/x", "/backends/other/y", "/" })
        {
            using var response = await gateway.SendAsync(HttpMethod.Get, path, headers: [("Host", "calendar.example:8080")]);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        }

        backend.Requests.Select(r => r.Target).ShouldBe(["/v1/models", "/alive", "/api/events", "/x", "/backends/other/y", "/"]);
        using var ours = await gateway.SendAsync(HttpMethod.Get, "/alive", headers: [("Host", "calendar.example.evil")]);
        (await ours.BodyAsync()).ShouldBe("alive");
    }

    [Fact]
    public async Task A_prefix_stays_part_of_the_path_and_the_longest_wins()
    {
        await using var outer = await StubServer.StartAsync();
        await using var inner = await StubServer.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(
            "Router:Backends:a:BaseUrl=" + outer.Address, "Router:Backends:a:PathPrefix=/api", "Router:Backends:b:BaseUrl=" + inner.Address, "Router:Backends:b:PathPrefix=/api/v2",
            "Router:Backends:c:BaseUrl=" + outer.Address, "Router:Backends:c:PathPrefix=/api/v2/x/y/z");
        foreach (var path in new[] { "/api/one", "/api/v2/two", "/api", "/api/v20" })
        {
            (await gateway.SendAsync(HttpMethod.Get, path)).Dispose();
        }

        outer.Requests.Select(r => r.Target).ShouldBe(["/api/one", "/api", "/api/v20"]);
        inner.Requests.Select(r => r.Target).ShouldBe(["/api/v2/two"]);
        using var other = await gateway.SendAsync(HttpMethod.Get, "/apiary");
        other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_door_passes_the_stages()
    {
        await using var backend = await StubServer.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync("Router:Backends:a:BaseUrl=" + backend.Address, "Router:Backends:a:PathPrefix=/api", "Router:Backends:a:Hosts:0=a.example");
        using var byPrefix = await gateway.SendAsync(HttpMethod.Get, "/api/x", token: null);
        byPrefix.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var byHost = await gateway.SendAsync(HttpMethod.Get, "/x", token: null, headers: [("Host", "a.example")]);
        byHost.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        backend.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_wrong_with_other_sections_is_told()
    {
        await using var app = GatewayUnderTest.BuildOnly(b =>
        {
            b.Configuration["Policy:Mode"] = "disabled";
            b.Configuration["Limits:Mode"] = "maybe";
            b.Configuration["Audit:Mode"] = "loose";
            b.Configuration["Kestrel:Endpoints:Http:Url"] = "http://*:1";
            b.Configuration["urls"] = "http://127.0.0.1:8123";
            b.Configuration["Management:Url"] = "http://127.0.0.1:8123";
        });
        app.Services.GetServices<ISettingsCheck>().SelectMany(c => c.Check()).Select(e => e.Key).ShouldBe(
            ["Limits:Mode", "Policy:Mode", "Audit:Mode", "Kestrel", "Management:Url"], ignoreOrder: true);
    }
}
