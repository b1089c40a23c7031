using System.Collections.Concurrent;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Services;
using GatewayStack.TestServers;
using Npgsql;

namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>
/// Six services on a Redis, a Postgres and a Kafka of their own, everything that one part asks of another through a proxy that can be told to misbehave. Two instances each of
/// Identity, Transform, Policy and Limits.
/// </summary>
public sealed class FaultStack : IAsyncLifetime
{
    private const string Limits = """
        {
          "apiVersion": "gateway.limits/v1",
          "limits": [
            { "name": "requests_per_minute", "per": "user", "metric": "requests", "window": "minute", "limit": 100000 },
            { "name": "tokens_per_month", "per": "user", "metric": "tokens", "window": "month", "limit": 1000000000 }
          ]
        }
        """;

    private readonly TempFolder _folder = new();
    private readonly ConcurrentDictionary<string, ChaosProxy> _links = new(StringComparer.Ordinal);
    private StackServers _databases = null!;

    public TestIssuer Issuer { get; private set; } = null!;

    public ServiceStack Services { get; private set; } = null!;

    public GatewayClient Front { get; private set; } = null!;

    internal OwnRedis Redis { get; private set; } = null!;

    internal OwnPostgres Postgres { get; private set; } = null!;

    internal OwnKafka Kafka { get; private set; } = null!;

    /// <summary>Those who send the load: the same in all tests, so that what was charged to them adds up.</summary>
    internal IReadOnlyList<Caller> People { get; } = [.. Enumerable.Range(0, 8).Select(_ => Caller.New())];

    /// <summary>A request of each of them that was charged: by it the ledger names its person.</summary>
    internal ConcurrentDictionary<string, string> Known { get; } = new(StringComparer.Ordinal);

    /// <summary>What was held for each of them after the last fault, by reservations of which nobody knows.</summary>
    internal ConcurrentDictionary<string, long> Held { get; } = new(StringComparer.Ordinal);

    /// <summary>The proxy before a server (<c>redis</c>, <c>postgres</c>, <c>kafka</c>, <c>keys</c>) or an instance (<c>policy-2</c>).</summary>
    internal ChaosProxy Link(string name) => _links[name];

    /// <summary>The proxies before all instances of a module.</summary>
    internal IReadOnlyList<ChaosProxy> LinksOf(string module) => [.. Services.Of(module).Select(p => _links[p.Name])];

    /// <summary>A connection to one of the databases, past the proxy and past row-level security.</summary>
    internal async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(_databases.Database(database).Superuser + ";Search Path=gatewaystack;Command Timeout=60");
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask InitializeAsync()
    {
        Redis = await OwnRedis.StartNewAsync("--appendonly", "yes");
        Postgres = await OwnPostgres.StartNewAsync();
        var kafka = TestPorts.Free();
        Kafka = await OwnKafka.StartNewAsync(kafka, Proxy("kafka", kafka));
        Issuer = await TestIssuer.StartAsync();
        Proxy("redis", Redis.Port);
        Proxy("postgres", new NpgsqlConnectionStringBuilder(Postgres.Superuser).Port);
        Proxy("keys", new Uri(Issuer.Url).Port);

        _databases = await StackServers.CreateAsync(Redis.Connection, Postgres.Superuser, $"127.0.0.1:{Link("kafka").Port}");
        var shape = _databases.Shape(_folder.Path, Settings());
        Services = await ServiceStack.StartAsync(shape with
        {
            Connections = shape.Connections.ToDictionary(c => c.Key, c => Through(c.Key, c.Value), StringComparer.Ordinal),
            Via = Proxy,
        });
        Front = new GatewayClient(Services.Address);
    }

    public async ValueTask DisposeAsync()
    {
        Front?.Dispose();
        if (Services is not null)
        {
            await Services.DisposeAsync();
        }

        foreach (var link in _links.Values)
        {
            await link.DisposeAsync();
        }

        // The databases go with their server.
        foreach (var server in (IAsyncDisposable?[])[Issuer, Kafka, Postgres, Redis])
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }
        }

        _folder.Dispose();
    }

    private int Proxy(string name, int port) => _links.GetOrAdd(name, _ => new ChaosProxy(port)).Port;

    private string Through(string name, string connection) => name switch
    {
        "kafka" => connection,
        "redis" => connection.Replace($":{Redis.Port},", $":{Link("redis").Port},", StringComparison.Ordinal),
        _ => new NpgsqlConnectionStringBuilder(connection) { Port = Link("postgres").Port }.ToString(),
    };

    private Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>(Issuer.Settings(1), StringComparer.Ordinal)
        {
            ["Identity:Issuers:1:JwksUri"] = $"http://127.0.0.1:{Link("keys").Port}/jwks",
            ["Limits:File"] = _folder.Write("limits.json", Limits),
            ["Limits:Redis:CommandTimeoutMilliseconds"] = "500",
            ["Limits:Redis:Breaker:SamplingSeconds"] = "2",
            ["Limits:Redis:Breaker:BreakSeconds"] = "1",

            // What Identity said a moment ago would hide that it is away.
            ["Router:IdentityCacheSeconds"] = "0",
        };
        foreach (var stage in (string[])["identify", "inspect", "decide", "apply", "reserve"])
        {
            settings["Router:Deadlines:" + stage] = "3000";
        }

        foreach (var module in (string[])["identity", "transform", "policy", "limits"])
        {
            settings[$"Router:Breakers:{module}:SamplingSeconds"] = "1";
            settings[$"Router:Breakers:{module}:BreakSeconds"] = "1";
        }

        return settings;
    }
}

/// <summary>One stack for all faults: its classes run one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultyStack : ICollectionFixture<FaultStack>
{
    public const string Name = "six services, faults";
}
