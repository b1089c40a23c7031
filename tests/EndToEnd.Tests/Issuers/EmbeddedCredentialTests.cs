using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Services;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GatewayStack.EndToEnd.Tests.Issuers;

/// <summary>Tokens that only their issuer can read, and tokens that are exchanged, at servers that others wrote.</summary>
[Collection(Embedded.Name)]
public sealed class EmbeddedCredentialTests(EmbeddedServices gateway)
{
    private const string Backend = "/backends/" + OtherCredentials.Upstream;

    [Fact]
    public async Task A_token_that_only_its_issuer_can_read_is_good_until_it_is_taken_back()
    {
        NodeTool.Require();
        var provider = gateway.Others.Asked!;
        var (token, _) = await SignIn.PersonAsync(provider, "alice", "chat:write medical:write");
        token.ShouldNotContain('.');
        (await gateway.Front.ChatAsync(token, "gpt-4-medical", "hello")).ShouldBeStatus(200);
        await SignIn.RevokeAsync(provider, token);
        (await Eventually.GetAsync(() => gateway.Front.ChatAsync(token, "gpt-4-medical", "hello"), a => a.Status != 200)).ShouldBeStatus(401);
        gateway.Output.ShouldNotContain(token);
    }

    [Fact]
    public async Task What_the_issuer_says_of_it_counts()
    {
        NodeTool.Require();
        var (nurse, _) = await SignIn.PersonAsync(gateway.Others.Asked!, "nora", "chat:write medical:write");
        (await gateway.Front.ChatAsync(nurse, "gpt-4-medical", "hello")).ShouldBeStatus(403);
        (await gateway.Front.ChatAsync(nurse, "gpt-4o-mini", "hello")).ShouldBeStatus(200);
        (await gateway.Front.ChatAsync(Forged(nurse), "gpt-4o-mini", "hello")).ShouldBeStatus(401);
    }

    [Fact]
    public async Task What_an_app_holds_is_exchanged_for_a_token_of_the_person()
    {
        var held = await gateway.Others.Exchanging.SignInAsync("alice");
        held.Split('.').Length.ShouldBe(5);
        (await gateway.Front.ChatAsync(held, "gpt-4o-mini", "hello")).ShouldBeStatus(200);
        (await gateway.Front.ChatAsync(Forged(held), "gpt-4o-mini", "hello")).ShouldBeStatus(401);
        gateway.Output.ShouldNotContain(held);
    }

    [Fact]
    public async Task A_backend_gets_each_persons_own_token_and_nobody_gets_the_one_that_came()
    {
        var held = await gateway.Others.Exchanging.SignInAsync("alice");
        var headers = (await gateway.Front.GetAsync(Backend + "/headers", held)).ShouldBeStatus(200).Json.GetProperty("headers");
        ShouldBeOwn(headers.GetProperty("authorization").GetString()!, "alice", "clinic");
        headers.GetRawText().ShouldNotContain(held);
        headers.GetProperty("x-user-id").GetString().ShouldBe("alice");

        // This issuer wants nora to allow it first.
        var refused = (await gateway.Front.GetAsync(Backend + "/headers", await gateway.Others.Exchanging.SignInAsync("nora"))).ShouldBeStatus(403);
        refused.Json.GetProperty("code").GetString().ShouldBe("consent_required");
    }

    [Fact]
    public async Task An_MCP_server_gets_each_persons_own_token_and_nobody_gets_the_one_that_came()
    {
        foreach (var person in (string[])["alice", "nora"])
        {
            var held = await gateway.Others.Exchanging.SignInAsync(person);
            (await ToolCall.SendAsync(gateway.Front, held, OtherCredentials.Upstream, "bare.echo", new JsonObject { ["said"] = person })).ShouldBeStatus(200).Body.ShouldContain(person);
            var received = gateway.Others.Server.Log.Requests.Single(r => r.Method == "tools/call" && r.Body.Contains($"\"{person}\"", StringComparison.Ordinal));
            ShouldBeOwn(received.Headers["Authorization"], person, "calendar");
            received.Headers.Values.ShouldAllBe(v => !v.Contains(held));
        }
    }

    [Fact]
    public async Task A_token_of_another_issuer_gets_nobody_a_token_there()
    {
        var stranger = gateway.Issuer.Token(Caller.New());
        (await gateway.Front.GetAsync(Backend + "/headers", stranger)).ShouldBeStatus(403).Json.GetProperty("code").GetString().ShouldBe("upstream_token_refused");
    }

    private static void ShouldBeOwn(string authorization, string person, string audience)
    {
        authorization.ShouldStartWith("Bearer ");
        var token = new JsonWebToken(authorization["Bearer ".Length..]);
        (token.Subject, token.Audiences.Single()).ShouldBe((person, audience));
    }

    private static string Forged(string token) => token[..^5] + (token.EndsWith("AAAAA", StringComparison.Ordinal) ? "BBBBB" : "AAAAA");
}
