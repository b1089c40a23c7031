using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Suite;

namespace GatewayStack.EndToEnd.Tests.Issuers;

/// <summary>People and programs of real OpenID providers.</summary>
public sealed class OpenIdProviderTests(IssuersFixture issuers) : IClassFixture<IssuersFixture>
{
    private const string Doctor = "chat:write medical:write";

    [Fact]
    public async Task A_person_who_signed_in_by_the_code_flow_gets_an_answer()
    {
        NodeTool.Require();
        var (token, _) = await SignIn.PersonAsync(issuers.North, "alice", Doctor);
        (await issuers.Front.ChatAsync(token, "gpt-4-medical", "hello")).ShouldBeStatus(200);
    }

    [Fact]
    public async Task Their_role_and_scopes_are_the_issuers()
    {
        NodeTool.Require();
        var (nurse, _) = await SignIn.PersonAsync(issuers.South, "alice", Doctor);
        (await issuers.Front.ChatAsync(nurse, "gpt-4-medical", "hello")).ShouldBeStatus(403);
        var (unscoped, _) = await SignIn.PersonAsync(issuers.North, "alice", "chat:write");
        (await issuers.Front.ChatAsync(unscoped, "gpt-4-medical", "hello")).ShouldBeStatus(403).Headers["www-authenticate"].ShouldContain("medical:write");
    }

    [Fact]
    public async Task An_ID_token_is_no_access_token()
    {
        NodeTool.Require();
        var (_, idToken) = await SignIn.PersonAsync(issuers.North, "alice", Doctor);
        (await issuers.Front.ChatAsync(idToken, "gpt-4o-mini", "hello")).ShouldBeStatus(401);
    }

    [Fact]
    public async Task The_same_subject_of_two_issuers_is_two_people()
    {
        NodeTool.Require();
        var (north, _) = await SignIn.PersonAsync(issuers.North, "alice");
        var (south, _) = await SignIn.PersonAsync(issuers.South, "alice");
        var before = await issuers.Front.SettledAsync(south, "tokens_per_day");
        var first = (await issuers.Front.ChatAsync(north, "gpt-4o-mini", "hello")).ShouldBeStatus(200);
        (await issuers.Front.SettledAsync(north, "tokens_per_day")).Used.ShouldBeGreaterThan(0);
        (await issuers.Front.SettledAsync(south, "tokens_per_day")).Used.ShouldBe(before.Used);
        var second = (await issuers.Front.ChatAsync(south, "gpt-4o-mini", "hello")).ShouldBeStatus(200);

        var audit = new AuditReader(issuers.Front);
        var northern = (await SignIn.PersonAsync(issuers.North, "audrey", "audit:read")).AccessToken;
        var southern = (await SignIn.PersonAsync(issuers.South, "audrey", "audit:read")).AccessToken;
        var one = (await audit.OfRequestAsync(northern, first.RequestId, 2))[0];
        var two = (await audit.OfRequestAsync(southern, second.RequestId, 2))[0];
        one.Member("subject").ShouldBe(two.Member("subject"));
        one.Member("caller.person_id").ShouldNotBe(two.Member("caller.person_id"));
        (one.Member("tenant"), two.Member("tenant")).ShouldBe(("north", "south"));
        (await audit.QueryAsync(southern, "request_id=" + first.RequestId)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_issuer_cannot_speak_for_anothers_tenant()
    {
        NodeTool.Require();
        var (token, _) = await SignIn.PersonAsync(issuers.South, "mallory", Doctor);
        (await issuers.Front.ChatAsync(token, "gpt-4-medical", "hello")).ShouldBeStatus(403).ErrorCode.ShouldBe("tenant_not_allowed");
        (await issuers.Front.GetAsync("/me/limits", token)).ShouldBeStatus(403);
    }

    [Fact]
    public async Task A_program_is_a_service_and_matches_only_rules_that_name_services()
    {
        NodeTool.Require();
        var token = await SignIn.ServiceAsync(issuers.North);
        (await issuers.Front.ChatAsync(token, "gpt-4o-mini", "hello")).ShouldBeStatus(403);
        var answer = (await issuers.Front.ChatAsync(token, "smart-model", "hello")).ShouldBeStatus(200);
        var auditor = (await SignIn.PersonAsync(issuers.North, "audrey", "audit:read")).AccessToken;
        (await new AuditReader(issuers.Front).OfRequestAsync(auditor, answer.RequestId, 2))[0].Member("caller.kind").ShouldBe("service");
    }

    [Fact]
    public async Task A_new_key_of_the_issuer_is_met_in_the_same_request()
    {
        NodeTool.Require();
        var (old, _) = await SignIn.PersonAsync(issuers.North, "alice", Doctor);
        (await issuers.Front.ChatAsync(old, "gpt-4-medical", "hello")).ShouldBeStatus(200);
        await issuers.North.StartAgainWithNewKeysAsync("RS256");
        var (token, _) = await SignIn.PersonAsync(issuers.North, "alice", Doctor);
        (await issuers.Front.ChatAsync(token, "gpt-4-medical", "hello")).ShouldBeStatus(200);
        (await issuers.Front.ChatAsync(old, "gpt-4-medical", "hello")).ShouldBeStatus(401);
    }
}
