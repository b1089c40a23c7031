using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Settings;
using GatewayStack.Limits.Ledger;

namespace GatewayStack.Limits.Reservations;

/// <summary>Counters and holds: fast, and rebuildable from the ledger at any time.</summary>
/// <remarks>Safe for concurrent use. Each operation is atomic over all counters of a request's tenant. What needs a store that does not answer throws
/// <see cref="CounterStoreAwayException"/>; every operation may be repeated then.</remarks>
internal interface ICounterStore
{
    /// <summary>Name of the technology.</summary>
    string Name { get; }

    /// <summary>What is wrong with the store at the moment, in one line; null where it serves.</summary>
    string? Trouble { get; }

    /// <summary>Connects to the store. Called once, before anything else.</summary>
    /// <exception cref="StartRefusedException">It cannot be used as it is.</exception>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Checks every limit, then holds in all of them or changes nothing. Repeating it for a request that has a hold gives the first decision; for one that
    /// was settled within the last minutes it holds nothing, whichever of the two came first.</summary>
    Task<LimitsDecision> ReserveAsync(CounterRequest request, CancellationToken cancellationToken);

    /// <summary>Puts what was used in the place of the hold, once.</summary>
    Task<CounterSettled> SettleAsync(CounterSettlement settlement, CancellationToken cancellationToken);

    /// <summary>State of every limit that covers the caller.</summary>
    Task<ImmutableArray<LimitState>> ReadAsync(RequestFacts facts, CancellationToken cancellationToken);

    /// <summary>Charges holds whose lease is over in full, and forgets what no longer matters. Says how many it charged.</summary>
    Task<int> SweepAsync(CancellationToken cancellationToken);

    /// <summary>Waits until the ledger may be written. One turn of an instance at a time; the caller sees to it.</summary>
    /// <remarks>A store that is away does not hold the ledger up: the counters are rebuilt once it is back.</remarks>
    Task<ILedgerTurn> BeginTurnAsync(CancellationToken cancellationToken);

    /// <summary>Takes over what the ledger has just stored. Says whether the counters must be rebuilt.</summary>
    Task<bool> ApplyAsync(ImmutableArray<LedgerChange> changes, CancellationToken cancellationToken);

    /// <summary>Puts limits in force, and rebuilds the counters unless they already stand for all that these limits count. Says whether it did.</summary>
    /// <remarks>This instance must not write the ledger meanwhile.</remarks>
    Task<bool> EnsureAsync(LimitSet limits, ILedger ledger, CancellationToken cancellationToken);

    /// <summary>Sets every open window from the ledger and from the requests that only the store knows, and puts limits in force with them.</summary>
    /// <remarks>This instance must not write the ledger meanwhile.</remarks>
    Task RebuildAsync(LimitSet limits, ILedger ledger, CancellationToken cancellationToken);

    /// <summary>How much is there, for administrators.</summary>
    Task<CounterStatistics> GetStatisticsAsync(CancellationToken cancellationToken);
}

/// <summary>How much a counter store holds.</summary>
internal sealed record CounterStatistics(int Counters, int OpenHolds, int Remembered);
