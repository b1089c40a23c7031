using Microsoft.Extensions.Logging;

namespace GatewayStack.Events;

internal static partial class EventsLog
{
    [LoggerMessage(7000, LogLevel.Information, "The spool {Folder} is open: producer {Producer}, epoch {Epoch}, {Segments} segments of earlier runs.")]
    public static partial void SpoolOpened(this ILogger logger, string folder, string producer, long epoch, int segments);

    [LoggerMessage(7001, LogLevel.Warning, "{Count} requests of an earlier run had no outcome: recorded as interrupted.")]
    public static partial void Interrupted(this ILogger logger, int count);

    [LoggerMessage(7002, LogLevel.Error, "{File} was damaged from {Start} to {End}: the bytes are in quarantine, a gap is recorded.")]
    public static partial void Damaged(this ILogger logger, string file, int start, int end);

    [LoggerMessage(7003, LogLevel.Error, "{File} cannot be read ({Problem}): it is in quarantine, a gap is recorded.")]
    public static partial void SegmentUnreadable(this ILogger logger, string file, string problem);

    [LoggerMessage(7004, LogLevel.Error, "The spool is full: new events are lost until its consumers catch up or Events:MaxBytes is raised.")]
    public static partial void SpoolFull(this ILogger logger);

    [LoggerMessage(7005, LogLevel.Warning, "The spool has room again; {Lost} events were lost, a gap is recorded.")]
    public static partial void SpoolHasRoom(this ILogger logger, long lost);

    [LoggerMessage(7006, LogLevel.Error, "The spool could not reserve another segment.")]
    public static partial void SegmentNotMade(this ILogger logger, Exception exception);

    [LoggerMessage(7007, LogLevel.Error, "The spool could not be synced to disk.")]
    public static partial void FlushFailed(this ILogger logger, Exception exception);

    [LoggerMessage(7010, LogLevel.Error, "The consumer {Sink} failed; its events wait in the spool and are sent again in {Delay}.")]
    public static partial void SinkFailed(this ILogger logger, Exception exception, string sink, TimeSpan delay);

    [LoggerMessage(7011, LogLevel.Warning, "The consumer {Sink} stored {Stored} of {Count} events ({Reason}); the rest is sent again in {Delay}.")]
    public static partial void SinkFellShort(this ILogger logger, string sink, int stored, int count, string? reason, TimeSpan delay);

    [LoggerMessage(7012, LogLevel.Information, "The consumer {Sink} works again.")]
    public static partial void SinkRecovered(this ILogger logger, string sink);

    [LoggerMessage(7013, LogLevel.Warning, "Not every consumer had stored everything when the process stopped: it is sent at the next start.")]
    public static partial void StoppedBehind(this ILogger logger);

    [LoggerMessage(7014, LogLevel.Warning, "The current key of personal values could not be read; the one before stays in use.")]
    public static partial void KeyNotRefreshed(this ILogger logger, Exception exception);
}
