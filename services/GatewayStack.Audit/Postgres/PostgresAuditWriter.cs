using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using GatewayStack.Audit.Storage;
using Npgsql;

namespace GatewayStack.Audit.Postgres;

/// <summary>Writes a batch within a transaction, in two exchanges with the server: what is there, with the end of the log locked, then all that is new.</summary>
/// <remarks>Safe for concurrent use. A process that is stopped in mid-transaction must not keep the others from appending: the server ends its session.</remarks>
/// <param name="idle">How long the server waits for the next statement of a transaction.</param>
/// <param name="wait">How long the lock of somebody else's transaction is waited for.</param>
internal sealed class PostgresAuditWriter(TimeSpan idle, TimeSpan wait)
{
    private const string Timeouts = "SELECT set_config('idle_in_transaction_session_timeout', $1, true), set_config('lock_timeout', $2, true)";

    private const string Move = "UPDATE audit_position SET next = $1 WHERE topic = $2 AND part = $3 AND next = $4 AND claim = $5";

    private const string Lock = "SELECT last_idx, producer, last_seq FROM audit_log FOR UPDATE";

    private const string ReadSeen = "SELECT first, last, since FROM audit_seen WHERE producer = $1 AND epoch = $2 AND first <= $3 AND last >= $4 ORDER BY first";

