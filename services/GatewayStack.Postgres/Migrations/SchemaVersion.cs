using GatewayStack.Contracts.Settings;
using Npgsql;

namespace GatewayStack.Postgres.Migrations;

/// <summary>Which scripts of a set have run in a database.</summary>
internal static class SchemaVersion
{
    /// <summary>Name of the schema that everything of ours stands in.</summary>
    public const string Schema = "gatewaystack";

    /// <summary>The number of the last script that has run; 0 where none has.</summary>
    public static async Task<int> ReadAsync(NpgsqlConnection connection, MigrationScripts scripts, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("SELECT to_regclass($1) IS NOT NULL", connection) { Parameters = { new() { Value = $"{Schema}.{scripts.Journal}" } } };
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return 0;
        }

#pragma warning disable CA2100 // The table's name is made of lower-case letters.
        await using var command = new NpgsqlCommand($"SELECT scriptname FROM {Schema}.{scripts.Journal}", connection);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var version = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            version = Math.Max(version, MigrationScripts.NumberOf(reader.GetString(0)));
        }

        return version;
    }

    /// <summary>Refuses a schema that a newer version of the program made.</summary>
    public static void RefuseNewer(string database, MigrationScripts scripts, int found)
    {
        if (found > scripts.Version)
        {
            throw new StartRefusedException(
                $"The database {database} was migrated by a newer version ({scripts.Name} {found}, this version knows {scripts.Version}): start that version, or restore a dump from before.");
        }
    }
}
