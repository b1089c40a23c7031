using System.Collections.Immutable;
using System.Globalization;
using GatewayStack.Events.Kafka.Settings;

namespace GatewayStack.Events.Kafka.Topics;

/// <summary>Compares a topic that is there with what it must be. The stack never changes one: it may be somebody's decision.</summary>
internal static class TopicCheck
{
    /// <summary>The largest request of a producer, and so the least a topic must take, in bytes.</summary>
    public const int MaxMessageBytes = 1_000_000;

    private const long HourMillis = 3_600_000;

    /// <summary>What is wrong with it: a reason not to use it, and what only deserves a warning.</summary>
    /// <param name="topic">What it must be.</param>
    /// <param name="options">The settings.</param>
    /// <param name="partitions">How many it has.</param>
    /// <param name="replication">The fewest copies of any of them.</param>
    /// <param name="settings">Its settings, by Kafka's names; empty where they may not be read.</param>
    public static (ImmutableArray<string> Refusals, ImmutableArray<string> Warnings) Compare(
        KafkaTopic topic, KafkaOptions options, int partitions, int replication, IReadOnlyDictionary<string, string> settings)
    {
        var refusals = ImmutableArray.CreateBuilder<string>();
        var warnings = ImmutableArray.CreateBuilder<string>();
        if (partitions != topic.Partitions)
        {
            refusals.Add($"has {partitions} partitions, {topic.PartitionsSetting} says {topic.Partitions}");
        }

        if (settings.TryGetValue("cleanup.policy", out var cleanup) && cleanup.Contains("compact", StringComparison.Ordinal))
        {
            refusals.Add($"has cleanup.policy {cleanup}, which removes events; it must be delete");
        }

        if (Number(settings, "max.message.bytes") is { } bytes and < MaxMessageBytes)
        {
            refusals.Add($"has max.message.bytes {bytes}, it must be at least {MaxMessageBytes}");
        }

        var wanted = options.RetentionHours * HourMillis;
        if (Number(settings, "retention.ms") is { } kept and >= 0 && kept != wanted)
        {
            var difference = string.Create(CultureInfo.InvariantCulture, $"has retention.ms {kept}, {KafkaOptions.Section}:{nameof(options.RetentionHours)} says {wanted}");
            (kept < wanted ? refusals : warnings).Add(difference);
        }

        if (Number(settings, "retention.bytes") is { } size and >= 0)
        {
            warnings.Add($"has retention.bytes {size}: events may go before {options.RetentionHours} hours are over");
        }

        if (options.ReplicationFactor > 0 && replication < options.ReplicationFactor)
        {
            warnings.Add($"has {replication} copies of a partition, {KafkaOptions.Section}:{nameof(options.ReplicationFactor)} says {options.ReplicationFactor}");
        }

        return (refusals.ToImmutable(), warnings.ToImmutable());
    }

    private static long? Number(IReadOnlyDictionary<string, string> settings, string name) =>
        settings.TryGetValue(name, out var text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
