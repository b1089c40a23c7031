using GatewayStack.Limits.Postgres;
using GatewayStack.Postgres;
using GatewayStack.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GatewayStack.Limits.Tests.Postgres;

/// <summary>A migrated database for ledgers.</summary>
public sealed class LedgerDatabase : IAsyncLifetime
{
    private PostgresDatabase _database = null!;
    private ServiceProvider _process = null!;

    public string Runtime => _database.Runtime;

    public async ValueTask InitializeAsync()
    {
        _database = await PostgresDatabase.CreateAsync();
        _process = Process(_database);
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _process.DisposeAsync();
            await _database.DisposeAsync();
        }
    }

    /// <summary>A ledger of the process that most tests share.</summary>
    internal PostgresLedger Ledger() => LedgerOf(_process);

    /// <summary>A ledger with connections of its own, as another instance has it.</summary>
    internal PostgresLedger OtherLedger(List<ServiceProvider> processes)
    {
        processes.Add(Process(_database));
        return LedgerOf(processes[^1]);
    }

    internal static PostgresLedger LedgerOf(ServiceProvider process) => new(process.GetRequiredKeyedService<OwnerDatabase>(LimitsPostgres.Database));

    /// <summary>The services of one process.</summary>
    internal static ServiceProvider Process(PostgresDatabase database, params (string Key, string? Value)[] change)
    {
        var settings = database.Settings(LimitsPostgres.Database);
        foreach (var (key, value) in change)
        {
            settings[key] = value;
        }

        var services = new ServiceCollection();
        LimitsPostgres.Add(services, new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return services.BuildServiceProvider();
    }

    /// <summary>Empties the tables, once they are there.</summary>
    public async Task ClearAsync()
    {
        await Ledger().OpenAsync(CancellationToken.None);
        await ScalarAsync("TRUNCATE gatewaystack.requests, gatewaystack.ledger, gatewaystack.watermarks, gatewaystack.offsets");
    }

    /// <summary>Asks as the superuser, whom no policy holds.</summary>
    public async Task<object?> ScalarAsync(string text)
    {
        await using var connection = new NpgsqlConnection(_database.Superuser);
        await connection.OpenAsync();
#pragma warning disable CA2100 // The texts are the tests' own.
        await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}
