using System.Net;
using System.Net.Sockets;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Policy;
using GatewayStack.Router.Tests.Support;
using GatewayStack.TestServers;

namespace GatewayStack.Router.Tests.Backends;

/// <summary>Calls that are forwarded: who the backend is told is calling, and what never reaches it.</summary>
public sealed class BackendExecutorTests : IAsyncLifetime
{
    private StubServer _backend = null!;
    private StubServer _provider = null!;
    private GatewayUnderTest _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        (_backend, _provider) = (await StubServer.StartAsync(), await StubServer.StartAsync());
        _backend.OnRequest = Wire.Answer("0123456789", type: "text/plain");
        _gateway = await GatewayUnderTest.StartAsync(
            "Router:MaxBodyBytes=4096",
            "Router:Providers:p:BaseUrl=" + _provider.Address,
            "Router:Models:0:Name=m",
            "Router:Models:0:Targets:0:Provider=p",
            "Router:Backends:calendar:BaseUrl=" + _backend.Address + "/base",
            "Router:Backends:calendar:Credential=Basic c2VjcmV0",
            "Router:Backends:calendar:Audience=urn:calendar",
            "Router:Backends:calendar:PathTemplates:0=GET /events/{event}",
            "Router:Backends:hasty:BaseUrl=" + _backend.Address,
            "Router:Backends:hasty:TimeoutSeconds=1",
            "Router:Backends:clinic:BaseUrl=" + _backend.Address,
            "Router:Backends:clinic:CallerCredential=s3cret",
            "Router:Backends:clinic:ModelPointer=/input/model",
            "Router:Backends:clinic:ContentPointers:0=/input/prompt",
            "Router:Backends:clinic:ResourcePointers:0=patient=/patient",
            "Router:Backends:metered:BaseUrl=" + _backend.Address,
            "Router:Backends:metered:ModelPointer=/model",
            "Router:Backends:metered:ContentPointers:0=/prompt",
            "Router:Backends:metered:UsagePointers:InputTokens=/u/in",
            "Router:Backends:metered:UsagePointers:OutputTokens=/u/out",
            "Router:Backends:gone:BaseUrl=http://127.0.0.1:1");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _backend.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task The_backend_is_told_who_is_calling_and_gets_none_of_the_callers_credentials()
    {
        using var response = await _gateway.SendAsync(HttpMethod.Get, "/backends/calendar/events/7?from=%2F..%2F&to=1", headers:
        [
            ("x-api-key", "alice"), ("api-key", "alice"), ("Cookie", "session=root"), ("Accept-Language", "de"),
            ("X-User-Id", "root"), ("X-User-Roles", "admin"), ("X-User-Email", "root@x"), ("X-Role", "admin"), ("X-Org-Id", "evil"), ("X-Tenant", "evil"), ("some_header", "1"),
            ("X-Forwarded-For", "1.2.3.4"), ("X-Forwarded-User", "root"), ("X-Forwarded-Email", "root@x"), ("X-Forwarded-Port", "1"), ("Forwarded", "for=1"), ("X-Real-IP", "1"),
            ("X-Auth-Request-User", "root"), ("X-Remote-User", "root"), ("Remote-User", "root"), ("X-WebAuth-User", "root"), ("X-Consumer-Username", "root"),
            ("X-MS-Client-Principal-Name", "root"), ("X-Goog-Authenticated-User-Email", "root@x"), ("X-Amzn-Oidc-Identity", "root"), ("CF-Access-Authenticated-User-Email", "root@x"),
            ("Tailscale-User-Login", "root"), ("X-Client-Cert", "x"), ("True-Client-IP", "1"), ("X-Client-IP", "1"), ("X-Groups", "admin"), ("Via", "1.1 x"),
            ("X-HTTP-Method-Override", "DELETE"), ("X-HTTP-Method", "DELETE"), ("X-Method-Override", "DELETE"), ("X-Original-URL", "/admin"), ("X-Rewrite-URL", "/admin"),
        ]);
        (await response.BodyAsync()).ShouldBe("0123456789");
        var seen = _backend.Only;
        seen.Target.ShouldBe("/base/events/7?from=%2F..%2F&to=1");
        seen.Headers.Where(h => h.Key is not ("traceparent" or "Host")).Select(h => $"{h.Key}: {h.Value}").ShouldBe(
            [
                "Accept-Language: de", "Authorization: Basic c2VjcmV0", "X-User-Id: alice", "X-Tenant: mercy", "X-User-Role: doctor", "X-User-Roles: doctor",
                "X-User-Scopes: chat:write audit:read admin:router", "X-Request-ID: " + response.RequestId(), "X-Gateway-Identity: assertion/urn:calendar/",
            ],
            ignoreOrder: true);
        seen.Headers["Host"].ShouldBe(new Uri(_backend.Address).Authority);
        _gateway.Identity.Assertions.ShouldHaveSingleItem().ShouldBe(new AssertionRequest { InternalAssertion = "internal/alice", Audience = "urn:calendar" });
    }

