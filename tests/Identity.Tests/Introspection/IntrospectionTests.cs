using System.Text;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Identity.Tests.Introspection;

/// <summary>Tokens that only their issuer can read, and JWTs that it may have taken back.</summary>
public sealed class IntrospectionTests : IAsyncLifetime
{
    private const string Opaque = "gwo_0123456789abcdef";

    private static readonly IssuerClientOptions Client = new() { Id = "gate way", Secret = "s:ecret+" };

    private TestIssuer _issuer = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        Say(Good());
    }

    public async ValueTask DisposeAsync() => await _issuer.DisposeAsync();

    [Fact]
    public async Task An_active_token_is_judged_and_mapped_as_a_jwt_is()
    {
        await using var identity = IdentityUnderTest.For(Options());
        var result = await identity.AuthenticateAsync(Opaque);

        result.Reason.ShouldBeNull();
        var caller = result.Identity.ShouldNotBeNull();
        (caller.Subject, caller.Tenant, caller.ClientId, caller.SessionId).ShouldBe(("alice", "mercy", "cli", "s-1"));
        caller.Roles.ShouldBe(["doctor"]);
        caller.Scopes.ShouldBe(["chat:write", "calendar:read"]);
        result.ExpiresAt.ShouldBe(TestClock.Start.AddSeconds(600));

        // The same person as with a JWT.
        var jwt = await identity.AuthenticateAsync(_issuer.Token().Claim("tenant", "mercy").Build());
        jwt.Identity!.PersonId.ShouldBe(caller.PersonId);
    }

    [Fact]
    public async Task The_question_is_ours_and_about_an_access_token()
    {
        await using var identity = IdentityUnderTest.For(Options());
        await identity.AuthenticateAsync(Opaque);
        var (_, authorization, form) = _issuer.Posted.ShouldHaveSingleItem();
        authorization.ShouldBe("Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("gate%20way:s%3Aecret%2B")));
        form.ToDictionary(p => p.Key, p => p.Value.ToString()).ShouldBe(new Dictionary<string, string> { ["token"] = Opaque, ["token_type_hint"] = "access_token" }, ignoreOrder: true);
    }

    [Fact]
    public async Task A_secret_may_stand_in_the_form()
    {
        await using var identity = IdentityUnderTest.For(Options() with { Client = Client with { Method = "post" } });
        (await identity.AuthenticateAsync(Opaque)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        var (_, authorization, form) = _issuer.Posted.ShouldHaveSingleItem();
        (authorization, form["client_id"].ToString(), form["client_secret"].ToString()).ShouldBe((null, "gate way", "s:ecret+"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_may_stand_in_place_of_a_secret(bool rsa)
    {
        var key = rsa ? TestKey.Rsa("own") : TestKey.Ec("own");
        var options = Options() with { Client = new IssuerClientOptions { Id = "gateway", Method = "private_key_jwt", PrivateKey = key.Pair.ExportPkcs8PrivateKeyPem(), KeyId = "own" } };
        await using var identity = IdentityUnderTest.For(options);
        (await identity.AuthenticateAsync(Opaque)).Status.ShouldBe(AuthenticationStatus.Authenticated);

        // Read by the module's own verifier: the assertion is a JWT for the issuer, of a minute.
        var form = _issuer.Posted.ShouldHaveSingleItem().Form;
        form["client_assertion_type"].ToString().ShouldBe("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        Identity.Credentials.CompactToken.TryParse(form["client_assertion"].ToString(), out var token).ShouldBeNull();
        (token!.Algorithm, token.KeyId).ShouldBe((rsa ? "RS256" : "ES256", "own"));
        var keys = Identity.Issuers.KeySetParser.Parse(Encoding.UTF8.GetBytes(new JsonObject { ["keys"] = new JsonArray(key.PublicJwk()) }.ToJsonString())).ShouldNotBeNull();
        Identity.Credentials.SignatureValidator.Validate(token, Identity.Credentials.SignatureAlgorithm.Find(token.Algorithm)!, keys.Keys[0]).ShouldBeNull();
        var claims = JsonNode.Parse(token.Payload.GetRawText())!;
        ((string)claims["iss"]!, (string)claims["sub"]!, (string)claims["aud"]!).ShouldBe(("gateway", "gateway", _issuer.Url));
        ((long)claims["exp"]! - (long)claims["iat"]!).ShouldBe(60);
    }

    [Fact]
    public async Task An_answer_counts_for_as_long_as_the_settings_say()
    {
        await using var identity = IdentityUnderTest.For(Options());
        await identity.AuthenticateAsync(Opaque);
        Say(new JsonObject { ["active"] = false });
        identity.Clock.Advance(TimeSpan.FromSeconds(29));
        (await identity.AuthenticateAsync(Opaque)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        identity.Clock.Advance(TimeSpan.FromSeconds(1));
        (await identity.AuthenticateAsync(Opaque)).Reason.ShouldBe("token_inactive");
        _issuer.Posted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task And_never_past_the_tokens_end()
    {
        Say(Good(expires: 10));
        await using var identity = IdentityUnderTest.For(Options());
        await identity.AuthenticateAsync(Opaque);
        identity.Clock.Advance(TimeSpan.FromSeconds(10));
        (await identity.AuthenticateAsync(Opaque)).Status.ShouldBe(AuthenticationStatus.Invalid);
    }

    [Fact]
    public async Task Without_a_cache_every_call_asks()
    {
        await using var identity = IdentityUnderTest.For(Options() with { Introspection = new IntrospectionOptions { CacheSeconds = 0 } });
        await identity.AuthenticateAsync(Opaque);
        Say(new JsonObject { ["active"] = false });
        (await identity.AuthenticateAsync(Opaque)).Reason.ShouldBe("token_inactive");
    }

    [Fact]
    public async Task What_is_not_active_is_remembered_too_and_does_not_push_out_what_is()
    {
        await using var identity = IdentityUnderTest.For(Options());
        await identity.AuthenticateAsync(Opaque);
        Say(new JsonObject { ["active"] = false });
        for (var i = 0; i < 2; i++)
        {
            (await identity.AuthenticateAsync("made-up")).Status.ShouldBe(AuthenticationStatus.Invalid);
        }

        _issuer.Posted.Count.ShouldBe(2);
        var more = Enumerable.Range(0, 3000).Select(i => identity.AuthenticateAsync($"made-up-{i}"));
        (await Task.WhenAll(more)).ShouldAllBe(result => result.Identity == null);
        (await identity.AuthenticateAsync(Opaque)).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    [Fact]
    public async Task Many_who_show_one_token_at_once_ask_once()
    {
        var gate = new TaskCompletionSource();
        _issuer.IntrospectionAnswer = async (context, _) =>
        {
            await gate.Task;
            await context.Response.WriteAsync(Good().ToJsonString());
        };
        await using var identity = IdentityUnderTest.For(Options());
        var calls = Enumerable.Range(0, 50).Select(_ => identity.AuthenticateAsync(Opaque)).ToArray();
        gate.SetResult();
        (await Task.WhenAll(calls)).ShouldAllBe(result => result.Status == AuthenticationStatus.Authenticated);
        _issuer.Posted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Another_resource_is_another_judgement_of_the_same_answer()
    {
        await using var identity = IdentityUnderTest.For(Options());
        (await identity.AuthenticateAsync(Opaque)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        (await identity.AuthenticateForAsync(Opaque, "https://gateway.example/mcp/calendar")).Reason.ShouldBe("audience_wrong");
        (await identity.AuthenticateForAsync(Opaque, "gateway")).Status.ShouldBe(AuthenticationStatus.Authenticated);
        _issuer.Posted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_jwt_is_asked_about_only_where_the_settings_say_always()
    {
        await using var opaque = IdentityUnderTest.For(Options());
        (await opaque.AuthenticateAsync(Jwt())).Status.ShouldBe(AuthenticationStatus.Authenticated);
        _issuer.Posted.ShouldBeEmpty();

        await using var always = IdentityUnderTest.For(Options() with { Introspection = new IntrospectionOptions { When = "always" } });
        (await always.AuthenticateAsync(Jwt())).Status.ShouldBe(AuthenticationStatus.Authenticated);
        Say(new JsonObject { ["active"] = false });
        always.Clock.Advance(TimeSpan.FromSeconds(30));
        (await always.AuthenticateAsync(Jwt())).Reason.ShouldBe("token_inactive");
    }

    [Fact]
    public async Task A_forged_jwt_is_not_even_asked_about()
    {
        await using var identity = IdentityUnderTest.For(Options() with { Introspection = new IntrospectionOptions { When = "always" } });
        (await identity.AuthenticateAsync(_issuer.Token().SignedBy(TestKey.Rsa("rsa-1")).Build())).Reason.ShouldBe("signature_invalid");
        _issuer.Posted.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_about_somebody_else_is_none_about_the_jwt()
    {
        Say(Good("nora"));
        await using var identity = IdentityUnderTest.For(Options() with { Introspection = new IntrospectionOptions { When = "always" } });
        (await identity.AuthenticateAsync(Jwt())).Reason.ShouldBe("introspection_differs");
    }

    [Fact]
    public async Task Of_several_issuers_only_the_one_it_is_of_sees_a_token()
    {
        await using var other = await TestIssuer.StartAsync();
        other.IntrospectionAnswer = (context, _) => context.Response.WriteAsync(new JsonObject { ["active"] = false }.ToJsonString());
        await using var identity = IdentityUnderTest.For(Options() with { TokenPrefix = "gwo_" }, Options() with { Name = "other", Issuer = other.Url, AllowedTenants = ["b"] });
        (await identity.AuthenticateAsync(Opaque)).Identity!.IssuerName.ShouldBe("idp");
        other.Posted.ShouldBeEmpty();
        (await identity.AuthenticateAsync("another-token")).IssuerName.ShouldBe("other");
        _issuer.Posted.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("not a token")]
    [InlineData("gwo_\u00e4")]
    [InlineData("a.b.c")]
    [InlineData("==")]
    public async Task What_cannot_be_a_token_is_asked_of_nobody(string text)
    {
        await using var identity = IdentityUnderTest.For(Options());
        (await identity.AuthenticateAsync(text)).Status.ShouldBe(AuthenticationStatus.Invalid);
        _issuer.Posted.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_introspection_an_opaque_token_is_refused_and_asked_of_nobody()
    {
        await using var identity = IdentityUnderTest.For(_issuer.Options());
        (await identity.AuthenticateAsync(Opaque)).Reason.ShouldBe("opaque_token");
        _issuer.Posted.ShouldBeEmpty();
    }

    private string Jwt() => _issuer.Token().Claim("tenant", "mercy").Claim("iat", TestClock.Start.ToUnixTimeSeconds() - 1).Build();

    private IssuerOptions Options() => _issuer.Options() with
    {
        AllowedTenants = ["mercy"],
        Claims = new ClaimsOptions { Tenant = "/tenant" },
        Client = Client,
        Introspection = new IntrospectionOptions(),
    };

    private JsonObject Good(string subject = "alice", int expires = 600) => IntrospectionForms.Good(_issuer, subject, expires);

    private void Say(JsonObject answer)
    {
        var text = answer.ToJsonString();
        _issuer.IntrospectionAnswer = (context, _) => context.Response.WriteAsync(text);
    }
}
