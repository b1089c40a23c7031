using Microsoft.Extensions.Logging;

namespace GatewayStack.Limits;

/// <summary>What Limits logs about its counter store. Event ids 4100 to 4199.</summary>
internal static partial class LimitsLog
{
    [LoggerMessage(4100, LogLevel.Error, "Redis failed too often: limits are away for {Seconds} s at a time until it answers")]
    public static partial void BreakerOpened(ILogger logger, Exception? exception, double seconds);

    [LoggerMessage(4101, LogLevel.Information, "Redis answers again")]
    public static partial void BreakerClosed(ILogger logger);

    [LoggerMessage(4102, LogLevel.Error, "Redis has the maxmemory-policy {Policy}: it may throw counters away, and limits would start again from nothing; set it to noeviction")]
    public static partial void Evicting(ILogger logger, string policy);

    [LoggerMessage(4103, LogLevel.Warning, "Redis does not tell its maxmemory-policy ({Reason}); it must be noeviction, or counters are thrown away when its memory is full")]
    public static partial void EvictionUnknown(ILogger logger, string reason);

    [LoggerMessage(4104, LogLevel.Warning, "The counters were off by {Drift} in all (tokens and micro-units) from what the ledger says; they are right again")]
    public static partial void Drifted(ILogger logger, long drift);

    [LoggerMessage(4105, LogLevel.Warning, "Redis lost its connection")]
    public static partial void ConnectionLost(ILogger logger, Exception? exception);

    [LoggerMessage(4106, LogLevel.Warning, "Redis came back with older counters than it had: nothing is decided until they are rebuilt from the ledger")]
    public static partial void CameBackOlder(ILogger logger);

    [LoggerMessage(4107, LogLevel.Error, "The counters could not be looked after; it is tried again")]
    public static partial void TendFailed(ILogger logger, Exception exception);

    [LoggerMessage(4108, LogLevel.Information, "The counters of {Tenants} tenants were rebuilt from the ledger in {Milliseconds} ms")]
    public static partial void Rebuilt(ILogger logger, int tenants, long milliseconds);

    [LoggerMessage(4109, LogLevel.Warning, "The counters are away: {Reason}")]
    public static partial void StoreAway(ILogger logger, string reason);
}
