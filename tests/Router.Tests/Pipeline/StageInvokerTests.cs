using GatewayStack.Contracts.Router;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Routing;
using GatewayStack.Router.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayStack.Router.Tests.Pipeline;

public sealed class StageInvokerTests : IDisposable
{
    private readonly SignallingTime _time = new();
    private readonly CancellationTokenSource _caller = new();
    private int _calls;

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task An_answer_is_an_answer()
    {
        var (call, answer) = await InvokeAsync(_ => Task.FromResult("yes"));
        (call, answer, _calls).ShouldBe((StageCall.Answered, "yes", 1));
    }

    [Fact]
    public async Task Never_reached_is_ours_after_two_tries()
    {
        var (call, _) = await InvokeAsync(_ => throw new ModuleCallException("policy", ModuleFault.NeverReached));
        (call, _calls).ShouldBe((StageCall.NeverReached, 2));
    }

    [Fact]
    public async Task A_second_instance_may_answer()
    {
        var (call, answer) = await InvokeAsync(n => n == 1 ? throw new ModuleCallException("policy", ModuleFault.NeverReached) : Task.FromResult("yes"));
        (call, answer).ShouldBe((StageCall.Answered, "yes"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Once_an_attempt_was_sent_nothing_opens(bool sentFirst)
    {
        var (call, _) = await InvokeAsync(n => (n == 1) == sentFirst ? Task.FromException<string>(new InvalidOperationException("died")) : throw new ModuleCallException("policy", ModuleFault.NeverReached));
        (call, _calls).ShouldBe((StageCall.Failed, 2));
    }

    [Fact]
    public async Task A_module_that_stalls_is_stopped_at_its_deadline_and_tried_once_more()
    {
        var stopped = new List<CancellationToken>();
        var pending = Invoker().InvokeAsync(To("decide"), 0, (_, token) =>
        {
            stopped.Add(token);
            return Forever(token);
        }, _caller.Token).AsTask();
        await _time.TimerAsync(1);
        _time.Advance(TimeSpan.FromMilliseconds(99));
        stopped.Count.ShouldBe(1);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await _time.TimerAsync(2);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        (await pending).Call.ShouldBe(StageCall.Failed);
        stopped.Count.ShouldBe(2);
        stopped.ShouldAllBe(t => t.IsCancellationRequested);
    }

    [Fact]
    public async Task A_caller_who_leaves_ends_the_wait_and_is_nobodys_fault()
    {
        var pending = Invoker().InvokeAsync(To("decide"), 0, (_, token) => Forever(token), _caller.Token).AsTask();
        await _caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(pending);
    }

    [Theory]
    [InlineData("identify", 0, 1000)]
    [InlineData("inspect", 0, 250)]
    [InlineData("apply", 100 * 1024, 450)]
    [InlineData("inspect", 100 * 1024 * 1024, 5000)]
    [InlineData("decide", 0, 100)]
    [InlineData("reserve", 0, 100)]
    [InlineData("settle", 0, 2000)]
    [InlineData("decide", 0, 7, "decide=7")]
    [InlineData("inspect", 1024 * 1024, 7, "INSPECT=7")]
    public async Task Each_stage_has_its_deadline(string stage, int bytes, int milliseconds, string? configured = null)
    {
        var pending = Invoker(configured).InvokeAsync(To(stage) with { ContentBytes = bytes }, 0, (_, token) => Forever(token), _caller.Token).AsTask();
        await _time.TimerAsync(1);
        _time.DueTimes[0].ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
        await _caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(pending);
    }

    [Fact]
    public async Task A_remote_module_may_take_longer_until_it_has_answered_a_few_times()
    {
        var invoker = Invoker(remote: true);
        await DeadlineIsAsync(invoker, 2000);
        for (var i = 0; i < 10; i++)
        {
            (await invoker.InvokeAsync(To("decide"), 0, (_, _) => Task.FromResult("yes"), CancellationToken.None)).Call.ShouldBe(StageCall.Answered);
        }

        await DeadlineIsAsync(invoker, 100);
        await DeadlineIsAsync(Invoker("decide=7", remote: true), 7);
    }

    private async Task DeadlineIsAsync(StageInvoker invoker, int milliseconds)
    {
        var timers = _time.DueTimes.Count;
        using var caller = new CancellationTokenSource();
        var pending = invoker.InvokeAsync(To("decide"), 0, (_, token) => Forever(token), caller.Token).AsTask();
        await _time.TimerAsync(timers + 1);
        _time.DueTimes[timers].ShouldBe(TimeSpan.FromMilliseconds(milliseconds));
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(pending);
    }

    private static async Task<string> Forever(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return string.Empty;
    }

    private ValueTask<(StageCall Call, string? Answer)> InvokeAsync(Func<int, Task<string>> module) =>
        Invoker().InvokeAsync(To("decide"), 0, (_, _) => module(++_calls), CancellationToken.None);

    private StageInvoker Invoker(string? deadline = null, bool remote = false)
    {
        var (stage, milliseconds) = deadline?.Split('=') is [var name, var value] ? (name, value) : ("identify", "1000");
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Router:Deadlines:" + stage, milliseconds)]).Build();
        var store = new RouterSnapshotStore(settings, NullLogger<RouterSnapshotStore>.Instance);
        var modules = new RemoteModules(remote ? [new PolicyProbe()] : [], store, _time, Exchanges.Metrics(), NullLogger<ModuleBreaker>.Instance);
        return new StageInvoker(store, modules, new FailedRequests(_time), _time, Exchanges.Metrics(), NullLogger<StageInvoker>.Instance);
    }

    private sealed class PolicyProbe : IModuleProbe
    {
        public string Module => ModuleNames.Policy;

        public Task<bool> ProbeAsync(CancellationToken cancellationToken) => Task.FromResult(true);
    }

    private static ModuleCall To(string stage) => new() { Module = ModuleNames.Policy, Stage = stage };
}
