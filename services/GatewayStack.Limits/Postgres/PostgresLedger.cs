using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GatewayStack.Contracts.Events;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;
using GatewayStack.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace GatewayStack.Limits.Postgres;

/// <summary>The ledger in Postgres, shared by all instances of Limits.</summary>
/// <remarks>Safe for concurrent use. The row of a producer's watermark is the lock of its feed; requests that a batch is about are locked in the order of their ids.</remarks>
internal sealed class PostgresLedger(OwnerDatabase database) : ILedger, IEventOffsets
{
    // Another process may have opened the same requests between the reading and the writing; the next reading sees them.
    private const int MostTries = 5;

    // A rebuild reads every open window.
    private const int ReadTimeoutSeconds = 600;

    private const string TakeWatermark =
        "INSERT INTO watermarks AS w VALUES($1, $2, 0, 0) ON CONFLICT (producer, feed) DO UPDATE SET epoch = w.epoch RETURNING w.epoch, w.seq";

    private const string FindRequests = $"SELECT {PostgresTables.Columns} FROM requests r WHERE r.request_id = ANY($1) ORDER BY r.request_id FOR UPDATE";

    private const string ReadSince =
        $"SELECT {PostgresTables.Columns}, l.tokens, l.cost FROM requests r CROSS JOIN LATERAL ("
        + "SELECT least(coalesce(sum(tokens), 0), 9007199254740991)::bigint AS tokens, least(coalesce(sum(cost), 0), 9007199254740991)::bigint AS cost "
        + "FROM ledger WHERE ledger.request_id = r.request_id) l WHERE r.reserved_at >= $1";

    public string Name => "postgres";

    public Task OpenAsync(CancellationToken cancellationToken) => database.OpenAsync(cancellationToken);

    public async Task<ImmutableArray<LedgerChange>> AppendAsync(LedgerBatch batch, CancellationToken cancellationToken) =>
        await database.Pipeline.ExecuteAsync(
            async token =>
            {
                for (var tries = 1; ; tries++)
                {
                    if (await TryAppendAsync(batch, token) is { } changes)
                    {
                        return changes;
                    }

                    if (tries == MostTries)
                    {
                        throw new IOException("other processes keep opening the same requests");
                    }
                }
            },
            cancellationToken);

    public async Task<ImmutableArray<LogClaim>> ClaimAsync(string topic, ImmutableArray<int> partitions, CancellationToken cancellationToken) =>
        await database.Pipeline.ExecuteAsync(
            async token =>
            {
                await using var command = database.DataSource.CreateCommand(
                    "INSERT INTO offsets AS o SELECT $1, p, 0, 1 FROM unnest($2) AS p ORDER BY p ON CONFLICT (topic, partition) DO UPDATE SET claim = o.claim + 1 RETURNING "
                        + "o.partition, o.next, o.claim");
                command.Parameters.Add(new NpgsqlParameter { Value = topic });
                command.Parameters.Add(new NpgsqlParameter { Value = partitions.Distinct().ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
                await using var reader = await command.ExecuteReaderAsync(token);
                var claims = ImmutableArray.CreateBuilder<LogClaim>();
                while (await reader.ReadAsync(token))
                {
                    claims.Add(new LogClaim { Partition = reader.GetInt32(0), Next = reader.GetInt64(1), Claim = reader.GetInt64(2) });
                }

                return claims.ToImmutable();
            },
            cancellationToken);

    public async IAsyncEnumerable<LedgerRequest> ReadAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginForAllTenantsAsync(cancellationToken);
        await using var command = transaction.Command(ReadSince, since.ToUniversalTime());
        command.CommandTimeout = ReadTimeoutSeconds;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return PostgresTables.Read(reader) with { Charged = new Amount(Amount.Bound(reader.GetInt64(18)), Amount.Bound(reader.GetInt64(19))) };
        }
    }

