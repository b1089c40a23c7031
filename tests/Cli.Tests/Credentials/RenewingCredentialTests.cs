using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GatewayStack.Credentials;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Cli.Tests.Credentials;

/// <summary>When a token is renewed, how often, and who waits for it.</summary>
public class RenewingCredentialTests
{
    private static readonly Uri Gateway = new("https://gateway.example.com");

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedSource _source;
    private readonly RenewingCredential _credential;

    public RenewingCredentialTests()
    {
        _source = new ScriptedSource(_time);
        _credential = new RenewingCredential(Gateway, _source, _time);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task However_many_ask_the_source_is_asked_once()
    {
        var gate = new TaskCompletionSource();
        _source.Before = () => gate.Task;
        var waiting = Enumerable.Range(0, 100).Select(_ => _credential.GetTokenAsync(Cancel).AsTask()).ToList();
        gate.SetResult();
        (await Task.WhenAll(waiting)).Select(t => t.Value).Distinct().ShouldBe(["token-1"]);
        (await ValueAsync()).ShouldBe("token-1");
        _source.Demands.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_waits_for_the_next_token_while_the_old_one_is_valid()
    {
        var first = await _credential.GetTokenAsync(Cancel);
        var gate = new TaskCompletionSource();
        _source.Before = () => gate.Task;
        _time.Advance(TimeSpan.FromMinutes(9.5));
        var asked = _credential.GetTokenAsync(Cancel);
        (asked.IsCompletedSuccessfully, (await asked).Value).ShouldBe((true, "token-1"));
        gate.SetResult();
        (await NextAsync(first)).Value.ShouldBe("token-2");
        (await ValueAsync()).ShouldBe("token-2");
        _source.Demands.Count.ShouldBe(2);
    }

    [Fact]
    public async Task It_is_not_renewed_before_its_time()
    {
        await ValueAsync();
        _time.Advance(TimeSpan.FromMinutes(8.9));
        await ValueAsync();
        _source.Demands.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_source_that_fails_is_not_noticed_and_is_asked_again_after_a_rest()
    {
        var first = await _credential.GetTokenAsync(Cancel);
        await _source.AskedAsync();
        var gate = new TaskCompletionSource();
        _source.Before = () => gate.Task;
        _time.Advance(TimeSpan.FromMinutes(9.5));
        (await ValueAsync()).ShouldBe("token-1");
        await _source.AskedAsync();
        var renewal = NextAsync(first);
        gate.SetException(new CredentialException(CredentialFault.Unreachable, "away"));
        await Should.ThrowAsync<CredentialException>(() => renewal);
        for (var i = 0; i < 10; i++)
        {
            (await ValueAsync()).ShouldBe("token-1");
        }

        _source.Demands.Count.ShouldBe(2);
        _source.Before = () => Task.CompletedTask;
        _time.Advance(TimeSpan.FromSeconds(2));
        (await ValueAsync()).ShouldBe("token-1");
        (await NextAsync(first)).Value.ShouldBe("token-3");
    }

    [Fact]
    public async Task Without_a_valid_token_the_failure_is_told_and_the_source_rests()
    {
        _source.Before = () => throw new CredentialException(CredentialFault.SignInRequired, "sign in");
        for (var i = 0; i < 5; i++)
        {
            var failure = await Should.ThrowAsync<CredentialException>(async () => await ValueAsync());
            failure.Fault.ShouldBe(CredentialFault.SignInRequired);
        }

        _source.Demands.Count.ShouldBe(1);
        _source.Before = () => Task.CompletedTask;
        _time.Advance(TimeSpan.FromSeconds(2));
        (await ValueAsync()).ShouldBe("token-2");
    }

    [Fact]
    public async Task A_refused_token_is_replaced_once_for_all_who_had_it()
    {
        var old = await _credential.GetTokenAsync(Cancel);
        var renewed = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => (await _credential.RenewAsync(old, Cancel)).Value)));
        renewed.Distinct().ShouldBe(["token-2"]);
        _source.Demands.Count.ShouldBe(2);
        _source.Demands[1].Refused.ShouldBe(old);
        (await ValueAsync()).ShouldBe("token-2");
    }

    [Fact]
    public async Task A_gateway_that_refuses_everything_does_not_make_us_ask_at_every_call()
    {
        var first = await _credential.GetTokenAsync(Cancel);
        var second = await _credential.RenewAsync(first, Cancel);
        for (var i = 0; i < 10; i++)
        {
            (await _credential.RenewAsync(second, Cancel)).ShouldBe(second);
        }

        _source.Demands.Count.ShouldBe(2);
        _time.Advance(TimeSpan.FromSeconds(2));
        (await _credential.RenewAsync(second, Cancel)).Value.ShouldBe("token-3");
    }

    [Fact]
    public async Task Who_gives_up_waiting_does_not_stop_the_renewal()
    {
        var gate = new TaskCompletionSource();
        _source.Before = () => gate.Task;
        using var impatient = new CancellationTokenSource();
        var waiting = _credential.GetTokenAsync(impatient.Token).AsTask();
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        gate.SetResult();
        (await ValueAsync()).ShouldBe("token-1");
        _source.Demands.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("http://gateway.example.com")]
    [InlineData("http://127.0.0.1.example.com")]
    [InlineData("https://user@gateway.example.com")]
    [InlineData("ftp://127.0.0.1")]
    public void A_token_is_for_a_safe_address(string address) => Should.Throw<ArgumentException>(() => new RenewingCredential(new Uri(address), _source));

    [Theory]
    [InlineData("https://gateway.example.com/v1/chat", true)]
    [InlineData("https://GATEWAY.example.com:443/", true)]
    [InlineData("http://gateway.example.com/", false)]
    [InlineData("https://gateway.example.com:8443/", false)]
    [InlineData("https://gateway.example.com.evil.example/", false)]
    public void It_is_for_the_gateway_alone(string address, bool isFor) => _credential.IsFor(new Uri(address)).ShouldBe(isFor);

    [Fact]
    public async Task No_text_shows_a_token()
    {
        var token = await _credential.GetTokenAsync(Cancel);
        token.ToString().ShouldNotContain("token-1");
        new TokenDemand { Refused = token }.ToString().ShouldNotContain("token-1");
        new ClientCredentials { Issuer = "i", ClientId = "c", ClientSecret = "hidden" }.ToString().ShouldNotContain("hidden");
    }

    [Property]
    public Property It_is_renewed_in_the_second_half_of_its_life() => Prop.ForAll(
        Gen.Choose(1, 1_000_000).Two().ToArbitrary(),
        pair =>
        {
            var (lifetime, ahead) = (TimeSpan.FromSeconds(pair.Item1), TimeSpan.FromSeconds(pair.Item2));
            var issued = DateTimeOffset.UnixEpoch;
            var renew = new AccessToken("t", issued + lifetime, lifetime).RenewAt(ahead);
            return renew >= issued + (lifetime / 2) && renew < issued + lifetime && (issued + lifetime - renew) <= ahead;
        });

    private async Task<string> ValueAsync() => (await _credential.GetTokenAsync(Cancel)).Value;

    /// <summary>What comes after a token: the renewal that is under way, or what it brought.</summary>
    private Task<AccessToken> NextAsync(AccessToken token) => _credential.RenewAsync(token, Cancel).AsTask();
}
