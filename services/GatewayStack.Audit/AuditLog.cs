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
}
