using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using GatewayStack.Postgres;
using Npgsql;

namespace GatewayStack.Audit.Postgres;

/// <summary>The audit in Postgres: appended to by any number of instances, one transaction at a time, read by all of them.</summary>
internal sealed class PostgresAuditStore(OwnerDatabase database, PostgresPartitions partitions, PostgresAuditWriter writer) : IAuditStore
{
    // No read stays open for as long as a client takes to receive a page: partitions could not be dropped meanwhile.
    private const int RowsPerRead = 200;

    public string Kind => "postgres";

    public async Task<AuditAppended> AppendAsync(AuditBatch batch, CancellationToken cancellationToken) =>
        await database.Pipeline.ExecuteAsync(
            static async (state, token) =>
            {
                var (store, batch) = state;
                await store.Partitions.EnsureAsync(batch.Entries, token);
                return await store.AppendOnceAsync(batch, token);
            },
            (this, batch),
            cancellationToken);

    public async IAsyncEnumerable<AuditRow> QueryAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var tenant = StoredText.Of(filter.Tenant);
        if (tenant.Length == 0)
        {
            // No tenant has an empty name; to Postgres it would be a transaction that names none.
            yield break;
        }

        for (var left = filter.Limit; left > 0;)
        {
            var limit = Math.Min(left, RowsPerRead);
            var rows = await database.Pipeline.ExecuteAsync(async token => await ReadAsync(filter, tenant, limit, token), cancellationToken);
            foreach (var row in rows)
            {
                yield return row;
            }

            if (rows.Count < limit)
            {
                yield break;
            }

            left -= rows.Count;
            filter = filter with { Before = rows[^1].Index };
        }
    }

    public async Task<ImmutableArray<string>> GetHashKeysAsync(CancellationToken cancellationToken) =>
        await database.Pipeline.ExecuteAsync(
            async token =>
            {
                await using var command = database.DataSource.CreateCommand("SELECT key_id FROM audit_hash_key ORDER BY key_id");
                await using var reader = await command.ExecuteReaderAsync(token);
                var keys = ImmutableArray.CreateBuilder<string>();
                while (await reader.ReadAsync(token))
                {
                    keys.Add(reader.GetString(0));
                }

                return keys.ToImmutable();
            },
            cancellationToken);

    public async Task<AuditStoreStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        await database.Pipeline.ExecuteAsync(async token => await PostgresAuditStatus.ReadAsync(database.DataSource, token), cancellationToken);

    public async Task<ImmutableArray<LogClaim>> ClaimAsync(string topic, ImmutableArray<int> partitions, CancellationToken cancellationToken) =>
        await database.Pipeline.ExecuteAsync(
            async token =>
            {
                await using var command = database.DataSource.CreateCommand(
                    """
                    INSERT INTO audit_position AS p (topic, part, next, claim) SELECT $1, part, 0, 1 FROM unnest($2) AS part ORDER BY part
                    ON CONFLICT (topic, part) DO UPDATE SET claim = p.claim + 1
                    RETURNING part, next, claim
                    """);
                command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = StoredText.Of(topic) });
                command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. partitions.Distinct()] });
                await using var reader = await command.ExecuteReaderAsync(token);
                var claims = ImmutableArray.CreateBuilder<LogClaim>();
                while (await reader.ReadAsync(token))
                {
                    claims.Add(new LogClaim { Partition = reader.GetInt32(0), Next = reader.GetInt64(1), Claim = reader.GetInt64(2) });
                }

                return claims.ToImmutable();
            },
            cancellationToken);

    private PostgresPartitions Partitions => partitions;

    private async Task<AuditAppended> AppendOnceAsync(AuditBatch batch, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var appended = await writer.WriteAsync(connection, batch, cancellationToken);
        if (!appended.Fenced)
        {
            await transaction.CommitAsync(cancellationToken);
        }

        return appended;
    }

    private async Task<List<AuditRow>> ReadAsync(AuditFilter filter, string tenant, int limit, CancellationToken cancellationToken)
    {
        await using var transaction = await database.BeginAsync(tenant, cancellationToken);
        await using var batch = new NpgsqlBatch(transaction.Connection) { BatchCommands = { PostgresAuditQuery.Build(filter, tenant, limit) } };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var rows = new List<AuditRow>(limit);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new AuditRow(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        }

        return rows;
    }
}
