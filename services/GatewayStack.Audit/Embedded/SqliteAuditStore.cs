using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Settings;
using Microsoft.Data.Sqlite;

namespace GatewayStack.Audit.Embedded;

/// <summary>The embedded store: one SQLite file, one writer, readers beside it (WAL). Opened when first used, so that its failure stops nothing.</summary>
internal sealed class SqliteAuditStore(string folder) : IAuditStore, IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = Path.Combine(folder, "audit.db"),
        DefaultTimeout = 5,
    }.ToString();

    private SqliteAuditWriter? _writer;

    public string Kind => "sqlite";

    public async Task<AuditAppended> AppendAsync(AuditBatch batch, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return Writer().Write(batch);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async IAsyncEnumerable<AuditRow> QueryAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var connection = await ReaderAsync(cancellationToken);
        using var command = SqliteAuditQuery.Build(connection, filter);
        using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return new AuditRow(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
        }
    }

    public async Task<ImmutableArray<string>> GetHashKeysAsync(CancellationToken cancellationToken)
    {
        using var connection = await ReaderAsync(cancellationToken);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT key_id FROM hash_key ORDER BY key_id";
        using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var keys = ImmutableArray.CreateBuilder<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(reader.GetString(0));
        }

        return keys.ToImmutable();
    }

    public async Task<AuditStoreStatus> GetStatusAsync(CancellationToken cancellationToken)
    {
        using var connection = await ReaderAsync(cancellationToken);
        using var transaction = connection.BeginTransaction(deferred: true);
        return await SqliteAuditStatus.ReadAsync(connection, cancellationToken);
    }

    public async Task<ImmutableArray<LogClaim>> ClaimAsync(string topic, ImmutableArray<int> partitions, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            return [.. partitions.Select(p => Writer().Claim(topic, p))];
        }
        finally
        {
            _writing.Release();
        }
    }

    public void Dispose()
    {
        _writer?.Dispose();
        using (var pooled = new SqliteConnection(_connectionString))
        {
            SqliteConnection.ClearPool(pooled);
        }

        _writing.Dispose();
    }

    private SqliteAuditWriter Writer()
    {
        if (_writer is { } open)
        {
            return open;
        }

        PrivateFolder.Create(folder);
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            AuditSchema.Ensure(connection);
            return _writer = new SqliteAuditWriter(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private async Task<SqliteConnection> ReaderAsync(CancellationToken cancellationToken)
    {
        if (_writer is null)
        {
            // Somebody asks before anything was stored.
            await _writing.WaitAsync(cancellationToken);
            try
            {
                _ = Writer();
            }
            finally
            {
                _writing.Release();
            }
        }

        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