    public PostgresAuditWriter()
        : this(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5))
    {
    }

    /// <summary>Locks the end of the log until the transaction ends; the rest of it is said by the store.</summary>
    public async Task<LogEnd> LockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, Timeouts, Milliseconds(idle), Milliseconds(wait));
        Add(batch, Lock);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        _ = await reader.NextResultAsync(cancellationToken);
        return await ReadEndAsync(reader, cancellationToken);
    }

    /// <summary>Writes a batch; the transaction is committed by the caller unless it is fenced.</summary>
    /// <exception cref="NpgsqlException">The database refused: roll back.</exception>
    public async Task<AuditAppended> WriteAsync(NpgsqlConnection connection, AuditBatch batch, CancellationToken cancellationToken)
    {
        var producer = StoredText.Of(batch.Producer);
        var spans = SeenEvents.SpansOf(batch);
        await using var first = new NpgsqlBatch(connection);
        Add(first, Timeouts, Milliseconds(idle), Milliseconds(wait));
        if (batch.Position is { } position)
        {
            Add(first, Move, Value(position.Next), Value(StoredText.Of(position.Topic)), Value(position.Partition), Value(position.From), Value(position.Claim));
        }

        Add(first, Lock);
        foreach (var span in spans)
        {
            Add(first, ReadSeen, Value(producer), Value(span.Epoch), Value(span.To), Value(span.From));
        }

        LogEnd end;
        var stored = new List<(SeenSpan, List<NumberRange>)>();
        await using (var reader = await first.ExecuteReaderAsync(cancellationToken))
        {
            // A statement without rows has no result of its own.
            _ = await reader.NextResultAsync(cancellationToken);
            end = await ReadEndAsync(reader, cancellationToken);
            foreach (var span in spans)
            {
                _ = await reader.NextResultAsync(cancellationToken);
                var ranges = new List<NumberRange>();
                while (await reader.ReadAsync(cancellationToken))
                {
                    ranges.Add(new NumberRange(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)));
                }

                stored.Add((span, ranges));
            }
        }

        return batch.Position is not null && first.BatchCommands[1].RecordsAffected == 0
            ? new AuditAppended(0, Fenced: true)
            : await WriteAsync(connection, batch, producer, end, new SeenEvents(batch, stored), cancellationToken);
    }

    private static async Task<AuditAppended> WriteAsync(
        NpgsqlConnection connection, AuditBatch batch, string producer, LogEnd end, SeenEvents seen, CancellationToken cancellationToken)
    {
        await using var second = new NpgsqlBatch(connection);
        var columns = Entries(second, batch, producer, end, seen);
        var stored = columns.Count + DeadLetters(second, batch, producer, seen);
        var known = second.BatchCommands.Count;
        foreach (var message in batch.Unreadable)
        {
            Add(
                second,
                "INSERT INTO audit_dead_letter (topic, part, position, error, time, bytes) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
                Value(StoredText.Of(message.Topic)), Value(message.Partition), Value(message.Offset), Value(StoredText.Of(message.Error)), Value(PostgresTimes.Of(batch.Time)),
                Bytes(message.Bytes));
        }

        if (stored > 0)
        {
            Add(second, "INSERT INTO audit_hash_key (key_id) VALUES ($1) ON CONFLICT DO NOTHING", Value(StoredText.Of(batch.HashKeyId)));
        }

        if (batch.Last is { } last)
        {
            Add(
                second,
                """
                INSERT INTO audit_watermark AS w (producer, feed, epoch, seq) VALUES ($1, $2, $3, $4)
                ON CONFLICT (producer, feed) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq WHERE (excluded.epoch, excluded.seq) > (w.epoch, w.seq)
                """,
                Value(producer), Value(StoredText.Of(batch.Feed)), Value(last.Epoch), Value(last.Sequence));
        }

        Seen(second, producer, seen);
        if (second.BatchCommands.Count > 0)
        {
            await second.ExecuteNonQueryAsync(cancellationToken);
        }

        for (var i = known; i < known + batch.Unreadable.Length; i++)
        {
            stored += (int)second.BatchCommands[i].RecordsAffected;
        }

        return new AuditAppended(stored);
    }

    private static PostgresColumns Entries(NpgsqlBatch second, AuditBatch batch, string producer, LogEnd end, SeenEvents seen)
    {
        var columns = new PostgresColumns(batch.Entries.Length);
        var counts = new Dictionary<(string Retention, DateOnly Month, string Tenant), long>();
        foreach (var entry in batch.Entries)
        {
            if (seen.Add(entry.Epoch, entry.Sequence))
            {
                columns.Add(end.Index + columns.Count + 1, entry);
                CollectionsMarshal.GetValueRefOrAddDefault(counts, (entry.Event.Retention, PostgresTimes.MonthOf(entry.Time), entry.Event.Tenant), out _)++;
            }
        }

        if (columns.Count == 0)
        {
            return columns;
        }

        Add(second, PostgresColumns.InsertEvents, columns.Events(producer));
        if (columns.HasResources)
        {
            Add(second, PostgresColumns.InsertResources, columns.Resources());
        }

        Add(second, "UPDATE audit_log SET last_idx = $1", Value(end.Index + columns.Count));
        foreach (var ((retention, month, tenant), rows) in counts)
        {
            Add(
                second,
                """
                INSERT INTO audit_count AS c (retention, month, tenant, rows) VALUES ($1, $2, $3, $4)
                ON CONFLICT (retention, month, tenant) DO UPDATE SET rows = c.rows + excluded.rows
                """,
                Value(StoredText.Of(retention)), Value(month), Value(StoredText.Of(tenant)), Value(rows));
        }

        return columns;
    }

    private static int DeadLetters(NpgsqlBatch second, AuditBatch batch, string producer, SeenEvents seen)
    {
        var stored = 0;
        foreach (var letter in batch.DeadLetters)
        {
            if (seen.Add(letter.Epoch, letter.Sequence))
            {
                Add(
                    second,
                    "INSERT INTO audit_dead_letter (producer, epoch, seq, error, time, bytes) VALUES ($1, $2, $3, $4, $5, $6)",
                    Value(producer), Value(letter.Epoch), Value(letter.Sequence), Value(StoredText.Of(letter.Error)), Value(PostgresTimes.Of(batch.Time)), Bytes(letter.Bytes));
                stored++;
            }
        }

        return stored;
    }

    private static void Seen(NpgsqlBatch second, string producer, SeenEvents seen)
    {
        var (epochs, firsts) = (new List<long>(), new List<long>());
        foreach (var (epoch, first) in seen.Removed)
        {
            epochs.Add(epoch);
            firsts.Add(first);
        }

        if (firsts.Count > 0)
        {
            Add(
                second,
                "DELETE FROM audit_seen AS s USING unnest($2, $3) AS t (epoch, first) WHERE s.producer = $1 AND s.epoch = t.epoch AND s.first = t.first",
                [Value(producer), PostgresColumns.Bigints(epochs), PostgresColumns.Bigints(firsts)]);
        }

        var changed = seen.Changed.ToList();
        if (changed.Count > 0)
        {
            Add(
                second,
                """
                INSERT INTO audit_seen (producer, epoch, first, last, since) SELECT $1, t.* FROM unnest($2, $3, $4, $5) AS t
                ON CONFLICT (producer, epoch, first) DO UPDATE SET last = excluded.last
                """,
                [
                    Value(producer),
                    PostgresColumns.Bigints([.. changed.Select(c => c.Epoch)]),
                    PostgresColumns.Bigints([.. changed.Select(c => c.Range.First)]),
                    PostgresColumns.Bigints([.. changed.Select(c => c.Range.Last)]),
                    PostgresColumns.Bigints([.. changed.Select(c => c.Range.Since)]),
                ]);
        }
    }

    private static async Task<LogEnd> ReadEndAsync(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        await reader.ReadAsync(cancellationToken)
            ? new LogEnd(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2))
            : throw new InvalidDataException("The table audit_log has no row: the database is damaged.");

    private static NpgsqlParameter<string> Milliseconds(TimeSpan time) => Value(((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));

    private static NpgsqlParameter<T> Value<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    private static NpgsqlParameter<byte[]> Bytes(ImmutableArray<byte> bytes) => Value(ImmutableCollectionsMarshal.AsArray(bytes)!);

    private static void Add(NpgsqlBatch batch, string text, params IEnumerable<NpgsqlParameter> parameters)
    {
#pragma warning disable CA2100 // Constants of this folder.
        var command = new NpgsqlBatchCommand(text);
#pragma warning restore CA2100
        foreach (var parameter in parameters)
        {
            _ = command.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(command);
    }
}

/// <summary>The end of the log.</summary>
/// <param name="Index">Index of the last row.</param>
/// <param name="Producer">The name under which the store records what it does on its own.</param>
/// <param name="Sequence">Number of its last event.</param>
internal sealed record LogEnd(long Index, string Producer, long Sequence);
