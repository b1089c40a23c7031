using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Tests.Support;

namespace GatewayStack.Identity.Tests.Credentials;

public sealed class RememberedTokenTests : IAsyncLifetime
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
    public async Task The_second_time_the_answer_is_the_same_and_there_at_once()
    {
        var token = _issuer.Token().Build();
        var first = await _identity.AuthenticateAsync(token);
        var second = _identity.AuthenticateAsync(token);

        second.IsCompletedSuccessfully.ShouldBeTrue();
        (await second).ShouldBeSameAs(first);
    }

    [Fact]
    public async Task The_second_time_next_to_nothing_is_allocated()
    {
        const int Calls = 1000;
        var request = new AuthenticationRequest { RequestId = "r", Credentials = [new PresentedCredential { Carrier = CredentialCarrier.AuthorizationBearer, Value = _issuer.Token().Build() }] };
        await _identity.Module.AuthenticateAsync(request, TestContext.Current.CancellationToken);

        (AllocatedBy(Calls, request) / Calls).ShouldBeLessThan(64);
    }

    [Fact]
    public async Task A_remembered_token_ends_when_it_says()
    {
        var token = _issuer.Token().Build();
        await _identity.AuthenticateAsync(token);
        _identity.Clock.Advance(TimeSpan.FromSeconds(629));
        (await _identity.AuthenticateAsync(token)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        _identity.Clock.Advance(TimeSpan.FromSeconds(1));
        (await _identity.AuthenticateAsync(token)).Reason.ShouldBe("token_expired");
    }

    [Fact]
    public async Task Its_internal_assertion_always_has_a_minute_left()
    {
        var token = _issuer.Token().Build();
        var first = await _identity.AuthenticateAsync(token);
        _identity.Clock.Advance(TimeSpan.FromSeconds(239));
        (await _identity.AuthenticateAsync(token)).InternalAssertion.ShouldBe(first.InternalAssertion);
        _identity.Clock.Advance(TimeSpan.FromSeconds(1));
        var later = await _identity.AuthenticateAsync(token);

        later.InternalAssertion.ShouldNotBe(first.InternalAssertion);
        (await _identity.MintAsync(later.InternalAssertion!, "calendar")).Minted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_is_known_by_all_of_it()
    {
        var token = _issuer.Token().Build();
        await _identity.AuthenticateAsync(token);
        for (var i = 0; i < token.Length; i += 7)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];
            (await _identity.AuthenticateAsync(changed)).Status.ShouldNotBe(AuthenticationStatus.Authenticated);
        }
    }

    [Fact]
    public void The_cache_is_bounded_and_keeps_what_is_used()
    {
        var cache = new BoundedCache<string>(100);
        var kept = TokenKey.Of("kept");
        cache.Set(kept, "kept");
        for (var i = 0; i < 10_000; i++)
        {
            cache.Set(TokenKey.Of($"token {i}"), "x");
            cache.Find(kept).ShouldBe("kept");
            cache.Count.ShouldBeLessThanOrEqualTo(100);
        }

        cache.Find(TokenKey.Of("token 1")).ShouldBeNull();
        cache.Remove(kept);
        cache.Find(kept).ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_looked_at_meanwhile_comes_back_over_nothing_newer(bool removed)
    {
        var key = TokenKey.Of("kept");
        for (var round = 0; round < 500; round++)
        {
            var cache = new BoundedCache<string>(8);
            cache.Set(key, "old");
            for (var i = 0; i < 3; i++)
            {
                cache.Set(TokenKey.Of($"token {i}"), "x");
            }

            using var start = new Barrier(2);
            await Task.WhenAll(
                Task.Run(() =>
                {
                    start.SignalAndWait(TestContext.Current.CancellationToken);
                    cache.Find(key);
                }, TestContext.Current.CancellationToken),
                Task.Run(() =>
                {
                    start.SignalAndWait(TestContext.Current.CancellationToken);
                    if (removed)
                    {
                        cache.Remove(key);
                    }
                    else
                    {
                        cache.Set(key, "new");
                    }
                }, TestContext.Current.CancellationToken));
            cache.Find(key).ShouldBe(removed ? null : "new");
        }
    }

    private long AllocatedBy(int calls, AuthenticationRequest request)
    {
        var module = _identity.Module;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++)
        {
            _ = module.AuthenticateAsync(request, CancellationToken.None);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
