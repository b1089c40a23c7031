using System.Diagnostics;
using GatewayStack.Contracts.Settings;
using GatewayStack.Limits.Reservations;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using StackExchange.Redis;

namespace GatewayStack.Limits.Redis;

/// <summary>The one connection of an instance. Says in one exception that the store is away, whatever was the matter.</summary>
internal sealed class RedisConnection : IAsyncDisposable
{
    /// <summary>Oldest server: its scripts replicate effects, and it knows every command that they use.</summary>
    private static readonly Version Oldest = new(6, 2);

    // Work that no request waits for may take longer; it opens no breaker.
    private static readonly TimeSpan UpkeepTimeout = TimeSpan.FromSeconds(5);

    private readonly ConfigurationOptions _configuration;
    private readonly LimitsMetrics _metrics;
    private readonly ILogger _logger;
    private readonly ResiliencePipeline _pipeline;
    private readonly TimeSpan _timeout;
    private ConnectionMultiplexer? _multiplexer;
    private IDatabase? _database;
    private volatile string? _evicts;
    private volatile bool _leftAlone;
    private int _breaks;

    public RedisConnection(ConfigurationOptions configuration, LimitsRedisOptions options, LimitsMetrics metrics, ILogger logger)
    {
        _configuration = configuration;
        _metrics = metrics;
        _logger = logger;
        _timeout = TimeSpan.FromMilliseconds(options.CommandTimeoutMilliseconds);
        _pipeline = RedisPipeline.Create(options, metrics, logger, open => _leftAlone = open);
    }

    /// <summary>How often the connection broke: after each time, what is on the other side may have forgotten something.</summary>
    public int Breaks => Volatile.Read(ref _breaks);

    /// <summary>What is wrong, in one line; null where nothing is.</summary>
    public string? Trouble =>
        _evicts ?? (_multiplexer is not { IsConnected: true } ? "Redis is not connected" : _leftAlone ? "Redis failed too often and is left alone for a moment" : null);

    /// <summary>How long a request waits for a command.</summary>
    public TimeSpan Timeout => _timeout;

    private IDatabase Database => _database ?? throw new CounterStoreAwayException("Redis is not connected yet.");

