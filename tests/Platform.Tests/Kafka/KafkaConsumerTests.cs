using System.Text;
using Confluent.Kafka;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;
using GatewayStack.TestServers;

namespace GatewayStack.Platform.Tests.Kafka;

public sealed class KafkaConsumerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("GATEWAYSTACK_CAMPAIGN"), out var rounds) ? rounds : 5;

    [Fact]
    public async Task Each_consumer_gets_its_topics_in_order_and_with_the_exact_bytes()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        var limits = kafka.NewStore();
        var audit = new ConsumerStore(kafka.StoreFile + ".audit", "audit");
        await kafka.SendAsync(KafkaHarness.Batch("one", 1, 300));
        await kafka.ConsumeAsync(limits);
        await kafka.ConsumeAsync(audit);
        await kafka.SendAsync(KafkaHarness.Batch("two", 1, 300));
        await limits.ReachedAsync(2 * KafkaHarness.UsageOf(300));
        await audit.ReachedAsync(600);

        foreach (var producer in (string[])["one", "two"])
        {
            InOrder(limits, producer, "usage").ShouldBe(Enumerable.Range(1, 300).Where(i => i % 3 != 0).Select(i => (1L, (long)i)));
            InOrder(audit, producer, "usage").ShouldBe(InOrder(limits, producer, "usage"));
            InOrder(audit, producer, "audit").ShouldBe(Enumerable.Range(1, 100).Select(i => (1L, i * 3L)));
        }

        var sent = ((string[])["one", "two"]).SelectMany(p => KafkaHarness.Batch(p, 1, 300).Events).Select(e => Convert.ToHexString(e.Bytes.AsSpan()));
        audit.Bytes().Select(Convert.ToHexString).Order(StringComparer.Ordinal).ShouldBe(sent.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_producer_that_sends_everything_again_leaves_each_event_once()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        var store = kafka.NewStore();
        await kafka.SendAsync(KafkaHarness.Batch("p", 1, 90));
        await kafka.ConsumeAsync(store);
        for (var round = 0; round < Rounds; round++)
        {
            // Its watermark was lost: from the first event on.
            await kafka.SendAsync(KafkaHarness.Batch("p", 1, 90));
        }

        await kafka.SendAsync(KafkaHarness.Batch("p", 1, 30, epoch: 2));
        await store.ReachedAsync(KafkaHarness.UsageOf(90) + KafkaHarness.UsageOf(30));
        InOrder(store, "p", "usage").ShouldBe(
            [.. Enumerable.Range(1, 90).Where(i => i % 3 != 0).Select(i => (1L, (long)i)), .. Enumerable.Range(1, 30).Where(i => i % 3 != 0).Select(i => (2L, (long)i))]);
    }

    [Fact]
    public async Task A_store_that_fails_in_the_middle_of_batches_ends_with_each_event_once()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        var store = kafka.NewStore();
        var faults = new HashSet<(int Round, string When)>();
        var round = 0;
        store.Before = batch => batch.Position is null ? FailOnce("before the first") : Task.CompletedTask;
        store.InTheMiddle = batch => batch.Position is null ? Task.CompletedTask : FailOnce("in the middle of the last");
        await kafka.ConsumeAsync(store);
        var expected = 0;
        for (; round < Rounds; round++)
        {
            await kafka.SendAsync(KafkaHarness.Batch("one", 1 + (round * 60), 60));
            await kafka.SendAsync(KafkaHarness.Batch("two", 1 + (round * 60), 60));
            expected += 2 * KafkaHarness.UsageOf(60);
            await store.ReachedAsync(expected);
        }

        faults.Count.ShouldBeGreaterThanOrEqualTo(Rounds);
        store.Events().Distinct().Count().ShouldBe(expected);
        InOrder(store, "one", "usage").ShouldBe(Enumerable.Range(1, Rounds * 60).Where(i => i % 3 != 0).Select(i => (1L, (long)i)));

        Task FailOnce(string when) => faults.Add((round, when)) ? throw new IOException(when) : Task.CompletedTask;
    }

    [Fact]
    public async Task Consumers_overtaken_in_the_middle_of_a_batch_lose_and_double_nothing()
    {
        await using var kafka = await KafkaHarness.StartAsync(partitions: 1);
        var store = kafka.NewStore();
        for (var round = 0; round < Rounds; round++)
        {
            // Two producers in one poll are two batches: the first is stored, then it hangs before the one that moves the position.
            await kafka.SendAsync(KafkaHarness.Batch("one", 1 + (round * 30), 30));
            await kafka.SendAsync(KafkaHarness.Batch("two", 1 + (round * 30), 30));
            var (hangs, free) = (new TaskCompletionSource(), new TaskCompletionSource());
            var slow = kafka.NewStore();
            slow.Before = batch => batch.Position is null || !hangs.TrySetResult() ? Task.CompletedTask : free.Task;
            var first = await kafka.ConsumeAsync(kafka.PartsFor(slow, new FreeLease()));
            await hangs.Task.WaitAsync(Token);

            var second = await kafka.ConsumeAsync(kafka.PartsFor(store, new FreeLease()));
            await store.ReachedAsync((round + 1) * 2 * KafkaHarness.UsageOf(30));
            free.SetResult();
            await Task.WhenAll(first.StopAsync(Token), second.StopAsync(Token));
        }

        foreach (var producer in (string[])["one", "two"])
        {
            InOrder(store, producer, "usage").ShouldBe(Enumerable.Range(1, Rounds * 30).Where(i => i % 3 != 0).Select(i => (1L, (long)i)));
        }
    }

    [Fact]
    public async Task One_that_was_overtaken_stores_nothing_and_goes_on_once_the_partition_is_its_own()
    {
        await using var kafka = await KafkaHarness.StartAsync(partitions: 1);
        var store = kafka.NewStore();
        await kafka.ConsumeAsync(store);
        await kafka.SendAsync(KafkaHarness.Batch("p", 1, 30));
        await store.ReachedAsync(20);

        var before = store.Positions().Single();
        var fenced = new TaskCompletionSource();
        store.Before = batch =>
        {
            if (batch.Position is { Claim: var claim } && claim == before.Claim)
            {
                fenced.TrySetResult();
            }

            return Task.CompletedTask;
        };
        (await store.ClaimAsync(kafka.Topics.Usage.Name, [0], Token)).Single().Next.ShouldBe(before.Next);
        await kafka.SendAsync(KafkaHarness.Batch("p", 31, 30));
        await fenced.Task.WaitAsync(Token);
        await store.ReachedAsync(40);
        store.Positions().Single().Claim.ShouldBeGreaterThan(before.Claim + 1);
        InOrder(store, "p", "usage").Count.ShouldBe(40);
    }

    [Fact]
    public async Task What_is_no_event_becomes_a_dead_letter_and_harms_no_other()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        var store = kafka.NewStore();
        await kafka.ConsumeAsync(store);
        var good = KafkaHarness.Message(KafkaHarness.Event("p", 1, 1), "p");
        var forged = KafkaHarness.Message(KafkaHarness.Event("p", 1, 1_000_000), "p");
        await kafka.SendAsync(KafkaHarness.Batch("p", 1, 30));
        await kafka.SendRawAsync(
            new() { Key = good.Key, Value = good.Value },
            new() { Key = good.Key, Value = Encoding.UTF8.GetBytes("garbage"), Headers = forged.Headers },
            new() { Key = good.Key, Value = null!, Headers = good.Headers },
            new() { Key = Encoding.UTF8.GetBytes("p"), Value = KafkaHarness.Event("q", 1, 9).Bytes.ToArray(), Headers = good.Headers },
            new() { Key = good.Key, Value = new byte[EventWriter.MaxBytes + 1], Headers = good.Headers },
            new() { Key = good.Key, Value = good.Value, Headers = forged.Headers });
        await kafka.SendAsync(KafkaHarness.Batch("p", 31, 30));
        await store.ReachedAsync(KafkaHarness.UsageOf(60));

        InOrder(store, "p", "usage").ShouldBe(Enumerable.Range(1, 60).Where(i => i % 3 != 0).Select(i => (1L, (long)i)));
        var dead = store.DeadLetters();
        dead.Select(d => d.Error).ShouldBe(
        [
            "its key or a header is missing or none of ours", "its value is not an event", "it has no value", "its id is not the one it was sent under",
            "it is longer than 64 KiB", "its id is not the one it was sent under",
        ]);
        dead[1].Bytes.ShouldBe(Encoding.UTF8.GetBytes("garbage"));
        dead.Select(d => d.Offset).ShouldBe(Enumerable.Range(20, 6).Select(i => (long)i));
    }

    [Fact]
    public async Task While_its_store_is_down_a_consumer_keeps_its_partitions_and_goes_on_afterwards()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        var store = kafka.NewStore();
        var (down, attempts) = (true, 0);
        var tried = new TaskCompletionSource();
        store.Before = _ =>
        {
            if (!down)
            {
                return Task.CompletedTask;
            }

            if (++attempts == 4)
            {
                tried.SetResult();
            }

            throw new IOException("down");
        };
        await kafka.ConsumeAsync(store);
        await kafka.SendAsync(KafkaHarness.Batch("p", 1, 300));
        await tried.Task.WaitAsync(Token);
        store.Count().ShouldBe(0);

        down = false;
        await store.ReachedAsync(KafkaHarness.UsageOf(300));

        // One claim of each partition: it was never away.
        store.Positions().ShouldAllBe(p => p.Claim == 1);
        InOrder(store, "p", "usage").ShouldBe(Enumerable.Range(1, 300).Where(i => i % 3 != 0).Select(i => (1L, (long)i)));
    }

    [Fact]
    public async Task A_store_that_is_down_at_the_start_is_waited_for()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        var store = kafka.NewStore();
        await kafka.SendAsync(KafkaHarness.Batch("p", 1, 30));
        var offsets = new LateOffsets(store, failures: 2);
        await kafka.ConsumeAsync(kafka.PartsFor(store) with { Offsets = offsets });
        await store.ReachedAsync(20);
        offsets.Calls.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task An_administrator_can_stop_it_for_a_while()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        var store = kafka.NewStore();
        var parts = kafka.PartsFor(store);
        await parts.Switch.PauseAsync(Token);
        await kafka.ConsumeAsync(parts);
        await kafka.SendAsync(KafkaHarness.Batch("p", 1, 30));
        await Eventually.Succeeds(() =>
        {
            store.Positions().Count.ShouldBe(2);
            return Task.CompletedTask;
        });
        store.Count().ShouldBe(0);

        parts.Switch.Resume();
        await store.ReachedAsync(20);
        await parts.Switch.PauseAsync(Token);
        await kafka.SendAsync(KafkaHarness.Batch("p", 31, 30));
        store.Count().ShouldBe(20);
        parts.Switch.Resume();
        await store.ReachedAsync(40);
    }

    [Fact]
    public async Task A_partition_that_left_while_all_stood_still_is_read_when_it_comes_back()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        var (first, second) = (kafka.NewStore(), kafka.NewStore());
        var parts = kafka.PartsFor(first);
        await kafka.ConsumeAsync(parts);
        await kafka.SendAsync(KafkaHarness.Batch("one", 1, 30));
        await first.ReachedAsync(20);

        await parts.Switch.PauseAsync(Token);
        var came = new TaskCompletionSource();
        second.Before = _ =>
        {
            came.TrySetResult();
            return Task.CompletedTask;
        };
        var other = await kafka.ConsumeAsync(second);
        for (var i = 1; !came.Task.IsCompleted; i++)
        {
            // Until one falls into the partition that the other has now.
            await kafka.SendAsync(KafkaHarness.Batch($"until{i}", 1, 3));
            await Task.WhenAny(came.Task, Task.Delay(200, Token));
        }

        parts.Switch.Resume();
        await kafka.SendAsync(KafkaHarness.Batch("meanwhile", 1, 3));
        await other.StopAsync(Token);
        for (var producer = 1; producer <= 8; producer++)
        {
            await kafka.SendAsync(KafkaHarness.Batch($"after{producer}", 1, 30));
        }

        await Eventually.Succeeds(() =>
        {
            for (var producer = 1; producer <= 8; producer++)
            {
                InOrder(first, $"after{producer}", "usage").Count.ShouldBe(20, $"after{producer}");
            }

            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task Only_the_holder_of_the_lease_consumes_and_another_takes_over_when_it_is_lost()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        var lease = new OneLease();
        var (first, second) = (kafka.NewStore("audit"), kafka.NewStore("audit"));
        var (batchesOfFirst, batchesOfSecond) = (0, 0);
        first.Before = _ => Task.FromResult(batchesOfFirst++);
        second.Before = _ => Task.FromResult(batchesOfSecond++);
        await kafka.ConsumeAsync(kafka.PartsFor(first, lease));
        await lease.Held;
        await kafka.ConsumeAsync(kafka.PartsFor(second, lease));
        await kafka.SendAsync(KafkaHarness.Batch("p", 1, 60));
        await first.ReachedAsync(60);
        batchesOfSecond.ShouldBe(0);

        var before = batchesOfFirst;
        await lease.LoseAsync();
        await kafka.SendAsync(KafkaHarness.Batch("p", 61, 60));
        await first.ReachedAsync(120);
        batchesOfFirst.ShouldBe(before);
        InOrder(first, "p", "usage").Count.ShouldBe(80);
    }

    [Fact]
    public async Task What_was_deleted_before_it_was_read_is_declared()
    {
        await using var kafka = await KafkaHarness.StartAsync(partitions: 1);
        await kafka.SendAsync(KafkaHarness.Batch("p", 1, 30));
        using (var admin = kafka.Admin())
        {
            await admin.DeleteRecordsAsync([new TopicPartitionOffset(kafka.Topics.Usage.Name, 0, 5)]);
        }

        var store = kafka.NewStore();
        await kafka.ConsumeAsync(store);
        await store.ReachedAsync(15);
        var hole = store.DeadLetters().ShouldHaveSingleItem();
        hole.Error.ShouldBe("the offsets 0 to 4 were deleted before they were read");
        hole.Offset.ShouldBe(0);
        store.Positions().Single().Next.ShouldBe(20);
    }

    [Fact]
    public async Task A_log_that_ends_before_the_stored_offset_is_read_from_its_beginning()
    {
        await using var kafka = await KafkaHarness.StartAsync(partitions: 1);
        var store = kafka.NewStore();
        var claim = (await store.ClaimAsync(kafka.Topics.Usage.Name, [0], Token)).Single();
        var jump = new LogPosition { Topic = kafka.Topics.Usage.Name, Partition = 0, From = 0, Next = 1_000, Claim = claim.Claim };
        (await store.AppendAsync(KafkaHarness.Batch("p", 1, 1) with { Feed = "usage", Position = jump }, Token)).Stored.ShouldBe(1);

        await kafka.SendAsync(KafkaHarness.Batch("p", 1, 30));
        await kafka.ConsumeAsync(store);
        await store.ReachedAsync(20);
        store.Positions().Single().Next.ShouldBe(20);
        store.DeadLetters().ShouldBeEmpty();
    }

    private static List<(long Epoch, long Sequence)> InOrder(ConsumerStore store, string producer, string feed) =>
        [.. store.Events().Where(e => e.Producer == producer && e.Feed == feed).Select(e => (e.Epoch, e.Sequence))];
}
