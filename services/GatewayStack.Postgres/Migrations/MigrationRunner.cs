using DbUp;
using DbUp.Engine;
using DbUp.Postgresql;
using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GatewayStack.Postgres.Migrations;

/// <summary>Runs the scripts that have not run yet, as the owner's role. One process at a time: the others wait, and find nothing left to do.</summary>
internal sealed class MigrationRunner(string database, string runtimeRole, ILogger logger)
{
    // Only its being the same everywhere matters; advisory locks are apart for each database.
    private const long Lock = 0x4757_5354_4D49_4752;

    /// <summary>How long another process's migration is waited for.</summary>
    private static readonly TimeSpan LockTimeout = TimeSpan.FromMinutes(2);

    public async Task RunAsync(NpgsqlDataSource owner, IReadOnlyList<MigrationScripts> sets, CancellationToken cancellationToken)
    {
        await using var connection = await owner.OpenConnectionAsync(cancellationToken);
        await TakeLockAsync(connection, cancellationToken);
        foreach (var set in sets)
        {
            SchemaVersion.RefuseNewer(database, set, await SchemaVersion.ReadAsync(connection, set, cancellationToken));
        }

        var role = await QuoteAsync(connection, runtimeRole, cancellationToken);
        await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {SchemaVersion.Schema}; GRANT USAGE ON SCHEMA {SchemaVersion.Schema} TO {role}", cancellationToken);
        foreach (var set in sets)
        {
            // DbUp has no asynchronous calls.
            var applied = await Task.Run(() => Upgrade(owner, set, role), cancellationToken);
            await ExecuteAsync(connection, $"GRANT SELECT ON {SchemaVersion.Schema}.{set.Journal} TO {role}", cancellationToken);
            if (applied > 0)
            {
                PostgresLog.Migrated(logger, database, set.Name, set.Version, applied);
            }
        }
    }

    private static async Task TakeLockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Held by the session: it ends with the connection, however that ends. The pool resets the session before anyone else has it.
        await ExecuteAsync(connection, $"SET lock_timeout = {(int)LockTimeout.TotalMilliseconds}", cancellationToken);
        await using var command = new NpgsqlCommand("SELECT pg_advisory_lock($1)", connection)
        {
            Parameters = { new() { Value = Lock } },
            CommandTimeout = (int)LockTimeout.TotalSeconds + 10,
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private int Upgrade(NpgsqlDataSource owner, MigrationScripts set, string role)
    {
        var scripts = set.Scripts.Select(s => new SqlScript(s.Name, s.Text.Replace("$runtime$", role, StringComparison.Ordinal)));
        var result = DeployChanges.To
            .PostgresqlDatabase(new PostgresqlConnectionManager(owner))
            .WithScripts(scripts)
            .WithVariablesDisabled()
            .WithTransactionPerScript()
            .JournalToPostgresqlTable(SchemaVersion.Schema, set.Journal)
            .LogToNowhere()
            .Build()
            .PerformUpgrade();
        return result.Successful
            ? result.Scripts.Count()
            : throw new StartRefusedException(
                $"The database {database} could not be migrated: {set.Name} {result.ErrorScript?.Name} failed and was rolled back: {result.Error.Message.ReplaceLineEndings(" ")}",
                result.Error);
    }

    private static async Task<string> QuoteAsync(NpgsqlConnection connection, string role, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT quote_ident($1)", connection) { Parameters = { new() { Value = role } } };
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // Constants of this file, and a role's name as the server quotes it.
        await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
