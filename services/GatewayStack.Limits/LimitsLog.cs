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


    [LoggerMessage(4006, LogLevel.Error, "An administrative act on limits is not on record: the event log did not take it")]
    public static partial void AdministrationNotRecorded(ILogger logger);
}
