using System.Security.Cryptography;
using Npgsql;

namespace GatewayStack.AuditConsumer;

/// <summary>A database of the run's own, dropped at its end.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly NpgsqlConnectionStringBuilder _server;
    private readonly string _name;
    private readonly string _password;

    private BenchDatabase(string server)
    {
        _server = new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false };
        _password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        _name = "bench_" + _password;
    }

    public long BytesPerEvent { get; private set; }

    public Dictionary<string, string?> Settings => new(StringComparer.Ordinal)
    {
        ["ConnectionStrings:auditdb"] = As("_runtime"),
        ["ConnectionStrings:auditdb-migrations"] = As("_owner"),
    };

    public static async Task<BenchDatabase> CreateAsync(string server)
    {
        var database = new BenchDatabase(server);
        await database.RunAsync($"CREATE ROLE {database._name}_owner LOGIN PASSWORD '{database._password}'");
        await database.RunAsync($"CREATE ROLE {database._name}_runtime LOGIN PASSWORD '{database._password}'");
        await database.RunAsync($"CREATE DATABASE {database._name} OWNER {database._name}_owner TEMPLATE template0");
        return database;
    }

    /// <summary>How many rows there are, by the superuser, whom no policy holds.</summary>
    public async Task<long> CountAsync()
    {
        var rows = (long)(await RunAsync("SELECT count(*) FROM gatewaystack.audit_event", _name))!;
        BytesPerEvent = (long)(await RunAsync($"SELECT pg_database_size('{_name}')"))! / Math.Max(1, rows);
        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync($"DROP DATABASE IF EXISTS {_name} WITH (FORCE)");
        await RunAsync($"DROP ROLE IF EXISTS {_name}_owner, {_name}_runtime");
    }

    private string As(string role) => new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = _name, Username = _name + role, Password = _password, Pooling = true }.ToString();

    private async Task<object?> RunAsync(string text, string? database = null)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server.ConnectionString) { Database = database ?? "postgres" }.ToString());
        await connection.OpenAsync();
#pragma warning disable CA2100 // Names are made here.
        await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
