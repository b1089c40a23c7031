using System.Diagnostics.Metrics;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Recording;
using GatewayStack.Router.Routing;
using GatewayStack.Router.Tests.Support;
using GatewayStack.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayStack.Router.Tests.Recording;

public sealed class SettlementQueueTests : IAsyncDisposable
{
    private static readonly SettlementResult Settled = new() { Status = SettlementStatus.Settled };

    private readonly SignallingTime _time = new();
    private readonly SemaphoreSlim _failed = new(0);
    private readonly LimitsDouble _limits = new(new Journal());
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IMeterFactory _meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
    private readonly MeterListener _listener = new();
    private SettlementQueue? _queue;
    private ModuleBreaker? _breaker;
    private int _seen;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _queue!.Dispose();
        _listener.Dispose();
        _failed.Dispose();
    }

    [Fact]
    public async Task In_one_process_it_is_settled_before_submit_returns_and_once()
    {
        await StartAsync(remote: false);
        _queue!.Submit(Of("r1"));
        _limits.Settlements.Count.ShouldBe(1);
        await StopAsync();
        _limits.Settlements.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_takes_its_time_is_awaited_and_not_asked_for_twice(bool remote)
    {
        var answer = new TaskCompletionSource<SettlementResult>();
        _limits.OnSettle = _ => answer.Task;
        await StartAsync(remote);
        _queue!.Submit(Of("r1"));
        await _time.TimerAsync(1);
        answer.SetResult(Settled);
        await StopAsync();
        _limits.Settlements.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_broke_is_sent_once_more(bool remote)
    {
        var calls = 0;
        _limits.OnSettle = _ => ++calls == 1 ? throw new ModuleCallException("limits", ModuleFault.Broken) : Task.FromResult(Settled);
        await StartAsync(remote);
        _queue!.Submit(Of("r1"));
        await StopAsync();
        calls.ShouldBe(2);
        _limits.Settlements.ShouldAllBe(s => s.RequestId == "r1");
    }

    [Fact]
    public async Task What_may_not_be_held_at_all_does_not_crowd_out_what_is()
    {
        var calls = 0;
        var tried = new[] { new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) };
        _limits.OnSettle = _ =>
        {
            switch (Interlocked.Increment(ref calls))
            {
                case 2 * 5_100: tried[0].SetResult(); break;
                case (2 * 5_100) + 2: tried[1].SetResult(); break;
            }

            throw new ModuleCallException("limits", ModuleFault.Broken);
        };
        await StartAsync(remote: false);
        for (var i = 0; i < 5_100; i++)
        {
            _queue!.Submit(Of($"perhaps{i}"), held: false);
        }

        // A call is counted before it has failed.
        await tried[0].Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        await FailedAsync(5_100);
        _queue!.Submit(Of("held"));
        await tried[1].Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        await FailedAsync(5_101);
        await StopAsync();
        var tries = _limits.Settlements.GroupBy(s => s.RequestId).ToDictionary(g => g.Key, g => g.Count());
        tries["held"].ShouldBe(4);
        // Those under way at once may pass the bound together.
        tries.Count(t => t.Value > 2).ShouldBeInRange(5_000 + 1, 5_000 + 1 + 64);
    }

    [Fact]
    public async Task What_stalls_twice_is_given_up_for_now()
    {
        _limits.OnSettle = _ => new TaskCompletionSource<SettlementResult>().Task;
        await StartAsync(remote: true);
        _queue!.Submit(Of("r1"));
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await _time.TimerAsync(attempt);
            _time.DueTimes[attempt - 1].ShouldBe(TimeSpan.FromSeconds(2));
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        await _time.TimerAsync(3);
        _limits.Settlements.Count.ShouldBe(2);
        _limits.OnSettle = _ => Task.FromResult(Settled);
        await StopAsync();
    }

    [Fact]
    public async Task What_was_given_up_is_tried_again_later_until_Limits_take_it()
    {
        var calls = 0;
        _limits.OnSettle = _ => ++calls <= 4 ? throw new ModuleCallException("limits", ModuleFault.Broken) : Task.FromResult(Settled);
        await StartAsync(remote: true);
        _queue!.Submit(Of("r1"));
        for (var round = 1; round <= 2; round++)
        {
            await _time.TimerAsync(round);
            calls.ShouldBe(2 * round);
            _time.DueTimes[round - 1].ShouldBeInRange(TimeSpan.FromSeconds(round), TimeSpan.FromSeconds(2 * round));
            _time.Advance(_time.DueTimes[round - 1]);
        }

        await StopAsync();
        calls.ShouldBe(5);
        _limits.Settlements.ShouldAllBe(s => s.RequestId == "r1");
    }

    [Fact]
    public async Task Nothing_is_tried_past_the_end_of_the_hold()
    {
        _limits.OnSettle = _ => throw new ModuleCallException("limits", ModuleFault.Broken);
        await StartAsync(remote: true);
        var begun = _time.GetTimestamp();
        _queue!.Submit(Of("r1"));
        var timers = 0;
        while (await Task.WhenAny(_time.TimerAsync(timers + 1), _lost.Task) != _lost.Task)
        {
            var pause = _time.DueTimes[timers++];
            pause.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(120));
            _time.Advance(pause);
        }

        _time.GetElapsedTime(begun).ShouldBeLessThanOrEqualTo(TimeSpan.FromMinutes(15));
        _time.GetElapsedTime(begun).ShouldBeGreaterThan(TimeSpan.FromMinutes(12));
        _limits.Settlements.Count.ShouldBe(2 * (timers + 1));
    }

    [Fact]
    public async Task What_Limits_reject_is_not_tried_again()
    {
        _limits.OnSettle = _ => throw new ModuleCallException("limits", ModuleFault.Request);
        await StartAsync(remote: true);
        _queue!.Submit(Of("r1"));
        await _lost.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        _time.DueTimes.Count.ShouldBe(0);
        _limits.Settlements.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_stop_tries_once_more_what_waits()
    {
        var calls = 0;
        _limits.OnSettle = _ => ++calls <= 2 ? throw new ModuleCallException("limits", ModuleFault.Broken) : Task.FromResult(Settled);
        await StartAsync(remote: true);
        _queue!.Submit(Of("r1"));
        await _time.TimerAsync(1);
        await StopAsync();
        calls.ShouldBe(3);
        _lost.Task.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_stop_settles_what_is_queued()
    {
        await StartAsync(remote: true);
        for (var i = 0; i < 1000; i++)
        {
            _queue!.Submit(Of("r" + i));
        }

        await StopAsync();
        _limits.Settlements.Select(s => s.RequestId).Distinct().Count().ShouldBe(1000);
        _limits.Settlements.Count.ShouldBe(1000);
    }

    [Fact]
    public async Task So_many_are_under_way_at_once_and_no_more()
    {
        var (underWay, most) = (0, 0);
        var go = new TaskCompletionSource();
        var full = new TaskCompletionSource();
        _limits.OnSettle = async _ =>
        {
            var now = Interlocked.Increment(ref underWay);
            InterlockedMax(ref most, now);
            if (now == 64)
            {
                full.TrySetResult();
            }

            await go.Task;
            Interlocked.Decrement(ref underWay);
            return Settled;
        };
        await StartAsync(remote: true);
        for (var i = 0; i < 200; i++)
        {
            _queue!.Submit(Of("r" + i));
        }

        await full.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        go.SetResult();
        await StopAsync();
        most.ShouldBe(64);
        _limits.Settlements.Count.ShouldBe(200);
    }

    [Fact]
    public async Task Behind_an_open_breaker_nothing_is_sent_and_the_event_makes_it_good()
    {
        await StartAsync(remote: true);
        _breaker!.Probed(well: false);
        _queue!.Submit(Of("r1"));
        await StopAsync();
        _limits.Settlements.ShouldBeEmpty();
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }

    /// <summary>Waits until so many wait for a later try, each by a timer, or were given up.</summary>
    private async Task FailedAsync(int count)
    {
        for (; _seen < count; _seen++)
        {
            await _failed.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static Settlement Of(string requestId) => new() { RequestId = requestId, Tenant = "mercy", PersonId = "person-" + requestId, Attempts = [] };

    private Task StopAsync() => _queue!.StopAsync(CancellationToken.None);

    private Task StartAsync(bool remote)
    {
        var store = new RouterSnapshotStore(new ConfigurationBuilder().Build(), NullLogger<RouterSnapshotStore>.Instance);
        var metrics = new RouterMetrics(_meters);
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "gatewaystack.settlements.failed" && instrument.Meter.Scope == _meters)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, _, _) => _failed.Release((int)count));
        _time.TimerStarted = () => _failed.Release();
        _listener.Start();
        IModuleProbe[] probes = remote ? [new ProbeDouble(ModuleNames.Limits)] : [];
        var modules = new RemoteModules(probes, store, _time, metrics, NullLogger<ModuleBreaker>.Instance);
        _breaker = modules.Find(ModuleNames.Limits);
        var stages = new StageInvoker(store, modules, new FailedRequests(_time), _time, metrics, NullLogger<StageInvoker>.Instance);
        _queue = new SettlementQueue(_limits, modules, stages, metrics, _time, new LostLogger(_lost));
        return _queue.StartAsync(CancellationToken.None);
    }

    /// <summary>Says when a settlement was given up for good.</summary>
    private sealed class LostLogger(TaskCompletionSource lost) : ILogger<SettlementQueue>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == 5004)
            {
                lost.TrySetResult();
            }
        }
    }
}
