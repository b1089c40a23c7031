using System.Net;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Pipeline;

/// <summary>The order of stages, what ends a request at each of them, and what is on record by then.</summary>
public sealed class PipelineTests : IAsyncLifetime
{
    private StubServer _provider = null!;
    private GatewayUnderTest _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await StubServer.StartAsync();
        _gateway = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task The_stages_stand_in_the_designs_order()
    {
        _gateway.Policy.OnDecide = _ => Task.FromResult(PolicyDouble.Modified([PolicyDouble.Redact()]));
        var answer = _provider.OnRequest;
        _provider.OnRequest = http =>
        {
            _gateway.Journal.Add("execute");
            return answer(http);
        };
        using var response = await _gateway.ChatAsync(Wire.Ask(content: "EMAIL"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await _gateway.Limits.SettledAsync(response.RequestId());
        _gateway.Journal.Lines.ShouldBe(["identify", "inspect", "decide", "apply", "reserve", "record decision", "execute", "record outcome", "settle"]);
    }

    [Fact]
    public async Task The_record_tells_who_what_and_how_it_was_decided()
    {
        (string, string)[] headers = [("x-request-id", "mine"), ("x-run-id", "run-1"), ("x-purpose", "treatment")];
        using var response = await _gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", Wire.Ask(content: "EMAIL me"), headers: headers);
        var decision = await _gateway.Log.AppendedAsync(EventTypes.Decision);
        var outcome = await _gateway.Log.AppendedAsync(EventTypes.Outcome);
        _gateway.Log.Events.Count.ShouldBe(2);
        foreach (var record in new[] { decision, outcome })
        {
            record.RequestId.ShouldBe(response.RequestId());
            record.ClientRequestId.ShouldBe("mine");
            record.Tenant.ShouldBe("mercy");
            record.Action.ShouldBe("model.call");
            record.Route.ShouldBe("chat.completions");
            record.Operation.ShouldBe("POST /v1/chat/completions");
            record.Model.ShouldBe("m");
            record.RunId.ShouldBe("run-1");
            record.Purpose.ShouldBe("treatment");
            record.Caller.ShouldNotBeNull().ShouldSatisfyAllConditions(
                c => c.PersonId.ShouldBe("person-alice"), c => c.Kind.ShouldBe("person"), c => c.Plan.ShouldBe("gold"), c => c.Roles.ShouldBe(["doctor"]));
            record.Personal!.UserId.ShouldBe("alice");
            record.Decision!.Effect.ShouldBe("allow");
            record.Content!.Types.ShouldBe(["EMAIL"]);
            record.Limits!.Effect.ShouldBe("ok");
        }

        decision.Outcome.ShouldBeNull();
        outcome.Outcome.ShouldBe("completed");
        outcome.Status.ShouldBe(200);
        outcome.Usage.ShouldNotBeNull().ShouldSatisfyAllConditions(
            u => u.InputTokens.ShouldBe(7), u => u.OutputTokens.ShouldBe(2), u => u.TotalCostMicros.ShouldBe(9), u => u.PriceTable.ShouldBe("p1"));
    }

    public static TheoryData<string, int, string, string> Refusals => new()
    {
        { "identify", 401, "invalid_api_key", EventTypes.SignInFailed },
        { "tenant", 403, "tenant_not_allowed", EventTypes.SignInFailed },
        { "provider_key", 401, "provider_key_not_accepted", EventTypes.SignInFailed },
        { "conflict", 400, "conflicting_credentials", EventTypes.SignInFailed },
        { "no_status", 401, "invalid_api_key", EventTypes.SignInFailed },
        { "body", 400, "invalid_request", EventTypes.Refusal },
        { "media", 415, "unsupported_media_type", EventTypes.Refusal },
        { "large", 413, "request_too_large", EventTypes.Refusal },
        { "inspect", 400, "content_not_scannable", EventTypes.Refusal },
        { "candidates", 404, "model_not_found", EventTypes.Refusal },
        { "decide", 403, "access_denied", EventTypes.Refusal },
        { "unspecified", 403, "access_denied", EventTypes.Refusal },
        { "nothing_permitted", 403, "access_denied", EventTypes.Refusal },
        { "scope", 403, "insufficient_scope", EventTypes.Refusal },
        { "apply", 400, "content_not_editable", EventTypes.Refusal },
        { "obligation", 403, "obligation_not_possible", EventTypes.Refusal },
        { "throttle", 429, "rate_limit_exceeded", EventTypes.Refusal },
        { "quota", 429, "insufficient_quota", EventTypes.Refusal },
        { "limits_unspecified", 429, "insufficient_quota", EventTypes.Refusal },
        { "price", 403, "price_unknown", EventTypes.Refusal },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_at_any_stage_is_one_record_and_nothing_goes_out(string stage, int status, string code, string type)
    {
        var (body, token) = (Wire.Ask(content: "EMAIL"), "alice");
        void Authenticate(AuthenticationStatus refused) => _gateway.Identity.OnAuthenticate = (_, _) => Task.FromResult(new AuthenticationResult { Status = refused, Reason = "r" });
        void Decide(PolicyDecision decision) => _gateway.Policy.OnDecide = _ => Task.FromResult(decision);
        void Reserve(LimitsDecision decision) => _gateway.Limits.OnReserve = _ => Task.FromResult(decision);
        switch (stage)
        {
            case "identify": token = "stranger"; break;
            case "tenant": Authenticate(AuthenticationStatus.TenantRefused); break;
            case "provider_key": Authenticate(AuthenticationStatus.ProviderKey); break;
            case "conflict": Authenticate(AuthenticationStatus.Conflicting); break;
            case "no_status": Authenticate(AuthenticationStatus.Unspecified); break;
            case "body": body = "{\"model\":\"m\",\"model\":\"n\"}"; break;
            case "large": body = Wire.Ask(content: new string('x', 3000)); break;
            case "inspect":
                _gateway.Transform.OnInspect = (_, _) =>
                    Task.FromResult(new InspectionResult { Status = InspectionStatus.Refused, Metadata = new ContentMetadata { Status = ContentStatus.Unspecified } });
                break;
            case "candidates": body = Wire.Ask("M"); break;
            case "decide": Decide(PolicyDouble.Denied); break;
            case "unspecified": Decide(PolicyDouble.Denied with { Effect = PolicyEffect.Unspecified }); break;
            case "nothing_permitted":
                Decide(new PolicyDecision { Effect = PolicyEffect.Allow, PolicyRevision = "r1", Permitted = [new PermittedTarget { TargetId = "9" }] });
                break;
            case "scope": Decide(PolicyDouble.Denied with { Reasons = [new PolicyReason { Code = "scope", MissingScopes = ["medical:write"] }] }); break;
            case "apply":
                Decide(PolicyDouble.Modified([PolicyDouble.Redact()]));
                _gateway.Transform.OnApply = _ => Task.FromResult(new EditResult { Status = EditStatus.NotEditable });
                break;
            case "obligation": Decide(PolicyDouble.Modified([new Obligation { Kind = ObligationKind.Unspecified }])); break;
            case "throttle": Reserve(LimitsDouble.Refused(LimitsEffect.Throttle)); break;
            case "quota": Reserve(LimitsDouble.Refused(LimitsEffect.Deny)); break;
            case "limits_unspecified": Reserve(LimitsDouble.Refused(LimitsEffect.Unspecified)); break;
            case "price": Reserve(new LimitsDecision { Effect = LimitsEffect.Deny, Reasons = ["unknown_price"] }); break;
            default: break;
        }

        using var content = new StringContent(body, System.Text.Encoding.UTF8, stage == "media" ? "text/plain" : "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        using var response = await _gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(status);
        (await response.CodeAsync()).ShouldBe(code);
        var record = _gateway.Log.Events.ShouldHaveSingleItem();
        record.Type.ShouldBe(type);
        record.Outcome.ShouldBe("refused");
        record.Status.ShouldBe(status);
        record.Reason.ShouldNotBeNullOrEmpty();
        record.RequestId.ShouldBe(response.RequestId());
        _provider.Requests.ShouldBeEmpty();
        _gateway.Limits.Settlements.ShouldBeEmpty();
        (await response.BodyAsync()).ShouldNotContain("rule-7");
        response.Headers.WwwAuthenticate.Count.ShouldBe(status == 401 || code == "insufficient_scope" ? 1 : 0);
    }

    [Fact]
    public async Task Who_has_not_tried_to_sign_in_is_no_failed_sign_in()
    {
        using var response = await _gateway.ChatAsync(Wire.Ask(), token: null);
        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await response.CodeAsync()).ShouldBe("missing_token");
        response.Headers.WwwAuthenticate.ToString().ShouldStartWith("Bearer resource_metadata=\"" + _gateway.Client.BaseAddress);
        _gateway.Log.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_limit_names_itself_and_when_to_come_back()
    {
        _gateway.Limits.OnReserve = _ => Task.FromResult(LimitsDouble.Refused(LimitsEffect.Throttle));
        using var response = await _gateway.ChatAsync(Wire.Ask());
        response.Header("retry-after").ShouldBe("7");
        response.Header("x-ratelimit-limit-requests").ShouldBe("5");
        response.Header("x-ratelimit-remaining-requests").ShouldBe("0");
        response.Header("x-ratelimit-reset-requests").ShouldBe("7s");
        response.Headers.Contains("x-should-retry").ShouldBeFalse();
        (await response.BodyAsync()).ShouldContain("requests_per_minute");
    }

    [Fact]
    public async Task Money_is_not_told_as_tokens()
    {
        _gateway.Limits.OnReserve = _ => Task.FromResult(LimitsDouble.Refused(LimitsEffect.Deny, "cost"));
        using var response = await _gateway.ChatAsync(Wire.Ask());
        response.Headers.ShouldNotContain(h => h.Key.StartsWith("x-ratelimit", StringComparison.OrdinalIgnoreCase));
        response.Header("x-should-retry").ShouldBe("false");
    }

    [Fact]
    public async Task The_decision_is_on_record_before_anything_is_sent()
    {
        var atDispatch = -1;
        var answer = _provider.OnRequest;
        _provider.OnRequest = http =>
        {
            atDispatch = _gateway.Log.Events.Count(e => e.Type == EventTypes.Decision);
            return answer(http);
        };
        (await _gateway.ChatAsync(Wire.Ask())).Dispose();
        atDispatch.ShouldBe(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_outcome_is_on_record_before_the_last_byte(bool stream)
    {
        using var log = new BlockedLog(_gateway.Log, EventTypes.Outcome);
        _provider.OnRequest = stream ? Wire.WholeStream() : Wire.Answer();
        var pending = _gateway.ChatAsync(Wire.Ask(more: stream ? ",\"stream\":true" : ""), completion: HttpCompletionOption.ResponseHeadersRead);
        await log.Reached;
        if (!stream)
        {
            pending.IsCompleted.ShouldBeFalse();
            log.Release();
            using var whole = await pending;
            (await whole.BodyAsync()).ShouldBe(Wire.Completion);
            return;
        }

        using var response = await pending;
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        (await body.ReadUntilAsync(Wire.Last)).ShouldBe(Wire.First + Wire.Last);
        var end = body.ReadUntilAsync("[DONE]");
        end.IsCompleted.ShouldBeFalse();
        _gateway.Log.Events.ShouldNotContain(e => e.Type == EventTypes.Outcome);
        log.Release();
        (await end).ShouldBe(Wire.Done);
    }

    [Fact]
    public async Task A_caller_who_leaves_at_the_last_byte_is_settled_all_the_same()
    {
        using var log = new BlockedLog(_gateway.Log, EventTypes.Outcome);
        _provider.OnRequest = Wire.WholeStream();
        using var response = await _gateway.ChatAsync(Wire.Ask(more: ",\"stream\":true"), completion: HttpCompletionOption.ResponseHeadersRead);
        await log.Reached;
        var gone = _gateway.Aborted(response.RequestId());
        response.Dispose();
        await gone;
        log.Release();
        (await _gateway.Limits.SettledAsync(response.RequestId())).Attempts.ShouldHaveSingleItem().Tokens.ShouldBe(new TokenUsage { InputTokens = 7, OutputTokens = 2 });
        _gateway.Limits.Settlements.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(EventTypes.Decision)]
    [InlineData(EventTypes.Outcome)]
    public async Task In_strict_mode_no_record_is_no_answer(string lost)
    {
        await using var strict = await StartAsync("Audit:Mode=strict");
        strict.Log.OnAppend = e => e.Type != lost;
        using var response = await strict.ChatAsync(Wire.Ask());
        ((int)response.StatusCode).ShouldBe(503);
        (await response.BodyAsync()).ShouldNotContain("Hello");
        _provider.Requests.Count.ShouldBe(lost == EventTypes.Decision ? 0 : 1);
        (await strict.Limits.SettledAsync(response.RequestId())).Attempts.Length.ShouldBe(lost == EventTypes.Decision ? 0 : 1);
    }

    [Fact]
    public async Task In_strict_mode_a_disk_that_fails_is_no_answer()
    {
        await using var strict = await StartAsync("Audit:Mode=strict");
        strict.Log.OnSync = _ => strict.Log.Events.Count < 2 ? Task.CompletedTask : throw new IOException("disk");
        using var response = await strict.ChatAsync(Wire.Ask());
        ((int)response.StatusCode).ShouldBe(500);
        (await response.CodeAsync()).ShouldBe("internal_error");
        await strict.Limits.SettledAsync(response.RequestId());
    }

    [Fact]
    public async Task In_standard_mode_a_full_log_holds_nobody_up()
    {
        _gateway.Log.OnAppend = _ => false;
        using var response = await _gateway.ChatAsync(Wire.Ask());
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_fault_of_ours_tells_nothing_and_is_on_record()
    {
        _gateway.Log.OnAppend = e => e.Type is EventTypes.Outcome or EventTypes.Refusal ? true : throw new InvalidOperationException("secret path /var/x");
        using var response = await _gateway.ChatAsync(Wire.Ask());
        ((int)response.StatusCode).ShouldBe(500);
        (await response.BodyAsync()).ShouldNotContain("secret");
        (await response.CodeAsync()).ShouldBe("internal_error");
        _gateway.Log.Events.ShouldHaveSingleItem().ShouldSatisfyAllConditions(e => e.Outcome.ShouldBe("failed"), e => e.Status.ShouldBe(500));
    }

    [Fact]
    public async Task A_list_shows_what_policy_allows_and_no_more()
    {
        _gateway.Policy.OnDecide = q => Task.FromResult(q.Model == "vendor/other" ? PolicyDouble.Denied : PolicyDouble.Allowed(q));
        using var list = await _gateway.SendAsync(HttpMethod.Get, "/v1/models");
        (await list.BodyAsync()).ShouldBe("""{"object":"list","data":[{"id":"m","object":"model","created":0,"owned_by":"gatewaystack"}]}""");
        _gateway.Log.Events.ShouldHaveSingleItem().Type.ShouldBe(EventTypes.AccountRead);
        using var hidden = await _gateway.SendAsync(HttpMethod.Get, "/v1/models/vendor/other");
        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await hidden.CodeAsync()).ShouldBe("model_not_found");
    }

    [Theory]
    [InlineData("/v1/models/vendor/other")]
    [InlineData("/v1/models/vendor%2Fother")]
    public async Task A_model_with_a_slash_is_found_in_both_spellings(string path)
    {
        using var response = await _gateway.SendAsync(HttpMethod.Get, path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.BodyAsync()).ShouldContain("\"vendor/other\"");
    }

    private Task<GatewayUnderTest> StartAsync(params string[] settings) => GatewayUnderTest.StartAsync(
    [
        "Router:Providers:p:BaseUrl=" + _provider.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=p", "Router:Models:1:Name=vendor/other",
        "Router:Models:1:Targets:0:Provider=p", "Router:MaxBodyBytes=2048", .. settings,
    ]);
}
