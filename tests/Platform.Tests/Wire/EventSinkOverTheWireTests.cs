using System.Collections.Concurrent;
using System.Collections.Immutable;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Router;
using GatewayStack.TestServers;
using GatewayStack.Wire.Channels;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using V1 = GatewayStack.Wire.Events.V1;

namespace GatewayStack.Platform.Tests.Wire;

public sealed class EventSinkOverTheWireTests
{
    [Fact]
    public async Task Batches_arrive_in_order_each_once_and_whole()
    {
        var sink = new SinkDouble();
        await using var server = await StartAsync(sink);
        using var client = Client(server);
        var remote = client.Get<IEventSink>();
        remote.Name.ShouldBe("limits");
        var batches = Enumerable.Range(1, 50).Select(i => Batch(i * 10, 10)).ToArray();
        foreach (var batch in batches)
        {
            (await AppendAsync(remote, batch)).ShouldBe(new EventAcknowledgement { Stored = 10 });
        }

        sink.Batches.Select(RecordMaker.Json).ShouldBe(batches.Select(RecordMaker.Json));
    }

    [Fact]
    public async Task What_the_consumer_says_is_told()
    {
        var position = new LogPosition { Topic = "t", Partition = 1, From = 2, Next = 3, Claim = 4 };
        var unreadable = new UnreadableMessage { Topic = "t", Partition = 1, Offset = 2, Bytes = [1, 2], Error = "no event" };
        var batch = Batch(1, 3) with { Feed = "usage", Position = position, Unreadable = [unreadable] };
        var sink = new SinkDouble { Answer = _ => new EventAcknowledgement { Stored = 1, Reason = "full" } };
        await using var server = await StartAsync(sink);
        using var client = Client(server);
        (await AppendAsync(client.Get<IEventSink>(), batch)).ShouldBe(new EventAcknowledgement { Stored = 1, Reason = "full" });
        sink.Answer = _ => new EventAcknowledgement { Stored = 0, Fenced = true };
        (await AppendAsync(client.Get<IEventSink>(), batch)).ShouldBe(new EventAcknowledgement { Stored = 0, Fenced = true });
        RecordMaker.Json(sink.Batches.Last()).ShouldBe(RecordMaker.Json(batch));
    }

    [Fact]
    public async Task A_batch_as_large_as_batches_are_is_taken()
    {
        var sink = new SinkDouble();
        await using var server = await StartAsync(sink);
        using var client = Client(server);
        var large = ImmutableArray.Create(new byte[64 * 1024]);
        var batch = new EventBatch { Producer = "p", Events = [.. Enumerable.Range(1, 1_000).Select(i => new StoredEvent { Epoch = 1, Sequence = i, Bytes = large })] };
        (await AppendAsync(client.Get<IEventSink>(), batch)).Stored.ShouldBe(1_000);
    }

    [Fact]
    public async Task A_consumer_that_fails_is_broken_and_the_next_batch_is_taken()
    {
        var sink = new SinkDouble { Answer = _ => throw new InvalidOperationException("its own fault") };
        await using var server = await StartAsync(sink);
        using var client = Client(server);
        var remote = client.Get<IEventSink>();
        (await Should.ThrowAsync<ModuleCallException>(() => AppendAsync(remote, Batch(1, 1)))).Fault.ShouldBe(ModuleFault.Broken);
        sink.Answer = null;
        (await AppendAsync(remote, Batch(1, 1))).Stored.ShouldBe(1);
    }

    [Fact]
    public async Task A_restarted_consumer_is_found_again_and_an_idle_stream_does_not_hold_up_its_stop()
    {
        var sink = new SinkDouble();
        var port = TestPorts.Free();
        var server = await StartAsync(sink, port);
        using var client = Client(server);
        var remote = client.Get<IEventSink>();
        (await AppendAsync(remote, Batch(1, 1))).Stored.ShouldBe(1);
        await server.StopAsync().WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        await server.DisposeAsync();
        // "Broken" where the end of the connection was not noticed yet when the batch was written to it.
        (await Should.ThrowAsync<ModuleCallException>(() => AppendAsync(remote, Batch(2, 1)))).Fault.ShouldBeOneOf(ModuleFault.NeverReached, ModuleFault.Broken);

        await using var again = await StartAsync(sink, port);
        while (true)
        {
            try
            {
                (await AppendAsync(remote, Batch(2, 1))).Stored.ShouldBe(1);
                return;
            }
            catch (ModuleCallException e) when (e.Fault is ModuleFault.NeverReached or ModuleFault.Broken)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, ModuleFault.NeverReached)]
    [InlineData(HttpRequestError.VersionNegotiationError, ModuleFault.Wiring)]
    public async Task A_first_message_that_came_after_the_end_of_its_stream_is_judged_by_that_end(HttpRequestError error, ModuleFault fault)
    {
        using var client = new WireClient("limits", b => b.AddEventSinkClients("limits"), RawServer.Closed());
        var traces = client.Services.GetRequiredKeyedService<ModuleChannel>("limits").Traces;
        var opening = client.Services.GetRequiredKeyedService<ModuleCaller>("limits").OpenAsync(
            _ =>
            {
                traces.Picked("an instance");
                var end = new RpcException(new Status(StatusCode.Unavailable, "It ended.", new HttpRequestException(error)));
                return new AsyncDuplexStreamingCall<V1.AppendRequest, V1.EventAcknowledgement>(
                    new EndedStream(), null!, Task.FromException<Metadata>(end), () => end.Status, () => [], () => { });
            },
            new V1.AppendRequest(),
            assertion: null,
            TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<ModuleCallException>(opening)).Fault.ShouldBe(fault);
    }

