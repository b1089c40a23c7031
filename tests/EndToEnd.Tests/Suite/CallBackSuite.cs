using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>The assertion a backend is given: proof for the backend, and its way back to us, bound to the person and to the backend.</summary>
public abstract class CallBackSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    private const string Both = "chat:write " + SuiteSettings.EchoScope;

    [Fact]
    public async Task A_backend_verifies_it_with_our_key_set()
    {
        var caller = Caller.New(SuiteSettings.EchoScope);
        var (assertion, _) = await AssertionAsync("echo", caller);
        var keys = new JsonWebKeySet((await Front.GetAsync("/.well-known/jwks.json")).ShouldBeStatus(200).Body);
        var verified = await new JsonWebTokenHandler().ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            ValidIssuer = Gateway.Address.GetLeftPart(UriPartial.Authority),
            ValidAudience = "echo",
            ValidAlgorithms = ["ES256"],
            ValidTypes = ["gateway-identity+jwt"],
            IssuerSigningKeys = keys.GetSigningKeys(),
        });
        verified.IsValid.ShouldBeTrue(verified.Exception?.Message);
        var token = (JsonWebToken)verified.SecurityToken;
        (token.ValidTo - token.IssuedAt).ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(5));
        token.GetClaim("tenant").Value.ShouldBe(TestIssuer.Tenant);
    }

    [Fact]
    public async Task A_backend_that_proves_itself_calls_a_model_for_the_person()
    {
        var caller = Caller.New(Both);
        var (assertion, parent) = await AssertionAsync("agent", caller);
        var answer = (await CallAsync(assertion, "agent:" + SuiteSettings.AgentSecret)).ShouldBeStatus(200);
        var child = await Audit.OfRequestAsync(AuditorToken(), answer.RequestId, 2);
        child.ShouldAllBe(r => r.Member("user_id") == caller.Subject && r.Member("parent_request_id") == parent);
        (await Front.SettledAsync(Token(caller), "tokens_per_day")).Used.ShouldBe(answer.TotalTokens);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("agent:wrong")]
    [InlineData("agent:")]
    [InlineData("agent")]
    [InlineData("echo:" + SuiteSettings.AgentSecret)]
    [InlineData("nobody:" + SuiteSettings.AgentSecret)]
    public async Task The_assertion_alone_opens_nothing(string? credential)
    {
        var (assertion, _) = await AssertionAsync("agent", Caller.New(Both));
        (await CallAsync(assertion, credential)).ShouldBeStatus(401);
    }

    [Fact]
    public async Task Another_backends_assertion_is_refused()
    {
        var (assertion, _) = await AssertionAsync("echo", Caller.New(Both));
        (await CallAsync(assertion, "agent:" + SuiteSettings.AgentSecret)).ShouldBeStatus(401);
    }

    [Fact]
    public async Task Its_scopes_are_no_wider_than_the_persons()
    {
        var (assertion, _) = await AssertionAsync("agent", Caller.New(SuiteSettings.EchoScope) with { Roles = ["doctor"] });
        (await CallAsync(assertion, "agent:" + SuiteSettings.AgentSecret)).ShouldBeStatus(403);
    }

    [Fact]
    public async Task It_opens_neither_audit_nor_administration()
    {
        var (assertion, _) = await AssertionAsync("agent", Caller.New(Both));
        (await Front.GetAsync("/audit/events", assertion)).ShouldBeStatus(401);
        (await Gateway.Administration.GetAsync("/admin/policy", assertion)).ShouldBeStatus(401);
    }

    [Fact]
    public async Task What_is_published_is_public()
    {
        var keys = (await Front.GetAsync("/.well-known/jwks.json")).ShouldBeStatus(200);
        keys.Json.GetProperty("keys").GetArrayLength().ShouldBeGreaterThan(0);
        keys.Json.GetProperty("keys").EnumerateArray().ShouldAllBe(k => k.Member("d") == null && k.Member("alg") == "ES256");
        var metadata = (await Front.GetAsync("/.well-known/oauth-protected-resource/mcp/calendar")).ShouldBeStatus(200).Json;
        metadata.Member("resource").ShouldBe(Gateway.Address.GetLeftPart(UriPartial.Authority) + "/mcp/calendar");
        metadata.GetProperty("authorization_servers").EnumerateArray().Select(s => s.GetString()).ShouldContain(Gateway.Issuer.Url);
    }

    private async Task<(string Assertion, string RequestId)> AssertionAsync(string backend, Caller caller)
    {
        var answer = (await Front.GetAsync($"/backends/{backend}/headers", Token(caller))).ShouldBeStatus(200);
        return (answer.Json.Member("headers.x-gateway-identity")!, answer.RequestId);
    }

    private async Task<Answer> CallAsync(string assertion, string? credential)
    {
        using var request = GatewayClient.ChatRequest(assertion, "gpt-4o-mini", "hello");
        if (credential is not null)
        {
            request.Headers.Add("Backend-Credential", credential);
        }

        return await Front.SendAsync(request);
    }
}
