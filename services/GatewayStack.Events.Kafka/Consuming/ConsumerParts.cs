using System.Collections.Immutable;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Kafka.Settings;
using GatewayStack.Events.Kafka.Topics;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Events.Kafka.Consuming;

/// <summary>What a consumer works with.</summary>
internal sealed record ConsumerParts
{
    /// <summary>The sink's name.</summary>
    public string Name => Sink.Name;

    public required IEventSink Sink { get; init; }

    public required IEventOffsets Offsets { get; init; }

    /// <summary>Where one instance consumes for all; null where they share the partitions as a group.</summary>
    public IConsumerLease? Lease { get; init; }

    public required ImmutableArray<KafkaTopic> Topics { get; init; }

    public required KafkaTopics All { get; init; }

    public required KafkaConnection Connection { get; init; }

    public required KafkaOptions Options { get; init; }

    public required ConsumerSwitch Switch { get; init; }

    public required TimeProvider Time { get; init; }

    public required KafkaMetrics Metrics { get; init; }

    public required ILogger Logger { get; init; }
}
