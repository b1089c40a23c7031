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

    [Theory]
    [InlineData(true, "shop-app")]
    [InlineData(false, null)]
    public async Task The_issuer_is_asked_whose_an_opaque_token_is_where_it_can_be(bool active, string? client)
    {
        var answer = active ? IntrospectionForms.Good(_issuer) : new JsonObject { ["active"] = false };
        answer["client_id"] = "shop-app";
        _issuer.IntrospectionAnswer = (context, _) => context.Response.WriteAsync(answer.ToJsonString());
        await using var identity = Start(Opaque() with { Introspection = new IntrospectionOptions() });
        (await identity.AuthenticateAsync(Held)).Identity!.ClientId.ShouldBe(client);
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
        var result = await identity.AuthenticateAsync(Held);
        (result.Status, result.Reason).ShouldBe((AuthenticationStatus.Unavailable, "introspection_unavailable"));
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

    private void Give(string client) => _issuer.TokenAnswer = (context, _) => context.Response.WriteAsync(new JsonObject
    {
        ["access_token"] = _issuer.Token().Claim("client_id", client).Build(),
        ["token_type"] = "Bearer",
        ["expires_in"] = 600,
    }.ToJsonString());
}
