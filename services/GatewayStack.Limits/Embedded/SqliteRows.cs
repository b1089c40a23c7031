using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Reservations;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Limits.Embedded;

/// <summary>Rows of <c>ledger</c>. A row that is there stays as it is.</summary>
internal sealed class SqliteRows(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _insert = new(connection, "INSERT OR IGNORE INTO ledger VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");

    public void Insert(string requestId, AttemptUsage attempt, string? priceTable, DateTimeOffset at)
    {
        _insert.Bind(3, attempt.Provider);
        _insert.Bind(4, attempt.Model);
        _insert.Bind(6, Amount.Bound(attempt.Tokens?.InputTokens ?? 0));
        _insert.Bind(7, Amount.Bound(attempt.Tokens?.OutputTokens ?? 0));
        _insert.Bind(8, Amount.Bound(attempt.Tokens?.CachedInputTokens ?? 0));
        var cost = attempt.CostMicros is { } known ? Amount.Bound(known) : (long?)null;
        Insert(requestId, attempt.Attempt, Amount.Of(attempt).Tokens, cost, attempt.Estimated, priceTable, at);
    }

    /// <summary>A whole hold, charged because nobody knows what was used: attempt 0, of no provider.</summary>
    public void InsertHold(string requestId, Amount hold, string? priceTable, DateTimeOffset at)
    {
        _insert.Bind(3, (string?)null);
        _insert.Bind(4, (string?)null);
        _insert.Bind(6, 0L);
        _insert.Bind(7, 0L);
        _insert.Bind(8, 0L);
        Insert(requestId, 0, hold.Tokens, hold.CostMicros, estimated: true, priceTable, at);
    }

    public void Dispose() => _insert.Dispose();

    private void Insert(string requestId, int attempt, long tokens, long? cost, bool estimated, string? priceTable, DateTimeOffset at)
    {
        _insert.Bind(1, requestId);
        _insert.Bind(2, (long)attempt);
        _insert.Bind(5, tokens);
        _insert.Bind(9, cost);
        _insert.Bind(10, estimated ? 1L : 0L);
        _insert.Bind(11, priceTable);
        _insert.Bind(12, SqliteExtensions.Micros(at));
        _insert.Execute();
    }
}
