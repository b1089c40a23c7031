using GatewayStack.Identity.Keys;
using GatewayStack.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Identity.Tests.Support;

/// <summary>Replicas of the module over a database of their own; all are stopped at the end.</summary>
internal sealed class IdentityReplicas : IAsyncDisposable
{
    private readonly List<IHost> _replicas = [];

    private IdentityReplicas(PostgresDatabase database) => Database = database;

    public PostgresDatabase Database { get; }

    public static async Task<IdentityReplicas> CreateAsync() => new(await PostgresDatabase.CreateAsync());

    /// <summary>Builds one, and starts nothing.</summary>
    /// <param name="master">The key that wraps the others; null for none.</param>
    /// <param name="database">Another database than the replicas' own.</param>
    /// <param name="breakDuration">For how long a database that was away is left alone.</param>
    /// <param name="time">Another clock than the machine's.</param>
    public IHost Build(string? master, PostgresDatabase? database = null, string breakDuration = "00:00:00.500", TimeProvider? time = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection((database ?? Database).Settings(KeyStores.Database));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Keys:Master"] = master,
            ["Identity:PublicUrl"] = "https://gateway.example",
            ["Identity:Issuers:0:Name"] = "demo",
            ["Identity:Issuers:0:Issuer"] = "http://127.0.0.1:1",
            ["Identity:Issuers:0:Audiences:0"] = "api",
            ["Postgres:Breaker:BreakDuration"] = breakDuration,
        });
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.AddIdentityModule();
        var replica = builder.Build();
        lock (_replicas)
        {
            _replicas.Add(replica);
        }

        return replica;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _replicas)
        {
            await replica.StopAsync(CancellationToken.None);
            replica.Dispose();
        }

        await Database.DisposeAsync();
    }
}
