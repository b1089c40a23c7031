using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Identity.Tests.Introspection;

/// <summary>Tokens that strangers make up cost strangers something, and nobody else.</summary>
public sealed class StrangersTests : IAsyncLifetime
{
    private const string Known = "gwo_known";
    private const string New = "gwo_new";

    private readonly ConcurrentQueue<TaskCompletionSource> _held = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestIssuer _issuer = null!;
    private IdentityUnderTest _identity = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _identity = IdentityUnderTest.For(Options());
        Answer(StatusOr(200, """{"active":false}"""));
    }

    public async ValueTask DisposeAsync()
    {
        _all.TrySetResult();
        await _identity.DisposeAsync();
        await _issuer.DisposeAsync();
        _arrived.Dispose();
    }

    [Fact]
    public async Task A_token_that_was_good_is_asked_about_while_a_strangers_fill_every_place_of_theirs()
    {
        (await _identity.AuthenticateAsync(Known)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        _identity.Clock.Advance(TimeSpan.FromSeconds(31));
        var strangers = await FillAsync();
        (await _identity.AuthenticateAsync(Known, source: "home")).Status.ShouldBe(AuthenticationStatus.Authenticated);

        // What does not fit is refused at once, and is no guess: nobody gets in.
        strangers.Count(s => s.IsCompletedSuccessfully && s.Result.Status == AuthenticationStatus.Unavailable).ShouldBeGreaterThan(0);
        _all.SetResult();
        (await Task.WhenAll(strangers)).ShouldAllBe(s => s.Identity == null);
    }

    [Fact]
    public async Task A_new_token_from_elsewhere_has_its_turn_before_the_rest_of_one_senders()
    {
        var strangers = await FillAsync();
        var asked = _issuer.Posted.Count;
        var honest = _identity.AuthenticateAsync(New, source: "home");
        for (var i = 0; i < 3 && !honest.IsCompleted; i++)
        {
            _held.TryDequeue(out var one).ShouldBeTrue();
            one.SetResult();
            await Task.WhenAny(honest, _arrived.WaitAsync(TestContext.Current.CancellationToken));
        }

        (await honest).Status.ShouldBe(AuthenticationStatus.Authenticated);
        _issuer.Posted.Count.ShouldBeLessThan(asked + 5);
        _all.SetResult();
        await Task.WhenAll(strangers);
    }

    [Fact]
    public async Task Their_failures_open_no_breaker_for_a_token_that_was_good()
    {
        (await _identity.AuthenticateAsync(Known)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        _identity.Clock.Advance(TimeSpan.FromSeconds(31));
        Answer(StatusOr(500, "{}"));
        for (var i = 0; i < 20; i++)
        {
            (await _identity.AuthenticateAsync($"made-up-{i}")).Status.ShouldBe(AuthenticationStatus.Unavailable);
        }

        // They themselves are let alone for a while.
        _issuer.Posted.Count.ShouldBeLessThan(15);
        (await _identity.AuthenticateAsync(Known)).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    [Fact]
    public async Task Being_told_to_ask_less_is_no_failure_of_the_issuers()
    {
        Answer(StatusOr(429, "{}"));
        for (var i = 0; i < 30; i++)
        {
            (await _identity.AuthenticateAsync($"made-up-{i}")).Status.ShouldBe(AuthenticationStatus.Unavailable);
        }

        (await _identity.AuthenticateAsync(New)).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    [Fact]
    public async Task What_is_not_active_is_not_asked_about_again_for_seconds_and_then_it_is()
    {
        await using var identity = IdentityUnderTest.For(Options() with { Introspection = new IntrospectionOptions { CacheSeconds = 0 } });
        for (var i = 0; i < 3; i++)
        {
            (await identity.AuthenticateAsync("made-up")).Reason.ShouldBe("token_inactive");
        }

        _issuer.Posted.Count.ShouldBe(1);
        Answer((context, _) => context.Response.WriteAsync(IntrospectionForms.Good(_issuer).ToJsonString()));
        identity.Clock.Advance(TimeSpan.FromSeconds(10));
        (await identity.AuthenticateAsync("made-up")).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    /// <summary>More made-up tokens of one sender than there are places to ask and to wait; the issuer answers none of them yet.</summary>
    private async Task<List<Task<AuthenticationResult>>> FillAsync()
    {
        Answer(async (context, form) =>
        {
            var one = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _held.Enqueue(one);
            _arrived.Release();
            await Task.WhenAny(one.Task, _all.Task);
            await StatusOr(200, """{"active":false}""")(context, form);
        });
        var strangers = Enumerable.Range(0, 700).Select(i => _identity.AuthenticateAsync($"made-up-{i}", source: "stranger")).ToList();
        for (var i = 0; i < 16; i++)
        {
            await _arrived.WaitAsync(TestContext.Current.CancellationToken);
        }

        // All others wait, or were refused.
        await Task.WhenAny(strangers);
        return strangers;
    }

    private void Answer(Func<HttpContext, IFormCollection, Task> toMadeUp) => _issuer.IntrospectionAnswer = (context, form) =>
        form["token"].ToString() is Known or New ? context.Response.WriteAsync(IntrospectionForms.Good(_issuer).ToJsonString()) : toMadeUp(context, form);

    private static Func<HttpContext, IFormCollection, Task> StatusOr(int status, string body) => (context, _) =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(JsonNode.Parse(body)!.ToJsonString());
    };

    private IssuerOptions Options() => _issuer.Options() with
    {
        AllowedTenants = ["mercy"],
        Claims = new ClaimsOptions { Tenant = "/tenant" },
        Client = new IssuerClientOptions { Id = "gateway", Secret = "the-secret" },
        Introspection = new IntrospectionOptions(),
    };
}
