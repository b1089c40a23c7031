using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Limits.Embedded;

/// <summary>The ledger of one instance, in one SQLite file.</summary>
/// <remarks>Writing is one connection's work; reading has its own, so that administrators never wait for it. SQLite has no asynchronous calls:
/// all of this runs on the thread of whoever ships events, never on a request's.</remarks>
internal sealed class SqliteLedger(string path) : ILedger, IDisposable
{
    private readonly string _connectionString =
        new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString();

    private SqliteConnection? _connection;
    private SqliteRequests? _requests;
    private SqliteRows? _rows;
    private SqliteWatermarks? _watermarks;

    public string Name => "sqlite";

    public Task OpenAsync(CancellationToken cancellationToken)
    {
        PrivateFolder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var connection = _connection = Connect();
        using var version = connection.Prepare("PRAGMA user_version");
        switch ((long)version.ExecuteScalar()!)
        {
            case 0:
                using (var transaction = connection.BeginTransaction())
                {
                    using var create = connection.Prepare($"{SqliteSchema.Create} PRAGMA user_version = {SqliteSchema.Version};");
                    create.Transaction = transaction;
                    create.ExecuteNonQuery();
                    transaction.Commit();
                }

                break;
            case SqliteSchema.Version:
                break;
            case var other:
                throw new InvalidOperationException($"The ledger {path} has schema {other}, this version knows {SqliteSchema.Version}: start the version that wrote it.");
        }

        _requests = new SqliteRequests(connection);
        _rows = new SqliteRows(connection);
        _watermarks = new SqliteWatermarks(connection);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<LedgerChange>> AppendAsync(LedgerBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = _connection ?? throw new InvalidOperationException("The ledger is not open.");
        var changes = ImmutableArray.CreateBuilder<LedgerChange>();

        // By hand: SqliteTransaction would have to be set on every prepared command.
        Execute(connection, "BEGIN IMMEDIATE");
        try
        {
            var watermark = _watermarks!.Find(batch.Producer);
            foreach (var entry in batch.Entries)
            {
                var position = (entry.Epoch, entry.Sequence);
                if (position.CompareTo(watermark) <= 0)
                {
                    continue;
                }

                Append(entry, changes);
                watermark = position;
            }

            _watermarks.Set(batch.Producer, watermark);
            Execute(connection, "COMMIT");
        }
        catch
        {
            Rollback(connection);
            throw;
        }

        return Task.FromResult(changes.ToImmutable());
    }

    public async IAsyncEnumerable<LedgerRequest> ReadAsync(DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        using var connection = Connect();
        foreach (var row in SqliteRequests.Since(connection, since))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }

    public Task<LedgerStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        using var connection = Connect();
        return Task.FromResult(new LedgerStatistics(
            Count(connection, "SELECT count(*) FROM requests"),
            Count(connection, "SELECT count(*) FROM requests WHERE state < 2"),
            Count(connection, "SELECT count(*) FROM ledger"),
            SqliteWatermarks.All(connection)));
    }

    public void Dispose()
    {
        _requests?.Dispose();
        _rows?.Dispose();
        _watermarks?.Dispose();
        _connection?.Dispose();
    }

    private void Append(LedgerEntry entry, ImmutableArray<LedgerChange>.Builder changes)
    {
        switch (entry)
        {
            case OpenEntry open:
                Open(open, changes);
                break;
            case CloseEntry close:
                Close(close, changes);
                break;
        }
    }

    private void Open(OpenEntry entry, ImmutableArray<LedgerChange>.Builder changes)
    {
        if (_requests!.Find(entry.RequestId) is not null)
        {
            return;
        }

        var row = new LedgerRequest
        {
            RequestId = entry.RequestId,
            ParentRequestId = entry.ParentRequestId,
            Facts = entry.Facts,
            ReservedAt = entry.Hold.ReservedAt,
            Counts = entry.ParentRequestId is null,
            State = LedgerState.Open,
            Hold = new Amount(Amount.Bound(entry.Hold.Tokens), Amount.Bound(entry.Hold.CostMicros)),
            LeaseEndsAt = entry.Hold.LeaseEndsAt,
            Charged = Amount.None,
        };
        _requests.Insert(row);
        changes.Add(new LedgerChange(row));
        if (entry.ParentRequestId is { } id && _requests.Find(id) is { State: LedgerState.Open } parent && parent.IsTakenOverBy(row))
        {
            _requests.SetState(id, LedgerState.Released);
            changes.Add(new LedgerChange(parent with { State = LedgerState.Released }));
        }
    }

    private void Close(CloseEntry entry, ImmutableArray<LedgerChange>.Builder changes)
    {
        var known = _requests!.Find(entry.RequestId);
        if (known is { State: LedgerState.Closed })
        {
            return;
        }

        var request = known ?? Unannounced(entry);
        if (request is null)
        {
            return;
        }

        var charged = Amount.None;
        if (entry is { Interrupted: true, Attempts.IsEmpty: true })
        {
            // Nobody knows what was used: what was held is charged, unless a child has taken it over.
            charged = request.State == LedgerState.Open && !entry.ChargedByChild ? request.Hold : Amount.None;
            if (charged != Amount.None)
            {
                _rows!.InsertHold(entry.RequestId, charged, entry.PriceTable, entry.Time);
            }
        }
        else if (!entry.ChargedByChild)
        {
            foreach (var attempt in entry.Attempts.Where(a => a.Tokens is not null || a.CostMicros is not null).DistinctBy(a => a.Attempt))
            {
                _rows!.Insert(entry.RequestId, attempt, entry.PriceTable, entry.Time);
                charged += Amount.Of(attempt);
            }
        }

        var closed = request with { State = LedgerState.Closed, Charged = charged };
        if (known is not null)
        {
            _requests.SetState(entry.RequestId, LedgerState.Closed);
        }
        else if (charged != Amount.None)
        {
            _requests.Insert(closed);
        }

        changes.Add(new LedgerChange(closed));
    }

    /// <summary>A request whose decision had no hold: limits were off, away or only observing. It counts where it ended.</summary>
    private static LedgerRequest? Unannounced(CloseEntry entry) => entry.Facts is null
        ? null
        : new LedgerRequest
        {
            RequestId = entry.RequestId,
            ParentRequestId = entry.ParentRequestId,
            Facts = entry.Facts,
            ReservedAt = entry.Time,
            Counts = false,
            State = LedgerState.Closed,
            Hold = Amount.None,
            LeaseEndsAt = entry.Time,
            Charged = Amount.None,
        };

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();

        // What is acknowledged may be dropped by the spool: a commit has to survive the loss of power.
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8192");
        return connection;
    }

    private static long Count(SqliteConnection connection, string query)
    {
        using var command = connection.Prepare(query);
        return (long)command.ExecuteScalar()!;
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.Prepare(text);
        command.ExecuteNonQuery();
    }

    private static void Rollback(SqliteConnection connection)
    {
        try
        {
            Execute(connection, "ROLLBACK");
        }
        catch (SqliteException)
        {
            // A failed COMMIT may have ended the transaction already.
        }
    }
}
