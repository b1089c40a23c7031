using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Confluent.Kafka.Admin;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;
using GatewayStack.Events.Kafka;
using GatewayStack.Platform.Tests.Events;

namespace GatewayStack.Platform.Tests.Kafka;

public sealed class KafkaEventSinkTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_go_to_their_topic_in_order_with_their_exact_bytes_key_and_headers()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        var batch = KafkaHarness.Batch("producer", 1, 600);
        await kafka.SendAsync(batch);

        foreach (var (topic, usage) in new[] { (kafka.Topics.Usage, true), (kafka.Topics.Audit, false) })
        {
            var expected = batch.Events.Where(e => e.Sequence % 3 != 0 == usage).ToList();
            var found = await kafka.ReadAllAsync(topic);
            found.Select(f => f.Partition).Distinct().Count().ShouldBe(1);
            found.Select(f => Convert.ToHexString(f.Message.Value)).ShouldBe(expected.Select(e => Convert.ToHexString(e.Bytes.AsSpan())));
            found.ShouldAllBe(f => Encoding.UTF8.GetString(f.Message.Key) == "producer");
            found.Select(f => Header(f.Message.Headers, "seq")).ShouldBe(expected.Select(e => $"{e.Sequence}"));
            found.ShouldAllBe(f => Header(f.Message.Headers, "epoch") == "1");
            found.ShouldAllBe(f => Header(f.Message.Headers, "traceparent") == EventSamples.Outcome("").TraceParent);
        }
    }

    [Fact]
    public async Task A_refusal_goes_where_the_ledger_reads_only_if_it_had_a_hold_or_an_attempt()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        var refusal = EventSamples.Outcome() with { Type = EventTypes.Refusal, Outcome = EventOutcomes.Refused, Limits = null, Attempts = [] };
        GatewayEvent[] events = [refusal, refusal with { Attempts = EventSamples.Outcome().Attempts }, refusal with { Limits = EventSamples.Decision().Limits }];
        await kafka.SendAsync(new EventBatch
        {
            Producer = "p",
            Events = [.. events.Select((e, i) => new StoredEvent { Epoch = 1, Sequence = i + 1, Bytes = [.. EventWriter.Write(e, new EventPosition { Producer = "p", Epoch = 1, Sequence = i + 1 })] })],
        });

        (await kafka.ReadAllAsync(kafka.Topics.Usage)).Select(f => Header(f.Message.Headers, "seq")).ShouldBe(["2", "3"]);
        (await kafka.ReadAllAsync(kafka.Topics.Audit)).Select(f => Header(f.Message.Headers, "seq")).ShouldBe(["1"]);
    }

    [Fact]
    public async Task What_is_no_event_goes_to_the_audit()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        await kafka.SendAsync(new EventBatch { Producer = "p", Events = [new StoredEvent { Epoch = 1, Sequence = 1, Bytes = [.. "garbage"u8] }] });
        (await kafka.ReadAllAsync(kafka.Topics.Audit)).ShouldHaveSingleItem().Message.Value.ShouldBe("garbage"u8.ToArray());
    }

    [Fact]
    public async Task An_event_that_no_broker_takes_is_not_acknowledged_nor_is_any_after_it()
    {
        await using var kafka = await KafkaHarness.StartAsync();
        var batch = KafkaHarness.Batch("p", 1, 6);
        var tooLarge = batch.Events[3] with { Bytes = [.. new byte[1_500_000]] };
        var answer = await kafka.Sink.AppendAsync(batch with { Events = batch.Events.SetItem(3, tooLarge) }, Token);
        answer.Stored.ShouldBe(3);
        answer.Reason.ShouldNotBeNullOrEmpty();

        // The rest comes again, and is taken: by another producer if need be.
        await kafka.SendAsync(batch with { Events = batch.Events[3..] });
        (await kafka.ReadAllAsync(kafka.Topics.Usage)).Select(f => Header(f.Message.Headers, "seq")).ShouldBe(["1", "2", "4", "5"]);
    }

    [Fact]
    public async Task What_a_broker_refuses_breaks_the_producer_off_so_that_no_later_event_stands_without_it()
    {
        await using var kafka = await KafkaHarness.StartAsync(partitions: 1);
        await kafka.SendAsync(KafkaHarness.Batch("p", 1, 10));
        await SetLargestAsync(20_000);
        var batch = KafkaHarness.Batch("p", 11, 600);
        var noise = Convert.ToBase64String(RandomNumberGenerator.GetBytes(40_000));
        var large = EventWriter.Write(EventSamples.Outcome() with { Purpose = noise }, new EventPosition { Producer = "p", Epoch = 1, Sequence = batch.Events[300].Sequence });
        batch = batch with { Events = batch.Events.SetItem(300, batch.Events[300] with { Bytes = [.. large] }) };
        var answer = await kafka.Sink.AppendAsync(batch, Token);
        answer.Stored.ShouldBeLessThanOrEqualTo(300);
        answer.Reason.ShouldNotBeNullOrEmpty();

        await SetLargestAsync(1_000_000);
        var store = kafka.NewStore("audit");
        await kafka.ConsumeAsync(store);
        await kafka.SendAsync(batch with { Events = batch.Events[answer.Stored..] });
        await store.ReachedAsync(610);
        store.Events().Select(e => e.Sequence).Order().ShouldBe(Enumerable.Range(1, 610).Select(i => (long)i));

        async Task SetLargestAsync(int bytes)
        {
            using var admin = kafka.Admin();
            var topic = new ConfigResource { Type = ResourceType.Topic, Name = kafka.Topics.Usage.Name };
            await admin.IncrementalAlterConfigsAsync(new Dictionary<ConfigResource, List<ConfigEntry>>
            {
                [topic] = [new() { Name = "max.message.bytes", Value = $"{bytes}", IncrementalOperation = AlterConfigOpType.Set }],
            });
        }
    }

    [Fact]
    public async Task A_request_is_one_trace_from_its_event_to_the_store()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == KafkaTracing.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a =>
            {
                lock (spans)
                {
                    spans.Add(a);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var kafka = await KafkaHarness.StartAsync(partitions: 1);
        var store = kafka.NewStore();
        Activity? atStore = null;
        store.Before = _ =>
        {
            atStore = Activity.Current;
            return Task.CompletedTask;
        };
        var traces = Enumerable.Range(0, 3).Select(_ => ActivityTraceId.CreateRandom()).ToList();
        await kafka.SendAsync(new EventBatch
        {
            Producer = "p",
            Events = [.. traces.Select((t, i) => new StoredEvent
            {
                Epoch = 1,
                Sequence = i + 1,
                Bytes = [.. EventWriter.Write(EventSamples.Outcome() with { TraceParent = $"00-{t}-00f067aa0ba902b7-01" }, new EventPosition { Producer = "p", Epoch = 1, Sequence = i + 1 })],
            })],
        });
        await kafka.ConsumeAsync(store);
        await store.ReachedAsync(3);
        await TestServers.Eventually.Succeeds(() =>
        {
            traces.Select(t => Of(t).Count).ShouldAllBe(count => count == 2);
            return Task.CompletedTask;
        });

        foreach (var trace in traces)
        {
            var of = Of(trace);
            var send = of.Single(a => a.Kind == ActivityKind.Producer);
            var process = of.Single(a => a.Kind == ActivityKind.Consumer);
            send.ParentSpanId.ToString().ShouldBe("00f067aa0ba902b7");
            process.ParentSpanId.ShouldBe(send.SpanId);
            process.GetTagItem("messaging.destination.name").ShouldBe(kafka.Topics.Usage.Name);
        }

        // The store's own spans are children of the first; the others are linked to it.
        atStore!.TraceId.ShouldBe(traces[0]);
        Of(traces[1]).Single(a => a.Kind == ActivityKind.Consumer).Links.Single().Context.SpanId.ShouldBe(atStore.SpanId);

        List<Activity> Of(ActivityTraceId trace)
        {
            lock (spans)
            {
                return [.. spans.Where(s => s.TraceId == trace)];
            }
        }
    }

    private static string Header(Confluent.Kafka.Headers headers, string name) => Encoding.ASCII.GetString(headers.GetLastBytes(name));
}
