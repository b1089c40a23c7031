using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Ledger;

/// <summary>A request as the ledger knows it.</summary>
internal sealed record LedgerRequest
{
    public required string RequestId { get; init; }

    public string? ParentRequestId { get; init; }

    public required RequestFacts Facts { get; init; }

    /// <summary>When it was reserved: all of it counts in the windows of that moment.</summary>
    public required DateTimeOffset ReservedAt { get; init; }

    /// <summary>True when it was admitted under limits and is no child of another.</summary>
    public required bool Counts { get; init; }

    public required LedgerState State { get; init; }

    /// <summary>What it held; nothing where no hold was made.</summary>
    public required Amount Hold { get; init; }

    public required DateTimeOffset LeaseEndsAt { get; init; }

    /// <summary>What its rows add up to; nothing while it is under way.</summary>
    public required Amount Charged { get; init; }

    /// <summary>Whether a child takes over this request's hold: one of the same person's, made while the lease ran. After that the hold has been charged.</summary>
    public bool IsTakenOverBy(LedgerRequest child) =>
        child.Facts.PersonId == Facts.PersonId && child.Facts.Tenant == Facts.Tenant && child.ReservedAt < LeaseEndsAt;
}

/// <summary>How far a request has come.</summary>
internal enum LedgerState
{
    /// <summary>Under way, with a hold.</summary>
    Open = 0,

    /// <summary>Under way; a child has taken over its hold.</summary>
    Released = 1,

    /// <summary>Ended; its rows are all there.</summary>
    Closed = 2,
}
