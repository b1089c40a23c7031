using System.Diagnostics.Metrics;
using GatewayStack.Limits.Redis;
using GatewayStack.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace GatewayStack.Limits.Tests.Redis;

/// <summary>Counter stores of as many instances as a test wants, in one Redis, under a prefix of the test's own.</summary>
internal sealed class RedisFixture : IAsyncDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly List<RedisCounterStore> _stores = [];
    private readonly string _connection;
    private readonly bool _own;

    /// <param name="own">A server of the test's own; null for the shared one.</param>
    public RedisFixture(OwnRedis? own = null)
    {
        _own = own is not null;
        _connection = own?.Connection ?? Servers.Redis;
        Metrics = new LimitsMetrics(_services.GetRequiredService<IMeterFactory>());
    }

    public string Prefix { get; } = $"test:{Guid.NewGuid():N}:";

    public LimitsMetrics Metrics { get; }

    /// <summary>Settings with time enough for a machine that is busy with other tests.</summary>
    public static LimitsRedisOptions Options => new() { CommandTimeoutMilliseconds = 5000 };

    public RedisCounterStore Create(TimeProvider? time = null, LimitsRedisOptions? options = null, string? connection = null, string ledger = "test", ILogger<RedisCounterStore>? logger = null)
    {
        options ??= Options;
        var configuration = ConfigurationOptions.Parse(connection ?? _connection);
        configuration.AllowAdmin = true;
        configuration.BacklogPolicy = BacklogPolicy.FailFast;
        logger ??= NullLogger<RedisCounterStore>.Instance;
        var store = new RedisCounterStore(
            new RedisConnection(configuration, options, Metrics, logger), new RedisKeys(Prefix), options, ledger, time ?? TimeProvider.System, Metrics, logger);
        _stores.Add(store);
        return store;
    }

    /// <summary>Every key of the test's, with the time it has left in milliseconds.</summary>
    public async Task<Dictionary<string, long>> KeysAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(_connection);
        var keys = new Dictionary<string, long>();
        await foreach (var key in connection.GetServers()[0].KeysAsync(pattern: Prefix + "*", pageSize: 1000))
        {
            keys[key!] = (long)await connection.GetDatabase().ExecuteAsync("PTTL", key);
        }

        return keys;
    }

    /// <summary>Loses everything that is under the prefix, as a flush does.</summary>
    public async Task FlushAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(_connection);
        await foreach (var keys in Chunks(connection.GetServers()[0].KeysAsync(pattern: Prefix + "*", pageSize: 1000)))
        {
            await connection.GetDatabase().KeyDeleteAsync(keys);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        if (!_own)
        {
            await FlushAsync();
        }

        Metrics.Dispose();
        await _services.DisposeAsync();
    }

    private static async IAsyncEnumerable<RedisKey[]> Chunks(IAsyncEnumerable<RedisKey> keys)
    {
        var chunk = new List<RedisKey>();
        await foreach (var key in keys)
        {
            chunk.Add(key);
            if (chunk.Count == 500)
            {
                yield return [.. chunk];
                chunk.Clear();
            }
        }

        if (chunk.Count > 0)
        {
            yield return [.. chunk];
        }
    }
}
