using GatewayStack.Contracts.Events;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Tests.Support;
using GatewayStack.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace GatewayStack.Router.Tests.Doors;

/// <summary>A stop under load: red first, then what was accepted, then the listeners.</summary>
public sealed class DrainTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_accepted_is_answered_while_health_is_red_and_the_door_still_open(bool stream)
    {
        await using var provider = await StubServer.StartAsync();
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        provider.OnRequest = async http =>
        {
            if (stream)
            {
                await Wire.Stream([Wire.First])(http);
            }

            arrived.TrySetResult();
            await go.Task;
            await (stream ? Wire.Stream([Wire.Last, Wire.Usage, Wire.Done]) : Wire.Answer())(http);
        };
        await using var gateway = await StartAsync(provider);
        var accepted = gateway.ChatAsync(Wire.Ask(more: stream ? ",\"stream\":true" : string.Empty));
        await arrived.Task;

        var stopping = gateway.StopAsync(CancellationToken.None);
        using (var health = await gateway.SendAsync(HttpMethod.Get, "/health", token: null))
        {
            ((int)health.StatusCode, await health.BodyAsync()).ShouldBe((503, "unhealthy"));
        }

        using (var alive = await gateway.SendAsync(HttpMethod.Get, "/alive", token: null))
        {
            ((int)alive.StatusCode).ShouldBe(200);
        }

        using (var meanwhile = await gateway.SendAsync(HttpMethod.Get, "/v1/models"))
        {
            ((int)meanwhile.StatusCode).ShouldBe(200);
            meanwhile.Headers.ConnectionClose.ShouldBe(true);
        }

        stopping.IsCompleted.ShouldBeFalse();
        go.SetResult();
        using (var answer = await accepted)
        {
            ((int)answer.StatusCode).ShouldBe(200);
            (await answer.BodyAsync()).ShouldContain(stream ? "[DONE]" : "Hello");
        }

        await stopping;
        (await gateway.Log.AppendedAsync(EventTypes.Outcome)).Outcome.ShouldBe(EventOutcomes.Completed);
        await Should.ThrowAsync<HttpRequestException>(() => gateway.SendAsync(HttpMethod.Get, "/alive", token: null));
    }

    [Fact]
    public async Task Nothing_under_way_and_nobody_watching_is_down_at_once()
    {
        await using var provider = await StubServer.StartAsync();
        var time = new SignallingTime();
        await using var gateway = await StartAsync(provider, time);
        var before = time.DueTimes.Count;
        await gateway.StopAsync(CancellationToken.None);
        time.DueTimes.Count.ShouldBe(before);
    }

    [Fact]
    public async Task Whoever_watches_regularly_sees_red_first()
    {
        await using var provider = await StubServer.StartAsync();
        var time = new SignallingTime();
        await using var gateway = await StartAsync(provider, time);
        await WatchAsync(gateway, time, 200);
        time.Advance(TimeSpan.FromSeconds(4));
        await WatchAsync(gateway, time, 200);
        time.Advance(TimeSpan.FromSeconds(1));
        var stopping = gateway.StopAsync(CancellationToken.None);
        await time.TimerAsync(1).WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        time.DueTimes.ShouldHaveSingleItem().ShouldBe(TimeSpan.FromSeconds(5));
        stopping.IsCompleted.ShouldBeFalse();
        await WatchAsync(gateway, time, 503);
        await stopping;
    }

    [Theory]
    [InlineData(4, 4, 2)]
    [InlineData(20, 1, 10)]
    public async Task A_watcher_who_is_gone_is_waited_for_as_long_as_it_used_to_take(int interval, int ago, int seconds)
    {
        await using var provider = await StubServer.StartAsync();
        var time = new SignallingTime();
        await using var gateway = await StartAsync(provider, time);
        await WatchAsync(gateway, time, 200);
        time.Advance(TimeSpan.FromSeconds(interval));
        await WatchAsync(gateway, time, 200);
        time.Advance(TimeSpan.FromSeconds(ago));
        var stopping = gateway.StopAsync(CancellationToken.None);
        await time.TimerAsync(1).WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        time.DueTimes.ShouldHaveSingleItem().ShouldBe(TimeSpan.FromSeconds(seconds));
        time.Advance(TimeSpan.FromSeconds(seconds));
        await stopping;
    }

    [Fact]
    public async Task Whoever_only_waited_for_the_start_is_not_waited_for()
    {
        await using var provider = await StubServer.StartAsync();
        var time = new SignallingTime();
        await using var gateway = await StartAsync(provider, time);
        await WatchAsync(gateway, time, 200);
        time.Advance(TimeSpan.FromSeconds(4));
        await WatchAsync(gateway, time, 200);
        time.Advance(TimeSpan.FromSeconds(6));
        await gateway.StopAsync(CancellationToken.None);
        time.DueTimes.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_does_not_end_is_cut_off_after_its_time()
    {
        await using var provider = await StubServer.StartAsync();
        var arrived = new TaskCompletionSource();
        provider.OnRequest = http =>
        {
            arrived.TrySetResult();
            return Wire.Stall(http);
        };
        var time = new SignallingTime();
        await using var gateway = await StartAsync(provider, time, "Router:DrainSeconds=7");
        gateway.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout.ShouldBe(TimeSpan.FromSeconds(12));
        var accepted = gateway.ChatAsync(Wire.Ask());
        await arrived.Task;
        using var now = new CancellationTokenSource();
        var timers = time.DueTimes.Count;
        var stopping = gateway.StopAsync(now.Token);
        await time.TimerAsync(timers + 1).WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        time.DueTimes[^1].ShouldBe(TimeSpan.FromSeconds(7));
        time.Advance(TimeSpan.FromSeconds(7));
        await now.CancelAsync();
        await stopping;
        await Should.ThrowAsync<HttpRequestException>(() => accepted);
        gateway.Services.GetRequiredService<Drain>().IsDraining.ShouldBeTrue();
    }

    [Fact]
    public async Task The_signal_is_enough()
    {
        await using var provider = await StubServer.StartAsync();
        await using var gateway = await StartAsync(provider);
        gateway.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        using var health = await gateway.SendAsync(HttpMethod.Get, "/health", token: null);
        ((int)health.StatusCode).ShouldBe(503);
    }

    private static async Task WatchAsync(GatewayUnderTest gateway, SignallingTime time, int status)
    {
        var timers = time.DueTimes.Count;
        using var health = await gateway.SendAsync(HttpMethod.Get, "/health", token: null);
        ((int)health.StatusCode, time.DueTimes.Count).ShouldBe((status, timers));
    }

    private static Task<GatewayUnderTest> StartAsync(StubServer provider, SignallingTime? time = null, params string[] settings) => GatewayUnderTest.StartAsync(
        builder =>
        {
            if (time is not null)
            {
                builder.Services.AddSingleton<TimeProvider>(time);
            }
        },
        ["Router:Providers:p:BaseUrl=" + provider.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=p", .. settings]);
}
