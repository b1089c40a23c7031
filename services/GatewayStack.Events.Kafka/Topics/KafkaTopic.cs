using GatewayStack.Events.Kafka.Settings;

namespace GatewayStack.Events.Kafka.Topics;

/// <summary>A topic as the stack makes it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Feed">Its short name: producers' watermarks are kept by it.</param>
/// <param name="Partitions">How many it must have.</param>
/// <param name="PartitionsSetting">The setting that says so.</param>
internal sealed record KafkaTopic(string Name, string Feed, int Partitions, string PartitionsSetting)
{
    public const string UsageFeed = "usage";
    public const string AuditFeed = "audit";

    /// <summary>What the ledger needs, and the audit too.</summary>
    public static KafkaTopic Usage(KafkaOptions options) => Of(options, UsageFeed, options.UsagePartitions, nameof(KafkaOptions.UsagePartitions));

    /// <summary>What only the audit needs.</summary>
    public static KafkaTopic Audit(KafkaOptions options) => Of(options, AuditFeed, options.AuditPartitions, nameof(KafkaOptions.AuditPartitions));

    private static KafkaTopic Of(KafkaOptions options, string feed, int partitions, string setting) =>
        new(options.TopicPrefix + feed, feed, partitions, $"{KafkaOptions.Section}:{setting}");
}
