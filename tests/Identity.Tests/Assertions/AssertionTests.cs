using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Assertions;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Tests.Support;

namespace GatewayStack.Identity.Tests.Assertions;

public sealed class AssertionTests : IAsyncLifetime
{
    private static readonly CallingBackend Clinic = new() { Name = "clinic", Audience = "clinic-api" };

    private TestIssuer _issuer = null!;
    private IdentityUnderTest _identity = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        var claims = new ClaimsOptions
        {
            Attributes =
            [
                new AttributeOptions { Name = "licensed", Pointer = "/licensed", Type = "boolean" }, new AttributeOptions { Name = "level", Pointer = "/level", Type = "integer" },
                new AttributeOptions { Name = "ward", Pointer = "/ward" }, new AttributeOptions { Name = "sites", Pointer = "/sites", Type = "list" },
            ],
        };
        _identity = new IdentityUnderTest(new IdentityOptions
        {
            Issuers = [_issuer.Options() with { Claims = claims }],
            Clients = [new ClientOptions { Id = "cli", Name = "Command line" }],
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _identity.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task What_is_asserted_is_read_back_as_the_same_caller()
    {
        var result = await _identity.AuthenticateAsync(Full().Build());
        Read(result.InternalAssertion!, AssertionFormat.InternalAudience).Identity.ShouldBeEquivalentTo(result.Identity);

        var minted = await _identity.MintAsync(result.InternalAssertion!, "calendar");
        Read(minted.Token!, "calendar").Identity.ShouldBeEquivalentTo(result.Identity);
    }

    [Fact]
    public async Task A_bare_caller_and_a_service_are_read_back_too()
    {
        foreach (var token in (TokenBuilder[])[_issuer.Token("bare").Without("scope").Without("client_id"), _issuer.Token("cli")])
        {
            var result = await _identity.AuthenticateAsync(token.Build());
            Read(result.InternalAssertion!, AssertionFormat.InternalAudience).Identity.ShouldBeEquivalentTo(result.Identity);
        }
    }

    [Fact]
    public async Task It_looks_as_documented()
    {
        var minted = await _identity.MintAsync((await _identity.AuthenticateAsync(Full().Build())).InternalAssertion!, "calendar", "req-1");
        var parts = minted.Token!.Split('.');
        var header = Decode(parts[0]);
        var payload = Decode(parts[1]);

        (header["alg"]!.GetValue<string>(), header["typ"]!.GetValue<string>()).ShouldBe(("ES256", "gateway-identity+jwt"));
        header["kid"]!.GetValue<string>().ShouldNotBeEmpty();
        var now = TestClock.Start.ToUnixTimeSeconds();
        (payload["iat"]!.GetValue<long>(), payload["nbf"]!.GetValue<long>(), payload["exp"]!.GetValue<long>()).ShouldBe((now, now, now + 300));
        minted.ExpiresAt.ShouldBe(TestClock.Start.AddMinutes(5));
        payload["jti"]!.GetValue<string>().Length.ShouldBe(22);
        foreach (var name in (string[])["iat", "nbf", "exp", "jti", "person_id"])
        {
            payload.Remove(name);
        }

        payload.ToJsonString().ShouldBe(
            $$"""
            {"iss":"{{IdentityUnderTest.PublicUrl}}","aud":"calendar","sub":"alice","origin_iss":"{{_issuer.Url}}","origin_iss_name":"idp","origin_sub":"alice","tenant":"default",
            """.Trim() + """
            "kind":"person","org_id":"mercy","team":"cardio","plan":"pro","roles":["doctor","may read"],"scope":"chat:write medical:write","client_id":"cli","client_name":"Command line",
            """.Trim() + """
            "name":"Dr. Alice","act":{"sub":"agent-7"},"sid":"s1","auth_time":1795324500,"origin_iat":1795324560,"acr":"2","attributes":{"licensed":true,"level":3,"ward":"4B","sites":["n","s"]},"req":"req-1"}
            """);
    }

    [Fact]
    public async Task One_assertion_serves_a_person_and_audience_until_its_last_minute()
    {
        var alice = (await _identity.AuthenticateAsync(Full().Build())).InternalAssertion!;
        var first = await _identity.MintAsync(alice, "calendar");
        (await _identity.MintAsync(alice, "calendar")).ShouldBeSameAs(first);
        (await _identity.MintAsync(alice, "other")).Token.ShouldNotBe(first.Token);
        var bob = (await _identity.AuthenticateAsync(_issuer.Token("bob").Build())).InternalAssertion!;
        (await _identity.MintAsync(bob, "calendar")).Token.ShouldNotBe(first.Token);

        _identity.Clock.Advance(TimeSpan.FromSeconds(240));
        (await _identity.MintAsync(alice, "calendar")).Token.ShouldNotBe(first.Token);
    }

    [Fact]
    public async Task One_for_a_request_is_minted_each_time()
    {
        var alice = (await _identity.AuthenticateAsync(Full().Build())).InternalAssertion!;
        var first = await _identity.MintAsync(alice, "clinic-api", "req-1");
        var second = await _identity.MintAsync(alice, "clinic-api", "req-2");
        Read(first.Token!, "clinic-api").RequestId.ShouldBe("req-1");
        Read(second.Token!, "clinic-api").RequestId.ShouldBe("req-2");
    }

    [Fact]
    public async Task Only_an_internal_assertion_is_proof()
    {
        var alice = await _identity.AuthenticateAsync(Full().Build());
        var upstream = await _identity.MintAsync(alice.InternalAssertion!, "calendar");

        (await _identity.MintAsync(upstream.Token!, "other")).Reason.ShouldBe("assertion_audience_wrong");
        (await _identity.MintAsync(Full().Build(), "other")).Reason.ShouldBe("not_an_assertion");
        (await _identity.MintAsync("nonsense", "other")).Minted.ShouldBeFalse();
        (await _identity.MintAsync(Changed(alice.InternalAssertion!), "other")).Minted.ShouldBeFalse();
        (await _identity.MintAsync(alice.InternalAssertion!, "urn:gatewaystack:internal")).Reason.ShouldBe("audience_refused");
        (await _identity.MintAsync(alice.InternalAssertion!, " ")).Minted.ShouldBeFalse();

        _identity.Clock.Advance(TimeSpan.FromMinutes(5));
        (await _identity.MintAsync(alice.InternalAssertion!, "calendar")).Reason.ShouldBe("assertion_expired");
    }

    [Fact]
    public async Task A_backend_calls_back_for_the_person_it_was_called_for()
    {
        var alice = await _identity.AuthenticateAsync(Full().Build());
        var given = (await _identity.MintAsync(alice.InternalAssertion!, Clinic.Audience, "req-1")).Token!;
        var result = await _identity.AuthenticateAsync(given, Clinic);

        result.Status.ShouldBe(AuthenticationStatus.Authenticated);
        result.ParentRequestId.ShouldBe("req-1");
        result.Identity.ShouldBeEquivalentTo(alice.Identity! with { Actor = "clinic" });
        result.ExpiresAt.ShouldBe(TestClock.Start.AddMinutes(5));
        (await _identity.MintAsync(result.InternalAssertion!, "calendar")).Minted.ShouldBeTrue();
        (await _identity.AuthenticateAsync(given, Clinic)).ShouldBeSameAs(result);
    }

    [Fact]
    public async Task Nobody_else_can_use_what_a_backend_was_given()
    {
        var alice = await _identity.AuthenticateAsync(Full().Build());
        var given = (await _identity.MintAsync(alice.InternalAssertion!, Clinic.Audience, "req-1")).Token!;
        // Also after the rightful backend has used it.
        await _identity.AuthenticateAsync(given, Clinic);

        (await _identity.AuthenticateAsync(given)).Reason.ShouldBe("assertion_without_backend");
        (await _identity.AuthenticateAsync(given, new CallingBackend { Name = "other", Audience = "other-api" })).Reason.ShouldBe("assertion_audience_wrong");
        (await _identity.AuthenticateAsync(alice.InternalAssertion!)).Reason.ShouldBe("assertion_without_backend");
        (await _identity.AuthenticateAsync(alice.InternalAssertion!, Clinic)).Reason.ShouldBe("assertion_audience_wrong");
        (await _identity.AuthenticateAsync(alice.InternalAssertion!, Clinic with { Audience = AssertionFormat.InternalAudience })).Reason.ShouldBe("assertion_audience_reserved");
        var shared = (await _identity.MintAsync(alice.InternalAssertion!, Clinic.Audience)).Token!;
        (await _identity.AuthenticateAsync(shared, Clinic)).Reason.ShouldBe("assertion_without_request");

        _identity.Clock.Advance(TimeSpan.FromMinutes(5));
        (await _identity.AuthenticateAsync(given, Clinic)).Reason.ShouldBe("assertion_expired");
    }

    [Fact]
    public async Task An_assertion_of_another_gateway_is_worth_nothing()
    {
        await using var other = new IdentityUnderTest(new IdentityOptions { Issuers = [_issuer.Options()] });
        var foreign = await other.AuthenticateAsync(Full().Build());
        var given = (await other.MintAsync(foreign.InternalAssertion!, Clinic.Audience, "req-1")).Token!;

        (await _identity.AuthenticateAsync(given, Clinic)).Reason.ShouldBe("assertion_unknown_kid");
        (await _identity.MintAsync(foreign.InternalAssertion!, "calendar")).Reason.ShouldBe("assertion_unknown_kid");
    }

    private TokenBuilder Full() => _issuer.Token()
        .Claim("name", "Dr. Alice").Claim("org_id", "mercy").Claim("team", "cardio").Claim("plan", "pro").Claim("sid", "s1").Claim("acr", "2").Claim("auth_time", 1795324500)
        .Claim("scope", "chat:write medical:write").Claim("roles", new JsonArray("doctor", "may read")).Claim("act", new JsonObject { ["sub"] = "agent-7" })
        .Claim("licensed", true).Claim("level", 3).Claim("ward", "4B").Claim("sites", new JsonArray("n", "s"));

    // Another letter in the middle of the signature.
    private static string Changed(string token) => token[..^40] + (token[^40] == 'A' ? 'B' : 'A') + token[^39..];

    private VerifiedAssertion Read(string token, string audience)
    {
        CompactToken.TryParse(token, out var parsed).ShouldBeNull();
        return _identity.Get<AssertionReader>().Read(parsed!, audience).Assertion.ShouldNotBeNull();
    }

    private static JsonObject Decode(string part) => JsonSerializer.Deserialize<JsonObject>(System.Buffers.Text.Base64Url.DecodeFromChars(part))!;
}
