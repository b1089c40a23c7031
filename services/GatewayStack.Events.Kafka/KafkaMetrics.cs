using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GatewayStack.Events.Kafka;

/// <summary>Figures of the Kafka transport, both ends.</summary>
internal sealed class KafkaMetrics : IDisposable
{
    public const string MeterName = "GatewayStack.Events.Kafka";

    private readonly ConcurrentDictionary<(string Consumer, string Topic, int Partition), long> _lag = new();
    private readonly ConcurrentDictionary<string, (bool Store, bool Administrator)> _paused = new(StringComparer.Ordinal);
    private readonly Meter _meter;
    private readonly Counter<long> _produced;
    private readonly Counter<long> _notDelivered;
    private readonly Counter<long> _consumed;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _fenced;
    private readonly Counter<long> _storeFailures;
    private long _waiting;

    public KafkaMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _produced = _meter.CreateCounter<long>("gatewaystack.kafka.produced", "{event}", "Events the brokers have acknowledged.");
        _notDelivered = _meter.CreateCounter<long>("gatewaystack.kafka.not_delivered", "{event}", "Events that were not taken and are sent again.");
        _consumed = _meter.CreateCounter<long>("gatewaystack.kafka.consumed", "{event}", "Events a consumer has stored, or knew already.");
        _batches = _meter.CreateCounter<long>("gatewaystack.kafka.batches", "{batch}", "Steps forward in a partition that were stored.");
        _unreadable = _meter.CreateCounter<long>("gatewaystack.kafka.unreadable", "{message}", "Messages that are no events: dead letters. More than none is an alarm.");
        _fenced = _meter.CreateCounter<long>("gatewaystack.kafka.fenced", "{batch}", "Batches that were not stored because another instance had taken the partition.");
        _storeFailures = _meter.CreateCounter<long>("gatewaystack.kafka.store_failures", "{failure}", "Batches the store did not take; they are tried again.");
        _ = _meter.CreateObservableGauge("gatewaystack.kafka.producer.waiting", () => Volatile.Read(ref _waiting), "{event}", "Events sent that no broker has acknowledged yet.");
        _ = _meter.CreateObservableGauge("gatewaystack.kafka.lag", Lags, "{message}", "Messages of a partition that are not stored yet.");
        _ = _meter.CreateObservableGauge("gatewaystack.kafka.paused", Pauses, "{consumer}", "1 while a consumer stands still, by cause.");
    }

    public void Sent(int count) => Interlocked.Add(ref _waiting, count);

    public void Produced(string topic)
    {
        Interlocked.Decrement(ref _waiting);
        _produced.Add(1, new TagList { { "topic", topic } });
    }

    public void NotDelivered(string topic)
    {
        Interlocked.Decrement(ref _waiting);
        _notDelivered.Add(1, new TagList { { "topic", topic } });
    }

    public void Consumed(string consumer, string topic, int events)
    {
        var tags = new TagList { { "sink", consumer }, { "topic", topic } };
        _consumed.Add(events, tags);
        _batches.Add(1, tags);
    }

    public void Unreadable(string consumer, string topic, int count) => _unreadable.Add(count, new TagList { { "sink", consumer }, { "topic", topic } });

    public void Fenced(string consumer) => _fenced.Add(1, new TagList { { "sink", consumer } });

    public void StoreFailed(string consumer) => _storeFailures.Add(1, new TagList { { "sink", consumer } });

    public void Lag(string consumer, string topic, int partition, long messages) => _lag[(consumer, topic, partition)] = messages;

    public void NoLag(string consumer, string topic, int partition) => _lag.TryRemove((consumer, topic, partition), out _);

    public void Paused(string consumer, bool store, bool administrator) => _paused[consumer] = (store, administrator);

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Lags() =>
        _lag.Select(l => new Measurement<long>(l.Value, new TagList { { "sink", l.Key.Consumer }, { "topic", l.Key.Topic }, { "partition", l.Key.Partition } }));

    private IEnumerable<Measurement<int>> Pauses() => _paused.SelectMany(p => new[]
    {
        new Measurement<int>(p.Value.Store ? 1 : 0, new TagList { { "sink", p.Key }, { "cause", "store" } }),
        new Measurement<int>(p.Value.Administrator ? 1 : 0, new TagList { { "sink", p.Key }, { "cause", "administrator" } }),
    });
}
