using GatewayStack.Audit.Storage;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Audit.Embedded;

/// <summary>Writes one batch inside a transaction. The single writer gives every row the next index, in the committing transaction: readers never see a hole.</summary>
internal sealed class SqliteAuditWriter(SqliteTransaction transaction)
{
    private static readonly string[] Columns =
    [
        "idx", "producer", "epoch", "seq", "tenant", "time", "type", "request_id", "person_id", "user_hash", "action", "model", "backend", "decision", "client_id",
        "client_name", "parent_request_id", "run_id", "session_id", "purpose", "actor", "retention", "outcome", "bytes",
    ];

    private static readonly string InsertEvent =
        $"INSERT INTO audit_event ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(c => "$" + c))})";

    /// <summary>Returns how many entries and dead letters were new.</summary>
    public int Write(AuditBatch batch)
    {
        var (epoch, sequence) = Watermark(batch.Producer);
        bool IsNew(long e, long s) => e > epoch || (e == epoch && s > sequence);

        var stored = WriteEntries(batch, IsNew) + WriteDeadLetters(batch, IsNew);
        if (stored > 0)
        {
            Run("INSERT OR IGNORE INTO hash_key (key_id) VALUES ($key)", ("$key", batch.HashKeyId));
        }

        if (IsNew(batch.Last.Epoch, batch.Last.Sequence))
        {
            Run(
                """
                INSERT INTO watermark (producer, epoch, seq) VALUES ($producer, $epoch, $seq)
                ON CONFLICT (producer) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq
                """,
                ("$producer", batch.Producer),
                ("$epoch", batch.Last.Epoch),
                ("$seq", batch.Last.Sequence));
        }

        return stored;
    }

    private int WriteEntries(AuditBatch batch, Func<long, long, bool> isNew)
    {
        using var insert = Command(InsertEvent);
        foreach (var column in Columns)
        {
            _ = insert.Parameters.AddWithValue("$" + column, DBNull.Value);
        }

        var index = LastIndex();
        var stored = 0;
        foreach (var entry in batch.Entries.Where(e => isNew(e.Epoch, e.Sequence)))
        {
            Fill(insert.Parameters, ++index, batch.Producer, entry);
            _ = insert.ExecuteNonQuery();
            foreach (var (type, hash) in entry.Resources)
            {
                Run("INSERT INTO audit_resource (idx, type, id_hash) VALUES ($idx, $type, $hash)", ("$idx", index), ("$type", type), ("$hash", hash));
            }

            stored++;
        }

        return stored;
    }

    private static void Fill(SqliteParameterCollection parameters, long index, string producer, AuditEntry entry)
    {
        var e = entry.Event;
        // In the order of the columns.
        ReadOnlySpan<object?> values =
        [
            index, producer, entry.Epoch, entry.Sequence, e.Tenant, entry.Time, e.Type, e.RequestId, e.Caller?.PersonId, entry.UserHash, e.Action, e.Model, e.Backend,
            e.Decision?.Effect, e.Caller?.ClientId, e.Caller?.ClientName, e.ParentRequestId, e.RunId, e.Caller?.SessionId, e.Purpose, e.Caller?.Actor, e.Retention,
            e.Outcome,
            System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsArray(entry.Bytes),
        ];
        for (var i = 0; i < values.Length; i++)
        {
            parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }

    private int WriteDeadLetters(AuditBatch batch, Func<long, long, bool> isNew)
    {
        var stored = 0;
        foreach (var letter in batch.DeadLetters.Where(d => isNew(d.Epoch, d.Sequence)))
        {
            Run(
                "INSERT INTO dead_letter (producer, epoch, seq, bytes, error, time) VALUES ($producer, $epoch, $seq, $bytes, $error, $time)",
                ("$producer", batch.Producer),
                ("$epoch", letter.Epoch),
                ("$seq", letter.Sequence),
                ("$bytes", letter.Bytes.ToArray()),
                ("$error", letter.Error),
                ("$time", letter.Time));
            stored++;
        }

        return stored;
    }

    private (long Epoch, long Sequence) Watermark(string producer)
    {
        using var command = Command("SELECT epoch, seq FROM watermark WHERE producer = $producer");
        _ = command.Parameters.AddWithValue("$producer", producer);
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetInt64(1)) : (0, 0);
    }

    private long LastIndex()
    {
        using var command = Command("SELECT coalesce(max(idx), 0) FROM audit_event");
        return (long)command.ExecuteScalar()!;
    }

    private void Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql);
        foreach (var (name, value) in parameters)
        {
            _ = command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        _ = command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        // Every text in here is a constant; values are parameters.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
