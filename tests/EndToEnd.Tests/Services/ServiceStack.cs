using System.Security.Cryptography;
using System.Text;
using GatewayStack.Demo.Configuration;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.Services;

/// <summary>What a stack of six services is made of.</summary>
public sealed record StackShape
{
    /// <summary>Folder below which the data of every service stands.</summary>
    public required string Folder { get; init; }

    /// <summary>Settings over the demo's, of all services: each gets its own sections.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Connection strings by name; none is the embedded form.</summary>
    public IReadOnlyDictionary<string, string> Connections { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Further instances of a service beyond the first.</summary>
    public IReadOnlyDictionary<string, int> MoreInstances { get; init; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>
    /// Where the other services reach a port of an instance, such as a proxy before it, by the link's name (<c>policy-2</c> for gRPC, <c>policy-2/http</c>) and the port;
    /// null: at the port itself.
    /// </summary>
    public Func<string, int, int>? Via { get; init; }

    /// <summary>Where the Router's metrics and logs go, by OTLP over HTTP; null: nowhere.</summary>
    public string? RouterTelemetry { get; init; }
}

/// <summary>The six services and the demo as processes, wired as an orchestrator wires them. Whatever happens to one of them is the test's to do.</summary>
public sealed class ServiceStack : IAsyncDisposable
{
    private static readonly string[] Modules = ["identity", "transform", "policy", "limits", "audit"];

    /// <summary>Which connection strings a service is given.</summary>
    private static readonly Dictionary<string, string[]> ConnectionsOf = new(StringComparer.Ordinal)
    {
        ["identity"] = ["identitydb", "identitydb-migrations", "kafka"],
        ["transform"] = [],
        ["policy"] = ["policydb", "policydb-migrations", "kafka"],
        ["limits"] = ["limitsdb", "limitsdb-migrations", "redis", "kafka"],
        ["audit"] = ["auditdb", "auditdb-migrations", "kafka"],
        ["router"] = ["kafka"],
    };

    private readonly Dictionary<string, string> _credentials = new(StringComparer.Ordinal);
    private readonly List<ServiceProcess> _all = [];

    private ServiceStack(Uri address, Uri management)
    {
        Address = address;
        Management = management;
    }

    public Uri Address { get; }

    public Uri Management { get; }

    /// <summary>All that its processes printed.</summary>
    public string Output => string.Join(Environment.NewLine, _all.Select(p => p.Output));

    public ServiceProcess Router => Named("router");

    public ServiceProcess Demo => Named("demo");

    /// <summary>The instances of a service.</summary>
    public IReadOnlyList<ServiceProcess> Of(string service) => [.. _all.Where(p => p.Name == service || p.Name.StartsWith(service + "-", StringComparison.Ordinal))];

    public static async Task<ServiceStack> StartAsync(StackShape shape)
    {
        var (door, management) = (TestPorts.Address(), TestPorts.Address());
        var stack = new ServiceStack(door, management);
        try
        {
            stack.Make(shape);
            // Identity first: every other service reads its keys. The rest at once.
            await stack.Demo.StartAsync();
            await Task.WhenAll(stack.Of("identity").Select(p => p.StartAsync()));
            await Task.WhenAll(stack._all.Where(p => p.Name is not ("demo" or "router") && !p.IsRunning).Select(p => p.StartAsync()));
            await stack.Router.StartAsync();
            await Task.WhenAll(stack._all.Select(p => p.BecomeHealthyAsync()));
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _all)
        {
            await process.DisposeAsync();
        }
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private ServiceProcess Named(string name) => _all.First(p => p.Name == name);

    private void Make(StackShape shape)
    {
        foreach (var name in (string[])[.. Modules, "router"])
        {
            _credentials[name] = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        }

        var demo = TestPorts.Address();
        var issuer = Origin(Address) + "/demo/";
        var configuration = DemoConfiguration.Create(new DemoSettings { DemoServerAddress = demo, Issuer = issuer, PolicyFile = BuildOutput.DemoPolicy })
            .Where(s => s.Value is not null)
            .ToDictionary(s => s.Key, s => s.Value!, StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in shape.Settings)
        {
            configuration[key] = value;
        }

        var instances = Modules.SelectMany(m => Enumerable.Range(0, 1 + shape.MoreInstances.GetValueOrDefault(m)).Select(i => Instance.Create(m, i, shape.Via))).ToList();
        _all.Add(new ServiceProcess("demo", BuildOutput.Host("Demo.Host"), shape.Folder, new Uri(demo, "/health"), "Now listening", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["urls"] = Origin(demo),
            ["Demo:Issuer"] = issuer,
            ["Demo:GatewayUrl"] = Origin(Address),
            ["Data:Path"] = Path.Combine(shape.Folder, "data"),
            ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Information",
        }));
        foreach (var instance in instances)
        {
            var settings = Settings(shape, instance.Module, configuration, instances);
            settings["Kestrel:Endpoints:http:Url"] = Origin(instance.Http);
            settings["Kestrel:Endpoints:grpc:Url"] = Origin(instance.Grpc);
            settings["Data:Path"] = Path.Combine(shape.Folder, "data", "instance-" + instance.Number);
            if (instance.Module == "limits")
            {
                settings.TryAdd("Limits:Redis:CommandTimeoutMilliseconds", "2000");
            }

            var health = new UriBuilder(instance.Http) { Scheme = settings.GetValueOrDefault("Service:Tls:Enabled") == "true" ? "https" : "http", Path = "/health" }.Uri;
            _all.Add(new ServiceProcess(instance.Name, BuildOutput.Host(Assembly(instance.Module)), shape.Folder, health, $"GatewayStack {instance.Module} listens on", settings));
        }

        var router = Settings(shape, "router", configuration, instances);
        router["urls"] = Origin(Address);
        router["Management:Url"] = Origin(Management);
        router["Data:Path"] = Path.Combine(shape.Folder, "data", "instance-0");
        router["Demo:Url"] = Origin(demo);
        foreach (var (key, value) in Patience.Settings.Concat(Telemetry(shape)))
        {
            router.TryAdd(key, value);
        }

        _all.Add(new ServiceProcess("router", BuildOutput.Host("Router.Service"), shape.Folder, new Uri(Address, "/health"), "GatewayStack listens on", router));
    }

    private static Dictionary<string, string> Telemetry(StackShape shape) => shape.RouterTelemetry is not { } endpoint ? [] : new(StringComparer.Ordinal)
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "250",
        ["OTEL_TRACES_SAMPLER"] = "always_off",
    };

    private static string Assembly(string module) => string.Concat(module[..1].ToUpperInvariant(), module.AsSpan(1)) + ".Service";

    private Dictionary<string, string> Settings(StackShape shape, string service, Dictionary<string, string> configuration, IReadOnlyList<Instance> instances)
    {
        // Each service gets what is its own; the Router knows the modes, too.
        var settings = configuration
            .Where(s => s.Key.StartsWith(service + ":", StringComparison.OrdinalIgnoreCase)
                || s.Key.Split(':') is ["Events" or "Keys", ..] or ["Service", "Tls", _]
                || (service == "router" && s.Key.EndsWith(":Mode", StringComparison.OrdinalIgnoreCase)))
            .ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal);
        settings["Identity:PublicUrl"] = Origin(Address);
        settings["Service:Credential"] = _credentials[service];
        foreach (var (caller, secret) in _credentials.Where(c => c.Key != service && service != "router"))
        {
            settings["Service:Callers:" + caller] = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
        }

        foreach (var module in instances.GroupBy(i => i.Module))
        {
            foreach (var (number, instance) in module.Index())
            {
                settings[$"services:{module.Key}:http:{number}"] = Origin(instance.CalledByHttp);
                settings[$"services:{module.Key}:grpc:{number}"] = Origin(instance.Called);
            }
        }

        foreach (var name in ConnectionsOf[service].Where(shape.Connections.ContainsKey))
        {
            settings["ConnectionStrings:" + name] = shape.Connections[name];
        }

        return settings;
    }

    private sealed record Instance(string Name, string Module, int Number, Uri Http, Uri Grpc, Uri CalledByHttp, Uri Called)
    {
        public static Instance Create(string module, int number, Func<string, int, int>? via)
        {
            var name = number == 0 ? module : $"{module}-{number + 1}";
            var (http, grpc) = (TestPorts.Address(), TestPorts.Address());
            return new Instance(name, module, number, http, grpc, Called(http, name + "/http"), Called(grpc, name));

            Uri Called(Uri address, string link) => via is null ? address : new UriBuilder(address) { Port = via(link, address.Port) }.Uri;
        }
    }
}
