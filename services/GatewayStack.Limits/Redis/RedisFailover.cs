using GatewayStack.Limits.Reservations;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Limits.Redis;

/// <summary>After the connection broke: whether the store is as it was. Until that is known nothing is decided.</summary>
/// <remarks>The same process has lost nothing. Another one may be an old copy: then nothing is decided until all is counted anew. Where it still has this
/// instance's last word, at most the last moment is missing: requests go on, and it is counted anew beside them.</remarks>
internal sealed class RedisFailover(RedisConnection connection, RedisGenerations generations, RedisInstance instance, ILogger logger)
{
    private readonly Lock _lock = new();
    private Task? _looking;
    private volatile int _looked;
    private volatile bool _stale;

    /// <summary>Waits, where the connection broke, until it is known what the store still has.</summary>
    public Task LookAsync(CancellationToken cancellationToken) => connection.Breaks == _looked ? Task.CompletedTask : Looking().WaitAsync(cancellationToken);

    /// <summary>The same for a request, which waits as long as it waits for any answer.</summary>
    public async Task ThrowIfStaleAsync(CancellationToken cancellationToken)
    {
        if (connection.Breaks != _looked)
        {
            try
            {
                await Looking().WaitAsync(connection.Timeout, cancellationToken);
            }
            catch (TimeoutException e)
            {
                throw new CounterStoreAwayException("Redis has not yet said what it still knows.", inner: e);
            }
        }

        if (_stale)
        {
            throw new CounterStoreAwayException("Redis came back with older counters; they are rebuilt from the ledger first.", mustRebuild: true);
        }
    }

    /// <summary>The counters were found whole, or were made anew.</summary>
    public void Mended() => _stale = false;

    /// <summary>The look that is under way: all wait for one, each as long as it may.</summary>
    private Task Looking()
    {
        lock (_lock)
        {
            if (_looking is null or { IsCompleted: true })
            {
                _looking = LookAsync(connection.Breaks);
            }

            return _looking;
        }
    }

    private async Task LookAsync(int breaks)
    {
        var run = await connection.GetRunAsync(CancellationToken.None) ?? throw new CounterStoreAwayException("Redis is not connected.");
        if (await generations.MarkerAsync(CancellationToken.None) is { } marker && marker.Run != run)
        {
            generations.RequestRebuild();
            if (!await instance.HasLastWordAsync(CancellationToken.None))
            {
                _stale = true;
                LimitsLog.CameBackOlder(logger);
            }
        }

        _looked = breaks;
    }
}
