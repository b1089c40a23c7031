using System.Text;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Router.Recording;
using GatewayStack.Router.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Router.Tests.Mcp.Refusals;

/// <summary>What a sign-in mends is a challenge in every form that clients know; what none mends never looks like one.</summary>
public sealed class ChallengeTests
{
    private const string Metadata = "resource_metadata=\"https://gw.example/.well-known/oauth-protected-resource/mcp/calendar\"";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task D6_without_a_token_a_call_is_challenged_in_both_forms(bool stateless)
    {
        await using var mcp = await McpGateway.StartAsync();
        var reply = await mcp.CallAsync("calendar.list", token: null, stateless: stateless, id: "\"a-1\"");
        reply.Status.ShouldBe(401);
        reply.Challenge.ShouldBe($"Bearer scope=\"calendar:read\", {Metadata}");
        reply.Json!["id"]!.ToJsonString().ShouldBe("\"a-1\"");
        reply.IsToolError.ShouldBeTrue();
        reply.ChallengeInResult.ShouldNotBeNull().ShouldSatisfyAllConditions(
            c => c.ShouldStartWith("Bearer " + Metadata),
            c => c.ShouldContain("error=\"invalid_token\""),
            c => c.ShouldContain("error_description=\""),
            c => c.ShouldContain("scope=\"calendar:read\""));
        ((string?)reply.Result!["resultType"]).ShouldBe(stateless ? "complete" : null);
        reply.Result["structuredContent"].ShouldBeNull();
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("server/discover")]
    [InlineData("tools/list")]
    public async Task Without_a_token_anything_else_is_challenged_by_http(string method)
    {
        await using var mcp = await McpGateway.StartAsync();
        var reply = await mcp.AskAsync(method, token: null, stateless: method != "initialize");
        reply.Status.ShouldBe(401);
        reply.Challenge.ShouldBe($"Bearer scope=\"calendar:read\", {Metadata}");
        reply.Code.ShouldBe(-31401);
        reply.Result.ShouldBeNull();
    }

    [Fact]
    public async Task Clients_are_told_scopes_as_the_issuer_knows_them()
    {
        const string Prefix = "https://gw.example/mcp/calendar/";
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:ScopePrefix=" + Prefix, "Router:Mcp:calendar:InitialScopes:1=offline_access");
        (await mcp.AskAsync("tools/list", token: null)).Challenge.ShouldNotBeNull().ShouldContain($"scope=\"{Prefix}calendar:read offline_access\"");
        (await mcp.CallAsync("calendar.create", token: McpPeople.Reader, stateless: true)).Challenge.ShouldNotBeNull()
            .ShouldContain($"scope=\"{Prefix}calendar:read {Prefix}calendar:write\"");
        (await mcp.AskAsync("tools/list", token: McpPeople.Reader)).Text.ShouldContain($"\"scopes\":[\"{Prefix}calendar:read\",\"{Prefix}calendar:write\"]");
        using var metadata = await mcp.Gateway.SendAsync(HttpMethod.Get, "/.well-known/oauth-protected-resource/mcp/calendar", token: null);
        (await metadata.BodyAsync()).ShouldContain($"\"scopes_supported\":[\"{Prefix}calendar:read\",\"offline_access\"]");
    }

