using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Support;
using GatewayStack.TestServers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Tests.Exchange;

/// <summary>Tokens of a person's own for an upstream: of this person, for this upstream, or none.</summary>
public sealed class UpstreamTokenTests : IAsyncLifetime
{
    private TestIssuer _issuer = null!;
    private IdentityUnderTest _identity = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        Give();
        _identity = IdentityUnderTest.For(Options());
    }

    public async ValueTask DisposeAsync()
    {
        await _identity.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task The_callers_token_is_exchanged_for_the_upstreams()
    {
        var token = _issuer.Token().Build();
        var result = await ExchangeAsync(token);
        (result.Status, result.Token, result.ExpiresAt).ShouldBe((UpstreamTokenStatus.Issued, "alice@calendar", TestClock.Start.AddSeconds(300)));

        var (_, authorization, form) = _issuer.Posted.ShouldHaveSingleItem();
        authorization.ShouldStartWith("Basic ");
        form.ToDictionary(p => p.Key, p => p.Value.ToString()).ShouldBe(
            new Dictionary<string, string>
            {
                ["grant_type"] = "urn:ietf:params:oauth:grant-type:token-exchange",
                ["subject_token"] = token,
                ["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
                ["requested_token_type"] = "urn:ietf:params:oauth:token-type:access_token",
                ["audience"] = "calendar",
            },
            ignoreOrder: true);
    }

    [Fact]
    public async Task It_is_used_again_until_shortly_before_its_end()
    {
        var token = _issuer.Token().Build();
        await ExchangeAsync(token);
        _identity.Clock.Advance(TimeSpan.FromSeconds(289));
        await ExchangeAsync(token);
        _issuer.Posted.Count.ShouldBe(1);
        _identity.Clock.Advance(TimeSpan.FromSeconds(1));
        await ExchangeAsync(token);
        _issuer.Posted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task It_never_outlives_the_callers()
    {
        Give(life: 3600);
        var token = _issuer.Token().Build();
        (await ExchangeAsync(token)).ExpiresAt.ShouldBe(TestClock.Start.AddSeconds(600));
        _identity.Clock.Advance(TimeSpan.FromSeconds(590));
        await ExchangeAsync(token);
        _issuer.Posted.Count.ShouldBe(2);
        _identity.Clock.Advance(TimeSpan.FromSeconds(40));
        (await RawAsync(token, null)).Status.ShouldBe(UpstreamTokenStatus.Refused);
        _issuer.Posted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_a_word_on_its_life_it_is_used_once()
    {
        Give(life: null);
        var token = _issuer.Token().Build();
        await ExchangeAsync(token);
        (await ExchangeAsync(token)).Status.ShouldBe(UpstreamTokenStatus.Issued);
        _issuer.Posted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_the_upstream_refused_is_renewed_and_not_at_every_call()
    {
        var given = 0;
        _issuer.TokenAnswer = (context, _) => context.Response.WriteAsync(Answer($"number-{Interlocked.Increment(ref given)}", 300));
        var token = _issuer.Token().Build();
        (await ExchangeAsync(token)).Token.ShouldBe("number-1");

        // Only seconds old: whoever refuses that refuses everything.
        (await ExchangeAsync(token, renew: true)).Token.ShouldBe("number-1");
        _identity.Clock.Advance(TimeSpan.FromSeconds(10));
        (await ExchangeAsync(token)).Token.ShouldBe("number-1");
        var calls = Enumerable.Range(0, 20).Select(_ => ExchangeAsync(token, renew: true));
        (await Task.WhenAll(calls)).ShouldAllBe(result => result.Token == "number-2");
        (await ExchangeAsync(token)).Token.ShouldBe("number-2");
        _issuer.Posted.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("id_token", "urn:ietf:params:oauth:token-type:id_token")]
    [InlineData("jwt", "urn:ietf:params:oauth:token-type:jwt")]
    [InlineData("urn:example:session", "urn:example:session")]
    public async Task An_issuer_may_call_its_tokens_something_else(string setting, string sent)
    {
        await using var identity = IdentityUnderTest.For(Options() with { Client = Options().Client! with { SubjectTokenType = setting } });
        var token = _issuer.Token().Build();
        var assertion = (await identity.AuthenticateAsync(token)).InternalAssertion!;
        (await identity.Module.ExchangeTokenAsync(Request(token, assertion, "calendar"), TestContext.Current.CancellationToken)).Status.ShouldBe(UpstreamTokenStatus.Issued);
        _issuer.Posted.ShouldHaveSingleItem().Form["subject_token_type"].ToString().ShouldBe(sent);
    }

    [Fact]
    public async Task Two_people_clients_sessions_and_upstreams_never_get_each_others()
    {
        var held = new List<(string Token, string Person, string Upstream)>();
        foreach (var person in new[] { "alice", "nora" })
        {
            foreach (var client in new[] { "claude", "chatgpt" })
            {
                foreach (var session in new[] { "s1", "s2" })
                {
                    var token = _issuer.Token(person).Claim("client_id", client).Claim("sid", session).Build();
                    held.Add((token, person, "calendar"));
                    held.Add((token, person, "clinic"));
                }
            }
        }

        var random = new Random(20261127);
        var calls = Enumerable.Range(0, 20).SelectMany(_ => held).OrderBy(_ => random.Next())
            .Select(async h => (h, Result: await ExchangeAsync(h.Token, h.Upstream))).ToArray();
        foreach (var (wanted, result) in await Task.WhenAll(calls))
        {
            result.Token.ShouldBe($"{wanted.Person}@{wanted.Upstream}");
        }

        _issuer.Posted.Count.ShouldBe(held.Count);
    }

    [Fact]
    public async Task Anothers_assertion_opens_nothing()
    {
        var nora = (await _identity.AuthenticateAsync(_issuer.Token("nora").Build())).InternalAssertion!;
        foreach (var assertion in new[] { nora, "x", (await _identity.MintAsync(nora, "calendar")).Token! })
        {
            (await RawAsync(_issuer.Token().Build(), assertion)).Reason.ShouldBe("token_of_another");
        }

        var otherClient = (await _identity.AuthenticateAsync(_issuer.Token().Claim("client_id", "other").Build())).InternalAssertion!;
        (await RawAsync(_issuer.Token().Build(), otherClient)).Reason.ShouldBe("token_of_another");
        _issuer.Posted.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_that_is_not_good_is_exchanged_for_nothing()
    {
        (await RawAsync("opaque", null)).Status.ShouldBe(UpstreamTokenStatus.Refused);
        (await RawAsync(_issuer.Token().SignedBy(TestKey.Rsa("rsa-1")).Build(), null)).Reason.ShouldBe("signature_invalid");
        (await RawAsync(string.Empty, null)).Status.ShouldBe(UpstreamTokenStatus.Refused);
        _issuer.Posted.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_of_another_issuer_is_shown_to_nobody()
    {
        await using var other = await TestIssuer.StartAsync();
        await using var identity = IdentityUnderTest.For(Options(), other.Options("other") with { Tenant = "b" });
        var assertion = (await identity.AuthenticateAsync(other.Token().Build())).InternalAssertion!;
        var result = await identity.Module.ExchangeTokenAsync(Request(other.Token().Build(), assertion, "calendar"), TestContext.Current.CancellationToken);
        (result.Status, result.Reason).ShouldBe((UpstreamTokenStatus.Refused, "token_of_another_issuer"));
        (_issuer.Posted.Count, other.Posted.Count).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("consent_required", UpstreamTokenStatus.InteractionRequired)]
    [InlineData("interaction_required", UpstreamTokenStatus.InteractionRequired)]
    [InlineData("login_required", UpstreamTokenStatus.InteractionRequired)]
    [InlineData("invalid_grant", UpstreamTokenStatus.Refused)]
    [InlineData("invalid_target", UpstreamTokenStatus.Refused)]
    [InlineData("something\r\nelse", UpstreamTokenStatus.Unavailable)]
    [InlineData("invalid_client", UpstreamTokenStatus.Unavailable)]
    [InlineData("temporarily_unavailable", UpstreamTokenStatus.Unavailable)]
    public async Task An_error_is_told_for_what_it_is(string error, UpstreamTokenStatus status)
    {
        Refuse(error);
        var token = _issuer.Token().Build();
        var result = await ExchangeAsync(token);
        (result.Status, result.Token).ShouldBe((status, null));
        result.Reason.ShouldNotBeNull().ShouldNotContain("\n");

        // What a person mends counts soon.
        Give();
        _identity.Clock.Advance(TimeSpan.FromSeconds(10));
        (await ExchangeAsync(token)).Status.ShouldBe(UpstreamTokenStatus.Issued);
    }

    [Fact]
    public async Task Where_the_gateway_is_no_client_nothing_is_exchanged()
    {
        await using var identity = IdentityUnderTest.For(_issuer.Options());
        var assertion = (await identity.AuthenticateAsync(_issuer.Token().Build())).InternalAssertion!;
        var result = await identity.Module.ExchangeTokenAsync(Request(_issuer.Token().Build(), assertion, "calendar"), TestContext.Current.CancellationToken);
        (result.Status, result.Reason).ShouldBe((UpstreamTokenStatus.Unavailable, "issuer_without_client"));
    }

    [Fact]
    public async Task What_was_exchanged_on_the_way_in_is_exchanged_on_the_way_out()
    {
        var jwt = _issuer.Token().Build();
        _issuer.TokenAnswer = (context, form) => context.Response.WriteAsync(Answer(form["subject_token"] == "session-1" ? jwt : form["subject_token"] == jwt ? "alice@calendar" : "wrong", 300));
        await using var identity = IdentityUnderTest.For(Options() with { Exchange = new ExchangeOptions { Audience = "gateway" } });
        var assertion = (await identity.AuthenticateAsync("session-1")).InternalAssertion!;
        (await identity.Module.ExchangeTokenAsync(Request("session-1", assertion, "calendar"), TestContext.Current.CancellationToken)).Token.ShouldBe("alice@calendar");
        _issuer.Posted.Last().Form["subject_token_type"].ToString().ShouldBe("urn:ietf:params:oauth:token-type:access_token");
    }

    [Fact]
    public async Task No_token_is_in_the_log()
    {
        using var log = new LogLines();
        await using var identity = new IdentityUnderTest(
            new IdentityOptions { Issuers = [Options()] }, more: services => services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace)));
        var token = _issuer.Token().Build();
        var assertion = (await identity.AuthenticateAsync(token)).InternalAssertion!;
        await identity.Module.ExchangeTokenAsync(Request(token, assertion, "calendar"), TestContext.Current.CancellationToken);
        Refuse("invalid_grant");
        await identity.Module.ExchangeTokenAsync(Request(token, assertion, "clinic"), TestContext.Current.CancellationToken);
        log.All.ShouldContain(line => line.Contains("invalid_grant", StringComparison.Ordinal));
        log.All.ShouldAllBe(line => !line.Contains(token) && !line.Contains("alice@calendar") && !line.Contains("the-secret"));
    }

    private async Task<UpstreamTokenResult> ExchangeAsync(string token, string upstream = "calendar", bool renew = false)
    {
        var assertion = (await _identity.AuthenticateAsync(token)).InternalAssertion.ShouldNotBeNull();
        return await _identity.Module.ExchangeTokenAsync(Request(token, assertion, upstream) with { Renew = renew }, TestContext.Current.CancellationToken);
    }

    private async Task<UpstreamTokenResult> RawAsync(string token, string? assertion)
    {
        assertion ??= (await _identity.AuthenticateAsync(_issuer.Token().Claim("exp", TestClock.Start.ToUnixTimeSeconds() + 3600).Build())).InternalAssertion!;
        return await _identity.Module.ExchangeTokenAsync(Request(token, assertion, "calendar"), TestContext.Current.CancellationToken);
    }

    private static UpstreamTokenRequest Request(string token, string assertion, string upstream) => new()
    {
        InternalAssertion = assertion,
        Credentials = [new PresentedCredential { Carrier = CredentialCarrier.AuthorizationBearer, Value = token }],
        IssuerName = "idp",
        Audience = upstream,
    };

    private IssuerOptions Options() => _issuer.Options() with { Client = new IssuerClientOptions { Id = "gateway", Secret = "the-secret" } };

    /// <summary>The issuer names person and upstream in what it gives.</summary>
    private void Give(int? life = 300) => _issuer.TokenAnswer = (context, form) =>
    {
        Identity.Credentials.CompactToken.TryParse(form["subject_token"].ToString(), out var subject).ShouldBeNull();
        return context.Response.WriteAsync(Answer($"{subject!.Payload.GetProperty("sub").GetString()}@{form["audience"]}", life));
    };

    private static string Answer(string token, int? life)
    {
        var answer = new JsonObject { ["access_token"] = token, ["token_type"] = "Bearer", ["issued_token_type"] = "urn:ietf:params:oauth:token-type:access_token" };
        if (life is { } seconds)
        {
            answer["expires_in"] = seconds;
        }

        return answer.ToJsonString();
    }

    private void Refuse(string error) => _issuer.TokenAnswer = (context, _) =>
    {
        context.Response.StatusCode = 400;
        return context.Response.WriteAsync(new JsonObject { ["error"] = error }.ToJsonString());
    };
}
