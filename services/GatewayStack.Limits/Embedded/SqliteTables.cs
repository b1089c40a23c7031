using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Embedded;

/// <summary>The tables of the embedded ledger: each row is read and written as the batch comes to it.</summary>
internal sealed class SqliteTables(SqliteRequests requests, SqliteRows rows) : IBatchTables
{
    public LedgerRequest? Find(string requestId) => requests.Find(requestId);

    public bool Insert(LedgerRequest row, LedgerState state) => requests.Insert(row, state);

    public void SetState(string requestId, LedgerState state) => requests.SetState(requestId, state);

    public void Charge(LedgerRequest request, AttemptUsage attempt, string? priceTable, DateTimeOffset at) => rows.Insert(request.RequestId, attempt, priceTable, at);

    public void ChargeHold(LedgerRequest request, Amount hold, string? priceTable, DateTimeOffset at) => rows.InsertHold(request.RequestId, hold, priceTable, at);
}
