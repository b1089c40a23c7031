using Microsoft.Extensions.Logging;

namespace GatewayStack.Limits;

/// <summary>What Limits logs. Event ids 4000 to 4999.</summary>
internal static partial class LimitsLog
{
    [LoggerMessage(4000, LogLevel.Information, "Limits are ready: {Limits} limits ({Revision}), {Prices} prices ({PriceRevision}), {OpenHolds} holds of requests under way")]
    public static partial void Ready(ILogger logger, int limits, string revision, int prices, string priceRevision, int openHolds);

    [LoggerMessage(4001, LogLevel.Warning, "{Holds} holds were charged in full: their leases ended without a settlement")]
    public static partial void LeasesExpired(ILogger logger, int holds);

    [LoggerMessage(4002, LogLevel.Error, "The ledger could not store a batch of {Events} events; it comes again")]
    public static partial void LedgerFailed(ILogger logger, Exception exception, int events);

    [LoggerMessage(4003, LogLevel.Warning, "Event {Producer}:{Epoch}:{Sequence} is passed over: {Reason}")]
    public static partial void EventUnreadable(ILogger logger, string producer, long epoch, long sequence, string reason);

    [LoggerMessage(4004, LogLevel.Error, "The new limits could not be put in force; the old ones stand")]
    public static partial void RefreshFailed(ILogger logger, Exception exception);

    [LoggerMessage(4005, LogLevel.Error, "The ledger could not let go of what is past its retention; it is tried again in an hour")]
    public static partial void LedgerNotForgotten(ILogger logger, Exception exception);

    [LoggerMessage(4006, LogLevel.Error, "An administrative act on limits is not on record: the event log did not take it")]
    public static partial void AdministrationNotRecorded(ILogger logger);

    [LoggerMessage(4007, LogLevel.Information, "The ledger let go of {Requests} requests older than {Days} days, and of what they used")]
    public static partial void LedgerForgotten(ILogger logger, long requests, int days);

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
