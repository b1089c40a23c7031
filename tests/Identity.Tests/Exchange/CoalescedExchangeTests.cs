using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Identity.Tests.Exchange;

/// <summary>What many show at once is exchanged once, kept until its end, and strangers' inventions keep nobody from theirs.</summary>
public sealed class CoalescedExchangeTests : IAsyncLifetime
{
    private const string Held = "session_held";

    private TestIssuer _issuer = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _issuer.TokenAnswer = GiveAsync;
    }

    public async ValueTask DisposeAsync() => await _issuer.DisposeAsync();

    [Fact]
    public async Task Many_who_show_one_token_at_once_have_it_exchanged_once()
    {
        var gate = new TaskCompletionSource();
        _issuer.TokenAnswer = async (context, form) =>
        {
            await gate.Task;
            await GiveAsync(context, form);
        };
        await using var identity = IdentityUnderTest.For(Options());
        var calls = Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? identity.AuthenticateAsync(Held) : identity.AuthenticateForAsync(Held, "gateway")).ToArray();
        gate.SetResult();
        (await Task.WhenAll(calls)).ShouldAllBe(result => result.Status == AuthenticationStatus.Authenticated && result.Identity!.Subject == "alice");
        _issuer.Posted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Two_tokens_are_two_exchanges_and_two_people()
    {
        _issuer.TokenAnswer = (context, form) => AnswerAsync(context, _issuer.Token(form["subject_token"].ToString()).Build());
        await using var identity = IdentityUnderTest.For(Options());
        var calls = Enumerable.Range(0, 40).Select(async i => (Wanted: "person-" + (i % 2), Got: (await identity.AuthenticateAsync("person-" + (i % 2))).Identity!.Subject));
        (await Task.WhenAll(calls)).ShouldAllBe(pair => pair.Wanted == pair.Got);
        _issuer.Posted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_caller_who_leaves_takes_it_from_nobody()
    {
        var (gate, asked) = (new TaskCompletionSource(), new TaskCompletionSource());
        _issuer.TokenAnswer = async (context, form) =>
        {
            asked.TrySetResult();
            await gate.Task;
            await GiveAsync(context, form);
        };
        await using var identity = IdentityUnderTest.For(Options());
        using var leaving = new CancellationTokenSource();
        var request = new AuthenticationRequest { RequestId = "r1", Credentials = [new PresentedCredential { Carrier = CredentialCarrier.AuthorizationBearer, Value = Held }] };
        var first = identity.Module.AuthenticateAsync(request, leaving.Token);
        await asked.Task;
        var second = identity.AuthenticateAsync(Held);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        gate.SetResult();
        (await second).Status.ShouldBe(AuthenticationStatus.Authenticated);
        _issuer.Posted.Count.ShouldBe(1);
    }

    [Fact]
    public async Task It_is_kept_until_its_end_less_the_clock_difference_that_is_tolerated()
    {
        await using var identity = IdentityUnderTest.For(Options(cacheSeconds: 3600));
        await identity.AuthenticateAsync(Held);
        identity.Clock.Advance(TimeSpan.FromSeconds(569));
        (await identity.AuthenticateForAsync(Held, "gateway")).Status.ShouldBe(AuthenticationStatus.Authenticated);
        _issuer.Posted.Count.ShouldBe(1);
        identity.Clock.Advance(TimeSpan.FromSeconds(1));
        _issuer.TokenAnswer = (context, _) => AnswerAsync(context, _issuer.Token().Claim("exp", TestClock.Start.ToUnixTimeSeconds() + 1200).Build());
        (await identity.AuthenticateAsync(Held)).ExpiresAt.ShouldBe(TestClock.Start.AddSeconds(1200));
        _issuer.Posted.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_came_back_and_was_no_good_is_not_kept_and_for_another_resource_it_is()
    {
        await using var identity = IdentityUnderTest.For(Options());
        (await identity.AuthenticateForAsync(Held, "https://gateway.example/mcp/calendar")).Reason.ShouldBe("audience_wrong");
        (await identity.AuthenticateAsync(Held)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        _issuer.Posted.Count.ShouldBe(1);

        _issuer.TokenAnswer = (context, _) => AnswerAsync(context, _issuer.Token().Claim("exp", 1).Build());
        (await identity.AuthenticateAsync("another")).Reason.ShouldBe("token_expired");
        _issuer.TokenAnswer = GiveAsync;
        (await identity.AuthenticateAsync("another")).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    [Fact]
    public async Task What_strangers_make_fail_stops_neither_who_is_known_nor_what_upstreams_get()
    {
        await using var identity = IdentityUnderTest.For(Options());
        (await identity.AuthenticateAsync(Held)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        identity.Clock.Advance(TimeSpan.FromSeconds(301));
        var jwt = _issuer.Token().Build();
        var assertion = (await identity.AuthenticateAsync(jwt)).InternalAssertion!;
        _issuer.TokenAnswer = (context, form) =>
        {
            if (form["subject_token"].ToString().StartsWith("made-up", StringComparison.Ordinal))
            {
                context.Response.StatusCode = 500;
                return Task.CompletedTask;
            }

            return GiveAsync(context, form);
        };
        for (var i = 0; i < 20; i++)
        {
            (await identity.AuthenticateAsync($"made-up-{i}")).Status.ShouldBe(AuthenticationStatus.Unavailable);
        }

        _issuer.Posted.Count(p => p.Form["subject_token"].ToString().StartsWith("made-up", StringComparison.Ordinal)).ShouldBeLessThan(15);
        (await identity.AuthenticateAsync(Held)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        var upstream = new UpstreamTokenRequest
        {
            InternalAssertion = assertion,
            Credentials = [new PresentedCredential { Carrier = CredentialCarrier.AuthorizationBearer, Value = jwt }],
            IssuerName = "idp",
            Audience = "calendar",
        };
        (await identity.Module.ExchangeTokenAsync(upstream, TestContext.Current.CancellationToken)).Status.ShouldBe(UpstreamTokenStatus.Issued);
    }

    [Fact]
    public async Task What_upstreams_get_is_asked_for_64_times_at_once_and_everybody_gets_it()
    {
        await using var identity = IdentityUnderTest.For(Options());
        var (alice, nora) = (await SignInAsync("alice"), await SignInAsync("nora"));
        var (underWay, most) = (0, 0);
        var release = new TaskCompletionSource();
        var full = new TaskCompletionSource();
        _issuer.TokenAnswer = async (context, form) =>
        {
            var now = Interlocked.Increment(ref underWay);
            InterlockedMax(ref most, now);
            if (now == 64)
            {
                full.TrySetResult();
            }

            await release.Task;
            Interlocked.Decrement(ref underWay);
            await GiveAsync(context, form);
        };
        var many = Enumerable.Range(0, 200).Select(i => AskAsync(alice, $"a-{i}")).ToList();
        await full.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var one = AskAsync(nora, "n");
        release.SetResult();
        (await one).Status.ShouldBe(UpstreamTokenStatus.Issued);
        (await Task.WhenAll(many)).ShouldAllBe(r => r.Status == UpstreamTokenStatus.Issued);
        most.ShouldBe(64);

        async Task<(string Jwt, string Assertion)> SignInAsync(string user)
        {
            var jwt = _issuer.Token(user).Build();
            return (jwt, (await identity.AuthenticateAsync(jwt)).InternalAssertion!);
        }

        Task<UpstreamTokenResult> AskAsync((string Jwt, string Assertion) caller, string audience) => identity.Module.ExchangeTokenAsync(
            new UpstreamTokenRequest
            {
                InternalAssertion = caller.Assertion,
                Credentials = [new PresentedCredential { Carrier = CredentialCarrier.AuthorizationBearer, Value = caller.Jwt }],
                IssuerName = "idp",
                Audience = audience,
            },
            TestContext.Current.CancellationToken);

        static void InterlockedMax(ref int most, int now)
        {
            for (var before = Volatile.Read(ref most); now > before; before = Volatile.Read(ref most))
            {
                Interlocked.CompareExchange(ref most, now, before);
            }
        }
    }

    [Theory]
    [InlineData(429, "{}")]
    [InlineData(400, "{\"error\":\"server_error\"}")]
    [InlineData(400, "{\"error\":\"temporarily_unavailable\"}")]
    public async Task Errors_of_single_questions_open_nothing(int status, string body)
    {
        _issuer.TokenAnswer = (context, form) =>
        {
            if (form["subject_token"] == Held)
            {
                return GiveAsync(context, form);
            }

            context.Response.StatusCode = status;
            return context.Response.WriteAsync(body);
        };
        await using var identity = IdentityUnderTest.For(Options());
        for (var i = 0; i < 20; i++)
        {
            (await identity.AuthenticateAsync($"made-up-{i}")).Status.ShouldBe(AuthenticationStatus.Unavailable);
        }

        (await identity.AuthenticateAsync(Held)).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    private IssuerOptions Options(int cacheSeconds = 300) => _issuer.Options() with
    {
        Client = new IssuerClientOptions { Id = "gateway", Secret = "the-secret" },
        Exchange = new ExchangeOptions { Audience = "gateway", CacheSeconds = cacheSeconds },
    };

    private Task GiveAsync(HttpContext context, IFormCollection form) => AnswerAsync(context, _issuer.Token().Build());

    private static Task AnswerAsync(HttpContext context, string token) => context.Response.WriteAsync(
        new JsonObject { ["access_token"] = token, ["token_type"] = "Bearer", ["expires_in"] = 600 }.ToJsonString());
}
