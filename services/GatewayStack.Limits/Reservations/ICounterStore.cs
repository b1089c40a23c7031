using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Ledger;

namespace GatewayStack.Limits.Reservations;

/// <summary>Counters and holds: fast, and rebuildable from the ledger at any time.</summary>
/// <remarks>Safe for concurrent use. Each operation is atomic over all counters of a request's tenant.</remarks>
internal interface ICounterStore
{
    /// <summary>Name of the technology.</summary>
    string Name { get; }

    /// <summary>Checks every limit, then holds in all of them or changes nothing. Repeating it for a request that has a hold gives the first decision.</summary>
    Task<LimitsDecision> ReserveAsync(CounterRequest request, CancellationToken cancellationToken);

    /// <summary>Puts what was used in the place of the hold, once.</summary>
    Task<CounterSettled> SettleAsync(CounterSettlement settlement, CancellationToken cancellationToken);

    /// <summary>State of every limit that covers the caller.</summary>
    Task<ImmutableArray<LimitState>> ReadAsync(RequestFacts facts, CancellationToken cancellationToken);

    /// <summary>Charges holds whose lease is over in full, and forgets what no longer matters. Says how many it charged.</summary>
    Task<int> SweepAsync(CancellationToken cancellationToken);

    /// <summary>Takes over what the ledger has just stored. Says whether the counters must be rebuilt.</summary>
    Task<bool> ApplyAsync(ImmutableArray<LedgerChange> changes, CancellationToken cancellationToken);

    /// <summary>Sets every open window from the ledger and from the requests that only the store knows, and puts limits in force with them.</summary>
    /// <remarks>The ledger must not be written meanwhile.</remarks>
    Task RebuildAsync(LimitSet limits, ILedger ledger, CancellationToken cancellationToken);

    /// <summary>How much is there, for administrators.</summary>
    CounterStatistics GetStatistics();
}

/// <summary>How much a counter store holds.</summary>
internal sealed record CounterStatistics(int Counters, int OpenHolds, int Remembered);
