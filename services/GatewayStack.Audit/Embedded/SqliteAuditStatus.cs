using System.Collections.Immutable;
using GatewayStack.Audit.Storage;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Audit.Embedded;

/// <summary>Reads how the embedded store is.</summary>
internal static class SqliteAuditStatus
{
    public static async Task<AuditStoreStatus> ReadAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT coalesce(max(idx), 0) FROM audit_event), (SELECT count(*) FROM dead_letter) + (SELECT count(*) FROM unreadable)";
        long rows;
        long deadLetters;
        using (var counts = await command.ExecuteReaderAsync(cancellationToken))
        {
            _ = await counts.ReadAsync(cancellationToken);
            (rows, deadLetters) = (counts.GetInt64(0), counts.GetInt64(1));
        }

        return new AuditStoreStatus
        {
            Rows = rows,
            LastIndex = rows,
            DeadLetters = deadLetters,
            Watermarks = await WatermarksAsync(command, cancellationToken),
            Gaps = await GapsAsync(command, cancellationToken),
        };
    }

    private static async Task<ImmutableArray<AuditWatermark>> WatermarksAsync(SqliteCommand command, CancellationToken cancellationToken)
    {
        command.CommandText = "SELECT producer, feed, epoch, seq FROM watermark ORDER BY producer, feed";
        using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var watermarks = ImmutableArray.CreateBuilder<AuditWatermark>();
        while (await reader.ReadAsync(cancellationToken))
        {
            watermarks.Add(new AuditWatermark(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)));
        }

        return watermarks.ToImmutable();
    }

    private static async Task<ImmutableArray<AuditGap>> GapsAsync(SqliteCommand command, CancellationToken cancellationToken)
    {
        command.CommandText = GapQuery.Text;
        using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var gaps = ImmutableArray.CreateBuilder<AuditGap>();
        while (await reader.ReadAsync(cancellationToken))
        {
            gaps.Add(new AuditGap(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)));
        }

        return gaps.ToImmutable();
    }
}
