using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
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
        "client_name", "parent_request_id", "run_id", "session_id", "purpose", "actor", "retention", "outcome", "server", "tool", "bytes",
    ];

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _insertEvent;
    private readonly SqliteStatement _insertResource;
    private readonly SqliteStatement _insertDeadLetter;
    private readonly SqliteStatement _insertUnreadable;
    private readonly SqliteStatement _insertHashKey;
    private readonly SqliteStatement _setWatermark;
    private readonly SqliteStatement _addSeen;
    private readonly SqliteStatement _removeSeen;

    /// <summary>Takes an open connection with the schema.</summary>
    public SqliteAuditWriter(SqliteConnection connection)
    {
        _connection = connection;
        _insertEvent = new(connection, $"INSERT INTO audit_event ({string.Join(", ", Columns)}) VALUES ({string.Join(", ", Columns.Select(_ => "?"))})");
        _insertResource = new(connection, "INSERT INTO audit_resource (idx, type, id_hash) VALUES (?, ?, ?)");
        _insertDeadLetter = new(connection, "INSERT INTO dead_letter (producer, epoch, seq, bytes, error, time) VALUES (?, ?, ?, ?, ?, ?)");
        _insertUnreadable = new(connection, "INSERT OR IGNORE INTO unreadable (topic, partition, position, bytes, error, time) VALUES (?, ?, ?, ?, ?, ?)");
        _insertHashKey = new(connection, "INSERT OR IGNORE INTO hash_key (key_id) VALUES (?)");
        _setWatermark = new(
            connection,
            """
            INSERT INTO watermark (producer, feed, epoch, seq) VALUES (?, ?, ?, ?)
            ON CONFLICT (producer, feed) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq WHERE (excluded.epoch, excluded.seq) > (epoch, seq)
            """);
        _addSeen = new(
            connection,
            """
            INSERT INTO audit_seen (producer, epoch, first, last, since) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (producer, epoch, first) DO UPDATE SET last = excluded.last
            """);
        _removeSeen = new(connection, "DELETE FROM audit_seen WHERE producer = ? AND epoch = ? AND first = ?");
    }

    /// <summary>Stores a batch.</summary>
    /// <exception cref="SqliteException">The database refused: nothing of the batch is stored.</exception>
    public AuditAppended Write(AuditBatch batch)
    {
        using var transaction = _connection.BeginTransaction();
        if (batch.Position is { } position && !Move(transaction, position))
        {
            return new AuditAppended(0, Fenced: true);
        }

        var seen = new SeenEvents(batch, SeenEvents.SpansOf(batch).Select(span => (span, ReadSeen(transaction, batch, span))));
        var stored = WriteEntries(transaction, batch, seen) + WriteDeadLetters(batch, seen) + WriteUnreadable(batch);
        if (stored > 0)
        {
            _insertHashKey.Begin().Add(batch.HashKeyId).Run();
        }

        if (batch.Last is { } last)
        {
            _setWatermark.Begin().Add(batch.Producer).Add(batch.Feed).Add(last.Epoch).Add(last.Sequence).Run();
        }

        WriteSeen(batch, seen);
        transaction.Commit();
        return new AuditAppended(stored);
    }

    /// <summary>Raises the claim of a partition.</summary>
    public LogClaim Claim(string topic, int partition)
    {
        using var command = _connection.CreateCommand();
        command.CommandText =
            """
            INSERT INTO log_position (topic, partition, next, claim) VALUES ($topic, $partition, 0, 1)
            ON CONFLICT (topic, partition) DO UPDATE SET claim = claim + 1
            RETURNING next, claim
            """;
        _ = command.Parameters.AddWithValue("$topic", topic);
        _ = command.Parameters.AddWithValue("$partition", partition);
        using var reader = command.ExecuteReader();
        _ = reader.Read();
        return new LogClaim { Partition = partition, Next = reader.GetInt64(0), Claim = reader.GetInt64(1) };
    }

    public void Dispose()
    {
        _insertEvent.Dispose();
        _insertResource.Dispose();
        _insertDeadLetter.Dispose();
        _insertUnreadable.Dispose();
        _insertHashKey.Dispose();
        _setWatermark.Dispose();
        _addSeen.Dispose();
        _removeSeen.Dispose();
        _connection.Dispose();
    }

    private int WriteEntries(SqliteTransaction transaction, AuditBatch batch, SeenEvents seen)
    {
        var index = LastIndex(transaction);
        var stored = 0;
        foreach (var entry in batch.Entries)
        {
            if (!seen.Add(entry.Epoch, entry.Sequence))
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
            .Add(e.Mcp?.Server).Add(e.Mcp?.Tool)
            .AddBlob(entry.Bytes.AsSpan())
            .Run();
    }

    private int WriteDeadLetters(AuditBatch batch, SeenEvents seen)
    {
        var stored = 0;
        foreach (var letter in batch.DeadLetters)
        {
            if (seen.Add(letter.Epoch, letter.Sequence))
            {
                _insertDeadLetter.Begin()
                    .Add(batch.Producer).Add(letter.Epoch).Add(letter.Sequence).AddBlob(letter.Bytes.AsSpan()).Add(letter.Error).Add(batch.Time)
                    .Run();
                stored++;
            }
        }

        return stored;
    }

    private int WriteUnreadable(AuditBatch batch)
    {
        var stored = 0;
        foreach (var message in batch.Unreadable)
        {
            _insertUnreadable.Begin()
                .Add(message.Topic).Add(message.Partition).Add(message.Offset).AddBlob(message.Bytes.AsSpan()).Add(message.Error).Add(batch.Time)
                .Run();
            stored += SQLitePCL.raw.sqlite3_changes(_connection.Handle);
        }

        return stored;
    }

    private void WriteSeen(AuditBatch batch, SeenEvents seen)
    {
        foreach (var (epoch, first) in seen.Removed)
        {
            _removeSeen.Begin().Add(batch.Producer).Add(epoch).Add(first).Run();
        }

        foreach (var (epoch, range) in seen.Changed)
        {
            _addSeen.Begin().Add(batch.Producer).Add(epoch).Add(range.First).Add(range.Last).Add(range.Since).Run();
        }
    }

    private List<NumberRange> ReadSeen(SqliteTransaction transaction, AuditBatch batch, SeenSpan span)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT first, last, since FROM audit_seen WHERE producer = $producer AND epoch = $epoch AND first <= $to AND last >= $from ORDER BY first";
        _ = command.Parameters.AddWithValue("$producer", batch.Producer);
        _ = command.Parameters.AddWithValue("$epoch", span.Epoch);
        _ = command.Parameters.AddWithValue("$from", span.From);
        _ = command.Parameters.AddWithValue("$to", span.To);
        using var reader = command.ExecuteReader();
        var ranges = new List<NumberRange>();
        while (reader.Read())
        {
            ranges.Add(new NumberRange(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)));
        }

        return ranges;
    }

    private bool Move(SqliteTransaction transaction, LogPosition position)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "UPDATE log_position SET next = $next WHERE topic = $topic AND partition = $partition AND next = $from AND claim = $claim";
        _ = command.Parameters.AddWithValue("$topic", position.Topic);
        _ = command.Parameters.AddWithValue("$partition", position.Partition);
        _ = command.Parameters.AddWithValue("$from", position.From);
        _ = command.Parameters.AddWithValue("$next", position.Next);
        _ = command.Parameters.AddWithValue("$claim", position.Claim);
        return command.ExecuteNonQuery() == 1;
    }

    private long LastIndex(SqliteTransaction transaction)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT coalesce(max(idx), 0) FROM audit_event";
        return (long)command.ExecuteScalar()!;
    }
}
