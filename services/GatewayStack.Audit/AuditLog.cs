using Microsoft.Extensions.Logging;

namespace GatewayStack.Audit;

internal static partial class AuditLog
{
    [LoggerMessage(6000, LogLevel.Error, "The audit store did not take {Count} events: they wait in the spool and are tried again.")]
    public static partial void StoreFailed(this ILogger logger, Exception exception, int count);

    [LoggerMessage(6001, LogLevel.Error, "The event {Producer}:{Epoch}:{Sequence} could not be read ({Error}): it was put aside as a dead letter.")]
    public static partial void DeadLetter(this ILogger logger, string producer, long epoch, long sequence, string error);

    [LoggerMessage(6002, LogLevel.Warning, "The audit is read before every consumer has what was appended.")]
    public static partial void ReadBehind(this ILogger logger);

    [LoggerMessage(6003, LogLevel.Error, "A message of the log could not be read ({Topic}, partition {Partition}, offset {Offset}: {Error}): it was put aside as a dead letter.")]
    public static partial void UnreadableMessage(this ILogger logger, string topic, int partition, long offset, string error);

    [LoggerMessage(6004, LogLevel.Error, "The audit store does not answer: what happened cannot be read now.")]
    public static partial void QueryFailed(this ILogger logger, Exception exception);

    [LoggerMessage(6005, LogLevel.Warning, "Another instance has taken over the log: what was read and not stored is left to it.")]
    public static partial void Fenced(this ILogger logger);

    [LoggerMessage(6010, LogLevel.Information, "{Rows} events of the month {Month} in the retention class {Retention} are older than {Days} days and were dropped.")]
    public static partial void PartitionDropped(this ILogger logger, string retention, DateOnly month, long rows, int days);

    [LoggerMessage(6011, LogLevel.Warning, "The month {Month} of the retention class {Retention} could not be dropped now; it is tried again within the hour.")]
    public static partial void PartitionNotDropped(this ILogger logger, Exception exception, string retention, DateOnly month);

    [LoggerMessage(6012, LogLevel.Warning, "The partition for {Month} of the retention class {Retention} could not be made now: its rows go to the default and move later.")]
    public static partial void PartitionNotMade(this ILogger logger, Exception exception, string retention, DateOnly month);

    [LoggerMessage(6013, LogLevel.Warning, "There are too many retention classes: {Retention} gets no partitions, its rows are deleted one by one when they are due.")]
    public static partial void TooManyClasses(this ILogger logger, string retention);

    [LoggerMessage(6014, LogLevel.Warning, "The partitions of the audit could not be looked after; it is tried again within the hour.")]
    public static partial void MaintenanceFailed(this ILogger logger, Exception exception);

    [LoggerMessage(6020, LogLevel.Information, "This instance consumes the log of events for the audit.")]
    public static partial void LeaseHeld(this ILogger logger);

    [LoggerMessage(6021, LogLevel.Warning, "The right to consume the log of events is lost: another instance may take it.")]
    public static partial void LeaseLost(this ILogger logger, Exception exception);

    [LoggerMessage(6022, LogLevel.Warning, "The database of the audit does not answer: the log of events is not consumed.")]
    public static partial void LeaseNotReached(this ILogger logger, Exception exception);
}
