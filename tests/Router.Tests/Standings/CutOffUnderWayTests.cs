using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Standings;
using GatewayStack.Router.Tests.Support;
using GatewayStack.TestServers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Router.Tests.Standings;

/// <summary>What is under way ends with its caller's access: in the answer's own shape, on record, paid for, and upstream too. What is somebody else's goes on.</summary>
public sealed class CutOffUnderWayTests : IAsyncLifetime
{
    private const string Stream = ",\"stream\":true";

    private static readonly StandingSubject Alice = new() { PersonId = "person-alice" };

    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StubServer _provider = null!;
    private GatewayUnderTest _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await StubServer.StartAsync();
        _gateway = await GatewayUnderTest.StartAsync(
            "Router:Providers:p:BaseUrl=" + _provider.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=p", "Router:Backends:b:BaseUrl=" + _provider.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_stops_with_the_reason_and_another_persons_goes_on()
    {
        var release = new TaskCompletionSource();
        _provider.OnRequest = Wire.Stream([Wire.First], async http =>
        {
            using var registration = http.RequestAborted.Register(() => _gone.TrySetResult());
            await Task.WhenAny(release.Task, _gone.Task);
            await Wire.Stream([Wire.Last, Wire.Usage, Wire.Done])(http);
        });
        using var nora = await _gateway.ChatAsync(Wire.Ask(more: Stream), "nora", HttpCompletionOption.ResponseHeadersRead);
        await using var hers = await nora.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await hers.ReadUntilAsync("Hel");
        var provider = _provider.OnRequest;
        _provider.OnRequest = Wire.Stream([Wire.First], async http =>
        {
            await release.Task;
            await Wire.Stream([Wire.Last, Wire.Usage, Wire.Done])(http);
        });
        using var alice = await _gateway.ChatAsync(Wire.Ask(more: Stream), "alice", HttpCompletionOption.ResponseHeadersRead);
        Live.Count.ShouldBe(2);

        var measure = _gateway.Standings.Block(new StandingSubject { PersonId = "person-nora" });
        var rest = await hers.ReadUntilAsync("never");
        rest.ShouldStartWith("data: {\"error\":{\"message\":\"Your access was ended until");
        rest.ShouldContain("\"code\":\"access_blocked\"");
        rest.ShouldNotContain("[DONE]");
        await _gone.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        var outcome = await _gateway.Log.AppendedAsync(EventTypes.Outcome);
        outcome.ShouldSatisfyAllConditions(
            e => e.Caller!.PersonId.ShouldBe("person-nora"),
            e => e.Outcome.ShouldBe(EventOutcomes.Refused),
            e => e.Reason.ShouldBe("access_blocked"),
            e => e.Decision!.RuleIds.ShouldBe(["standing:" + measure.Id]),
            e => e.Attempts.ShouldHaveSingleItem().Tokens!.OutputTokens.ShouldBeGreaterThan(0),
            e => e.Usage!.TotalCostMicros!.Value.ShouldBeGreaterThan(0));
        (await _gateway.Limits.SettledAsync(nora.RequestId())).Attempts.ShouldHaveSingleItem();

        release.SetResult();
        (await alice.BodyAsync()).ShouldEndWith(Wire.Done);
        await EmptyAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_still_waits_for_the_provider_is_refused(bool stream)
    {
        var arrived = new TaskCompletionSource();
        _provider.OnRequest = async http =>
        {
            arrived.TrySetResult();
            await Wire.Stall(http);
            _gone.TrySetResult();
        };
        var asking = _gateway.ChatAsync(Wire.Ask(more: stream ? Stream : string.Empty));
        await arrived.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        _gateway.Standings.Block(Alice);
        using var refused = await asking;
        ((int)refused.StatusCode, await refused.CodeAsync(), refused.Header("x-should-retry")).ShouldBe((403, "access_blocked", "false"));
        await _gone.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        var outcome = await _gateway.Log.AppendedAsync(EventTypes.Outcome);
        (outcome.Outcome, outcome.Reason, outcome.Status).ShouldBe(("refused", "access_blocked", 403));

        // As where the caller leaves: what nobody has seen is paid for by its bound, or ending it oneself would make it free.
        outcome.Attempts.ShouldHaveSingleItem().Tokens!.OutputTokens.ShouldBeGreaterThan(0);
        await EmptyAsync();
    }

    [Fact]
    public async Task A_block_on_the_model_or_the_provider_ends_what_comes_from_it()
    {
        _provider.OnRequest = Wire.Stream([Wire.First], Wire.Stall);
        using var running = await _gateway.ChatAsync(Wire.Ask(more: Stream), completion: HttpCompletionOption.ResponseHeadersRead);
        _gateway.Standings.Block(new StandingSubject { Provider = "another" });
        _gateway.Standings.Block(new StandingSubject { Provider = "p" });
        (await running.BodyAsync()).ShouldContain("The model 'm' was taken out of use until");
    }

    [Fact]
    public async Task Who_waits_for_a_module_is_refused()
    {
        var arrived = new TaskCompletionSource();
        _gateway.Policy.OnDecide = async question =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
            return PolicyDouble.Allowed(question);
        };
        var asking = _gateway.ChatAsync(Wire.Ask());
        await arrived.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        _gateway.Standings.Block(Alice);
        using var refused = await asking;

        // By the block or by the stage's own deadline, which of them is first: it is let through in no case.
        ((int)refused.StatusCode).ShouldBeOneOf(403, 503);
        _provider.Requests.ShouldBeEmpty();
        await EmptyAsync();
    }

    [Fact]
    public async Task A_backends_long_answer_is_cut()
    {
        _provider.OnRequest = async http =>
        {
            await http.Response.WriteAsync("one");
            await http.Response.Body.FlushAsync();
            await Wire.Stall(http);
            _gone.TrySetResult();
        };
        using var running = await _gateway.SendAsync(HttpMethod.Get, "/backends/b/long", completion: HttpCompletionOption.ResponseHeadersRead);
        await using var body = await running.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await body.ReadUntilAsync("one");
        var measure = _gateway.Standings.Block(Alice);
        await Should.ThrowAsync<Exception>(() => body.ReadUntilAsync("never"));
        await _gone.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        (await _gateway.Log.AppendedAsync(EventTypes.Outcome)).ShouldSatisfyAllConditions(
            e => e.Outcome.ShouldBe("refused"), e => e.Reason.ShouldBe("access_blocked"), e => e.Decision!.RuleIds.ShouldBe(["standing:" + measure.Id]));
        await EmptyAsync();
    }

    [Fact]
    public async Task Who_waits_for_a_backend_is_refused()
    {
        var arrived = new TaskCompletionSource();
        _provider.OnRequest = async http =>
        {
            arrived.TrySetResult();
            await Wire.Stall(http);
        };
        var asking = _gateway.SendAsync(HttpMethod.Get, "/backends/b/long");
        await arrived.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        _gateway.Standings.Block(Alice);
        using var refused = await asking;
        ((int)refused.StatusCode, await refused.CodeAsync()).ShouldBe((403, "access_blocked"));
    }

    [Fact]
    public async Task Who_does_not_read_is_not_waited_for()
    {
        var big = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + new string('x', 60_000) + "\"}}]}\n\n";
        _provider.OnRequest = async http =>
        {
            using var registration = http.RequestAborted.Register(() => _gone.TrySetResult());
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await Wire.Stream([big])(http);
            }
        };
        using var running = await _gateway.ChatAsync(Wire.Ask(more: Stream), completion: HttpCompletionOption.ResponseHeadersRead);
        _gateway.Standings.Block(Alice);
        await _gone.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        (await _gateway.Log.AppendedAsync(EventTypes.Outcome)).Reason.ShouldBe("access_blocked");
        await EmptyAsync();
    }

    private LiveExchanges Live => _gateway.Services.GetRequiredService<LiveExchanges>();

    private async Task EmptyAsync()
    {
        using var soon = new CancellationTokenSource(Waiting.Most);
        while (Live.Count > 0)
        {
            soon.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
