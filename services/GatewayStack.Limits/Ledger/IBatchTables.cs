using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Ledger;

/// <summary>What <see cref="BatchWriter"/> needs of a store within one transaction. One thread at a time.</summary>
internal interface IBatchTables
{
    /// <summary>A request as it stood before the batch. What it was charged is not looked up: whoever ends a request charges it.</summary>
    LedgerRequest? Find(string requestId);

    /// <summary>Says whether the request is new; one that is there stays as it is.</summary>
    /// <param name="row">The request.</param>
    /// <param name="state">The state to write, where the row is known to have come further by the end of the transaction.</param>
    bool Insert(LedgerRequest row, LedgerState state);

    void SetState(string requestId, LedgerState state);

    /// <summary>Writes what one attempt used. A row that is there stays as it is.</summary>
    void Charge(LedgerRequest request, AttemptUsage attempt, string? priceTable, DateTimeOffset at);

    /// <summary>Writes a whole hold, charged because nobody knows what was used: attempt 0, of no provider.</summary>
    void ChargeHold(LedgerRequest request, Amount hold, string? priceTable, DateTimeOffset at);
}