    [Fact]
    public async Task The_record_names_the_operation_and_the_resource()
    {
        (await _gateway.SendAsync(HttpMethod.Get, "/backends/calendar/events/7")).Dispose();
        var outcome = await _gateway.Log.AppendedAsync(EventTypes.Outcome);
        outcome.Backend.ShouldBe("calendar");
        outcome.Action.ShouldBe("backend.call");
        outcome.Operation.ShouldBe("GET /events/{event}");
        outcome.Resources.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Type.ShouldBe("event"), r => r.Id.ShouldBe("7"));
        _gateway.Policy.Questions.ShouldHaveSingleItem().Backend.ShouldBe(new BackendFacts { Name = "calendar", Method = "GET", Path = "/events/7" });
    }

    [Theory]
    [InlineData("/backends/calendar", "/base/", "/")]
    [InlineData("/backends/calendar/", "/base/", "/")]
    [InlineData("/backends/calendar/a%20b/%C3%A9", "/base/a%20b/%C3%A9", "/a b/é")]
    [InlineData("/backends/calendar/a%3Fadmin=1", "/base/a%3Fadmin=1", "/a?admin=1")]
    [InlineData("/backends/calendar/a%23b", "/base/a%23b", "/a#b")]
    [InlineData("/Backends/calendar/Events", "/base/Events", "/Events")]
    public async Task What_is_decided_on_is_what_the_backend_sees(string path, string forwarded, string decided)
    {
        (await _gateway.SendAsync(HttpMethod.Get, path)).Dispose();
        _backend.Only.Target.ShouldBe(forwarded);
        _gateway.Policy.Questions.ShouldHaveSingleItem().Backend!.Path.ShouldBe(decided);
    }

    [Theory]
    [InlineData("/backends/calendar/%2e%2e/admin-secret")]
    [InlineData("/backends/calendar/.%2e/admin-secret")]
    [InlineData("/backends/calendar/../../admin-secret")]
    [InlineData("/backends/calendar/x/..%2fadmin-secret")]
    [InlineData("/backends/calendar//admin-secret")]
    [InlineData("/backends/calendar/%252e%252e/admin-secret")]
    [InlineData("/backends/calendar/%%32%65%%32%65/admin-secret")]
    public async Task A_crooked_path_reaches_nobody(string path)
    {
        var answer = await RawAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer alice\r\nConnection: close\r\n\r\n");
        answer.ShouldMatch("^HTTP/1.1 4(00|04) ");
        _backend.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("get")]
    [InlineData("Get")]
    [InlineData("TRACE")]
    [InlineData("X-GET")]
    public async Task A_method_that_two_parsers_could_read_differently_is_refused(string method)
    {
        var answer = await RawAsync($"{method} /backends/calendar/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer alice\r\nConnection: close\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 4");
        _backend.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_connection_names_is_dropped_and_never_what_is_ours()
    {
        const string head = "GET /backends/calendar/x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer alice\r\nX-Own: 1\r\nTE: trailers\r\nKeep-Alive: 5\r\nProxy-Authorization: a\r\n";
        await RawAsync(head + "Connection: X-Own, X-User-Id, X-Gateway-Identity, not a name\r\n\r\n");
        var seen = _backend.Only;
        seen.Headers["X-User-Id"].ShouldBe("alice");
        seen.Headers["X-Gateway-Identity"].ShouldStartWith("assertion/");
        string.Join(',', seen.Headers.Keys.Where(n => n is "X-Own" or "TE" or "Keep-Alive" or "Proxy-Authorization" or "Connection")).ShouldBeEmpty(string.Join(';', seen.Headers));
    }

    [Fact]
    public async Task Two_lengths_of_one_body_are_refused()
    {
        const string head = "POST /backends/calendar/x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer alice\r\nConnection: close\r\n";
        var answer = await RawAsync(head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        answer.ShouldStartWith("HTTP/1.1 400 ");
        _backend.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/backends/nobody/x", 404, "backend_not_found")]
    [InlineData("/backends/calendar/a%2fb", 400, "bad_path")]
    public async Task A_stranger_learns_nothing_and_a_caller_is_on_record(string path, int status, string code)
    {
        using var stranger = await _gateway.SendAsync(HttpMethod.Get, path, token: null);
        stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        _gateway.Log.Events.ShouldBeEmpty();
        using var caller = await _gateway.SendAsync(HttpMethod.Get, path);
        ((int)caller.StatusCode).ShouldBe(status);
        (await caller.CodeAsync()).ShouldBe(code);
        _gateway.Log.Events.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            e => e.Type.ShouldBe(EventTypes.Refusal),
            e => e.Reason.ShouldBe(code),
            e => e.Caller!.PersonId.ShouldBe("person-alice"));
    }

    [Fact]
    public async Task An_upgrade_is_not_forwarded()
    {
        const string upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n\r\n";
        var answer = await RawAsync("GET /backends/calendar/ws HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer alice\r\n" + upgrade);
        answer.ShouldStartWith("HTTP/1.1 501 ");
        _backend.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(300)]
    public async Task A_redirect_is_neither_followed_nor_passed_on(int status)
    {
        _backend.OnRequest = Wire.Answer("moved", status, headers: ("Location", _provider.Address + "/steal"));
        using var response = await _gateway.SendAsync(HttpMethod.Get, "/backends/calendar/x");
        ((int)response.StatusCode).ShouldBe(502);
        (await response.CodeAsync()).ShouldBe("backend_redirected");
        response.Headers.Location.ShouldBeNull();
        _provider.Requests.ShouldBeEmpty();
        (await _gateway.Log.AppendedAsync(EventTypes.Outcome)).ShouldSatisfyAllConditions(e => e.Outcome.ShouldBe("failed"), e => e.Status.ShouldBe(502));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(404)]
    [InlineData(500)]
    public async Task What_the_backend_answers_passes(int status)
    {
        (string, string)[] headers = [("ETag", "\"1\""), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-Gateway-Identity", "leak"), ("X-Request-Id", "theirs")];
        _backend.OnRequest = Wire.Answer("{\"a\":1.10}", status, headers: headers);
        using var response = await _gateway.SendAsync(HttpMethod.Get, "/backends/calendar/x");
        ((int)response.StatusCode).ShouldBe(status);
        (await response.BodyAsync()).ShouldBe("{\"a\":1.10}");
        response.Headers.GetValues("Set-Cookie").ShouldBe(["a=1", "b=2"]);
        response.Headers.ETag!.Tag.ShouldBe("\"1\"");
        response.Headers.Contains("X-Gateway-Identity").ShouldBeFalse();
        response.Headers.Contains("Server").ShouldBeFalse();
        response.RequestId().ShouldStartWith("req_");
    }

    [Fact]
    public async Task A_compressed_answer_stays_as_it_is()
    {
        _backend.OnRequest = Wire.Answer("not really gzip", headers: ("Content-Encoding", "gzip"));
        using var response = await _gateway.SendAsync(HttpMethod.Get, "/backends/calendar/x");
        response.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        (await response.BodyAsync()).ShouldBe("not really gzip");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_last_byte_waits_for_the_outcome(bool withLength)
    {
        using var log = new BlockedLog(_gateway.Log, EventTypes.Outcome);
        _backend.OnRequest = withLength ? Wire.Answer("0123456789") : Wire.Stream(["01234", "56789"]);
        using var response = await _gateway.SendAsync(HttpMethod.Get, "/backends/calendar/x", completion: HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await log.Reached;
        var seen = withLength ? "012345678" : "0123456789";
        (await body.ReadUntilAsync(seen)).ShouldBe(seen);
        var end = body.ReadUntilAsync("never");
        end.IsCompleted.ShouldBeFalse();
        log.Release();
        (await end).ShouldBe(withLength ? "9" : string.Empty);
    }

    [Theory]
    [InlineData("HEAD", 200)]
    [InlineData("GET", 204)]
    [InlineData("GET", 304)]
    public async Task An_answer_without_a_body_is_whole(string method, int status)
    {
        _backend.OnRequest = http =>
        {
            http.Response.StatusCode = status;
            http.Response.ContentLength = method == "HEAD" ? 10 : null;
            return Task.CompletedTask;
        };
        using var response = await _gateway.SendAsync(new HttpMethod(method), "/backends/calendar/x");
        ((int)response.StatusCode).ShouldBe(status);
        (await _gateway.Log.AppendedAsync(EventTypes.Outcome)).ShouldSatisfyAllConditions(e => e.Outcome.ShouldBe("completed"), e => e.Status.ShouldBe(status));
    }

    [Fact]
    public async Task A_caller_who_leaves_stops_the_backend()
    {
        var left = new TaskCompletionSource();
        _backend.OnRequest = Wire.Stream(["01234"], async http =>
        {
            await Wire.Stall(http);
            left.SetResult();
        });
        var response = await _gateway.SendAsync(HttpMethod.Get, "/backends/calendar/x", completion: HttpCompletionOption.ResponseHeadersRead);
        response.Dispose();
        await left.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        (await _gateway.Log.AppendedAsync(EventTypes.Outcome)).Outcome.ShouldBe("cancelled");
        await _gateway.Limits.SettledAsync(response.RequestId());
    }

    [Fact]
    public async Task A_backend_that_is_not_there_is_told_so()
    {
        using var response = await _gateway.SendAsync(HttpMethod.Get, "/backends/gone/x");
        ((int)response.StatusCode).ShouldBe(502);
        (await response.CodeAsync()).ShouldBe("backend_unavailable");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task A_backend_that_stalls_is_a_timeout()
    {
        _backend.OnRequest = Wire.Stall;
        using var response = await _gateway.SendAsync(HttpMethod.Get, "/backends/hasty/x");
        ((int)response.StatusCode).ShouldBe(504);
        (await response.CodeAsync()).ShouldBe("backend_timeout");
        (await _gateway.Log.AppendedAsync(EventTypes.Outcome)).Status.ShouldBe(504);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_never_taken_for_whole()
    {
        var arrived = new TaskCompletionSource();
        _backend.OnRequest = Wire.Stream(["01234"], Wire.BreakAfter(arrived.Task));
        using var response = await _gateway.SendAsync(HttpMethod.Get, "/backends/calendar/x", completion: HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        (await body.ReadUntilAsync("01234")).ShouldBe("01234");
        arrived.SetResult();
        await Should.ThrowAsync<Exception>(() => body.ReadUntilAsync("never"));
        (await _gateway.Log.AppendedAsync(EventTypes.Outcome)).Outcome.ShouldBe("failed");
    }

    [Fact]
    public async Task Without_an_assertion_nothing_is_forwarded()
    {
        _gateway.Identity.OnMint = _ => Task.FromResult(new AssertionResult { Minted = false, Reason = "expired" });
        using var response = await _gateway.SendAsync(HttpMethod.Get, "/backends/calendar/x");
        ((int)response.StatusCode).ShouldBe(503);
        _backend.Requests.ShouldBeEmpty();
        _gateway.Log.Events.Select(e => e.Type).ShouldBe([EventTypes.Decision, EventTypes.Outcome]);
    }

    [Theory]
    [InlineData("/backends/nobody/x")]
    [InlineData("/backends/Calendar/x")]
    [InlineData("/backends/")]
    public async Task An_unknown_backend_is_not_there(string path)
    {
        using var response = await _gateway.SendAsync(HttpMethod.Get, path);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_larger_than_the_bound_is_refused(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/backends/calendar/x") { Content = new StringContent(new string('x', 100_000)) };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer alice");
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(413);
        (await response.CodeAsync()).ShouldBe("request_too_large");
    }

    [Fact]
    public async Task A_plain_body_passes_as_it_is()
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/backends/calendar/x") { Content = new StringContent("a=1&b=%2F") };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer alice");
        (await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
        _backend.Only.ShouldSatisfyAllConditions(s => s.Body.ShouldBe("a=1&b=%2F"), s => s.Method.ShouldBe("PUT"), s => s.Headers["Content-Type"].ShouldBe("text/plain; charset=utf-8"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_customers_own_api_is_decided_scanned_and_edited(bool chunked)
    {
        _gateway.Policy.OnDecide = _ => Task.FromResult(PolicyDouble.Modified([PolicyDouble.Redact()]));
        const string body = """{ "patient": 77, "input":{"model":"gpt-4-medical","prompt":["EMAIL","x"]}, "n":1.10, "EMAIL":"EMAIL" }""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/backends/clinic/chat") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer alice");
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        _backend.Only.Body.ShouldBe(body.Replace("""["EMAIL",""", """["[email]",""", StringComparison.Ordinal));
        _gateway.Policy.Questions.ShouldHaveSingleItem().Model.ShouldBe("gpt-4-medical");
        _gateway.Log.Events[0].Resources.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Type.ShouldBe("patient"), r => r.Id.ShouldBe("77"));
        _gateway.Identity.Assertions.ShouldHaveSingleItem().RequestId.ShouldBe(response.RequestId());
        _gateway.Limits.Reservations.ShouldHaveSingleItem().InputTokenBound.ShouldBe(0); // the hold is the child's
    }

    [Theory]
    [InlineData("""{"input":{"model":"a","Model":"b"}}""")]
    [InlineData("""{"Input":{"model":"a"}}""")]
    [InlineData("""{"input":{"model":"a"},"INPUT":{"model":"b"}}""")]
    [InlineData("""{"input":{"model":"a","PROMPT":"x"}}""")]
    [InlineData("""{"patient":1,"Patient":2}""")]
    [InlineData("""{"input":{"model":7}}""")]
    [InlineData("""{"input":{"model":""}}""")]
    [InlineData("""{"input":{"model":"a","model":"b"}}""")]
    [InlineData("""[]""")]
    public async Task A_body_that_the_backend_could_read_differently_is_refused(string body)
    {
        using var response = await _gateway.SendAsync(HttpMethod.Post, "/backends/clinic/chat", body);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        _backend.Requests.ShouldBeEmpty();
        _gateway.Log.Events.ShouldHaveSingleItem().Type.ShouldBe(EventTypes.Refusal);
    }

    [Fact]
    public async Task A_nurse_is_refused_before_the_call_is_forwarded()
    {
        _gateway.Policy.OnDecide = q => Task.FromResult(q.Model == "gpt-4-medical" && q.Identity.Roles.Contains("nurse") ? PolicyDouble.Denied : PolicyDouble.Allowed(q));
        using var response = await _gateway.SendAsync(HttpMethod.Post, "/backends/clinic/chat", """{"input":{"model":"gpt-4-medical","prompt":"x"}}""", "nora");
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        _backend.Requests.ShouldBeEmpty();
        _gateway.Log.Events.ShouldHaveSingleItem().Model.ShouldBe("gpt-4-medical");
    }

    [Fact]
    public async Task Media_in_a_backends_content_is_a_fact_and_stops_a_redaction()
    {
        const string body = """{"model":"a","prompt":[{"type":"image_url","image_url":{"url":"data:x"}}]}""";
        (await _gateway.SendAsync(HttpMethod.Post, "/backends/metered/chat", body)).Dispose();
        _gateway.Policy.Questions.ShouldHaveSingleItem().Content.Unscanned.ShouldHaveSingleItem().Pointer.ShouldBe("/prompt/0/image_url");
        _gateway.Limits.Reservations.ShouldHaveSingleItem().InputTokenBound.ShouldBeGreaterThan(100_000);
        _gateway.Policy.OnDecide = _ => Task.FromResult(PolicyDouble.Modified([PolicyDouble.Redact()]));
        using var response = await _gateway.SendAsync(HttpMethod.Post, "/backends/metered/chat", body);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("clinic", """{"input":{"model":"a"}}""", 200)]
    [InlineData("metered", """{"model":"a"}""", 403)]
    public async Task A_cap_on_tokens_binds_the_child_and_where_there_can_be_none_it_refuses(string backend, string body, int status)
    {
        _gateway.Policy.OnDecide = _ => Task.FromResult(PolicyDouble.Modified([new Obligation { Kind = ObligationKind.LowerMaxTokens, Value = 10 }]));
        using var response = await _gateway.SendAsync(HttpMethod.Post, $"/backends/{backend}/chat", body);
        ((int)response.StatusCode).ShouldBe(status);
    }

    [Fact]
    public async Task The_child_pays()
    {
        string? parent = null;
        _backend.OnRequest = async http =>
        {
            parent = http.Request.Headers["X-Request-Id"];
            using var child = await _gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", Wire.Ask(), "child:" + parent, headers: [("Backend-Credential", "clinic:s3cret")]);
            child.StatusCode.ShouldBe(HttpStatusCode.OK);
            await Wire.Answer()(http);
        };
        using var response = await _gateway.SendAsync(HttpMethod.Post, "/backends/clinic/chat", """{"input":{"model":"m"}}""");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var settled = await _gateway.Limits.SettledAsync(response.RequestId());
        settled.ChargedByChild.ShouldBeTrue();
        parent.ShouldBe(response.RequestId());
        var child = _gateway.Log.Events.Where(e => e.ParentRequestId == parent).ToList();
        child.Select(e => e.Type).ShouldBe([EventTypes.Decision, EventTypes.Outcome]);
        _gateway.Limits.Reservations.Last().ParentRequestId.ShouldBe(parent);
        _gateway.Log.Events.Single(e => e.RequestId == parent && e.Type == EventTypes.Outcome).ChargedByChild.ShouldBeTrue();
        _gateway.Identity.Requests.Last().Backend.ShouldBe(new CallingBackend { Name = "clinic", Audience = "clinic" });
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("listed")]
    [InlineData("unsigned")]
    public async Task A_child_that_reserved_nothing_pays_nothing(string kind)
    {
        _gateway.Policy.OnDecide = q => Task.FromResult(kind == "refused" && q.Action == "model.call" ? PolicyDouble.Denied : PolicyDouble.Allowed(q));
        _backend.OnRequest = async http =>
        {
            var parent = http.Request.Headers["X-Request-Id"].ToString();
            (string, string)[] proof = [("Backend-Credential", kind == "unsigned" ? "clinic:wrong" : "clinic:s3cret")];
            using var child = kind == "listed"
                ? await _gateway.SendAsync(HttpMethod.Get, "/v1/models", token: "child:" + parent, headers: proof)
                : await _gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", Wire.Ask(), "child:" + parent, headers: proof);
            await Wire.Answer()(http);
        };
        using var response = await _gateway.SendAsync(HttpMethod.Post, "/backends/clinic/chat", """{"input":{"model":"m"}}""");
        (await _gateway.Limits.SettledAsync(response.RequestId())).ChargedByChild.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"u":{"in":5,"out":6}}""", 5, 6)]
    [InlineData("""{"u":{"out":6}}""", 0, 6)]
    [InlineData("""{"u":{"in":-5,"out":"6"}}""", null, null)]
    [InlineData("""[not json""", null, null)]
    [InlineData("", null, null)]
    public async Task A_backend_that_states_its_usage_is_metered_by_it(string answer, int? input, int? output)
    {
        _backend.OnRequest = Wire.Answer(answer);
        using var response = await _gateway.SendAsync(HttpMethod.Post, "/backends/metered/x", """{"model":"a"}""");
        (await response.BodyAsync()).ShouldBe(answer);
        var attempt = (await _gateway.Limits.SettledAsync(response.RequestId())).Attempts.ShouldHaveSingleItem();
        attempt.Estimated.ShouldBe(input is null); // what states nothing is charged by its bound
        attempt.Tokens.ShouldBe(new TokenUsage { InputTokens = input ?? _gateway.Limits.Reservations.Single().InputTokenBound, OutputTokens = output ?? 4096 });
    }

    [Theory]
    [InlineData("GET", "/backends/calendar/x")]
    [InlineData("GET", "/me/limits")]
    [InlineData("GET", "/audit/events")]
    public async Task A_backend_asks_models_for_a_person_and_nothing_else(string method, string path)
    {
        using var response = await _gateway.SendAsync(new HttpMethod(method), path, token: "child:req_1", headers: [("Backend-Credential", "clinic:s3cret")]);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        _backend.Requests.ShouldBeEmpty();
        _gateway.Journal.Lines.ShouldBe(["identify", "record " + EventTypes.SignInFailed]);
    }

    [Fact]
    public async Task An_answer_that_states_its_usage_is_asked_for_whole_and_plain()
    {
        _backend.OnRequest = Wire.Answer("""{"u":{"in":5,"out":6}}""");
        (await _gateway.SendAsync(HttpMethod.Post, "/backends/metered/x", """{"model":"a"}""", headers: [("Accept-Encoding", "gzip"), ("Range", "bytes=0-1"), ("If-None-Match", "x")])).Dispose();
        _backend.Only.Headers.Keys.ShouldNotContain(k => k == "Accept-Encoding" || k == "Range" || k == "If-None-Match");
    }

    private async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _gateway.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Texts.Utf8(request), TestContext.Current.CancellationToken);
        return await stream.ReadUntilAsync("\r\n\r\n");
    }
}
