using GatewayStack.Contracts.Router;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Routing;
using GatewayStack.Router.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayStack.Router.Tests.Modules;

public sealed class ModuleProberTests
{
    private readonly SignallingTime _time = new();

    [Fact]
    public async Task Asks_every_second_and_four_times_a_second_while_it_is_red()
    {
        var answers = new Queue<Func<Task<bool>>>([() => Task.FromResult(true), () => Task.FromResult(false), () => throw new InvalidOperationException("no line"), () => Task.FromResult(true)]);
        var states = new List<ModuleState>();
        using var prober = Prober(_ => answers.Dequeue()(), out var breaker);
        await prober.StartAsync(CancellationToken.None);
        for (var i = 1; i <= 4; i++)
        {
            await _time.TimerAsync(i);
            states.Add(breaker.State);
            _time.Advance(i < 4 ? _time.DueTimes[i - 1] : TimeSpan.Zero);
        }

        states.ShouldBe([ModuleState.Closed, ModuleState.Closed, ModuleState.Open, ModuleState.Closed]);
        _time.DueTimes.Select(t => (int)t.TotalMilliseconds).ShouldBe([1000, 250, 250, 1000]);
        await prober.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_module_that_says_nothing_is_red_after_two_seconds()
    {
        var asked = 0;
        var told = new List<CancellationToken>();
        using var prober = Prober(
            async token =>
            {
                if (++asked == 1)
                {
                    return true;
                }

                told.Add(token);
                await new TaskCompletionSource<bool>().Task;
                return true;
            },
            out var breaker);
        await prober.StartAsync(CancellationToken.None);
        for (var timer = 1; timer <= 4; timer++)
        {
            // The interval, an answer that does not come, the shorter interval, and again none.
            await _time.TimerAsync(timer);
            breaker.IsOpen.ShouldBeFalse();
            _time.Advance(_time.DueTimes[timer - 1]);
        }

        await _time.TimerAsync(5);
        breaker.IsOpen.ShouldBeTrue();
        _time.DueTimes.Select(t => (int)t.TotalMilliseconds).ShouldBe([1000, 1000, 250, 1000, 250]);
        told.ShouldAllBe(t => t.IsCancellationRequested);
        await prober.StopAsync(CancellationToken.None);
    }

    private ModuleProber Prober(Func<CancellationToken, Task<bool>> probe, out ModuleBreaker breaker)
    {
        var store = new RouterSnapshotStore(new ConfigurationBuilder().Build(), NullLogger<RouterSnapshotStore>.Instance);
        IModuleProbe[] probes = [new ProbeDouble("policy") { OnProbe = probe }];
        var modules = new RemoteModules(probes, store, _time, Exchanges.Metrics(), NullLogger<ModuleBreaker>.Instance);
        breaker = modules.Find("policy")!;
        return new ModuleProber(modules, _time);
    }
}
