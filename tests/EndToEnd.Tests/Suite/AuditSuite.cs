using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>What happened: readable for auditors, of their own tenant, refused calls included.</summary>
public abstract class AuditSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    [Fact]
    public async Task An_answered_call_tells_who_what_which_model_at_what_cost()
    {
        var answer = (await Front.ChatAsync(await TokenAsync("alice"), "gpt-4-medical", Marker())).ShouldBeStatus(200);
        var records = await Audit.OfRequestAsync(await TokenAsync("audrey"), answer.RequestId, 2);
        records.Select(r => r.Member("type")).ShouldBe(["decision", "outcome"]);
        records.ShouldAllBe(r => r.Member("tenant") == "mercy" && r.Member("user_id") == "alice" && r.Member("display_name") == "Dr. Alice Smith");
        records.ShouldAllBe(r => r.Member("caller.issuer") == "demo" && r.Member("caller.person_id") != null && r.Member("model") == "gpt-4-medical");
        records[0].Member("decision.effect").ShouldBe("allow");
        records[0].Member("decision.policy_revision").ShouldNotBeNullOrEmpty();
        records[0].Member("modes.policy").ShouldBe("enforce");
        var outcome = records[1];
        outcome.Member("outcome").ShouldBe("completed");
        outcome.Member("routing.provider").ShouldBe("cloud");
        (outcome.Number("usage.input_tokens") + outcome.Number("usage.output_tokens")).ShouldBe(answer.TotalTokens);
        outcome.Number("usage.total_cost_micros").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_refused_call_is_there_too()
    {
        var answer = (await Front.ChatAsync(await TokenAsync("nora"), "gpt-4-medical", Marker())).ShouldBeStatus(403);
        var record = (await Audit.OfRequestAsync(await TokenAsync("audrey"), answer.RequestId, 1)).ShouldHaveSingleItem();
        record.Member("type").ShouldBe("refusal");
        record.Member("decision.effect").ShouldBe("deny");
        record.Member("outcome").ShouldBe("refused");
        record.Number("status").ShouldBe(403);
        record.Member("summary").ShouldStartWith("nora was refused gpt-4-medical");
    }

    [Fact]
    public async Task Neither_prompt_nor_answer_nor_token_is_there()
    {
        var marker = Marker();
        var token = await TokenAsync("alice");
        var answer = (await Front.ChatAsync(token, "gpt-4-medical", marker)).ShouldBeStatus(200);
        var records = await Audit.OfRequestAsync(await TokenAsync("audrey"), answer.RequestId, 2);
        records.ShouldAllBe(r => !r.GetRawText().Contains(marker, StringComparison.Ordinal) && !r.GetRawText().Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_tenant_is_never_seen()
    {
        var foreign = (await Front.ChatAsync(await TokenAsync("frank"), "gpt-4o-mini", "hello")).ShouldBeStatus(200);
        var own = (await Front.ChatAsync(await TokenAsync("nora"), "gpt-4o-mini", "hello")).ShouldBeStatus(200);
        var audrey = await TokenAsync("audrey");
        await Audit.OfRequestAsync(audrey, own.RequestId, 2);
        (await Audit.QueryAsync(audrey, "request_id=" + foreign.RequestId)).ShouldBeEmpty();
        (await Audit.QueryAsync(audrey, "user=frank")).ShouldBeEmpty();
        (await Audit.QueryAsync(audrey, string.Empty)).ShouldAllBe(r => r.Member("tenant") == "mercy");
        (await Front.GetAsync("/audit/events?tenant=acme", audrey)).Body.ShouldNotContain("acme\"");
    }

    [Fact]
    public async Task Who_may_not_read_it_is_told_the_scope_and_is_on_record()
    {
        var answer = (await Front.GetAsync("/audit/events", await TokenAsync("alice"))).ShouldBeStatus(403);
        answer.Headers["www-authenticate"].ShouldContain("error=\"insufficient_scope\"");
        answer.Headers["www-authenticate"].ShouldContain("scope=\"audit:read\"");
        var record = (await Audit.OfRequestAsync(await TokenAsync("audrey"), answer.RequestId, 1)).ShouldHaveSingleItem();
        record.Member("user_id").ShouldBe("alice");
        (await Front.GetAsync("/audit/events")).ShouldBeStatus(401);
    }

    [Fact]
    public async Task Reading_the_audit_is_itself_on_record()
    {
        var audrey = await TokenAsync("audrey");
        var answer = (await Front.GetAsync("/audit/events?limit=1", audrey)).ShouldBeStatus(200);
        var record = (await Audit.OfRequestAsync(audrey, answer.RequestId, 1)).ShouldHaveSingleItem();
        record.Member("type").ShouldBe("audit_read");
        record.Member("user_id").ShouldBe("audrey");
    }

    [Fact]
    public async Task Filters_narrow()
    {
        var caller = Caller.New();
        var token = Token(caller);
        var allowed = (await Front.ChatAsync(token, "gpt-4o-mini", "hello")).ShouldBeStatus(200);
        var refused = (await Front.ChatAsync(token, "gpt-4-medical", "hello")).ShouldBeStatus(403);
        var auditor = AuditorToken();
        await Eventually.GetAsync(() => Audit.QueryAsync(auditor, "user=" + caller.Subject), found => found.Count >= 3);

        await Shows("model=gpt-4-medical", refused.RequestId);
        await Shows("decision=deny", refused.RequestId);
        await Shows("decision=allow&type=decision", allowed.RequestId);
        await Shows("type=outcome", allowed.RequestId);
        await Shows("outcome=completed", allowed.RequestId);
        (await Audit.QueryAsync(auditor, $"user={caller.Subject}&client=test-client")).Count.ShouldBe(3);
        (await Audit.QueryAsync(auditor, $"user={caller.Subject}&client=another")).ShouldBeEmpty();
        (await Audit.QueryAsync(auditor, $"user={caller.Subject}&from=2099-01-01T00:00:00Z")).ShouldBeEmpty();
        (await Audit.QueryAsync(auditor, $"user={caller.Subject}&until=2020-01-01T00:00:00Z")).ShouldBeEmpty();

        async Task Shows(string filter, string requestId) =>
            (await Audit.QueryAsync(auditor, $"user={caller.Subject}&{filter}")).ShouldHaveSingleItem().Member("request_id").ShouldBe(requestId);
    }

    [Fact]
    public async Task Purpose_and_run_are_recorded_and_found()
    {
        var run = "run-" + Guid.NewGuid().ToString("N");
        using var request = GatewayClient.ChatRequest(Token(Caller.New()), "gpt-4o-mini", "hello");
        request.Headers.Add("x-run-id", run);
        request.Headers.Add("x-purpose", "treatment");
        request.Headers.Add("x-request-id", "client-" + run);
        var answer = (await Front.SendAsync(request)).ShouldBeStatus(200);
        answer.RequestId.ShouldNotBe("client-" + run);
        await Audit.OfRequestAsync(AuditorToken(), answer.RequestId, 2);
        var found = await Audit.QueryAsync(AuditorToken(), "run_id=" + run);
        found.Count.ShouldBe(2);
        found.ShouldAllBe(r => r.Member("purpose") == "treatment" && r.Member("client_request_id") == "client-" + run && r.Member("retention") == "standard");
    }

    [Fact]
    public async Task A_failed_sign_in_is_an_event_of_the_default_tenant_and_of_no_other()
    {
        var canary = Marker();
        var answer = (await Front.ChatAsync("not-a-token-" + canary, "gpt-4o-mini", "hello")).ShouldBeStatus(401);
        var auditor = Token(new Caller("default-auditor") { Tenant = TestIssuer.DefaultTenant, Scopes = "audit:read" });
        var record = (await Audit.OfRequestAsync(auditor, answer.RequestId, 1)).ShouldHaveSingleItem();
        record.Member("type").ShouldBe("sign_in_failed");
        record.Member("reason").ShouldNotBeNullOrEmpty();
        record.GetRawText().ShouldNotContain(canary);
        (await Audit.QueryAsync(await TokenAsync("audrey"), "request_id=" + answer.RequestId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tenant_that_the_issuer_may_not_assert_is_a_403()
    {
        var token = Token(new Caller("intruder") { Tenant = "mercy", Scopes = "audit:read chat:write" });
        (await Front.GetAsync("/audit/events", token)).ShouldBeStatus(403).Body.ShouldNotContain("event_id");
        (await Front.ChatAsync(token, "gpt-4o-mini", "hello")).ShouldBeStatus(403).ErrorCode.ShouldBe("tenant_not_allowed");
    }

    [Fact]
    public async Task Pages_by_a_cursor_that_stays_good_while_events_arrive()
    {
        var caller = Caller.New();
        var token = Token(caller);
        for (var i = 0; i < 5; i++)
        {
            (await Front.ChatAsync(token, "gpt-4-medical", "hello")).ShouldBeStatus(403);
        }

        var auditor = AuditorToken();
        var all = await Eventually.GetAsync(() => Audit.QueryAsync(auditor, "user=" + caller.Subject), found => found.Count >= 5);
        var seen = new List<string>();
        string? cursor = null;
        for (var page = 0; page < 5; page++)
        {
            var path = $"/audit/events?user={caller.Subject}&limit=2" + (cursor is null ? string.Empty : "&cursor=" + Uri.EscapeDataString(cursor));
            var answer = (await Front.GetAsync(path, auditor)).ShouldBeStatus(200);
            seen.AddRange(answer.Json.GetProperty("events").EnumerateArray().Select(e => e.Member("event_id")!));
            cursor = answer.Json.Member("next_cursor");
            if (string.IsNullOrEmpty(cursor))
            {
                break;
            }

            (await Front.ChatAsync(token, "gpt-4-medical", "more")).ShouldBeStatus(403);
        }

        seen.ShouldBe(all.Reverse().Select(e => e.Member("event_id")!));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=many")]
    [InlineData("from=yesterday")]
    [InlineData("cursor=!!!")]
    [InlineData("no_such_filter=1")]
    public async Task A_query_that_cannot_be_meant_is_refused(string query)
    {
        var answer = (await Front.GetAsync("/audit/events?" + query, await TokenAsync("audrey"))).ShouldBeStatus(400);
        answer.ContentType!.ShouldStartWith("application/problem+json");
    }
}
