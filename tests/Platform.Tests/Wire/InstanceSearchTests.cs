using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using GatewayStack.Contracts.Router;
using GatewayStack.Wire.Channels;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>What happens to a call while nobody is connected, and somebody was a moment ago.</summary>
public sealed class InstanceSearchTests
{
    [Fact]
    public void Only_the_end_of_a_connection_that_had_served_is_a_reason_to_look_for_others()
    {
        var time = new FakeTimeProvider();
        var traces = new CallTraces(time);
        traces.IsSearching.ShouldBeFalse();
        traces.Connected("a:1");
        traces.Disconnected("a:1").ShouldBeFalse();
        traces.IsSearching.ShouldBeFalse();
        traces.Connected("a:1");
        traces.Answered(new CallTrace { Instance = "a:1" });
        traces.Disconnected("a:1").ShouldBeTrue();
        traces.IsSearching.ShouldBeTrue();
        time.Advance(CallTraces.Search);
        traces.IsSearching.ShouldBeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_finds_nobody_is_counted_once_however_often_it_looked(bool stream)
    {
        var looks = 0;
        using var search = new Search(_ => looks++);
        (await Should.ThrowAsync<ModuleCallException>(() => search.CallAsync(stream, TestContext.Current.CancellationToken))).Fault.ShouldBe(ModuleFault.NeverReached);
        looks.ShouldBe((int)(CallTraces.Search / ModuleCaller.Look));
        search.Outcomes.ShouldBe(["never_reached"]);
    }

    [Theory]
    [InlineData(false, "answered")]
    [InlineData(true, null)]
    public async Task A_call_that_finds_an_instance_was_reached(bool stream, string? counted)
    {
        using var search = new Search(s => s.Instance = "b:1");
        await search.CallAsync(stream, TestContext.Current.CancellationToken);

        // What a stream's first message is worth is said by its answer.
        search.Outcomes.ShouldBe(counted is null ? [] : [counted]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_call_that_is_ended_by_its_caller_while_it_looks_was_cancelled(bool stream)
    {
        using var enough = new CancellationTokenSource();
        using var search = new Search(_ => enough.Cancel());
        await Should.ThrowAsync<OperationCanceledException>(() => search.CallAsync(stream, enough.Token));
        search.Outcomes.ShouldBe(["cancelled"]);
    }

    /// <summary>A module whose last instance went a moment ago.</summary>
    private sealed class Search : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<string> _outcomes = new();
        private readonly WireClient _client;
        private readonly ModuleCaller _caller;
        private readonly CallTraces _traces;

        /// <param name="onLook">Does what happens while a call waits for its next look.</param>
        public Search(Action<Search> onLook)
        {
            _client = Instances.Client(new WaitsForNothing(() => onLook(this)), RawServer.Closed());
            _caller = _client.Services.GetRequiredKeyedService<ModuleCaller>("policy");
            _traces = _client.Services.GetRequiredKeyedService<ModuleChannel>("policy").Traces;
            _traces.Disconnected("a:1").ShouldBeTrue();
            var meters = _client.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "gateway.wire.calls" && instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _outcomes.Enqueue((string)tags[1].Value!));
            _listener.Start();
        }

        /// <summary>The instance that is there; null while none is.</summary>
        public string? Instance { get; set; }

        public IReadOnlyCollection<string> Outcomes => _outcomes;

        public async Task CallAsync(bool stream, CancellationToken cancellationToken)
        {
            if (stream)
            {
                using var opened = await _caller.OpenAsync<string, string>(
                    _ => Stream(Answer()),
                    "first",
                    assertion: null,
                    cancellationToken);
                return;
            }

            await _caller.AskAsync<string, string>(
                (_, _) => new AsyncUnaryCall<string>(Answer(), Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { }),
                "question",
                assertion: null,
                cancellationToken);
        }

        public void Dispose()
        {
            _listener.Dispose();
            _client.Dispose();
        }

        private static AsyncDuplexStreamingCall<string, string> Stream(Task<string> answer) =>
            new(new Writer(answer), null!, HeadersAsync(answer), () => Status.DefaultSuccess, () => [], () => { });

        private static async Task<Metadata> HeadersAsync(Task answer)
        {
            await answer;
            return [];
        }

        private Task<string> Answer()
        {
            if (Instance is null)
            {
                return Task.FromException<string>(new RpcException(new Status(StatusCode.Unavailable, "nobody is connected")));
            }

            _traces.Picked(Instance);
            return Task.FromResult("answer");
        }
    }

    private sealed class Writer(Task answer) : IClientStreamWriter<string>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message) => answer;

        public Task WriteAsync(string message, CancellationToken cancellationToken) => answer;

        public Task CompleteAsync() => Task.CompletedTask;
    }

    /// <summary>Each pause between two looks is over at once.</summary>
    private sealed class WaitsForNothing(Action waiting) : FakeTimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == ModuleCaller.Look)
            {
                waiting();
                Advance(dueTime);
            }

            return timer;
        }
    }
}
