using GatewayStack.Contracts.Events;
using GatewayStack.Events.Shipping;
using GatewayStack.Platform.Tests.Events;
using GatewayStack.TestServers;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayStack.Platform.Tests.Kafka;

/// <summary>Processes are killed: consumers in the middle of a batch, and the broker while it is written to.</summary>
public sealed class KafkaKillTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // A broker takes seconds to come back: once a day for the others' five times.
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("GATEWAYSTACK_CAMPAIGN"), out var rounds) ? rounds : 5;

    [Fact]
    public async Task Consumers_killed_in_the_middle_of_a_batch_lose_and_double_nothing()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        for (var round = 0; round < Rounds; round++)
        {
            await kafka.SendAsync(KafkaHarness.Batch("one", 1 + (round * 60), 60));
            await kafka.SendAsync(KafkaHarness.Batch("two", 1 + (round * 60), 60));

            // Of the two batches there are, the first is stored in every other round.
            await using var consumer = ConsumerProcess.Start(kafka, hangsAt: 1 + (round % 2), shares: false);
            (await consumer.ReadAsync()).ShouldBe(ConsumerProcess.InTheMiddle);
            await consumer.KillAsync();
        }

        var store = kafka.NewStore();
        await kafka.ConsumeAsync(kafka.PartsFor(store, new FreeLease()));
        await store.ReachedAsync(2L * Rounds * KafkaHarness.UsageOf(60));
        foreach (var producer in (string[])["one", "two"])
        {
            store.Events().Where(e => e.Producer == producer).Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, Rounds * 60).Where(i => i % 3 != 0).Select(i => (long)i));
        }
    }

    [Fact]
    public async Task Two_consumers_share_the_partitions_and_one_that_is_killed_is_replaced_by_the_other()
    {
        await using var kafka = await KafkaHarness.StartAsync(partitions: 4);
        var store = kafka.NewStore();
        await kafka.ConsumeAsync(store);
        await Send(1);
        await store.ReachedAsync(80);
        store.Positions().ShouldAllBe(p => p.Claim == 1);

        await using var other = ConsumerProcess.Start(kafka, hangsAt: 0, shares: true);
        await ClaimsAsync(1, 1, 2, 2);
        await Send(31);
        await store.ReachedAsync(160);

        await other.KillAsync();
        await Send(61);
        await ClaimsAsync(1, 1, 3, 3);
        await store.ReachedAsync(240);
        foreach (var producer in Producers())
        {
            store.Events().Where(e => e.Producer == producer).Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, 90).Where(i => i % 3 != 0).Select(i => (long)i));
        }

        async Task Send(long from)
        {
            foreach (var producer in Producers())
            {
                await kafka.SendAsync(KafkaHarness.Batch(producer, from, 30));
            }
        }

        Task ClaimsAsync(params long[] claims) => Eventually.Succeeds(() =>
        {
            store.Positions().Select(p => p.Claim).Order().ShouldBe(claims);
            return Task.CompletedTask;
        });

        static IEnumerable<string> Producers() => Enumerable.Range(0, 4).Select(i => $"producer-{i}");
    }

    [Fact]
    public async Task A_broker_that_is_killed_and_frozen_while_events_are_written_loses_and_doubles_none()
    {
        await using var broker = await OwnKafka.StartNewAsync();
        await using var kafka = KafkaHarness.On(broker.Bootstrap, KafkaHarness.NewOptions(2));
        using var spools = new SpoolHarness();
        spools.Options = spools.Options with { MaxBytes = 1L << 30 };
        var spool = await spools.OpenAsync();
        using var shipper = new EventShipper(
            spool, new EventDestinations([kafka.Sink]), TimeProvider.System, spools.Metrics, NullLogger<EventShipper>.Instance);
        await shipper.StartAsync(Token);
        var store = kafka.NewStore("audit");
        var consumer = await kafka.ConsumeAsync(kafka.PartsFor(store, new FreeLease()));

        var written = 0;
        using var enough = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                spool.Append(written % 3 == 0 ? EventSamples.Outcome($"r{written}") with { Type = EventTypes.Administration } : EventSamples.Outcome($"r{written}")).Appended.ShouldBeTrue();
                written++;
                await Task.Delay(1, Token);
            }
        }, Token);
        await store.ReachedAsync(500);
        for (var round = 0; round < Rounds / 5; round++)
        {
            await broker.KillAsync();
            await broker.StartAsync();
            var before = store.Count();
            await store.ReachedAsync(before + 500);
        }

        await broker.FreezeAsync();
        var frozen = Volatile.Read(ref written);
        await Eventually.Succeeds(() =>
        {
            Volatile.Read(ref written).ShouldBeGreaterThan(frozen + 300);
            return Task.CompletedTask;
        });

        // It stops although the broker hangs.
        await consumer.StopAsync(Token);
        await broker.ThawAsync();
        await kafka.ConsumeAsync(kafka.PartsFor(store, new FreeLease()));
        await enough.CancelAsync();
        await writing;
        await shipper.DrainAsync(Token);
        await store.ReachedAsync(written);

        var events = store.Events();
        events.Count.ShouldBe(written);
        events.Select(e => e.Sequence).Order().ShouldBe(Enumerable.Range(1, written).Select(i => (long)i));
        foreach (var feed in events.GroupBy(e => e.Feed))
        {
            feed.Select(e => e.Sequence).ShouldBeInOrder();
        }

        await shipper.StopAsync(Token);
    }
}
