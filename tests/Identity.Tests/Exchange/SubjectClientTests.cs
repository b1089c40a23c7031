using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Introspection;
using GatewayStack.Identity.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Identity.Tests.Exchange;

/// <summary>An exchanged token is the gateway's own; who called is the app that had the other one.</summary>
public sealed class SubjectClientTests : IAsyncLifetime
{
    private const string Held = "session_held";

    private TestIssuer _issuer = null!;
    private TestIssuer _foreign = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _foreign = await TestIssuer.StartAsync();
        Give("gateway");
    }

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        await _foreign.DisposeAsync();
    }

    [Theory]
    [InlineData("client_id")]
    [InlineData("azp")]
    [InlineData("cid")]
    [InlineData("appid")]
    public async Task A_jwt_says_whose_it_is(string claim)
    {
        await using var identity = Start(Foreign());
        var caller = (await identity.AuthenticateAsync(_foreign.Token().Without("client_id").Claim(claim, "shop-app").Build())).Identity!;
        (caller.Subject, caller.ClientId, caller.ClientName).ShouldBe(("alice", "shop-app", "The shop"));
    }

    [Fact]
    public async Task Two_apps_with_one_person_stay_two()
    {
        await using var identity = Start(Foreign());
        var (shop, other) = (_foreign.Token().Claim("client_id", "shop-app").Build(), _foreign.Token().Claim("client_id", "other-app").Build());
        foreach (var (token, client) in new[] { (shop, "shop-app"), (other, "other-app"), (shop, "shop-app") })
        {
            (await identity.AuthenticateAsync(token)).Identity!.ClientId.ShouldBe(client);
        }
    }

    [Theory]
    [InlineData("id_token", "[\"shop-app\"]", "shop-app")]
    [InlineData("id_token", "\"shop-app\"", "shop-app")]
    [InlineData("id_token", "[\"shop-app\",\"other\"]", null)]
    [InlineData("urn:ietf:params:oauth:token-type:id_token", "\"shop-app\"", "shop-app")]
    [InlineData("access_token", "\"shop-app\"", null)]
    [InlineData("jwt", "\"shop-app\"", null)]
    public async Task The_audience_of_an_id_token_is_its_client_and_of_no_other(string type, string audience, string? client)
    {
        await using var identity = Start(Foreign() with { Exchange = new ExchangeOptions { SubjectIssuers = [_foreign.Url], SubjectTokenType = type } });
        var result = await identity.AuthenticateAsync(_foreign.Token().Without("client_id").Claim("aud", JsonNode.Parse(audience)).Build());
        (result.Status, result.Identity!.ClientId).ShouldBe((AuthenticationStatus.Authenticated, client));
        var sent = _issuer.Posted.ShouldHaveSingleItem().Form["subject_token_type"].ToString();
        sent.ShouldBe("urn:ietf:params:oauth:token-type:" + type.Split(':')[^1]);
    }

    [Theory]
    [InlineData("gateway", null)]
    [InlineData("shop-app", "shop-app")]
    public async Task Where_nobody_says_it_is_not_the_gateway(string exchangedFor, string? client)
    {
        Give(exchangedFor);
        await using var identity = Start(Opaque());
        var caller = (await identity.AuthenticateAsync(Held)).Identity!;
        (caller.ClientId, caller.ClientName).ShouldBe((client, client is null ? null : "The shop"));
    }

    [Fact]
    public async Task The_issuer_is_asked_whose_an_opaque_token_is_where_it_can_be()
    {
        Say(Of("shop-app"));
        await using var identity = Start(Opaque() with { Introspection = new IntrospectionOptions() });
        (await identity.AuthenticateAsync(Held)).Identity!.ClientId.ShouldBe("shop-app");
    }

    [Fact]
    public async Task One_that_the_issuer_calls_inactive_lets_nobody_in_although_it_was_exchanged()
    {
        Say(new JsonObject { ["active"] = false });
        await using var identity = Start(Opaque() with { Introspection = new IntrospectionOptions() });
        for (var i = 0; i < 3; i++)
        {
            var result = await identity.AuthenticateAsync(Held);
            (result.Status, result.Reason).ShouldBe((AuthenticationStatus.Invalid, "token_inactive"));
        }

        _issuer.Posted.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("[\"public\"]", "nora", false)]
    [InlineData("[\"public\"]", "alice", true)]
    [InlineData("[\"public\",\"pairwise\"]", "nora", true)]
    [InlineData("[\"pairwise\"]", "nora", true)]
    [InlineData("\"public\"", "nora", true)]
    [InlineData("[\"public\"]", "nora", false, true)]
    [InlineData("[\"public\"]", "alice", true, true)]
    [InlineData("[\"pairwise\"]", "nora", true, true)]
    public async Task A_token_of_one_person_is_exchanged_for_no_others_where_people_have_one_name_for_all_clients(string types, string subject, bool accepted, bool areConfigured = false)
    {
        _issuer.DiscoveryAnswer = context => context.Response.WriteAsync(new JsonObject
        {
            ["issuer"] = _issuer.Url,
            ["jwks_uri"] = _issuer.Url + "/jwks",
            ["introspection_endpoint"] = _issuer.Url + "/introspect",
            ["token_endpoint"] = _issuer.Url + "/token",
            ["subject_types_supported"] = JsonNode.Parse(types),
        }.ToJsonString());
        Say(Of("shop-app", subject));
        var client = Opaque().Client! with
        {
            IntrospectionEndpoint = areConfigured ? _issuer.Url + "/introspect" : null,
            TokenEndpoint = areConfigured ? _issuer.Url + "/token" : null,
        };
        await using var identity = Start(Opaque() with { Client = client, Introspection = new IntrospectionOptions() });
        (await identity.AuthenticateAsync(Held)).Reason.ShouldBe(accepted ? null : "exchanged_for_another");
    }

    [Fact]
    public async Task An_issuer_without_a_discovery_document_is_not_asked_for_it_at_each_call()
    {
        var asked = 0;
        _issuer.DiscoveryAnswer = context =>
        {
            asked++;
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        };
        Say(Of("shop-app", "nora"));
        var client = Opaque().Client! with { IntrospectionEndpoint = _issuer.Url + "/introspect", TokenEndpoint = _issuer.Url + "/token" };
        await using var identity = Start(_issuer.Options() with { JwksUri = _issuer.Url + "/jwks", Client = client, Exchange = new ExchangeOptions(), Introspection = new IntrospectionOptions() });
        foreach (var held in new[] { "session_1", "session_2", "session_3" })
        {
            (await identity.AuthenticateAsync(held)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        }

        asked.ShouldBe(1);
    }

    [Fact]
    public async Task A_programs_token_stays_a_programs_when_it_was_exchanged()
    {
        _issuer.TokenAnswer = (context, _) => context.Response.WriteAsync(new JsonObject
        {
            ["access_token"] = _issuer.Token("shop-app").Claim("client_id", "gateway").Build(),
            ["token_type"] = "Bearer",
        }.ToJsonString());
        await using var identity = Start(Foreign());
        (await identity.AuthenticateAsync(_foreign.Token().Claim("client_id", "shop-app").Build())).Identity!.Kind.ShouldBe(IdentityKind.Service);
        (await identity.AuthenticateAsync(_foreign.Token().Claim("client_id", "other-app").Build())).Identity!.Kind.ShouldBe(IdentityKind.Person);
    }

    [Fact]
    public async Task What_is_exchanged_is_taken_no_longer_than_the_jwt_that_the_app_holds()
    {
        await using var identity = Start(Foreign());
        var token = _foreign.Token().Claim("exp", TestClock.Start.ToUnixTimeSeconds() + 60).Build();
        (await identity.AuthenticateAsync(token)).ExpiresAt.ShouldBe(TestClock.Start.AddSeconds(60));
        identity.Clock.Advance(TimeSpan.FromSeconds(89));
        (await identity.AuthenticateAsync(token)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        identity.Clock.Advance(TimeSpan.FromSeconds(2));
        (await identity.AuthenticateAsync(token)).Reason.ShouldBe("token_expired");
        _issuer.Posted.Count.ShouldBe(1);
        (await identity.AuthenticateAsync(_foreign.Token().Claim("exp", "soon").Build())).Reason.ShouldBe("subject_time_invalid");
    }

    [Fact]
    public async Task And_no_longer_than_what_the_issuer_says_of_an_opaque_one()
    {
        Say(Of("shop-app", expires: 60));
        await using var identity = Start(Opaque() with { Introspection = new IntrospectionOptions() });
        (await identity.AuthenticateAsync(Held)).ExpiresAt.ShouldBe(TestClock.Start.AddSeconds(60));
        identity.Clock.Advance(TimeSpan.FromSeconds(59));
        (await identity.AuthenticateAsync(Held)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        identity.Clock.Advance(TimeSpan.FromSeconds(2));
        (await identity.AuthenticateAsync(Held)).Reason.ShouldBe("token_expired");
    }

    [Fact]
    public async Task A_question_that_is_not_answered_is_no_way_round_a_block_on_an_app()
    {
        _issuer.IntrospectionAnswer = (context, _) =>
        {
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        await using var identity = Start(Opaque() with { Introspection = new IntrospectionOptions() });
        for (var i = 0; i < 3; i++)
        {
            var result = await identity.AuthenticateAsync(Held);
            (result.Status, result.Reason).ShouldBe((AuthenticationStatus.Unavailable, "introspection_unavailable"));
        }

        // The issuer has given the token once, and is not asked for it at each call; after a while it is.
        Exchanged().ShouldBe(1);
        identity.Clock.Advance(TimeSpan.FromSeconds(10));
        (await identity.AuthenticateAsync(Held)).Status.ShouldBe(AuthenticationStatus.Unavailable);
        Exchanged().ShouldBe(2);
        Say(Of("shop-app"));
        identity.Clock.Advance(TimeSpan.FromSeconds(6));
        (await identity.AuthenticateAsync(Held)).Identity!.ClientId.ShouldBe("shop-app");
        Exchanged().ShouldBe(2);

        int Exchanged() => _issuer.Posted.Count(p => p.Path.EndsWith("/token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_with_a_line_end_in_it_is_none()
    {
        await using var identity = Start(Foreign());
        var result = await identity.AuthenticateAsync(_foreign.Token().Claim("client_id", "shop\r\nX-User-Id: nora").Build());
        (result.Status, result.Reason).ShouldBe((AuthenticationStatus.Invalid, "subject_client_claim_unsafe"));
    }

    [Fact]
    public async Task A_block_on_the_app_is_on_the_app_and_the_upstreams_token_is_the_callers()
    {
        await using var identity = Start(Foreign());
        var token = _foreign.Token().Claim("client_id", "shop-app").Build();
        var result = await identity.AuthenticateAsync(token);
        new StandingSubject { ClientId = "shop-app" }.Matches(result.Identity!, default).ShouldBeTrue();
        new StandingSubject { ClientId = "gateway" }.Matches(result.Identity!, default).ShouldBeFalse();
        var upstream = new UpstreamTokenRequest
        {
            InternalAssertion = result.InternalAssertion!,
            Credentials = [new PresentedCredential { Carrier = CredentialCarrier.AuthorizationBearer, Value = token }],
            IssuerName = "idp",
            Audience = "calendar",
        };
        (await identity.Module.ExchangeTokenAsync(upstream, TestContext.Current.CancellationToken)).Status.ShouldBe(UpstreamTokenStatus.Issued);
    }

    private static IdentityUnderTest Start(IssuerOptions issuer) => new(new IdentityOptions
    {
        Issuers = [issuer],
        Clients = [new ClientOptions { Id = "shop-app", Name = "The shop" }, new ClientOptions { Id = "gateway", Name = "The gateway" }],
    });

    private IssuerOptions Foreign() => Opaque() with { Exchange = new ExchangeOptions { SubjectIssuers = [_foreign.Url] } };

    private IssuerOptions Opaque() => _issuer.Options() with { Client = new IssuerClientOptions { Id = "gateway", Secret = "the-secret" }, Exchange = new ExchangeOptions() };

    private JsonObject Of(string client, string subject = "alice", int expires = 600)
    {
        var answer = IntrospectionForms.Good(_issuer, subject, expires);
        answer["client_id"] = client;
        return answer;
    }

    private void Say(JsonObject answer) => _issuer.IntrospectionAnswer = (context, _) => context.Response.WriteAsync(answer.ToJsonString());

    private void Give(string client) => _issuer.TokenAnswer = (context, _) => context.Response.WriteAsync(new JsonObject
    {
        ["access_token"] = _issuer.Token().Claim("client_id", client).Build(),
        ["token_type"] = "Bearer",
        ["expires_in"] = 600,
    }.ToJsonString());
}
