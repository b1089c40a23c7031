using System.Collections.Immutable;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Ledger;

/// <summary>What one event means to the ledger.</summary>
internal abstract record LedgerEntry
{
    public required long Epoch { get; init; }

    public required long Sequence { get; init; }
}

/// <summary>Nothing: only the watermark moves.</summary>
internal sealed record NoEntry : LedgerEntry;

/// <summary>A request went out with a hold.</summary>
internal sealed record OpenEntry : LedgerEntry
{
    public required string RequestId { get; init; }

    public string? ParentRequestId { get; init; }

    public required RequestFacts Facts { get; init; }

    public required Hold Hold { get; init; }
}

/// <summary>A request ended.</summary>
internal sealed record CloseEntry : LedgerEntry
{
    public required string RequestId { get; init; }

    public string? ParentRequestId { get; init; }

    /// <summary>Null where the event names nobody; then only a request that is known is charged.</summary>
    public RequestFacts? Facts { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset Time { get; init; }

    public required ImmutableArray<AttemptUsage> Attempts { get; init; }

    public required bool ChargedByChild { get; init; }

    /// <summary>True when the process ended first: what was held is charged.</summary>
    public required bool Interrupted { get; init; }

    public string? PriceTable { get; init; }
}

/// <summary>Entries of one producer, in order.</summary>
internal sealed record LedgerBatch(string Producer, ImmutableArray<LedgerEntry> Entries)
{
    /// <summary>Which of the producer's streams they are from: each has its watermark. Empty for the direct transport.</summary>
    public string Feed { get; init; } = string.Empty;

    /// <summary>The step that the consumer of a log takes with them; null where there is none.</summary>
    public LogPosition? Position { get; init; }
}

/// <summary>What an entry changed in the ledger, for the counters to follow.</summary>
/// <param name="Request">The request as it stands now.</param>
internal sealed record LedgerChange(LedgerRequest Request);
