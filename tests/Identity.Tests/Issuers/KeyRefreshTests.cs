using System.Text;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Identity.Tests.Issuers;

public sealed class KeyRefreshTests : IAsyncLifetime
{
    private TestIssuer _issuer = null!;
    private IdentityUnderTest _identity = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _identity = IdentityUnderTest.For(_issuer.Options());
    }

    public async ValueTask DisposeAsync()
    {
        await _identity.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task The_request_that_meets_a_new_key_is_judged_by_it()
    {
        await Accepted(_issuer.Token());
        var next = TestKey.Rsa("rsa-2");
        _issuer.Keys = [next.PublicJwk()];

        await Accepted(_issuer.Token("bob").Header("kid", "rsa-2").SignedBy(next));
        _issuer.KeySetFetches.ShouldBe(2);
    }

    [Fact]
    public async Task The_first_request_may_be_unknown_and_costs_one_fetch()
    {
        await Refused(_issuer.Token().Header("kid", "nobody"), "unknown_kid");
        _issuer.KeySetFetches.ShouldBe(1);
    }

    [Fact]
    public async Task A_flood_of_random_key_names_costs_one_fetch_in_thirty_seconds()
    {
        await Accepted(_issuer.Token());
        for (var round = 1; round <= 3; round++)
        {
            var flood = Enumerable.Range(0, 200).Select(i => _identity.AuthenticateAsync(_issuer.Token().Header("kid", $"random-{round}-{i}").Build()));
            (await Task.WhenAll(flood)).ShouldAllBe(result => result.Reason == "unknown_kid");
            _issuer.KeySetFetches.ShouldBe(1 + round);
            _identity.Clock.Advance(TimeSpan.FromSeconds(31));
        }
    }

    [Fact]
    public async Task The_same_unknown_name_is_not_asked_for_again_soon()
    {
        await Accepted(_issuer.Token());
        await Refused(_issuer.Token().Header("kid", "nobody"), "unknown_kid");
        _identity.Clock.Advance(TimeSpan.FromSeconds(31));
        await Refused(_issuer.Token().Header("kid", "nobody"), "unknown_kid");
        _issuer.KeySetFetches.ShouldBe(2);

        _identity.Clock.Advance(TimeSpan.FromSeconds(31));
        await Refused(_issuer.Token().Header("kid", "nobody"), "unknown_kid");
        _issuer.KeySetFetches.ShouldBe(3);
    }

    [Fact]
    public async Task Requests_at_once_share_one_fetch()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _identity.AuthenticateAsync(_issuer.Token($"user-{i}").Build())));
        results.ShouldAllBe(result => result.Status == AuthenticationStatus.Authenticated);
        (_issuer.DiscoveryFetches, _issuer.KeySetFetches).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_removed_key_is_gone_within_the_hour_for_remembered_tokens_too()
    {
        var token = LongToken().Build();
        (await _identity.AuthenticateAsync(token)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        _issuer.Keys = [_issuer.Curve.PublicJwk()];

        _identity.Clock.Advance(TimeSpan.FromHours(1));
        (await _identity.AuthenticateAsync(token)).Reason.ShouldBe("unknown_kid");
    }

    [Theory]
    [InlineData("status")]
    [InlineData("html")]
    [InlineData("empty object")]
    [InlineData("keys no array")]
    [InlineData("keys twice")]
    [InlineData("huge")]
    [InlineData("redirect")]
    [InlineData("cut")]
    public async Task A_bad_answer_keeps_the_old_keys(string kind)
    {
        await Accepted(LongToken());
        _issuer.KeySetAnswer = context => AnswerBadly(context, kind);
        _identity.Clock.Advance(TimeSpan.FromHours(2));

        await Accepted(LongToken("bob"));
        await Refused(LongToken().Header("kid", "nobody"), "unknown_kid");
        _issuer.KeySetFetches.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task While_the_issuer_is_away_a_remembered_token_stays_remembered()
    {
        var token = LongToken().Build();
        await _identity.AuthenticateAsync(token);
        _issuer.KeySetAnswer = context => AnswerBadly(context, "status");
        _identity.Clock.Advance(TimeSpan.FromHours(2));

        var first = await _identity.AuthenticateAsync(token);
        (await _identity.AuthenticateAsync(token)).ShouldBeSameAs(first);
        _identity.Clock.Advance(TimeSpan.FromHours(22));
        (await _identity.AuthenticateAsync(token)).Status.ShouldBe(AuthenticationStatus.Unavailable);
    }

    [Fact]
    public async Task Old_keys_end_after_a_day_without_an_answer()
    {
        await Accepted(LongToken());
        _issuer.KeySetAnswer = context => AnswerBadly(context, "status");
        _identity.Clock.Advance(TimeSpan.FromHours(23));
        await Accepted(LongToken("bob"));
        _identity.Clock.Advance(TimeSpan.FromHours(2));

        (await _identity.AuthenticateAsync(LongToken("carol").Build())).Status.ShouldBe(AuthenticationStatus.Unavailable);
    }

    [Fact]
    public async Task Without_any_keys_the_module_says_so_and_recovers()
    {
        _issuer.KeySetAnswer = context => AnswerBadly(context, "status");
        var result = await _identity.AuthenticateAsync(_issuer.Token().Build());
        (result.Status, result.Reason, result.IssuerName).ShouldBe((AuthenticationStatus.Unavailable, "keys_unavailable", "idp"));

        // The breaker opens and spares the issuer.
        for (var i = 0; i < 20; i++)
        {
            await _identity.AuthenticateAsync(_issuer.Token().Build());
        }

        _issuer.KeySetFetches.ShouldBe(2);
        _issuer.KeySetAnswer = null;
        _identity.Clock.Advance(TimeSpan.FromSeconds(11));
        await Accepted(_issuer.Token());
    }

    [Fact]
    public async Task A_silent_issuer_is_given_five_seconds()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _issuer.KeySetAnswer = context =>
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };
        var pending = _identity.AuthenticateAsync(_issuer.Token().Build());
        await asked.Task;
        _identity.Clock.Advance(TimeSpan.FromSeconds(5));

        (await pending).Status.ShouldBe(AuthenticationStatus.Unavailable);
    }

    [Fact]
    public async Task An_impatient_caller_does_not_end_the_fetch_of_the_others()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var keys = new JsonObject { ["keys"] = new JsonArray(_issuer.Key.PublicJwk()) }.ToJsonString();
        _issuer.KeySetAnswer = async context =>
        {
            asked.TrySetResult();
            await answer.Task;
            await context.Response.WriteAsync(keys);
        };
        using var impatience = new CancellationTokenSource();
        var request = new AuthenticationRequest { RequestId = "r", Credentials = [new PresentedCredential { Carrier = CredentialCarrier.ApiKey, Value = _issuer.Token("bob").Build() }] };
        var impatient = _identity.Module.AuthenticateAsync(request, impatience.Token);
        var patient = _identity.AuthenticateAsync(_issuer.Token().Build());
        await asked.Task;
        await impatience.CancelAsync();
        answer.SetResult();

        await Should.ThrowAsync<OperationCanceledException>(impatient);
        (await patient).Status.ShouldBe(AuthenticationStatus.Authenticated);
        _issuer.KeySetFetches.ShouldBe(1);
    }

    [Fact]
    public async Task Discovery_of_another_issuer_is_refused()
    {
        _issuer.DiscoveryAnswer = context => context.Response.WriteAsync(new JsonObject { ["issuer"] = _issuer.Url + "/", ["jwks_uri"] = _issuer.Url + "/jwks" }.ToJsonString());
        (await _identity.AuthenticateAsync(_issuer.Token().Build())).Status.ShouldBe(AuthenticationStatus.Unavailable);
        _issuer.KeySetFetches.ShouldBe(0);
    }

    [Fact]
    public async Task Discovery_cannot_send_us_to_plain_http_elsewhere()
    {
        _issuer.DiscoveryAnswer = context => context.Response.WriteAsync(new JsonObject { ["issuer"] = _issuer.Url, ["jwks_uri"] = "http://keys.example/jwks" }.ToJsonString());
        (await _identity.AuthenticateAsync(_issuer.Token().Build())).Status.ShouldBe(AuthenticationStatus.Unavailable);
    }

    [Fact]
    public async Task A_redirect_on_the_same_origin_is_followed()
    {
        var moved = new JsonObject { ["keys"] = new JsonArray(_issuer.Key.PublicJwk()) }.ToJsonString();
        _issuer.KeySetAnswer = context =>
        {
            if (context.Request.QueryString.HasValue)
            {
                return context.Response.WriteAsync(moved);
            }

            context.Response.Redirect("/jwks?moved");
            return Task.CompletedTask;
        };
        await Accepted(_issuer.Token());
    }

    [Fact]
    public async Task The_configured_place_needs_no_discovery()
    {
        await using var identity = IdentityUnderTest.For(_issuer.Options() with { JwksUri = _issuer.Url + "/jwks" });
        (await identity.AuthenticateAsync(_issuer.Token().Build())).Status.ShouldBe(AuthenticationStatus.Authenticated);
        (_issuer.DiscoveryFetches, _issuer.KeySetFetches).ShouldBe((0, 1));
    }

    [Fact]
    public async Task A_single_key_needs_no_name()
    {
        var bare = _issuer.Key.PublicJwk();
        bare.Remove("kid");
        _issuer.Keys = [bare];
        await Accepted(_issuer.Token().WithoutHeader("kid"));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("PS512")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    public async Task Every_algorithm_is_understood(string algorithm)
    {
        var key = algorithm.StartsWith("ES", StringComparison.Ordinal) ? TestKey.Ec("k", algorithm switch { "ES256" => 256, "ES384" => 384, _ => 521 }) : TestKey.Rsa("k");
        _issuer.Keys = [key.PublicJwk()];
        await Accepted(_issuer.Token().Header("kid", "k").Header("alg", algorithm).SignedBy(input => key.Sign(algorithm, input)));
    }

    private TokenBuilder LongToken(string subject = "alice") => _issuer.Token(subject).Claim("exp", TestClock.Start.AddDays(10).ToUnixTimeSeconds());

    private async Task Accepted(TokenBuilder token)
    {
        var result = await _identity.AuthenticateAsync(token.Build());
        result.Reason.ShouldBeNull();
        result.Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    private async Task Refused(TokenBuilder token, string reason) => (await _identity.AuthenticateAsync(token.Build())).Reason.ShouldBe(reason);

    private static Task AnswerBadly(HttpContext context, string kind)
    {
        switch (kind)
        {
            case "status":
                context.Response.StatusCode = 500;
                return Task.CompletedTask;
            case "redirect":
                context.Response.Redirect("http://localhost:1/keys");
                return Task.CompletedTask;
            case "huge":
                return context.Response.WriteAsync("{\"keys\":[" + new string(' ', 600_000) + "]}");
            case "cut":
                context.Response.ContentLength = 1000;
                return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("{\"keys\":[")).AsTask().ContinueWith(_ => context.Abort(), TaskScheduler.Default);
            default:
                return context.Response.WriteAsync(kind switch { "html" => "<html>Sign in</html>", "empty object" => "{}", "keys twice" => "{\"keys\":[],\"keys\":[]}", _ => "{\"keys\":{}}" });
        }
    }
}
