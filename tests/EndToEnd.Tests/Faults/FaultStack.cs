using System.Collections.Concurrent;
using System.Globalization;
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
public class FaultStack : IAsyncLifetime
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
    private readonly int _secureRedis = TestPorts.Free();
    private readonly TestCertificates? _certificates;
    private readonly ConcurrentDictionary<string, ChaosProxy> _links = new(StringComparer.Ordinal);
    private StackServers _databases = null!;
    private OwnKafka? _kafka;
    private int _asked;

    public FaultStack()
        : this(null)
    {
    }

    private protected FaultStack(TestCertificates? certificates) => _certificates = certificates;

    public TestIssuer Issuer { get; private set; } = null!;

    public ServiceStack Services { get; private set; } = null!;

    public GatewayClient Front { get; private set; } = null!;

    internal OwnRedis Redis { get; private set; } = null!;

    internal OwnPostgres Postgres { get; private set; } = null!;

    internal OwnKafka Kafka => _kafka!;

    /// <summary>What the Router counts, as its operators read it.</summary>
    internal MetricsReceiver Metrics { get; private set; } = null!;

    /// <summary>Those who send the load: the same in all tests, so that what was charged to them adds up.</summary>
    internal IReadOnlyList<Caller> People { get; } = [.. Enumerable.Range(0, 8).Select(_ => Caller.New())];

    /// <summary>A request of each of them that was charged: by it the ledger names its person.</summary>
    internal ConcurrentDictionary<string, string> Known { get; } = new(StringComparer.Ordinal);

    /// <summary>What was held for each of them after the last fault, by reservations of which nobody knows.</summary>
    internal ConcurrentDictionary<string, long> Held { get; } = new(StringComparer.Ordinal);

    /// <summary>What no load on this stack has asked yet, in words in which no classifier sees anything: a random identifier now and then is taken for a word.</summary>
    internal string NextQuestion() => string.Create(CultureInfo.InvariantCulture, $"number {Interlocked.Increment(ref _asked)}?");

    /// <summary>True once a load has run: the first requests are slow.</summary>
    internal bool IsWarm { get; set; }

    /// <summary>False where everything speaks TLS, which the broker does not: events go straight from spool to consumer then, over gRPC.</summary>
    private bool HasBroker => _certificates is null;

    /// <summary>The proxy before a server (<c>redis</c>, <c>postgres</c>, <c>kafka</c>, <c>keys</c>) or an instance (<c>policy-2</c>, <c>audit/http</c>).</summary>
    internal ChaosProxy Link(string name) => _links[name];

    /// <summary>The proxies before all instances of a module.</summary>
    internal IReadOnlyList<ChaosProxy> LinksOf(string module) => [.. Services.Of(module).Select(p => _links[p.Name])];

    /// <summary>The fault of links that misbehave.</summary>
    internal Fault Hinder(string name, IEnumerable<string> links, Chaos mode)
    {
        return new Fault(name, _ => Set(mode), _ => Set(Chaos.None));

        Task Set(Chaos to)
        {
            foreach (var link in links)
            {
                Link(link).Set(to);
            }

            return Task.CompletedTask;
        }
    }

    /// <summary>A connection to one of the databases, past the proxy and past row-level security.</summary>
    internal async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(_databases.Database(database).Superuser + ";Search Path=gatewaystack;Command Timeout=60");
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(RedisAsync(), PostgresAsync(), KafkaAsync(), IssuerAsync(), MetricsAsync());
        await StartServicesAsync();

        async Task RedisAsync() => Redis = await OwnRedis.StartNewAsync(["--appendonly", "yes", .. SecureRedis()]);
        async Task PostgresAsync() => Postgres = await OwnPostgres.StartNewAsync(_certificates);
        async Task IssuerAsync() => Issuer = await TestIssuer.StartAsync();
        async Task MetricsAsync() => Metrics = await MetricsReceiver.StartAsync(Load.Prompt, "eyJ");
        async Task KafkaAsync()
        {
            if (HasBroker)
            {
                var port = TestPorts.Free();
                _kafka = await OwnKafka.StartNewAsync(port, Proxy("kafka", port));
            }
        }
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
        foreach (var server in (IAsyncDisposable?[])[Metrics, Issuer, _kafka, Postgres, Redis])
        {
            if (server is not null)
            {
                await server.DisposeAsync();
            }
        }

        _certificates?.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private string[] SecureRedis() => _certificates is null
        ? []
        :
        [
            "--tls-port", $"{_secureRedis}", "--tls-auth-clients", "no", "--tls-cert-file", _certificates.Certificate, "--tls-key-file", _certificates.Key, "--tls-ca-cert-file", _certificates.Authority,
        ];

    private async Task StartServicesAsync()
    {
        Proxy("redis", HasBroker ? Redis.Port : _secureRedis);
        Proxy("postgres", new NpgsqlConnectionStringBuilder(Postgres.Superuser).Port);
        Proxy("keys", new Uri(Issuer.Url).Port);
        _databases = await StackServers.CreateAsync(Redis.Connection, Postgres.Superuser, HasBroker ? $"127.0.0.1:{Link("kafka").Port}" : string.Empty);
        var shape = _databases.Shape(_folder.Path, Settings());
        Services = await ServiceStack.StartAsync(shape with
        {
            Connections = shape.Connections.Where(c => HasBroker || c.Key != "kafka").ToDictionary(c => c.Key, c => Through(c.Key, c.Value), StringComparer.Ordinal),
            MoreInstances = HasBroker ? shape.MoreInstances : new Dictionary<string, int>(StringComparer.Ordinal),
            Via = Proxy,
            RouterTelemetry = Metrics.Endpoint,
        });
        Front = new GatewayClient(Services.Address);
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
        foreach (var (key, value) in _certificates?.Settings ?? [])
        {
            settings[key] = value!;
        }

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

/// <summary>
/// The same without Kafka, with one instance of each service and with TLS between all of them and their stores: events go straight from the spools to Audit and Limits,
/// which acknowledge what stands in their databases.
/// </summary>
public sealed class DirectFaultStack() : FaultStack(new TestCertificates());

/// <summary>One stack for all faults: its classes run one after the other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultyStack : ICollectionFixture<FaultStack>
{
    public const string Name = "six services, faults";
}

/// <summary>One stack for the faults of what carries events without Kafka.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class DirectFaultyStack : ICollectionFixture<DirectFaultStack>
{
    public const string Name = "six services without Kafka, faults";
}
