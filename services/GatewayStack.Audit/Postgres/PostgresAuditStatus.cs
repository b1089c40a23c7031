using System.Collections.Immutable;
using System.Data;
using GatewayStack.Audit.Storage;
using Npgsql;

namespace GatewayStack.Audit.Postgres;

/// <summary>Reads how the store is, in one exchange and of one moment.</summary>
internal static class PostgresAuditStatus
{
    private static readonly string[] Queries =
    [
        "SELECT (SELECT last_idx FROM audit_log), (SELECT coalesce(sum(rows), 0)::bigint FROM audit_count), (SELECT count(*) FROM audit_dead_letter)",
        "SELECT producer, feed, epoch, seq FROM audit_watermark ORDER BY producer, feed",
        GapQuery.Text,
        """
        SELECT p.retention, p.month, (SELECT coalesce(sum(c.rows), 0)::bigint FROM audit_count AS c WHERE c.retention = p.retention AND c.month = p.month)
        FROM audit_partition AS p ORDER BY p.retention, p.month
        """,
    ];

    public static async Task<AuditStoreStatus> ReadAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var query in Queries)
        {
            // Constants of this folder.
#pragma warning disable CA2100
            batch.BatchCommands.Add(new NpgsqlBatchCommand(query));
#pragma warning restore CA2100
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        _ = await reader.ReadAsync(cancellationToken);
        var (last, rows, deadLetters) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        return new AuditStoreStatus
        {
            Rows = rows,
            LastIndex = last,
            DeadLetters = deadLetters,
            Watermarks = await NextAsync(reader, r => new AuditWatermark(r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetInt64(3)), cancellationToken),
            Gaps = await NextAsync(reader, r => new AuditGap(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4)), cancellationToken),
            Partitions = await NextAsync(reader, r => new AuditPartition(r.GetString(0), r.GetFieldValue<DateOnly>(1), r.GetInt64(2)), cancellationToken),
        };
    }

    private static async Task<ImmutableArray<T>> NextAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        _ = await reader.NextResultAsync(cancellationToken);
        var found = ImmutableArray.CreateBuilder<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(read(reader));
        }

        return found.ToImmutable();
    }
}
