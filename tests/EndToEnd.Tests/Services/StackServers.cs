using System.Security.Cryptography;
using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.Services;

/// <summary>What a stack has of its own on servers that others use, too: databases, keys under a prefix, topics.</summary>
internal sealed class StackServers : IAsyncDisposable
{
    private static readonly string[] Names = ["identitydb", "policydb", "limitsdb", "auditdb"];

    private readonly Dictionary<string, PostgresDatabase> _databases = new(StringComparer.Ordinal);
    private readonly string _redis;
    private readonly string _kafka;
    private readonly string _prefix = "t" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)) + ".";

    private StackServers(string redis, string kafka)
    {
        _redis = redis;
        _kafka = kafka;
    }

    /// <param name="redis">Connection string of Redis.</param>
    /// <param name="postgres">Connection string of Postgres' superuser.</param>
    /// <param name="kafka">Bootstrap servers.</param>
    public static async Task<StackServers> CreateAsync(string redis, string postgres, string kafka)
    {
        var servers = new StackServers(redis, kafka);
        foreach (var name in Names)
        {
            servers._databases[name] = await PostgresDatabase.CreateAsync(postgres);
        }

        return servers;
    }

    /// <summary>A database by its owner's name, such as <c>auditdb</c>.</summary>
    public PostgresDatabase Database(string name) => _databases[name];

    /// <summary>A stack on these servers, with two instances of what has no state of its own.</summary>
    public StackShape Shape(string folder, IReadOnlyDictionary<string, string> settings) => new()
    {
        Folder = folder,
        Connections = Connections(),
        MoreInstances = new Dictionary<string, int>(StringComparer.Ordinal) { ["identity"] = 1, ["transform"] = 1, ["policy"] = 1, ["limits"] = 1 },
        Settings = Own(settings),
    };

    /// <summary>Settings of one process that uses these servers.</summary>
    public IReadOnlyDictionary<string, string> Settings(IReadOnlyDictionary<string, string> settings)
    {
        var all = Own(settings);
        all["Limits:Redis:CommandTimeoutMilliseconds"] = "2000";
        foreach (var (name, connection) in Connections())
        {
            all["ConnectionStrings:" + name] = connection;
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases.Values)
        {
            await database.DisposeAsync();
        }
    }

    private Dictionary<string, string> Own(IReadOnlyDictionary<string, string> settings) => new(settings, StringComparer.Ordinal)
    {
        ["Keys:Master"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["Limits:Redis:KeyPrefix"] = _prefix,
        ["Events:Kafka:TopicPrefix"] = _prefix,
    };

    private Dictionary<string, string> Connections()
    {
        var connections = new Dictionary<string, string>(StringComparer.Ordinal) { ["redis"] = _redis, ["kafka"] = _kafka };
        foreach (var (name, database) in _databases)
        {
            connections[name] = database.Runtime;
            connections[name + "-migrations"] = database.Owner;
        }

        return connections;
    }
}
