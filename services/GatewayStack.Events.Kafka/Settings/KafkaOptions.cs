namespace GatewayStack.Events.Kafka.Settings;

/// <summary>The Kafka transport, from the configuration section <c>Events:Kafka</c>. It is in use where <c>ConnectionStrings:kafka</c> names brokers.</summary>
public sealed record KafkaOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Events:Kafka";

    /// <summary>
    /// Beginning of the names of topics (<c>gateway.usage</c>, <c>gateway.audit</c>) and consumer groups (<c>gateway.limits</c>, <c>gateway.audit</c>); <c>gateway.</c>
    /// by default. Two environments on one cluster differ in it.
    /// </summary>
    public string TopicPrefix { get; init; } = "gateway.";

    /// <summary>Partitions of the usage topic: the most instances of Limits that can share its work; 6 by default, 1 to 1000. A topic that is there must have as many.</summary>
    public int UsagePartitions { get; init; } = 6;

    /// <summary>Partitions of the audit topic; 6 by default, 1 to 1000. A topic that is there must have as many.</summary>
    public int AuditPartitions { get; init; } = 6;

    /// <summary>
    /// How many hours the topics keep events, which is the longest a consumer may be away; 168 by default, 1 to 87600. A topic that is there must keep them at least as
    /// long.
    /// </summary>
    public int RetentionHours { get; init; } = 168;

    /// <summary>
    /// Copies of each partition in topics that the stack makes; 0, the default, takes the broker's own setting. From 3 on, 2 of them must have a record before it counts.
    /// </summary>
    public int ReplicationFactor { get; init; }

    /// <summary>Seconds without a sign of life after which a consumer's partitions go to another instance; 10 by default, 6 to 300.</summary>
    public int SessionSeconds { get; init; } = 10;

    /// <summary>User name at the brokers; none by default. Needs <c>Service:Tls:Enabled</c> where the mechanism is <c>PLAIN</c>.</summary>
    public string? Username { get; init; }

    /// <summary>Password (secret) of that user.</summary>
    public string? Password { get; init; }

    /// <summary>How the user signs in: <c>PLAIN</c>, <c>SCRAM-SHA-256</c> or <c>SCRAM-SHA-512</c> (default).</summary>
    public string SaslMechanism { get; init; } = "SCRAM-SHA-512";

    /// <summary>Leaves the password out.</summary>
    public override string ToString() => $"KafkaOptions {{ TopicPrefix = {TopicPrefix}, Username = {Username}, SaslMechanism = {SaslMechanism} }}";
}
