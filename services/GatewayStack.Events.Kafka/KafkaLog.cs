using Microsoft.Extensions.Logging;

namespace GatewayStack.Events.Kafka;

internal static partial class KafkaLog
{
    [LoggerMessage(7200, LogLevel.Debug, "Kafka client: {Facility}: {Message}")]
    public static partial void ClientLog(this ILogger logger, string facility, string message);

    [LoggerMessage(7201, LogLevel.Error, "The Kafka client cannot go on ({Reason}): another one takes its place.")]
    public static partial void ClientFailed(this ILogger logger, string reason);

    [LoggerMessage(7202, LogLevel.Warning, "Kafka at {Servers} cannot be reached ({Reason}): events wait where they are.")]
    public static partial void BrokersAway(this ILogger logger, string servers, string reason);

    [LoggerMessage(7203, LogLevel.Information, "Kafka at {Servers} is back.")]
    public static partial void BrokersBack(this ILogger logger, string servers);

    [LoggerMessage(7204, LogLevel.Information, "The topic {Topic} was made: {Partitions} partitions, events are kept for {Hours} hours.")]
    public static partial void TopicMade(this ILogger logger, string topic, int partitions, int hours);

    [LoggerMessage(7205, LogLevel.Warning, "{Difference}")]
    public static partial void TopicDiffers(this ILogger logger, string difference);

    [LoggerMessage(7206, LogLevel.Error, "{Problem} Nothing is sent or consumed until it is mended.")]
    public static partial void TopicRefused(this ILogger logger, string problem);

    [LoggerMessage(7207, LogLevel.Error, "{Count} events were not taken by Kafka ({Reason}): they are sent again.")]
    public static partial void NotDelivered(this ILogger logger, int count, string reason);

    [LoggerMessage(7210, LogLevel.Information, "The consumer {Consumer} reads {Topic} [{Partition}] from {Offset}, claim {Claim}.")]
    public static partial void Claimed(this ILogger logger, string consumer, string topic, int partition, long offset, long claim);

    [LoggerMessage(7211, LogLevel.Information, "The consumer {Consumer} gave up {Topic} [{Partition}].")]
    public static partial void Revoked(this ILogger logger, string consumer, string topic, int partition);

    [LoggerMessage(7212, LogLevel.Warning, "The consumer {Consumer} could not claim its partitions; it tries again in {Delay}.")]
    public static partial void NotClaimed(this ILogger logger, Exception exception, string consumer, TimeSpan delay);

    [LoggerMessage(7213, LogLevel.Warning, "The consumer {Consumer} was overtaken on {Topic} [{Partition}] ({Reason}): nothing was stored; it claims the partition again in {Delay} if it is still its own.")]
    public static partial void Fenced(this ILogger logger, string consumer, string topic, int partition, string? reason, TimeSpan delay);

    [LoggerMessage(7214, LogLevel.Error, "The store of {Consumer} did not take events of {Topic} [{Partition}] ({Reason}): its partitions are paused, the next attempt is in {Delay}.")]
    public static partial void StoreFailed(this ILogger logger, Exception? exception, string consumer, string topic, int partition, string? reason, TimeSpan delay);

    [LoggerMessage(7215, LogLevel.Information, "The store of {Consumer} works again.")]
    public static partial void StoreRecovered(this ILogger logger, string consumer);

    [LoggerMessage(7216, LogLevel.Error, "{Topic} [{Partition}] at {Offset} is no event ({Problem}): it becomes a dead letter. {Count} of one poll.")]
    public static partial void Unreadable(this ILogger logger, string topic, int partition, long offset, string problem, int count);

    [LoggerMessage(7217, LogLevel.Error, "{Topic} [{Partition}]: offsets {From} to {To} were deleted before they were read.")]
    public static partial void Hole(this ILogger logger, string topic, int partition, long from, long to);

    [LoggerMessage(7218, LogLevel.Error, "{Topic} [{Partition}] ends at {End}, before {Stored}, which was read already: it was made anew, or has lost events. It is read from its beginning; what is known has no second effect.")]
    public static partial void LogShorter(this ILogger logger, string topic, int partition, long end, long stored);

    [LoggerMessage(7219, LogLevel.Error, "The consumer {Consumer} failed; it starts again in {Delay}.")]
    public static partial void ConsumerFailed(this ILogger logger, Exception exception, string consumer, TimeSpan delay);

    [LoggerMessage(7220, LogLevel.Warning, "The consumer {Consumer} lost its lease: another instance may take over.")]
    public static partial void LeaseLost(this ILogger logger, string consumer);

    [LoggerMessage(7221, LogLevel.Warning, "The consumer {Consumer} is paused by an administrator: {Reason}")]
    public static partial void Paused(this ILogger logger, string consumer, string reason);

    [LoggerMessage(7222, LogLevel.Information, "The consumer {Consumer} goes on: {Reason}")]
    public static partial void Resumed(this ILogger logger, string consumer, string reason);

    [LoggerMessage(7223, LogLevel.Warning, "The switch of the consumer {Consumer} could not be recorded.")]
    public static partial void SwitchNotRecorded(this ILogger logger, string consumer);
}
