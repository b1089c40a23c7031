using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Router.Tests.Support;
using GatewayStack.TestServers;

namespace GatewayStack.Router.Tests.Providers;

/// <summary>Model calls over real sockets, from the caller to a provider that misbehaves.</summary>
public sealed class ChatExecutorTests : IAsyncLifetime
{
    private StubServer _one = null!;
    private StubServer _two = null!;
    private GatewayUnderTest _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        (_one, _two) = (await StubServer.StartAsync(), await StubServer.StartAsync());
        _gateway = await GatewayUnderTest.StartAsync(
            "Router:Providers:one:BaseUrl=" + _one.Address + "/v1",
            "Router:Providers:one:ApiKey=key-one",
            "Router:Providers:one:ApiKeys:0:Tenant=acme",
            "Router:Providers:one:ApiKeys:0:Key=key-of-acme",
            "Router:Providers:hasty:BaseUrl=" + _one.Address,
            "Router:Providers:hasty:TimeoutSeconds=1",
            "Router:Providers:two:BaseUrl=" + _two.Address + "/api/",
            "Router:Providers:two:ApiKeys:0:Tenant=acme",
            "Router:Providers:two:ApiKeys:0:Key=two-of-acme",
            "Router:Providers:gone:BaseUrl=http://127.0.0.1:1/v1",
            "Router:Models:0:Name=m",
            "Router:Models:0:Targets:0:Provider=one",
            "Router:Models:1:Name=smart",
            "Router:Models:1:Targets:0:Provider=one",
            "Router:Models:1:Targets:0:Model=first-model",
            "Router:Models:1:Targets:1:Provider=two",
            "Router:Models:1:Targets:1:Model=second-model",
            "Router:Models:2:Name=resilient",
            "Router:Models:2:Targets:0:Provider=gone",
            "Router:Models:2:Targets:1:Provider=one",
            "Router:Models:3:Name=lost",
            "Router:Models:3:Targets:0:Provider=gone",
            "Router:Models:4:Name=hasty",
            "Router:Models:4:Targets:0:Provider=hasty");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task The_answer_comes_back_byte_for_byte_and_nothing_else_of_the_provider()
    {
        _one.OnRequest = Wire.Answer(headers: [("Set-Cookie", "provider=1"), ("openai-organization", "our-org"), ("x-ratelimit-remaining-tokens", "5")]);
        using var response = await _gateway.ChatAsync(Wire.Ask());
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.BodyAsync()).ShouldBe(Wire.Completion);
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        response.Headers.Select(h => h.Key.ToLowerInvariant()).ShouldBe(["date", "x-request-id"], ignoreOrder: true);
    }

    [Fact]
    public async Task The_provider_gets_its_key_and_nothing_of_the_caller()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var telemetry = Traces.Listen(Trace);
        using var response = await _gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions?api_base=http://evil", Wire.Ask(more: ",\"user\":\"mallory\""), headers:
        [
            ("x-api-key", "alice"), ("Cookie", "a=b"), ("X-Forwarded-For", "1.2.3.4"), ("OpenAI-Organization", "evil"), ("X-User-Id", "root"), ("X-Run-Id", "run"),
            ("traceparent", $"00-{Trace}-b7ad6b7169203331-01"), ("tracestate", "secret=1"), ("baggage", "person=alice"), ("Correlation-Context", "person=alice"),
        ]);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var seen = _one.Only;
        seen.Method.ShouldBe("POST");
        seen.Target.ShouldBe("/v1/chat/completions");
        seen.Headers["Authorization"].ShouldBe("Bearer key-one");
        seen.Headers["X-Request-Id"].ShouldBe(response.RequestId());
        seen.Headers.Keys.Select(k => k.ToLowerInvariant()).Where(k => k is not "traceparent").ShouldBe(
            ["host", "accept", "authorization", "content-type", "content-length", "x-request-id"], ignoreOrder: true);
        seen.Headers["traceparent"].ShouldContain(Trace);
        using var body = JsonDocument.Parse(seen.Body);
        body.RootElement.GetProperty("user").GetString().ShouldStartWith("gs_");
        seen.Body.ShouldNotContain("mallory");
    }

    [Fact]
    public async Task A_tenants_own_key_is_used_and_nobody_elses()
    {
        (await _gateway.ChatAsync(Wire.Ask(), "frank")).Dispose();
        _one.Only.Headers["Authorization"].ShouldBe("Bearer key-of-acme");

        _one.OnRequest = Wire.Answer("{}", 500);
        (await _gateway.ChatAsync(Wire.Ask("smart"), "alice")).Dispose();
        _two.Only.Headers.ContainsKey("Authorization").ShouldBeFalse();
        _two.Only.Target.ShouldBe("/api/chat/completions");
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(302)]
    public async Task A_provider_that_fails_is_left_for_the_next(int status)
    {
        _one.OnRequest = Wire.Answer("{\"error\":{\"message\":\"secret words\"}}", status, headers: ("Location", _two.Address + "/steal"));
        using var response = await _gateway.ChatAsync(Wire.Ask("smart"));
        (await response.BodyAsync()).ShouldBe(Wire.Completion);
        _one.Only.Body.ShouldContain("\"first-model\"");
        _two.Only.Body.ShouldContain("\"second-model\"");
        var outcome = await _gateway.Log.AppendedAsync(EventTypes.Outcome);
        outcome.Routing!.Attempts.Select(a => (a.Target.Provider, a.Status, a.Error)).ShouldBe([("one", status, "status"), ("two", 200, null)]);
        outcome.Routing.Alias.ShouldBe("smart");
        outcome.Attempts[0].Tokens.ShouldBeNull();
        outcome.Attempts[1].Tokens.ShouldBe(new TokenUsage { InputTokens = 7, OutputTokens = 2 });
        (await _gateway.Limits.SettledAsync(response.RequestId())).Attempts.ShouldBe(outcome.Attempts);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task What_a_provider_says_about_the_request_is_handed_on(int status)
    {
        const string words = """{"error":{"message":"context length exceeded","type":"invalid_request_error","param":null,"code":"context_length_exceeded"}}""";
        _one.OnRequest = Wire.Answer(words, status);
        using var response = await _gateway.ChatAsync(Wire.Ask("smart"));
        ((int)response.StatusCode).ShouldBe(status);
        (await response.BodyAsync()).ShouldBe(words);
        _two.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(429, 429, "upstream_rate_limited")]
    [InlineData(500, 502, "upstream_error")]
    [InlineData(401, 502, "upstream_error")]
    [InlineData(302, 502, "upstream_error")]
    [InlineData(204, 502, "upstream_error")]
    public async Task The_last_failure_is_told_in_our_words(int status, int told, string code)
    {
        _one.OnRequest = Wire.Answer("{\"error\":{\"message\":\"key sk-secret is wrong\"}}", status, headers: [("Retry-After", "9"), ("Location", _two.Address)]);
        using var response = await _gateway.ChatAsync(Wire.Ask());
        ((int)response.StatusCode).ShouldBe(told);
        (await response.CodeAsync()).ShouldBe(code);
        (await response.BodyAsync()).ShouldNotContain("sk-secret");
        response.Header("retry-after").ShouldBe(status == 429 ? "9" : string.Empty);
        _two.Requests.ShouldBeEmpty();
        (await _gateway.Log.AppendedAsync(EventTypes.Outcome)).ShouldSatisfyAllConditions(
            e => e.Outcome.ShouldBe("failed"), e => e.Status.ShouldBe(told), e => e.Reason.ShouldBe("upstream_" + status));
    }

    [Theory]
    [InlineData("{\"error\":{\"message\":\"you wrote CARD\",\"code\":\"context_length_exceeded\"}}", "context_length_exceeded")]
    [InlineData("{\"error\":{\"message\":\"you wrote CARD\",\"code\":\"my CARD\"}}", "upstream_refused")]
    [InlineData("{\"error\":\"you wrote CARD\"}", "upstream_refused")]
    public async Task Where_answers_are_treated_an_error_is_told_in_our_words_with_its_code(string body, string code)
    {
        _one.OnRequest = Wire.Answer(body, 400);
        await using var gateway = await GatewayUnderTest.StartAsync(
            "Router:Providers:p:BaseUrl=" + _one.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=p", "Router:Content:Answers:0:Types:0=CARD", "Router:Content:Answers:0:Action=redact");
        using var response = await gateway.ChatAsync(Wire.Ask());
        ((int)response.StatusCode).ShouldBe(400);
        (await response.CodeAsync()).ShouldBe(code);
        (await response.BodyAsync()).ShouldNotContain("CARD");
        using var plain = await _gateway.ChatAsync(Wire.Ask());
        (await plain.BodyAsync()).ShouldBe(body);
    }

    [Theory]
    [InlineData("[\"no object\"]")]
    [InlineData("<html>busy</html>")]
    [InlineData("")]
    public async Task An_error_that_is_none_is_told_in_our_words(string body)
    {
        _one.OnRequest = Wire.Answer(body, 400);
        using var response = await _gateway.ChatAsync(Wire.Ask());
        ((int)response.StatusCode).ShouldBe(400);
        (await response.CodeAsync()).ShouldBe("upstream_refused");
    }

    [Theory]
    [InlineData("<html>ok</html>")]
    [InlineData("[1,2]")]
    [InlineData("{\"choices\":[")]
    [InlineData("")]
    public async Task Garbage_is_no_answer_but_is_billed_by_its_bound(string garbage)
    {
        _one.OnRequest = Wire.Answer(garbage);
        using (var fallback = await _gateway.ChatAsync(Wire.Ask("smart")))
        {
            (await fallback.BodyAsync()).ShouldBe(Wire.Completion);
        }

        using var response = await _gateway.ChatAsync(Wire.Ask());
        ((int)response.StatusCode).ShouldBe(502);
        (await response.CodeAsync()).ShouldBe("upstream_unavailable");
        var attempt = (await _gateway.Limits.SettledAsync(response.RequestId())).Attempts.ShouldHaveSingleItem();
        attempt.Estimated.ShouldBeTrue();
        attempt.Tokens!.InputTokens.ShouldBe(_gateway.Limits.Reservations.Last().InputTokenBound);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_compressed_answer_is_not_passed_on_as_if_it_were_plain(bool stream)
    {
        _one.OnRequest = http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            return stream ? Wire.WholeStream()(http) : Wire.Answer()(http);
        };
        using var response = await _gateway.ChatAsync(Wire.Ask(more: stream ? ",\"stream\":true" : ""));
        ((int)response.StatusCode).ShouldBe(502);
        _one.Only.Headers.ContainsKey("Accept-Encoding").ShouldBeFalse();
    }

    [Fact]
    public async Task A_provider_that_is_not_there_costs_nothing_and_the_next_is_asked()
    {
        using var response = await _gateway.ChatAsync(Wire.Ask("resilient"));
        (await response.BodyAsync()).ShouldBe(Wire.Completion);
        var settled = await _gateway.Limits.SettledAsync(response.RequestId());
        settled.Attempts.Select(a => a.Tokens is null).ShouldBe([true, false]);
        (await _gateway.Log.AppendedAsync(EventTypes.Outcome)).Routing!.Attempts[0].Error.ShouldBe("connect");

        using var lost = await _gateway.ChatAsync(Wire.Ask("lost"));
        ((int)lost.StatusCode).ShouldBe(502);
        (await lost.CodeAsync()).ShouldBe("upstream_unavailable");
    }

    [Fact]
    public async Task A_provider_that_cuts_the_line_after_it_was_asked_is_billed_by_its_bound()
    {
        _one.OnRequest = Wire.Break;
        using var response = await _gateway.ChatAsync(Wire.Ask());
        ((int)response.StatusCode).ShouldBe(502);
        var attempt = (await _gateway.Limits.SettledAsync(response.RequestId())).Attempts.ShouldHaveSingleItem();
        attempt.Estimated.ShouldBeTrue();
        attempt.Tokens.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_stalled_provider_is_a_timeout()
    {
        _one.OnRequest = Wire.Stall;
        using var response = await _gateway.ChatAsync(Wire.Ask("hasty"));
        ((int)response.StatusCode).ShouldBe(504);
        (await response.CodeAsync()).ShouldBe("upstream_timeout");
        (await _gateway.Limits.SettledAsync(response.RequestId())).Attempts[0].Estimated.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stream_passes_byte_for_byte_without_the_usage_that_only_we_asked_for()
    {
        _one.OnRequest = Wire.WholeStream();
        using var response = await _gateway.ChatAsync(Wire.Ask(more: ",\"stream\":true"));
        (await response.BodyAsync()).ShouldBe(Wire.First + Wire.Last + Wire.Done);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        _one.Only.Body.ShouldContain("\"include_usage\":true");
        (await _gateway.Limits.SettledAsync(response.RequestId())).Attempts[0].ShouldSatisfyAllConditions(
            a => a.Tokens.ShouldBe(new TokenUsage { InputTokens = 7, OutputTokens = 2 }), a => a.CostMicros.ShouldBe(9));
    }

    [Fact]
    public async Task Who_asks_for_usage_gets_it()
    {
        _one.OnRequest = Wire.WholeStream();
        using var response = await _gateway.ChatAsync(Wire.Ask(more: ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        (await response.BodyAsync()).ShouldBe(Wire.First + Wire.Last + Wire.Usage + Wire.Done);
    }

    [Fact]
    public async Task A_stream_arrives_as_it_is_sent()
    {
        var seen = new TaskCompletionSource();
        _one.OnRequest = Wire.Stream([Wire.First], async http =>
        {
            await seen.Task;
            await Wire.Stream([Wire.Last, Wire.Done])(http);
        });
        using var response = await _gateway.ChatAsync(Wire.Ask(more: ",\"stream\":true"), completion: HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        (await stream.ReadUntilAsync("Hel")).ShouldBe(Wire.First);
        seen.SetResult();
        (await stream.ReadUntilAsync("[DONE]")).ShouldEndWith(Wire.Done);
    }

    [Fact]
    public async Task After_the_first_byte_nobody_else_is_asked_and_the_caller_is_told()
    {
        var arrived = new TaskCompletionSource();
        _one.OnRequest = Wire.Stream([Wire.First], Wire.BreakAfter(arrived.Task));
        using var response = await _gateway.ChatAsync(Wire.Ask("smart", more: ",\"stream\":true"), completion: HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        (await stream.ReadUntilAsync("\n\n")).ShouldBe(Wire.First);
        arrived.SetResult();
        var body = await stream.ReadUntilAsync("never");
        body.ShouldContain("upstream_broken_off");
        body.ShouldNotContain("[DONE]");
        _two.Requests.ShouldBeEmpty();
        (await _gateway.Log.AppendedAsync(EventTypes.Outcome)).Outcome.ShouldBe("failed");
    }

    [Fact]
    public async Task Before_the_first_event_the_next_is_asked()
    {
        _one.OnRequest = Wire.Stream(["data: {\"cho"], Wire.Break);
        _two.OnRequest = Wire.WholeStream();
        using var response = await _gateway.ChatAsync(Wire.Ask("smart", more: ",\"stream\":true"));
        (await response.BodyAsync()).ShouldBe(Wire.First + Wire.Last + Wire.Done);
    }

    [Fact]
    public async Task A_stream_that_stalls_ends_with_an_error()
    {
        _one.OnRequest = Wire.Stream([Wire.First], Wire.Stall);
        using var response = await _gateway.ChatAsync(Wire.Ask("hasty", more: ",\"stream\":true"));
        (await response.BodyAsync()).ShouldContain("upstream_timeout");
    }

    [Fact]
    public async Task A_huge_answer_passes_whole_and_its_usage_is_read()
    {
        var huge = "{\"choices\":[{\"message\":{\"content\":\"" + new string('x', 700_000) + "\"}}],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}";
        _one.OnRequest = Wire.Answer(huge);
        using var response = await _gateway.ChatAsync(Wire.Ask());
        (await response.BodyAsync()).ShouldBe(huge);
        (await _gateway.Limits.SettledAsync(response.RequestId())).Attempts[0].Tokens.ShouldBe(new TokenUsage { InputTokens = 7, OutputTokens = 2 });
    }

    [Fact]
    public async Task A_huge_answer_that_breaks_off_is_never_taken_for_whole()
    {
        var arrived = new TaskCompletionSource();
        _one.OnRequest = async http =>
        {
            http.Response.ContentType = "application/json";
            await Wire.Stream(["{\"choices\":[{\"message\":{\"content\":\"" + new string('x', 700_000)], Wire.BreakAfter(arrived.Task))(http);
        };
        using var response = await _gateway.ChatAsync(Wire.Ask(), completion: HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await stream.ReadUntilAsync("xxx");
        arrived.SetResult();
        await Should.ThrowAsync<Exception>(() => stream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken));
        (await _gateway.Log.AppendedAsync(EventTypes.Outcome)).Outcome.ShouldBe("failed");
    }

    [Fact]
    public async Task Huge_garbage_is_no_answer()
    {
        _one.OnRequest = Wire.Answer("<html>" + new string('x', 700_000));
        using var response = await _gateway.ChatAsync(Wire.Ask("smart"));
        (await response.BodyAsync()).ShouldBe(Wire.Completion);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_who_leaves_stops_the_provider_and_is_charged(bool stream)
    {
        var (reached, left) = (new TaskCompletionSource(), new TaskCompletionSource());
        async Task Wait(Microsoft.AspNetCore.Http.HttpContext http)
        {
            reached.SetResult();
            await Wire.Stall(http);
            left.SetResult();
        }

        _one.OnRequest = stream ? Wire.Stream([Wire.First], Wait) : Wait;
        using var leaving = new CancellationTokenSource();
        var pending = _gateway.ChatAsync(Wire.Ask("smart", more: stream ? ",\"stream\":true" : ""), completion: HttpCompletionOption.ResponseHeadersRead, leaving: leaving);
        await reached.Task;
        if (stream)
        {
            (await pending).Dispose();
        }

        await leaving.CancelAsync();
        await left.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        var outcome = await _gateway.Log.AppendedAsync(EventTypes.Outcome);
        outcome.Outcome.ShouldBe("cancelled");
        (await _gateway.Limits.SettledAsync(outcome.RequestId)).Attempts.ShouldHaveSingleItem().Estimated.ShouldBeTrue();
        _two.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bytes_that_are_no_http_are_a_failure_and_billed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            var buffer = new byte[4096];
            (await client.GetStream().ReadAsync(buffer, TestContext.Current.CancellationToken)).ShouldBeGreaterThan(0);
            await client.GetStream().WriteAsync(Texts.Utf8("SSH-2.0-OpenSSH\r\n\r\n"), TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);
        await using var gateway = await GatewayUnderTest.StartAsync(
            $"Router:Providers:p:BaseUrl=http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}", "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=p");
        using var response = await gateway.ChatAsync(Wire.Ask());
        ((int)response.StatusCode).ShouldBe(502);
        await served;
        (await gateway.Limits.SettledAsync(response.RequestId())).Attempts[0].Tokens.ShouldNotBeNull();
    }
}
