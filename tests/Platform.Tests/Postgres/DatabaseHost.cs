using GatewayStack.Postgres;
using GatewayStack.Postgres.Migrations;
using GatewayStack.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Platform.Tests.Postgres;

/// <summary>A process that uses one database, with the scripts of this folder.</summary>
internal sealed class DatabaseHost : IAsyncDisposable
{
    public const string Name = "thingsdb";

    public DatabaseHost(PostgresDatabase database, string scripts = "First", bool migrates = true, Action<Dictionary<string, string?>>? change = null)
    {
        var settings = database.Settings(Name);
        if (!migrates)
        {
            settings.Remove($"ConnectionStrings:{Name}-migrations");
        }

        change?.Invoke(settings);
        Configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        Services = new ServiceCollection()
            .AddOwnerDatabase(Configuration, Name, new MigrationScripts("things", typeof(DatabaseHost).Assembly, "GatewayStack.Platform.Tests.Postgres.Scripts." + scripts))
            .BuildServiceProvider();
    }

    public IConfiguration Configuration { get; }

    public ServiceProvider Services { get; }

    public OwnerDatabase Database => Services.GetRequiredKeyedService<OwnerDatabase>(Name);

    public ValueTask DisposeAsync() => Services.DisposeAsync();
}