    [Fact]
    public async Task After_a_cancelled_batch_no_acknowledgement_is_mistaken_for_the_next_ones()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var sink = new SinkDouble { Before = () => (taken.TrySetResult(), release.Task).Item2 };
        await using var server = await StartAsync(sink);
        using var client = Client(server);
        var remote = client.Get<IEventSink>();
        using var cancellation = new CancellationTokenSource();
        var first = remote.AppendAsync(Batch(1, 7), cancellation.Token);
        await taken.Task.WaitAsync(TestContext.Current.CancellationToken);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        release.SetResult();
        (await AppendAsync(remote, Batch(8, 3))).Stored.ShouldBe(3);
    }

    [Fact]
    public async Task Callers_at_once_wait_for_each_other()
    {
        var sink = new SinkDouble();
        await using var server = await StartAsync(sink);
        using var client = Client(server);
        var remote = client.Get<IEventSink>();
        var acknowledged = await Task.WhenAll(Enumerable.Range(1, 40).Select(i => AppendAsync(remote, Batch(i * 100, i))));
        acknowledged.Select(a => a.Stored).ShouldBe(Enumerable.Range(1, 40));
        sink.MostAtOnce.ShouldBe(1);
    }

    [Fact]
    public async Task A_process_without_that_consumer_is_wired_wrongly()
    {
        await using var server = await StartAsync(new SinkDouble("audit"));
        using var client = Client(server);
        (await Should.ThrowAsync<ModuleCallException>(() => AppendAsync(client.Get<IEventSink>(), Batch(1, 1)))).Fault.ShouldBe(ModuleFault.Wiring);
    }

    [Fact]
    public async Task A_batch_that_says_nothing_is_the_requests_fault()
    {
        var sink = new SinkDouble();
        await using var server = await StartAsync(sink);
        using var client = Client(server);
        var raw = new V1.EventSink.EventSinkClient(client.Channel);
        foreach (var request in (V1.AppendRequest[])
            [
                new() { Sink = "limits" },
                new() { Sink = "limits", Batch = new() { Events = { new V1.StoredEvent { Epoch = 1, Sequence = 1 } } } },
                new() { Sink = "limits", Batch = new() { Producer = "p", Events = { new V1.StoredEvent() } } },
            ])
        {
            using var call = raw.Append(cancellationToken: TestContext.Current.CancellationToken);
            await call.RequestStream.WriteAsync(request, TestContext.Current.CancellationToken);
            var failure = await Should.ThrowAsync<RpcException>(() => call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            failure.StatusCode.ShouldBe(StatusCode.InvalidArgument);
        }

        sink.Batches.ShouldBeEmpty();
    }

    [Fact]
    public void Both_consumers_have_a_client_each_once()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddEventSinkClients();
        builder.AddEventSinkClients("audit");
        builder.Configuration["services:limits:grpc:0"] = builder.Configuration["services:audit:grpc:0"] = RawServer.Closed();
        using var host = builder.Build();
        host.Services.GetServices<IEventSink>().Select(s => s.Name).ShouldBe(["limits", "audit"]);
        host.Services.GetServices<IModuleProbe>().Select(p => p.Module).ShouldBe(["limits", "audit"]);
    }

    private static Task<EventAcknowledgement> AppendAsync(IEventSink sink, EventBatch batch) => sink.AppendAsync(batch, TestContext.Current.CancellationToken);

    private static EventBatch Batch(long first, int count) => new()
    {
        Producer = "p",
        Events = [.. Enumerable.Range(0, count).Select(i => new StoredEvent { Epoch = 1, Sequence = first + i, Bytes = [1, 2, (byte)i] })],
    };

    private static Task<WireServer> StartAsync(IEventSink sink, int port = 0) => WireServer.StartAsync(
        b =>
        {
            b.Services.AddSingleton(sink);
            b.AddEventSinkGrpc();

            // Whatever its stop waits for, it waits for it for ever.
            b.Services.Configure<HostOptions>(h => h.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        },
        app => app.MapEventSinkGrpc(),
        port);

    private static WireClient Client(WireServer server) => new("limits", b => b.AddEventSinkClients("limits"), server.Address);

    private sealed class EndedStream : IClientStreamWriter<V1.AppendRequest>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task CompleteAsync() => Task.CompletedTask;

        public Task WriteAsync(V1.AppendRequest message) => WriteAsync(message, CancellationToken.None);

        public Task WriteAsync(V1.AppendRequest message, CancellationToken cancellationToken) => throw new RpcException(new Status(StatusCode.Cancelled, "The call has ended."));
    }

    private sealed class SinkDouble(string name = "limits") : IEventSink
    {
        private int _now;

        public string Name => name;

        public ConcurrentQueue<EventBatch> Batches { get; } = new();

        public Func<EventBatch, EventAcknowledgement>? Answer { get; set; }

        public Func<Task>? Before { get; set; }

        public int MostAtOnce { get; private set; }

        public async Task<EventAcknowledgement> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            await (Before?.Invoke() ?? Task.CompletedTask);
            Batches.Enqueue(batch);
            Interlocked.Decrement(ref _now);
            return Answer?.Invoke(batch) ?? new EventAcknowledgement { Stored = batch.Events.Length };
        }
    }
}
