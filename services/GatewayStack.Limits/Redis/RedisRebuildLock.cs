using GatewayStack.Limits.Reservations;
using StackExchange.Redis;

namespace GatewayStack.Limits.Redis;

/// <summary>The lock under which one instance at a time rebuilds. It ends by itself when its holder is gone.</summary>
internal sealed class RedisRebuildLock(RedisConnection redis, RedisKeys keys)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    /// <summary>Whose it is while it is held.</summary>
    public string Token { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Works under the lock where that is still needed once it is held.</summary>
    /// <returns>Whether the work was done.</returns>
    public async Task<bool> RunAsync(Func<CancellationToken, Task<bool>> stillNeeded, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromMilliseconds(5);
        while (!await redis.UpkeepAsync(d => d.StringSetAsync(keys.Lock, Token, Lifetime, When.NotExists), cancellationToken))
        {
            await Task.Delay(wait, cancellationToken);
            wait = TimeSpan.FromMilliseconds(Math.Min(250, wait.TotalMilliseconds * 2));
        }

        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keeping = KeepAsync(lost);
        try
        {
            if (!await stillNeeded(lost.Token))
            {
                return false;
            }

            await work(lost.Token);
            return true;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CounterStoreAwayException("Redis lost the lock of the rebuild, and what was built with it.", mustRebuild: true, e);
        }
        finally
        {
            await lost.CancelAsync();
            await keeping;
            try
            {
                await redis.UpkeepAsync(RedisScript.Unlock, [keys.Lock], [Token], CancellationToken.None);
            }
            catch (CounterStoreAwayException)
            {
                // It ends by itself.
            }
        }
    }

    private async Task KeepAsync(CancellationTokenSource lost)
    {
        try
        {
            using var timer = new PeriodicTimer(Lifetime / 5);
            while (await timer.WaitForNextTickAsync(lost.Token))
            {
                if ((int)await redis.UpkeepAsync(RedisScript.KeepLock, [keys.Lock], [Token, (long)Lifetime.TotalMilliseconds], lost.Token) == 0)
                {
                    await lost.CancelAsync();
                }
            }
        }
        catch (CounterStoreAwayException)
        {
            await lost.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
    }
}
