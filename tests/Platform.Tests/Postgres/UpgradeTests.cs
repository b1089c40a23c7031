using GatewayStack.Documents;
using GatewayStack.Postgres;
using GatewayStack.Postgres.Migrations;
using GatewayStack.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GatewayStack.Platform.Tests.Postgres;

/// <summary>
/// Databases that the first version made and filled, in the hands of this one: what stood there stands there, and the first version, which runs on beside it for a while,
/// can still write.
/// </summary>
public sealed class UpgradeTests : IAsyncLifetime
{
    private static readonly Dictionary<string, MigrationScripts[]> Sets = new(StringComparer.Ordinal)
    {
        ["limitsdb"] = [Limits.Postgres.LimitsPostgres.Scripts()],
        ["auditdb"] = [new("audit", typeof(Audit.AuditOptions).Assembly, "GatewayStack.Audit.Postgres.Migrations")],
        ["identitydb"] =
        [
            new("keys", typeof(Identity.Keys.KeyStores).Assembly, "GatewayStack.Identity.Keys.Postgres.Migrations"),
            new("standings", typeof(Identity.Keys.KeyStores).Assembly, "GatewayStack.Identity.Standings.Postgres.Migrations"),
        ],
        ["policydb"] = [new("documents", typeof(DocumentSource).Assembly, "GatewayStack.Documents.Postgres.Migrations")],
    };

    /// <summary>What the first version writes, as it writes it: the number of the run keeps the rows apart.</summary>
    private static readonly Dictionary<string, string> Fills = new(StringComparer.Ordinal)
    {
        ["limitsdb"] = """
            SET LOCAL app.scope = 'all';
            INSERT INTO requests
              SELECT $1 || '-' || n, NULL, 'tenant-' || n % 3, 'person-' || n % 7, 1, NULL, NULL, NULL, '["doctor"]', 'model.call', now() - n * interval '1 hour', true, 2, 100, 10, now()
              FROM generate_series(1, 1000) n;
            INSERT INTO ledger
              SELECT $1 || '-' || n, 1, 'tenant-' || n % 3, 'openai', 'gpt', n, n, 0, 0, n, false, 'prices', now() - n * interval '1 hour'
              FROM generate_series(1, 1000) n;
            INSERT INTO watermarks VALUES ('producer-' || $1, 'usage', 1, 1000);
            INSERT INTO offsets VALUES ('topic-' || $1, 0, 1000, 1);
            """,
        ["auditdb"] = """
            SELECT audit_add_partition('standard', current_date), audit_add_partition('long', current_date);
            INSERT INTO audit_event (idx, producer, epoch, seq, tenant, time, type, request_id, retention, bytes)
              SELECT n, $1, 1, n, 'tenant-' || n % 3, now() - n * interval '1 hour', 'outcome', $1 || n, (ARRAY['standard', 'long', 'of no partition'])[1 + n % 3],
                convert_to('{"n":' || n || '}', 'UTF8') FROM generate_series(1, 1000) n;
            INSERT INTO audit_resource SELECT n, 'tenant-' || n % 3, now(), 'standard', 'patient', sha256(convert_to($1 || n, 'UTF8')) FROM generate_series(1, 100) n;
            INSERT INTO audit_seen VALUES ($1, 1, 1, 1000, 1);
            """,
        ["identitydb"] = """
            INSERT INTO key_rings VALUES ('ring-' || $1, 1, '\x01', 'identity');
            INSERT INTO standings (id, origin, measure, created_at, until)
              SELECT $1 || '-' || n, 1 + n % 3, '{"subject":{"issuer":"https://issuer.example"}}', now(), now() + interval '1 day' FROM generate_series(1, 500) n;
            UPDATE standing_state SET revision = revision + 500;
            """,
        ["policydb"] = """
            INSERT INTO documents SELECT 'policy-' || $1, n, 'revision-' || n, '{}', 'file', 'somebody' FROM generate_series(1, 20) n;
            INSERT INTO active_documents VALUES ('policy-' || $1, 20);
            """,
    };

    private PostgresDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await PostgresDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("limitsdb")]
    [InlineData("auditdb")]
    [InlineData("identitydb")]
    [InlineData("policydb")]
    public async Task A_filled_database_of_the_first_version_keeps_every_row(string name)
    {
        await MigrateAsync(name, [.. Sets[name].Select(s => s.UpTo(1))]);
        await FillAsync(name, "before");
        var before = await RowsAsync();
        before.Values.Sum(t => t.Rows).ShouldBeGreaterThan(20);

        await MigrateAsync(name, Sets[name]);
        (await RowsAsync()).ShouldBe(before, ignoreOrder: true);
        await MigrateAsync(name, Sets[name]);
        (await RowsAsync()).ShouldBe(before, ignoreOrder: true);

        await FillAsync(name, "after");
        var after = await RowsAsync();
        after.Where(t => t.Value.Rows < before[t.Key].Rows).ShouldBeEmpty();
        after.Values.Sum(t => t.Rows).ShouldBeGreaterThan(before.Values.Sum(t => t.Rows));
    }

    /// <summary>As a service of that version starts: migrates, and checks what it finds as its runtime role.</summary>
    private async Task MigrateAsync(string name, MigrationScripts[] sets)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(_database.Settings(name)).Build();
        var services = new ServiceCollection();
        foreach (var set in sets)
        {
            services.AddOwnerDatabase(configuration, name, set);
        }

        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredKeyedService<OwnerDatabase>(name).OpenAsync(Cancel);
    }

    private async Task FillAsync(string name, string run)
    {
        await using var connection = new NpgsqlConnection(_database.Runtime + ";Search Path=gatewaystack;Pooling=false");
        await connection.OpenAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
#pragma warning disable CA2100 // The statements stand above.
        await using var command = new NpgsqlCommand(Fills[name].Replace("$1", $"'{run}'", StringComparison.Ordinal), connection, transaction);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Cancel);
        await transaction.CommitAsync(Cancel);
    }

    /// <summary>Of each table but the journals, how many rows it has and a digest of them. What is null is left out, as a column that was added since is.</summary>
    private async Task<Dictionary<string, (long Rows, string Digest)>> RowsAsync()
    {
        await using var connection = new NpgsqlConnection(_database.Superuser + ";Search Path=gatewaystack");
        await connection.OpenAsync(Cancel);
        var tables = new List<string>();
        await using (var command = new NpgsqlCommand(
            "SELECT relname FROM pg_class WHERE relnamespace = 'gatewaystack'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname NOT LIKE 'migrations\\_%'", connection))
        await using (var reader = await command.ExecuteReaderAsync(Cancel))
        {
            while (await reader.ReadAsync(Cancel))
            {
                tables.Add(reader.GetString(0));
            }
        }

        var rows = new Dictionary<string, (long, string)>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
#pragma warning disable CA2100 // Tables of ours.
            await using var command = new NpgsqlCommand(
                $"SELECT count(*), coalesce(md5(string_agg(r, ',' ORDER BY r)), '') FROM (SELECT jsonb_strip_nulls(to_jsonb(t))::text AS r FROM {table} t) x", connection);
#pragma warning restore CA2100
            await using var reader = await command.ExecuteReaderAsync(Cancel);
            await reader.ReadAsync(Cancel);
            rows[table] = (reader.GetInt64(0), reader.GetString(1));
        }

        return rows;
    }
}
