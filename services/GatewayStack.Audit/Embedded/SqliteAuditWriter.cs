using GatewayStack.Audit.Storage;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Audit.Embedded;

/// <summary>
/// Writes batches, each in a transaction of its own. The single writer gives every row the next index, in the committing transaction: readers never see a hole.
/// </summary>
/// <remarks>Owns the connection, and keeps its statements prepared for as long. Not thread-safe.</remarks>
internal sealed class SqliteAuditWriter : IDisposable
{
    private static readonly string[] Columns =
    [
        "idx", "producer", "epoch", "seq", "tenant", "time", "type", "request_id", "person_id", "user_hash", "action", "model", "backend", "decision", "client_id",
        "client_name", "parent_request_id", "run_id", "session_id", "purpose", "actor", "retention", "outcome", "bytes",
    ];

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _insertEvent;
    private readonly SqliteStatement _insertResource;
    private readonly SqliteStatement _insertDeadLetter;
    private readonly SqliteStatement _insertHashKey;
    private readonly SqliteStatement _setWatermark;

    /// <summary>Takes an open connection with the schema.</summary>
    public SqliteAuditWriter(SqliteConnection connection)
    {
        _connection = connection;
        _insertEvent = new(connection, $"INSERT INTO audit_event ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(_ => "?"))})");
        _insertResource = new(connection, "INSERT INTO audit_resource (idx, type, id_hash) VALUES (?, ?, ?)");
        _insertDeadLetter = new(connection, "INSERT INTO dead_letter (producer, epoch, seq, bytes, error, time) VALUES (?, ?, ?, ?, ?, ?)");
        _insertHashKey = new(connection, "INSERT OR IGNORE INTO hash_key (key_id) VALUES (?)");
        _setWatermark = new(
            connection,
            """
            INSERT INTO watermark (producer, epoch, seq) VALUES (?, ?, ?)
            ON CONFLICT (producer) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq
            """);
    }

    /// <summary>Returns how many entries and dead letters were new.</summary>
    /// <exception cref="SqliteException">The database refused: nothing of the batch is stored.</exception>
    public int Write(AuditBatch batch)
    {
        using var transaction = _connection.BeginTransaction();
        var (epoch, sequence) = Watermark(transaction, batch.Producer);
        bool IsNew(long e, long s) => e > epoch || (e == epoch && s > sequence);

        var stored = WriteEntries(transaction, batch, IsNew) + WriteDeadLetters(batch, IsNew);
        if (stored > 0)
        {
            _insertHashKey.Begin().Add(batch.HashKeyId).Run();
        }

        if (IsNew(batch.Last.Epoch, batch.Last.Sequence))
        {
            _setWatermark.Begin().Add(batch.Producer).Add(batch.Last.Epoch).Add(batch.Last.Sequence).Run();
        }

        transaction.Commit();
        return stored;
    }

    public void Dispose()
    {
        _insertEvent.Dispose();
        _insertResource.Dispose();
        _insertDeadLetter.Dispose();
        _insertHashKey.Dispose();
        _setWatermark.Dispose();
        _connection.Dispose();
    }

    private int WriteEntries(SqliteTransaction transaction, AuditBatch batch, Func<long, long, bool> isNew)
    {
        var index = LastIndex(transaction);
        var stored = 0;
        foreach (var entry in batch.Entries)
        {
            if (!isNew(entry.Epoch, entry.Sequence))
            {
                continue;
            }

            Insert(++index, batch.Producer, entry);
            foreach (var (type, hash) in entry.Resources)
            {
                _insertResource.Begin().Add(index).Add(type).Add(hash).Run();
            }

            stored++;
        }

        return stored;
    }

    // In the order of the columns.
    private void Insert(long index, string producer, AuditEntry entry)
    {
        var e = entry.Event;
        _insertEvent.Begin()
            .Add(index).Add(producer).Add(entry.Epoch).Add(entry.Sequence)
            .Add(e.Tenant).Add(entry.Time).Add(e.Type).Add(e.RequestId)
            .Add(e.Caller?.PersonId).Add(entry.UserHash).Add(e.Action).Add(e.Model).Add(e.Backend).Add(e.Decision?.Effect)
            .Add(e.Caller?.ClientId).Add(e.Caller?.ClientName)
            .Add(e.ParentRequestId).Add(e.RunId).Add(e.Caller?.SessionId).Add(e.Purpose).Add(e.Caller?.Actor).Add(e.Retention).Add(e.Outcome)
            .AddBlob(entry.Bytes.AsSpan())
            .Run();
    }

    private int WriteDeadLetters(AuditBatch batch, Func<long, long, bool> isNew)
    {
        var stored = 0;
        foreach (var letter in batch.DeadLetters)
        {
            if (isNew(letter.Epoch, letter.Sequence))
            {
                _insertDeadLetter.Begin()
                    .Add(batch.Producer).Add(letter.Epoch).Add(letter.Sequence).AddBlob(letter.Bytes.AsSpan()).Add(letter.Error).Add(letter.Time)
                    .Run();
                stored++;
            }
        }

        return stored;
    }

    private (long Epoch, long Sequence) Watermark(SqliteTransaction transaction, string producer)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT epoch, seq FROM watermark WHERE producer = $producer";
        _ = command.Parameters.AddWithValue("$producer", producer);
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetInt64(1)) : (0, 0);
    }

    private long LastIndex(SqliteTransaction transaction)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT coalesce(max(idx), 0) FROM audit_event";
        return (long)command.ExecuteScalar()!;
    }
}
