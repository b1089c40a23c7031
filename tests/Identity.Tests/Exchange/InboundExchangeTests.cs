using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Identity.Tests.Exchange;

/// <summary>An app that holds something else: it is exchanged at one issuer, and what comes back is judged as if the app had shown it.</summary>
public sealed class InboundExchangeTests : IAsyncLifetime
{
    private const string Held = "session_0123456789";

    private TestIssuer _issuer = null!;
    private TestIssuer _foreign = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _foreign = await TestIssuer.StartAsync();
        Give(() => _issuer.Token().Build());
    }

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _foreign.DisposeAsync();
    }

    [Fact]
    public async Task What_is_exchanged_is_the_person_of_the_new_token()
    {
        await using var identity = IdentityUnderTest.For(Options());
        var result = await identity.AuthenticateAsync(Held);
        result.Reason.ShouldBeNull();
        result.Identity!.PersonId.ShouldBe((await identity.AuthenticateAsync(_issuer.Token().Build())).Identity!.PersonId);

        var form = _issuer.Posted.ShouldHaveSingleItem().Form;
        form.ToDictionary(p => p.Key, p => p.Value.ToString()).ShouldBe(
            new Dictionary<string, string>
            {
                ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
                ["subject_token"] = Held,
                ["subject_token_type"] = "urn:example:session",
                ["requested_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
                ["audience"] = "gateway",
                ["scope"] = "chat:write",
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task It_is_used_again_for_a_while_and_never_past_its_end()
    {
        await using var identity = IdentityUnderTest.For(Options());
        await identity.AuthenticateAsync(Held);
        identity.Clock.Advance(TimeSpan.FromSeconds(299));
        await identity.AuthenticateAsync(Held);
        _issuer.Posted.Count.ShouldBe(1);
        identity.Clock.Advance(TimeSpan.FromSeconds(1));
        await identity.AuthenticateAsync(Held);
        _issuer.Posted.Count.ShouldBe(2);
        identity.Clock.Advance(TimeSpan.FromSeconds(331));
        (await identity.AuthenticateAsync(Held)).Reason.ShouldBe("token_expired");
    }

    [Fact]
    public async Task A_jwt_of_a_named_issuer_is_exchanged_and_of_another_not()
    {
        await using var identity = IdentityUnderTest.For(Options() with { Exchange = new ExchangeOptions { SubjectIssuers = [_foreign.Url] } });
        (await identity.AuthenticateAsync(_foreign.Token("somebody").Build())).Identity!.Subject.ShouldBe("alice");
        _issuer.Posted.Count.ShouldBe(1);
        _foreign.AllRequests.ShouldBe(0);
        (await identity.AuthenticateAsync(_foreign.Token().Claim("iss", "https://other.example").Build())).Reason.ShouldBe("unknown_issuer");
        (await identity.AuthenticateAsync(Held)).Reason.ShouldBe("opaque_token");
        (await identity.AuthenticateAsync(_issuer.Token().Build())).Status.ShouldBe(AuthenticationStatus.Authenticated);
        _issuer.Posted.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("aud", "other", "audience_wrong")]
    [InlineData("exp", 1, "token_expired")]
    [InlineData("iss", "https://evil.example", "exchanged_by_another_issuer")]
    [InlineData("iss", 1, "exchanged_by_another_issuer")]
    public async Task What_comes_back_is_judged(string claim, object value, string reason)
    {
        Give(() => _issuer.Token().Claim(claim, value is int number ? number : (string)value).Build());
        await using var identity = IdentityUnderTest.For(Options());
        (await identity.AuthenticateAsync(Held)).Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task Neither_another_key_nor_another_form_is_good()
    {
        await using var identity = IdentityUnderTest.For(Options());
        Give(() => _issuer.Token().SignedBy(_foreign.Key).Build());
        (await identity.AuthenticateAsync(Held)).Reason.ShouldBe("signature_invalid");
        Give(() => "opaque-again");
        (await identity.AuthenticateAsync("another")).Reason.ShouldBe("exchanged_for_no_jwt");
    }

    [Fact]
    public async Task A_refusal_is_one_and_is_remembered_for_a_while()
    {
        Refuse(400, "invalid_grant");
        await using var identity = IdentityUnderTest.For(Options());
        for (var i = 0; i < 3; i++)
        {
            var result = await identity.AuthenticateAsync(Held);
            (result.Status, result.Reason).ShouldBe((AuthenticationStatus.Invalid, "exchange_invalid_grant"));
        }

        _issuer.Posted.Count.ShouldBe(1);
        Give(() => _issuer.Token().Build());
        identity.Clock.Advance(TimeSpan.FromSeconds(30));
        (await identity.AuthenticateAsync(Held)).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    [Theory]
    [InlineData(401, "{\"error\":\"invalid_client\"}")]
    [InlineData(400, "{\"error\":\"unauthorized_client\"}")]
    [InlineData(401, "{\"error\":\"invalid_grant\"}")]
    [InlineData(403, "{\"error\":\"access_denied\"}")]
    [InlineData(404, "{\"error\":\"invalid_grant\"}")]
    [InlineData(400, "{\"error\":\"a_word_of_its_own\"}")]
    [InlineData(400, "{\"error\":\"server_error\"}")]
    [InlineData(500, "{}")]
    [InlineData(400, "<html></html>")]
    [InlineData(400, "{}")]
    [InlineData(200, "{}")]
    [InlineData(200, "{\"access_token\":\"a b\",\"token_type\":\"Bearer\"}")]
    [InlineData(200, "{\"access_token\":\"x\",\"token_type\":\"DPoP\"}")]
    [InlineData(200, "{\"access_token\":\"x\",\"token_type\":\"N_A\"}")]
    [InlineData(200, "{\"access_token\":\"x\",\"token_type\":\"Bearer\",\"issued_token_type\":\"urn:ietf:params:oauth:token-type:id_token\"}")]
    public async Task No_answer_lets_nobody_in(int status, string body)
    {
        _issuer.TokenAnswer = (context, _) =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        };
        await using var identity = IdentityUnderTest.For(Options());
        var result = await identity.AuthenticateAsync(Held);
        (result.Status, result.Reason).ShouldBe((AuthenticationStatus.Unavailable, "exchange_unavailable"));

        // A fault is nobody's refusal: it is not kept.
        Give(() => _issuer.Token().Build());
        (await identity.AuthenticateAsync(Held)).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    [Theory]
    [InlineData("invalid_request")]
    [InlineData("invalid_scope")]
    [InlineData("invalid_target")]
    [InlineData("invalid_token")]
    [InlineData("access_denied")]
    [InlineData("consent_required")]
    public async Task A_word_for_a_refusal_is_one(string error)
    {
        Refuse(400, error);
        await using var identity = IdentityUnderTest.For(Options());
        var result = await identity.AuthenticateAsync(Held);
        (result.Status, result.Reason).ShouldBe((AuthenticationStatus.Invalid, "exchange_" + error));
    }

    [Fact]
    public async Task An_answer_that_is_no_use_is_not_asked_for_at_each_call()
    {
        Give(() => "opaque-again");
        await using var identity = IdentityUnderTest.For(Options());
        for (var i = 0; i < 3; i++)
        {
            (await identity.AuthenticateAsync(Held)).Reason.ShouldBe("exchanged_for_no_jwt");
        }

        _issuer.Posted.Count.ShouldBe(1);
        identity.Clock.Advance(TimeSpan.FromSeconds(10));
        Give(() => _issuer.Token().Build());
        (await identity.AuthenticateAsync(Held)).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    private IssuerOptions Options() => _issuer.Options() with
    {
        Client = new IssuerClientOptions { Id = "gateway", Secret = "the-secret" },
        Exchange = new ExchangeOptions { Audience = "gateway", Scope = "chat:write", SubjectTokenType = "urn:example:session" },
    };

    private void Give(Func<string> token) => _issuer.TokenAnswer = (context, _) => context.Response.WriteAsync(
        new JsonObject { ["access_token"] = token(), ["token_type"] = "Bearer", ["expires_in"] = 600, ["issued_token_type"] = "urn:ietf:params:oauth:token-type:access_token" }.ToJsonString());

    private void Refuse(int status, string error) => _issuer.TokenAnswer = (context, _) =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(new JsonObject { ["error"] = error }.ToJsonString());
    };
}