    [Fact]
    public async Task Only_a_token_that_was_sent_can_be_an_invalid_one()
    {
        await using var mcp = await McpGateway.StartAsync();
        foreach (var token in new[] { "expired", "alice@other", "sk-123" })
        {
            var reply = await mcp.CallAsync("calendar.list", token: token);
            reply.Status.ShouldBe(401);
            reply.Challenge.ShouldBe($"Bearer error=\"invalid_token\", error_description=\"The access token is not acceptable here.\", scope=\"calendar:read\", {Metadata}");
            reply.Text.ShouldNotContain(token);
            (await mcp.AskAsync("tools/list", token: token)).Challenge.ShouldBe(reply.Challenge);
        }

        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http", 401, true, false)]
    [InlineData("tool-result", 200, false, true)]
    [InlineData("both", 401, true, true)]
    public async Task A_route_says_which_form_its_calls_are_challenged_in(string challenge, int status, bool byHeader, bool inResult)
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:Challenge=" + challenge);
        foreach (var (token, held) in new[] { (null, 401), ("alice@calendar", 403) })
        {
            var reply = await mcp.CallAsync("calendar.list", token: token);
            reply.Status.ShouldBe(status == 200 ? 200 : held, reply.Text);
            (reply.Challenge.Length > 0).ShouldBe(byHeader);
            (reply.ChallengeInResult is not null).ShouldBe(inResult);
            reply.Code.ShouldBe(inResult ? null : held == 401 ? -31401 : -31403);
            // Where there is no result to put it in, the status says it.
            (await mcp.AskAsync("resources/read", "\"uri\":\"calendar://today\"", token)).Status.ShouldBe(held);
            (await mcp.AskAsync("tools/call", McpWire.Call("calendar.list"), null, id: null)).Status.ShouldBe(401);
        }

        mcp.Server.Arrived.ShouldBeEmpty();
        (await mcp.CallAsync("calendar.list")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_step_up_names_all_that_the_call_needs_and_for_sessions_what_is_held()
    {
        await using var mcp = await McpGateway.StartAsync();
        const string held = "alice@calendar+calendar:read,mail:read";
        var stateless = await mcp.CallAsync("calendar.create", "{\"title\":\"x\"}", held);
        stateless.Status.ShouldBe(403);
        stateless.Challenge.ShouldBe($"Bearer error=\"insufficient_scope\", error_description=\"This needs a further permission.\", scope=\"calendar:read calendar:write\", {Metadata}");
        stateless.ChallengeInResult.ShouldNotBeNull().ShouldContain("error=\"insufficient_scope\"");
        var session = await mcp.InitializeAsync(held);
        var reply = await mcp.CallAsync("calendar.create", "{\"title\":\"x\"}", held, stateless: false, session: session);
        (reply.Status, reply.Challenge.Contains("scope=\"calendar:read calendar:write mail:read\"", StringComparison.Ordinal)).ShouldBe((403, true), reply.Challenge);
        mcp.Server.Arrived.Count.ShouldBe(1);
        (await mcp.CallAsync("calendar.create", "{\"title\":\"x\"}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_scope_that_no_header_can_carry_is_left_out()
    {
        await using var mcp = await McpGateway.StartAsync();
        var reply = await mcp.CallAsync("calendar.create", "{\"title\":\"x\"}", "alice@calendar+a\"b,c\\d,ok", stateless: false);
        reply.Status.ShouldBe(403);
        reply.Challenge.ShouldContain("scope=\"calendar:read calendar:write ok\"");
    }

    [Fact]
    public async Task D32_no_header_of_a_request_changes_where_the_metadata_stands()
    {
        await using var mcp = await McpGateway.StartAsync();
        var reply = await mcp.AskAsync("tools/list", token: null, headers: [("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "http"), ("Forwarded", "host=evil.example")]);
        reply.Challenge.ShouldBe($"Bearer scope=\"calendar:read\", {Metadata}");
    }

    [Fact]
    public async Task A_body_that_is_not_read_before_sign_in_is_challenged_all_the_same()
    {
        await using var mcp = await McpGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp/calendar") { Content = new StringContent(McpWire.Message("tools/call", McpWire.Call("calendar.list")), Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = true;
        var reply = await McpReply.ReadAsync(await mcp.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken));
        (reply.Status, reply.Challenge).ShouldBe((401, $"Bearer scope=\"calendar:read\", {Metadata}"));
        (await mcp.PostAsync("garbage", token: null)).Status.ShouldBe(401);
        (await mcp.SendAsync(HttpMethod.Get, token: null, headers: [("MCP-Protocol-Version", "2024-11-05")])).Status.ShouldBe(401);
        (await mcp.PostAsync(McpWire.Message("ping"), token: null, headers: [("MCP-Protocol-Version", "1999-01-01")])).Status.ShouldBe(401);
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_role_is_no_challenge()
    {
        await using var mcp = await McpGateway.StartAsync();
        NoChallenge(await mcp.CallAsync("calendar.wipe"), inResult: true);
        NoChallenge(await mcp.CallAsync("calendar.wipe", stateless: false), inResult: true);
        var page = await mcp.AskAsync("resources/read", "\"uri\":\"ui://calendar/wipe\"");
        NoChallenge(page, inResult: false);
        page.Code.ShouldBe(-31403);
        mcp.Server.Arrived.ShouldBeEmpty();
        mcp.Gateway.Log.Events.Where(e => e.Type == EventTypes.Refusal).ShouldAllBe(e => e.Outcome == EventOutcomes.Refused && e.Status == 403 && e.Reason == "missing_role");
        mcp.Gateway.Log.Events.Count(e => e.Type == EventTypes.Refusal).ShouldBe(3);
    }

    [Fact]
    public async Task A_limit_is_no_challenge()
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Gateway.Limits.OnReserve = _ => Task.FromResult(LimitsDouble.Refused(LimitsEffect.Throttle));
        NoChallenge(await mcp.CallAsync("calendar.list"), inResult: true);
        var prompt = await mcp.AskAsync("prompts/get", "\"name\":\"plan\"");
        NoChallenge(prompt, inResult: false);
        prompt.Code.ShouldBe(-31429);
        mcp.Server.Arrived.ShouldBeEmpty();
        (await mcp.AskAsync("tools/list")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Content_that_must_not_pass_is_no_challenge()
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Gateway.Transform.OnInspect = (_, _) => Task.FromResult(new Contracts.Transform.InspectionResult { Status = Contracts.Transform.InspectionStatus.Refused, Metadata = Contracts.Transform.ContentMetadata.Clean });
        NoChallenge(await mcp.CallAsync("calendar.create", "{\"title\":\"x\"}"), inResult: true);
        NoChallenge(await mcp.AskAsync("prompts/get", "\"name\":\"plan\",\"arguments\":{\"a\":\"b\"}"), inResult: false);
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tenant_or_too_many_refusals_are_no_challenge()
    {
        // Refusals count for a minute: it does not turn here.
        await using var mcp = await McpGateway.StartAsync(b => b.Services.AddSingleton<TimeProvider>(new SignallingTime()));
        mcp.Gateway.Services.GetRequiredService<RefusedRequests>().Count(Callers.Nora, 1200 * 16 * 1024);
        NoChallenge(await mcp.CallAsync("calendar.list", token: McpPeople.Nora), inResult: true);
        NoChallenge(await mcp.AskAsync("tools/list", token: McpPeople.Nora), inResult: false);
        (await mcp.CallAsync("calendar.list")).Status.ShouldBe(200);
        mcp.Server.Clear();
        mcp.Gateway.Identity.OnAuthenticate = (_, _) => Task.FromResult(new AuthenticationResult { Status = AuthenticationStatus.TenantRefused });
        NoChallenge(await mcp.CallAsync("calendar.list"), inResult: true);
        NoChallenge(await mcp.AskAsync("tools/list"), inResult: false);
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_the_gateways_own_fault_is_told_as_such()
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Gateway.Identity.OnAuthenticate = (_, _) => Task.FromResult(new AuthenticationResult { Status = AuthenticationStatus.Unavailable });
        var reply = await mcp.CallAsync("calendar.list");
        (reply.Status, reply.Challenge).ShouldBe((503, string.Empty));
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_stands_in_authorization_alone()
    {
        await using var mcp = await McpGateway.StartAsync();
        (await mcp.CallAsync("calendar.list", token: null, headers: [("x-api-key", McpPeople.Alice)])).Status.ShouldBe(401);
        (await mcp.CallAsync("calendar.list", token: null, headers: [("api-key", McpPeople.Alice)])).Status.ShouldBe(401);
        (await mcp.RawAsync(McpWire.Message("tools/call", McpWire.Call("calendar.list")), "Authorization: Bearer " + McpPeople.Nora)).ShouldStartWith("HTTP/1.1 400");
        (await mcp.SendAsync(HttpMethod.Get, route: "calendar?access_token=" + McpPeople.Alice)).Status.ShouldBe(400);
        (await mcp.PostAsync(Encoding.UTF8.GetBytes("access_token=" + McpPeople.Alice), token: null, type: "application/x-www-form-urlencoded")).Status.ShouldBe(401);
        mcp.Server.Arrived.ShouldBeEmpty();
        (await mcp.CallAsync("calendar.list", token: null, headers: [("Authorization", "bearer " + McpPeople.Alice)])).Status.ShouldBe(200);
    }

    private static void NoChallenge(McpReply reply, bool inResult)
    {
        if (inResult)
        {
            (reply.Status, reply.IsToolError).ShouldBe((200, true), reply.Text);
            reply.Result!["structuredContent"].ShouldBeNull();
            reply.Result["content"]!.AsArray().Count.ShouldBe(1);
        }
        else
        {
            reply.Status.ShouldNotBeOneOf(401, 403, 429);
            reply.Code.ShouldNotBeNull(reply.Text);
        }

        reply.Challenge.ShouldBeEmpty();
        reply.ChallengeInResult.ShouldBeNull();
        reply.Json!["id"]!.ToJsonString().ShouldBe("1");
    }
}