    /// <summary>Connects, and refuses a server that would lose counters.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var where = string.Join(',', _configuration.EndPoints.Select(e => e.ToString()!.Replace("Unspecified/", string.Empty, StringComparison.Ordinal)));
        try
        {
            _multiplexer = await ConnectionMultiplexer.ConnectAsync(_configuration).WaitAsync(cancellationToken);
            _database = _multiplexer.GetDatabase();
            _multiplexer.ConnectionFailed += (_, failure) =>
            {
                if (failure.ConnectionType == ConnectionType.Interactive)
                {
                    Interlocked.Increment(ref _breaks);
                    LimitsLog.ConnectionLost(_logger, failure.Exception);
                }
            };
            await _database.PingAsync().WaitAsync(cancellationToken);
            foreach (var server in Primaries())
            {
                if (server.Version < Oldest)
                {
                    throw new StartRefusedException($"The Redis at {where} is version {server.Version}; Limits needs {Oldest} or later.");
                }
            }

            await CheckEvictionAsync(atStart: true, cancellationToken);
            await WarmUpAsync(cancellationToken);
        }
        catch (Exception e) when (e is RedisException or TimeoutException or CounterStoreAwayException)
        {
            throw new StartRefusedException(Refusal(e, where), e);
        }
    }

    /// <summary>Looking after the counters worked: whoever asks for trouble is not told of an older one, for nothing else may come to end it.</summary>
    public void Answered() => _leftAlone = false;

    /// <summary>Runs a script that a request waits for.</summary>
    public async Task<RedisResult> RunAsync(string script, RedisKey key, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        using var span = RedisActivities.Start(RedisScript.NameOf(script));
        var began = Stopwatch.GetTimestamp();
        var succeeded = false;
        try
        {
            var result = await _pipeline.ExecuteAsync(
                static (Call call, CancellationToken token) => new ValueTask<RedisResult>(CallAsync(
                    () => call.On.Database.ScriptEvaluateAsync(call.Script, [call.Key], call.Arguments, CommandFlags.DemandMaster), call.On._timeout, token)),
                new Call(this, script, key, arguments),
                cancellationToken);
            succeeded = true;
            return result;
        }
        catch (BrokenCircuitException e)
        {
            throw new CounterStoreAwayException("Redis failed too often and is left alone for a moment.", inner: e);
        }
        finally
        {
            if (!succeeded)
            {
                span?.SetStatus(ActivityStatusCode.Error);
            }

            _metrics.StoreCommand(Stopwatch.GetElapsedTime(began), succeeded);
        }
    }

    /// <summary>Runs a script or a command that no request waits for.</summary>
    public Task<T> UpkeepAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken cancellationToken) => CallAsync(() => command(Database), UpkeepTimeout, cancellationToken);

    public Task<RedisResult> UpkeepAsync(string script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken) =>
        UpkeepAsync(d => d.ScriptEvaluateAsync(script, keys, arguments, CommandFlags.DemandMaster), cancellationToken);

    /// <summary>Members of a set that may be large.</summary>
    public async IAsyncEnumerable<string> ScanAsync(Func<IDatabase, IAsyncEnumerable<RedisValue>> scan,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var members = scan(Database).GetAsyncEnumerator(cancellationToken);
        while (await CallAsync(() => members.MoveNextAsync().AsTask(), UpkeepTimeout, cancellationToken))
        {
            yield return members.Current.ToString();
        }
    }

    /// <summary>Names the processes that hold the store: another name means that it was started again, or that a replica took over, and the last writes may be lost.</summary>
    /// <returns>Null where a server does not answer at the moment.</returns>
    public async Task<string?> GetRunAsync(CancellationToken cancellationToken)
    {
        var runs = new List<string>();
        foreach (var server in Primaries())
        {
            if (!server.IsConnected)
            {
                return null;
            }

            var info = await CallAsync(() => server.InfoAsync("server"), UpkeepTimeout, cancellationToken);
            runs.Add(info.SelectMany(g => g).FirstOrDefault(p => p.Key == "run_id").Value ?? string.Empty);
        }

        runs.Sort(StringComparer.Ordinal);
        return string.Join(',', runs);
    }

    /// <summary>Looks whether the server may throw counters away. At the start that is refused; later it is an alarm, and the instance is not ready.</summary>
    public async Task CheckEvictionAsync(bool atStart, CancellationToken cancellationToken)
    {
        string? evicting = null;
        foreach (var server in Primaries())
        {
            try
            {
                var settings = await CallAsync(() => server.ConfigGetAsync("maxmemory-policy"), UpkeepTimeout, cancellationToken);
                if (settings is [{ Value: not "noeviction" } policy])
                {
                    evicting = policy.Value;
                }
            }
            catch (RedisServerException e)
            {
                if (atStart)
                {
                    LimitsLog.EvictionUnknown(_logger, e.Message);
                }
            }
        }

        if (evicting is null)
        {
            _evicts = null;
            return;
        }

        var line = $"Redis has the maxmemory-policy {evicting}: when its memory is full it would throw counters away, and limits would start again from nothing. Set it to noeviction.";
        if (atStart)
        {
            throw new StartRefusedException(line);
        }

        if (_evicts is null)
        {
            LimitsLog.Evicting(_logger, evicting);
        }

        _evicts = line;
    }

    public async ValueTask DisposeAsync()
    {
        if (_multiplexer is not null)
        {
            await _multiplexer.DisposeAsync();
        }
    }

    /// <summary>The first commands of a process take longer than a request waits: the scripts are loaded, and the way is gone, before it listens.</summary>
    private async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        foreach (var server in Primaries())
        {
            foreach (var script in RedisScript.OfRequests)
            {
                await CallAsync(() => server.ScriptLoadAsync(script), UpkeepTimeout, cancellationToken);
            }
        }

        for (var i = 0; i < 3; i++)
        {
            try
            {
                await RunAsync(RedisScript.Read, "warm-up", ["warm-up:", string.Empty, string.Empty, 0], cancellationToken);
            }
            catch (CounterStoreAwayException)
            {
                // Too slow yet: that is what this is for.
            }
        }
    }

    private static string Refusal(Exception exception, string where)
    {
        var text = exception.ToString();
        if (exception is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } || text.Contains("WRONGPASS", StringComparison.Ordinal)
            || text.Contains("NOAUTH", StringComparison.Ordinal))
        {
            return $"The Redis at {where} does not accept the password in ConnectionStrings:redis.";
        }

        return exception switch
        {
            RedisServerException server => $"The Redis at {where} refuses to work: {server.Message}",
            _ => $"The Redis at {where} cannot be reached; ConnectionStrings:redis says where it is.",
        };
    }

    private IEnumerable<IServer> Primaries() => _multiplexer?.GetServers().Where(s => !s.IsReplica) ?? [];

    private static async Task<T> CallAsync<T>(Func<Task<T>> command, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Task<T>? running = null;
        try
        {
            running = command();
            return await running.WaitAsync(timeout, cancellationToken);
        }
        catch (Exception e) when (IsAway(e))
        {
            // Whoever gave up does not hear what became of the command; nobody else may, either.
            _ = running?.ContinueWith(static t => _ = t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw new CounterStoreAwayException($"Redis does not serve: {e.Message}", inner: e);
        }
    }

    private static bool IsAway(Exception exception) => exception switch
    {
        RedisServerException server => server.Kind is RedisErrorKind.ConnectionFault or RedisErrorKind.Timeout or RedisErrorKind.Loading or RedisErrorKind.ClusterDown
            or RedisErrorKind.MasterDown or RedisErrorKind.TryAgain or RedisErrorKind.NoReplicas or RedisErrorKind.Misconfigured or RedisErrorKind.OutOfMemory
            or RedisErrorKind.Busy or RedisErrorKind.MaxClients or RedisErrorKind.NoAuth or RedisErrorKind.WrongPass or RedisErrorKind.ReadOnly,
        RedisConnectionException or RedisTimeoutException or TimeoutException or ObjectDisposedException => true,
        _ => false,
    };

    private sealed record Call(RedisConnection On, string Script, RedisKey Key, RedisValue[] Arguments);
}
