using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Consumption;

/// <summary>What stored events mean to the ledger.</summary>
internal static class LedgerEntries
{
    private const int MostKeyLength = 256;

    /// <summary>Reads one event. Bytes that are no event are passed over, with the reason: the audit keeps them.</summary>
    public static LedgerEntry Read(StoredEvent stored, out string? error)
    {
        var read = EventReader.Read(stored.Bytes.AsMemory());
        error = read.Error ?? (read.Event is { } found && TooLong(found) ? "its request id or tenant is too long" : null);
        return (error is null ? read.Event : null) switch
        {
            { Type: EventTypes.Decision, Limits.Hold: { } hold, Caller: { } caller } e => new OpenEntry
            {
                Epoch = stored.Epoch,
                Sequence = stored.Sequence,
                RequestId = e.RequestId,
                ParentRequestId = e.ParentRequestId,
                Facts = RequestFacts.Of(caller, e.Tenant, e.Action, e.Mcp),
                Hold = hold,
            },
            { Type: EventTypes.Outcome } e => Close(e, stored),

            // Refused after its hold was made; what it may have used by then is charged like any other.
            { Type: EventTypes.Refusal } e when e.Limits?.Hold is not null || !e.Attempts.IsEmpty => Close(e, stored),
            _ => new NoEntry { Epoch = stored.Epoch, Sequence = stored.Sequence },
        };
    }

    // The gateway mints request ids, and no store's index takes what has no bound.
    private static bool TooLong(GatewayEvent e) => e.RequestId.Length > MostKeyLength || e.ParentRequestId?.Length > MostKeyLength || e.Tenant.Length > MostKeyLength;

    private static CloseEntry Close(GatewayEvent e, StoredEvent stored) => new()
    {
        Epoch = stored.Epoch,
        Sequence = stored.Sequence,
        RequestId = e.RequestId,
        ParentRequestId = e.ParentRequestId,
        Facts = e.Caller is { } caller ? RequestFacts.Of(caller, e.Tenant, e.Action, e.Mcp) : null,
        Time = e.Time,
        Attempts = e.Attempts,
        ChargedByChild = e.ChargedByChild,
        Interrupted = e.Outcome == EventOutcomes.Interrupted,
        PriceTable = e.Limits?.PriceTable ?? e.Usage?.PriceTable,
    };
}
