using System.Security.Cryptography;
using Npgsql;

namespace GatewayStack.TestServers;

/// <summary>A database of a test's own, with an owner and a runtime role, dropped at the end.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly string _server;

    private PostgresDatabase(string server, string name, string password)
    {
        _server = server;
        Name = name;
        Owner = new NpgsqlConnectionStringBuilder(server) { Database = name, Username = name + "_owner", Password = password, Pooling = true }.ToString();
        Runtime = new NpgsqlConnectionStringBuilder(server) { Database = name, Username = name + "_runtime", Password = password, Pooling = true }.ToString();
        Superuser = new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ToString();
    }

    /// <summary>Name of the database on the server.</summary>
    public string Name { get; }

    /// <summary>Connection string of the role that owns the database.</summary>
    public string Owner { get; }

    /// <summary>Connection string of the role that a service runs as.</summary>
    public string Runtime { get; }

    /// <summary>Connection string of the server's superuser in this database.</summary>
    public string Superuser { get; }

    /// <summary>Makes a database on the shared server, or on one of the test's own.</summary>
    /// <param name="server">Connection string of a superuser; null for the shared server.</param>
    public static async Task<PostgresDatabase> CreateAsync(string? server = null)
    {
        server ??= Servers.Postgres;
        var random = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var database = new PostgresDatabase(server, "t_" + random, random);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false }.ToString());
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"CREATE ROLE {database.Name}_owner LOGIN PASSWORD '{random}'");
        await ExecuteAsync(connection, $"CREATE ROLE {database.Name}_runtime LOGIN PASSWORD '{random}'");
        await ExecuteAsync(connection, $"CREATE DATABASE {database.Name} OWNER {database.Name}_owner TEMPLATE template0");
        return database;
    }

    /// <summary>The settings that a service needs to use this database under a name.</summary>
    /// <param name="name">Name among the connection strings, such as <c>limitsdb</c>.</param>
    public Dictionary<string, string?> Settings(string name) => new(StringComparer.Ordinal)
    {
        ["ConnectionStrings:" + name] = Runtime,
        ["ConnectionStrings:" + name + "-migrations"] = Owner,
    };

    public async ValueTask DisposeAsync()
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_server) { Database = "postgres", Pooling = false }.ToString());
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
        await ExecuteAsync(connection, $"DROP ROLE IF EXISTS {Name}_owner, {Name}_runtime");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string text)
    {
#pragma warning disable CA2100 // Names are made here.
        await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
