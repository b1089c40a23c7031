using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Settings;
using GatewayStack.Limits.Ledger;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Limits.Embedded;

/// <summary>The ledger of one instance, in one SQLite file.</summary>
/// <remarks>Writing is one connection's work; reading has its own, so that administrators never wait for it. SQLite has no asynchronous calls:
/// all of this runs on the thread of whoever ships events, never on a request's.</remarks>
internal sealed class SqliteLedger(string path) : ILedger, IEventOffsets, IDisposable
{
    private readonly string _connectionString =
        new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString();

    private SqliteConnection? _connection;
    private SqliteRequests? _requests;
    private SqliteRows? _rows;
    private SqliteWatermarks? _watermarks;
    private SqliteOffsets? _offsets;

    public string Name => "sqlite";

    public Task OpenAsync(CancellationToken cancellationToken)
    {
        PrivateFolder.Create(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var connection = _connection = Connect();
        using var version = connection.Prepare("PRAGMA user_version");
        switch ((long)version.ExecuteScalar()!)
        {
            case 0:
                Change(connection, SqliteSchema.Create);
                break;
            case 1:
                Change(connection, SqliteSchema.UpgradeFrom1);
                break;
            case 2:
                Change(connection, SqliteSchema.UpgradeFrom2);
                break;
            case SqliteSchema.Version:
                break;
            case var other:
                throw new InvalidOperationException($"The ledger {path} has schema {other}, this version knows {SqliteSchema.Version}: start the version that wrote it.");
        }

        _requests = new SqliteRequests(connection);
        _rows = new SqliteRows(connection);
        _watermarks = new SqliteWatermarks(connection);
        _offsets = new SqliteOffsets(connection);
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<LedgerChange>> AppendAsync(LedgerBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = _connection ?? throw new InvalidOperationException("The ledger is not open.");

        // By hand: SqliteTransaction would have to be set on every prepared command.
        Execute(connection, "BEGIN IMMEDIATE");
        try
        {
            if (batch.Position is { } step && !_offsets!.Move(step))
            {
                throw new LedgerFencedException($"{step.Topic}/{step.Partition} does not stand at {step.From} under claim {step.Claim}");
            }

            var watermark = _watermarks!.Find(batch.Producer, batch.Feed);
            var entries = new List<LedgerEntry>(batch.Entries.Length);
            foreach (var entry in batch.Entries)
            {
                var position = (entry.Epoch, entry.Sequence);
                if (position.CompareTo(watermark) > 0)
                {
                    entries.Add(entry);
                    watermark = position;
                }
            }

            var changes = new BatchWriter(new SqliteTables(_requests!, _rows!)).Write(entries);
            if (!batch.Entries.IsEmpty)
            {
                _watermarks.Set(batch.Producer, batch.Feed, watermark);
            }

            Execute(connection, "COMMIT");
            return Task.FromResult(changes);
        }
        catch
        {
            Rollback(connection);
            throw;
        }
    }

    public Task<ImmutableArray<LogClaim>> ClaimAsync(string topic, ImmutableArray<int> partitions, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        // On a connection of its own: a claim does not wait for the caller's turn to write.
        using var connection = Connect();
        return Task.FromResult(SqliteOffsets.Claim(connection, topic, partitions));
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

    public Task<long> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = _connection ?? throw new InvalidOperationException("The ledger is not open.");
        Execute(connection, "BEGIN IMMEDIATE");
        try
        {
            var gone = SqliteRequests.Forget(connection, before, most);
            Execute(connection, "COMMIT");
            return Task.FromResult(gone);
        }
        catch
        {
            Rollback(connection);
            throw;
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
        _offsets?.Dispose();
        _connection?.Dispose();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();

        // What is acknowledged may be dropped by the spool: a commit has to survive the loss of power.
        Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 8192");
        return connection;
    }

    private static void Change(SqliteConnection connection, string text)
    {
        using var transaction = connection.BeginTransaction();
        using var change = connection.Prepare($"{text} PRAGMA user_version = {SqliteSchema.Version};");
        change.Transaction = transaction;
        change.ExecuteNonQuery();
        transaction.Commit();
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
