using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Reservations;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Limits.Embedded;

/// <summary>Rows of <c>ledger</c>. A row that is there stays as it is.</summary>
internal sealed class SqliteRows(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _insert = connection.Prepare(
        "INSERT OR IGNORE INTO ledger VALUES($id, $attempt, $provider, $model, $tokens, $input, $output, $cached, $cost, $estimated, $prices, $at)",
        "$id", "$attempt", "$provider", "$model", "$tokens", "$input", "$output", "$cached", "$cost", "$estimated", "$prices", "$at");

    public void Insert(string requestId, AttemptUsage attempt, string? priceTable, DateTimeOffset at) => _insert.With(
        requestId,
        (long)attempt.Attempt,
        attempt.Provider,
        attempt.Model,
        Amount.Of(attempt).Tokens,
        Amount.Bound(attempt.Tokens?.InputTokens ?? 0),
        Amount.Bound(attempt.Tokens?.OutputTokens ?? 0),
        Amount.Bound(attempt.Tokens?.CachedInputTokens ?? 0),
        attempt.CostMicros is { } cost ? Amount.Bound(cost) : null,
        attempt.Estimated ? 1L : 0L,
        priceTable,
        SqliteExtensions.Micros(at)).ExecuteNonQuery();

    /// <summary>A whole hold, charged because nobody knows what was used: attempt 0, of no provider.</summary>
    public void InsertHold(string requestId, Amount hold, string? priceTable, DateTimeOffset at) =>
        _insert.With(requestId, 0L, null, null, hold.Tokens, 0L, 0L, 0L, hold.CostMicros, 1L, priceTable, SqliteExtensions.Micros(at)).ExecuteNonQuery();

    public void Dispose() => _insert.Dispose();
}
