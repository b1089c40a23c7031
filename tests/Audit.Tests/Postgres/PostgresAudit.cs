using GatewayStack.Audit.Postgres;
using GatewayStack.Postgres;
using GatewayStack.Postgres.Migrations;
using GatewayStack.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace GatewayStack.Audit.Tests.Postgres;

/// <summary>A database of the audit for one class of tests, emptied before each.</summary>
public sealed class PostgresAudit : IAsyncLifetime
{
    private readonly OwnPostgres? _own;
    private PostgresDatabase? _database;

    public PostgresAudit()
    {
    }

    internal PostgresAudit(OwnPostgres own) => _own = own;

    internal PostgresDatabase Database => _database ?? throw new InvalidOperationException("Initialize it first.");

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresDatabase.CreateAsync(_own?.Superuser);
        using var opened = Open();
        await opened.Database.OpenAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    /// <summary>The database as one instance of the service has it.</summary>
    internal Instance Open(TimeProvider? time = null, PostgresAuditWriter? writer = null) =>
        new(Settings, time ?? TimeProvider.System, writer ?? new PostgresAuditWriter());

    // What these tests break on purpose must not keep the breaker open for the next one.
    internal Dictionary<string, string?> Settings => new(Database.Settings("auditdb"), StringComparer.Ordinal) { ["Postgres:Breaker:MinimumThroughput"] = "1000000" };

    internal async Task ResetAsync() =>
        await ExecuteAsync(
            """
            SET synchronous_commit = off;
            DELETE FROM gatewaystack.audit_event; DELETE FROM gatewaystack.audit_resource; DELETE FROM gatewaystack.audit_seen; DELETE FROM gatewaystack.audit_watermark;
            DELETE FROM gatewaystack.audit_position; DELETE FROM gatewaystack.audit_dead_letter; DELETE FROM gatewaystack.audit_hash_key; DELETE FROM gatewaystack.audit_count;
            UPDATE gatewaystack.audit_log SET last_idx = 0, last_seq = 0;
            """);

    /// <summary>Runs a text as the superuser.</summary>
    internal async Task<object?> ExecuteAsync(string text, string? connectionString = null)
    {
        await using var connection = new NpgsqlConnection(connectionString ?? Database.Superuser);
        await connection.OpenAsync();
#pragma warning disable CA2100 // A test's own text.
        await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }

    internal sealed class Instance : IDisposable
    {
        private readonly ServiceProvider _services;

        public Instance(Dictionary<string, string?> settings, TimeProvider time, PostgresAuditWriter writer)
        {
            Writer = writer;
            var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
            _services = new ServiceCollection()
                .AddLogging()
                .AddOwnerDatabase(configuration, "auditdb", new MigrationScripts("audit", typeof(PostgresAuditStore).Assembly, "GatewayStack.Audit.Postgres.Migrations"))
                .BuildServiceProvider();
            Time = time;
            Database = _services.GetRequiredKeyedService<OwnerDatabase>("auditdb");
            Partitions = new PostgresPartitions(Database, time, NullLogger<PostgresPartitions>.Instance);
            Store = new PostgresAuditStore(Database, Partitions, writer);
        }

        public TimeProvider Time { get; }

        public OwnerDatabase Database { get; }

        public PostgresPartitions Partitions { get; }

        public PostgresAuditWriter Writer { get; }

        public PostgresAuditStore Store { get; }

        public PostgresConsumerLease Lease(LeaseTimes times) => new(Database, times, TimeProvider.System, NullLogger<PostgresConsumerLease>.Instance);

        public PostgresRetention Retention(params (string Class, int Days)[] days) => new(
            Database,
            Partitions,
            Writer,
            new AuditOptions { Retention = days.ToDictionary(d => d.Class, d => d.Days) },
            Time,
            NullLogger<PostgresRetention>.Instance);

        public void Dispose() => _services.Dispose();
    }
}