    public async Task<long> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand("SELECT ledger_forget($1, $2)");
        command.Parameters.Add(new NpgsqlParameter { Value = before.ToUniversalTime() });
        command.Parameters.Add(new NpgsqlParameter { Value = most });
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task<LedgerStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginForAllTenantsAsync(cancellationToken);
        await using var counts = transaction.Command("SELECT (SELECT count(*) FROM requests), (SELECT count(*) FROM requests WHERE state < 2), (SELECT count(*) FROM ledger)");
        long requests, open, rows;
        await using (var reader = await counts.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            (requests, open, rows) = (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
        }

        await using var all = transaction.Command("SELECT producer, epoch, seq, feed FROM watermarks ORDER BY producer COLLATE \"C\", feed COLLATE \"C\"");
        await using var found = await all.ExecuteReaderAsync(cancellationToken);
        var watermarks = ImmutableArray.CreateBuilder<LedgerWatermark>();
        while (await found.ReadAsync(cancellationToken))
        {
            watermarks.Add(new LedgerWatermark(found.GetString(0), found.GetInt64(1), found.GetInt64(2), found.GetString(3)));
        }

        return new LedgerStatistics(requests, open, rows, watermarks.ToImmutable());
    }

    /// <summary>Stores the batch; null where another process opened one of its requests meanwhile, and nothing was stored.</summary>
    private async Task<ImmutableArray<LedgerChange>?> TryAppendAsync(LedgerBatch batch, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var tables = new PostgresTables();
        var (entries, watermark) = await ReadAheadAsync(connection, batch, tables, cancellationToken);
        var changes = new BatchWriter(tables).Write(entries);
        await using (var writing = new NpgsqlBatch(connection))
        {
            tables.AddTo(writing);
            if (!batch.Entries.IsEmpty)
            {
                writing.BatchCommands.Add(Statement("UPDATE watermarks SET epoch = $3, seq = $4 WHERE producer = $1 AND feed = $2", batch.Producer, batch.Feed, watermark.Epoch,
                    watermark.Sequence));
            }

            await writing.ExecuteNonQueryAsync(cancellationToken);
            if (writing.BatchCommands[0].RecordsAffected != tables.NewRequests)
            {
                return null;
            }
        }

        await CommitAsync(transaction);
        return changes;
    }

    private static async Task CommitAsync(NpgsqlTransaction transaction)
    {
        try
        {
            // Not to be cancelled: the answer says whether the counters must follow.
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            throw new LedgerUncertainException("the answer to a commit was lost", e);
        }
    }

    /// <summary>Locks the feed and the requests, moves the log's position, and says which entries are new, in one exchange.</summary>
    private static async Task<(List<LedgerEntry> Entries, (long Epoch, long Sequence) Watermark)> ReadAheadAsync(
        NpgsqlConnection connection,
        LedgerBatch batch,
        PostgresTables tables,
        CancellationToken cancellationToken)
    {
        await using var reading = new NpgsqlBatch(connection);
        reading.BatchCommands.Add(Statement("SELECT set_config('app.scope', 'all', true)"));
        if (batch.Position is { } step)
        {
            reading.BatchCommands.Add(Statement(
                "UPDATE offsets SET next = $1 WHERE topic = $2 AND partition = $3 AND next = $4 AND claim = $5 RETURNING next", step.Next, step.Topic, step.Partition,
                step.From, step.Claim));
        }

        if (!batch.Entries.IsEmpty)
        {
            reading.BatchCommands.Add(Statement(TakeWatermark, batch.Producer, batch.Feed));
            reading.BatchCommands.Add(Statement(FindRequests, [PostgresTables.RequestsOf(batch.Entries)]));
        }

        await using var reader = await reading.ExecuteReaderAsync(cancellationToken);
        if (batch.Position is { } position)
        {
            await reader.NextResultAsync(cancellationToken);
            if (!await reader.ReadAsync(cancellationToken))
            {
                throw new LedgerFencedException($"{position.Topic}/{position.Partition} does not stand at {position.From} under claim {position.Claim}");
            }
        }

        var entries = new List<LedgerEntry>(batch.Entries.Length);
        if (batch.Entries.IsEmpty)
        {
            return (entries, default);
        }

        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var watermark = (Epoch: reader.GetInt64(0), Sequence: reader.GetInt64(1));
        foreach (var entry in batch.Entries)
        {
            var at = (entry.Epoch, entry.Sequence);
            if (at.CompareTo(watermark) > 0)
            {
                entries.Add(entry);
                watermark = at;
            }
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            tables.Take(PostgresTables.Read(reader));
        }

        return (entries, watermark);
    }

    private static NpgsqlBatchCommand Statement(string text, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
