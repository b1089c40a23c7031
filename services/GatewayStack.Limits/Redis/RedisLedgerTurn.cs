using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Redis;

/// <summary>An instance's turn: it writes the ledger and lets the counters follow, while no rebuild ends.</summary>
/// <param name="redis">Where the turn is entered; null where it could not be: what is written then is found by a rebuild.</param>
/// <param name="keys">Names of the keys.</param>
/// <param name="instance">Whose turn it is.</param>
/// <param name="generations">Told where the counters may have missed something.</param>
internal sealed class RedisLedgerTurn(RedisConnection? redis, RedisKeys keys, string instance, RedisGenerations generations) : ILedgerTurn
{
    private bool _complete;

    public void Complete() => _complete = true;

    public async ValueTask DisposeAsync()
    {
        if (redis is null)
        {
            return;
        }

        try
        {
            // A turn that is not there any more was taken for dead by a rebuild, which may have missed what it wrote.
            var mine = await redis.UpkeepAsync(d => d.HashDeleteAsync(keys.Turns, instance), CancellationToken.None);
            if (!mine || !_complete)
            {
                generations.RequestRebuild();
            }
        }
        catch (CounterStoreAwayException)
        {
            generations.RequestRebuild();
        }
    }
}
