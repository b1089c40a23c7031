using System.Collections.Concurrent;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Shipping;
using GatewayStack.Events.Spool;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayStack.Platform.Tests.Events;

public sealed class ShippingTests : IDisposable
{
    private readonly SpoolHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Every_consumer_gets_every_event_once_and_in_order()
    {
        var spool = await _harness.OpenAsync();
        var (one, two) = (new MemorySink("one"), new MemorySink("two"));
        await using var shipper = await StartAsync(spool, one, two);
        Append(spool, 1200);
        await shipper.DrainAsync();

        one.Numbers.ShouldBe(Enumerable.Range(1, 1200).Select(i => (1L, (long)i)));
        two.Numbers.ShouldBe(one.Numbers);
        one.LargestBatch.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_failing_consumer_holds_up_nobody_and_gets_everything_later()
    {
        var spool = await _harness.OpenAsync();
        var (good, bad) = (new MemorySink("good"), new MemorySink("bad") { Fails = true });
        await using var shipper = await StartAsync(spool, good, bad);
        Append(spool, 300);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var drained = shipper.Shipper.DrainAsync(bounded.Token);
        await good.ReachedAsync(300);
        drained.IsCompleted.ShouldBeFalse();
        await bounded.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => drained);

        bad.Fails = false;
        await shipper.DrainAsync();
        bad.Numbers.ShouldBe(good.Numbers);
    }

    [Fact]
    public async Task A_consumer_that_stores_a_part_gets_the_rest_again()
    {
        var spool = await _harness.OpenAsync();
        var sink = new MemorySink("part") { AtMost = 7 };
        await using var shipper = await StartAsync(spool, sink);
        Append(spool, 100);
        while (sink.Numbers.Count < 100)
        {
            using var bounded = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var drained = shipper.Shipper.DrainAsync(bounded.Token);
            await sink.ReachedAsync(Math.Min(100, sink.Numbers.Count + 1));
            await bounded.CancelAsync();
            await drained.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        sink.Numbers.ShouldBe(Enumerable.Range(1, 100).Select(i => (1L, (long)i)));
    }

    [Fact]
    public async Task After_a_restart_it_goes_on_where_it_was()
    {
        var sink = new MemorySink("audit");
        using (var spool = await _harness.OpenAsync())
        {
            await using var shipper = await StartAsync(spool, sink);
            Append(spool, 50);
            await shipper.DrainAsync();
            sink.Fails = true;
            Append(spool, 30);
        }

        sink.Fails = false;
        using var again = await _harness.OpenAsync();
        await using var second = await StartAsync(again, sink);
        Append(again, 20);
        await second.DrainAsync();

        sink.Numbers.ShouldBe([.. Enumerable.Range(1, 80).Select(i => (1L, (long)i)), .. Enumerable.Range(1, 20).Select(i => (2L, (long)i))]);
    }

    [Fact]
    public async Task A_new_consumer_gets_what_is_still_kept()
    {
        var spool = await _harness.OpenAsync();
        await using (var first = await StartAsync(spool, new MemorySink("one")))
        {
            Append(spool, 10);
            await first.DrainAsync();
        }

        var late = new MemorySink("late");
        await using var second = await StartAsync(spool, late);
        await second.DrainAsync();
        late.Numbers.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Segments_go_only_when_every_consumer_has_them()
    {
        var spool = await _harness.OpenAsync();
        var (one, two) = (new MemorySink("one"), new MemorySink("two") { Fails = true });
        await using var shipper = await StartAsync(spool, one, two);
        var first = spool.First.Number;
        Append(spool, 1500);
        var drained = shipper.Shipper.DrainAsync(TestContext.Current.CancellationToken);
        await one.ReachedAsync(1500);
        _harness.Time.Advance(TimeSpan.FromSeconds(1));
        spool.First.Number.ShouldBe(first);

        two.Fails = false;
        while (!drained.IsCompleted)
        {
            // An attempt that was under way may fail yet, and wait from now on.
            _harness.Time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        await drained;
        await shipper.ReleasedAsync(spool);
    }

    private static void Append(WriteAheadSpool spool, int count)
    {
        for (var i = 0; i < count; i++)
        {
            spool.Append(EventSamples.Outcome($"{spool.Folder.Epoch}-{i}")).Appended.ShouldBeTrue();
        }
    }

    private async Task<Running> StartAsync(WriteAheadSpool spool, params IEventSink[] sinks)
    {
        var shipper = new EventShipper(spool, new EventDestinations([.. sinks]), _harness.Time, _harness.Metrics, NullLogger<EventShipper>.Instance);
        await shipper.StartAsync(TestContext.Current.CancellationToken);
        return new Running(shipper, _harness);
    }

    private sealed record Running(EventShipper Shipper, SpoolHarness Harness) : IAsyncDisposable
    {
        public Task DrainAsync() => Shipper.DrainAsync(TestContext.Current.CancellationToken);

        /// <summary>Lets the release timer tick until only the newest segment is left.</summary>
        public async Task ReleasedAsync(WriteAheadSpool spool)
        {
            while (spool.First.Next is not null)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                Harness.Time.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Yield();
            }
        }

        public async ValueTask DisposeAsync()
        {
            using var stop = new CancellationTokenSource();
            await stop.CancelAsync();
            await Shipper.StopAsync(stop.Token);
            await Shipper.ExecuteTask!;
            Shipper.Dispose();
        }
    }
}

/// <summary>A consumer in memory; stores each event at most once, as a real one does by its key.</summary>
internal sealed class MemorySink(string name) : IEventSink
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _waiting = new();
    private readonly List<(long Epoch, long Sequence)> _stored = [];

    public string Name => name;

    public bool Fails { get; set; }

    public int AtMost { get; set; } = int.MaxValue;

    public int LargestBatch { get; private set; }

    public List<(long Epoch, long Sequence)> Numbers
    {
        get
        {
            lock (_stored)
            {
                return [.. _stored];
            }
        }
    }

    public Task<EventAcknowledgement> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (Fails)
        {
            throw new IOException("down");
        }

        var stored = Math.Min(AtMost, batch.Events.Length);
        lock (_stored)
        {
            LargestBatch = Math.Max(LargestBatch, batch.Events.Length);
            _stored.AddRange(batch.Events.Take(stored).Select(e => (e.Epoch, e.Sequence)));
            foreach (var (count, done) in _waiting.Where(w => w.Key <= _stored.Count))
            {
                _ = done.TrySetResult();
            }
        }

        return Task.FromResult(new EventAcknowledgement { Stored = stored });
    }

    public Task ReachedAsync(int count)
    {
        lock (_stored)
        {
            return _stored.Count >= count ? Task.CompletedTask : _waiting.GetOrAdd(count, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
