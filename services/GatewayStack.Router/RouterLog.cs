namespace GatewayStack.Router;

internal static partial class RouterLog
{
    [LoggerMessage(5000, LogLevel.Warning, "The Router's configuration has {Count} errors, the first at {Key}; the last good one stays in force")]
    public static partial void SnapshotKept(this ILogger logger, int count, string key);

    [LoggerMessage(5001, LogLevel.Warning, "Stage {Stage} failed on attempt {Attempt}: {Error}")]
    public static partial void StageFailed(this ILogger logger, string stage, int attempt, string error);

    [LoggerMessage(5002, LogLevel.Debug, "Sign-in refused: {Reason} (request {RequestId})")]
    public static partial void SignInRefused(this ILogger logger, string reason, string requestId);

    [LoggerMessage(5003, LogLevel.Error, "Request {RequestId} ended in a fault of the gateway: {Error}")]
    public static partial void Fault(this ILogger logger, string requestId, string error);

    [LoggerMessage(5004, LogLevel.Warning, "Settlement of request {RequestId} failed on attempt {Attempt}: {Error}; the event will make it good")]
    public static partial void SettlementFailed(this ILogger logger, string requestId, int attempt, string error);

    [LoggerMessage(5005, LogLevel.Warning, "Provider {Provider} failed on attempt {Attempt} of request {RequestId}: {Error}")]
    public static partial void ProviderFailed(this ILogger logger, string provider, int attempt, string requestId, string error);

    [LoggerMessage(5009, LogLevel.Warning, "Sign-ins are being refused: {Reason} (request {RequestId}), {Suppressed} more since the last such line")]
    public static partial void SignInsRefused(this ILogger logger, string reason, string requestId, long suppressed);

    [LoggerMessage(5006, LogLevel.Warning, "The record of request {RequestId} was lost: the spool is full")]
    public static partial void RecordLost(this ILogger logger, string requestId);

    [LoggerMessage(5008, LogLevel.Warning, "Request {RequestId} would have been refused by {Module} ({Code}); the module only observes")]
    public static partial void OnlyObserved(this ILogger logger, string requestId, string module, string code);
}
