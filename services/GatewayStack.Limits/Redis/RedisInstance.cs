using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Settings;
using GatewayStack.Limits.Reservations;
using StackExchange.Redis;

namespace GatewayStack.Limits.Redis;

/// <summary>One of the instances that count in a store together: what it says of itself there.</summary>
/// <param name="connection">The store.</param>
/// <param name="keys">Names of the keys.</param>
/// <param name="clock">The store's clock.</param>
/// <param name="ledger">Names the ledger that it counts from.</param>
internal sealed class RedisInstance(RedisConnection connection, RedisKeys keys, RedisClock clock, string ledger)
{
    /// <summary>After how long without a word an instance, or its turn, counts as gone.</summary>
    private static readonly TimeSpan Dead = TimeSpan.FromSeconds(30);

    /// <summary>How long an instance's word about what it wants counted is good.</summary>
    private static readonly TimeSpan Heard = TimeSpan.FromMinutes(1);

    private volatile string? _said;

    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Counters are rebuilt from one ledger. An instance with another one must not come near them.</summary>
    public async Task ClaimAsync(CancellationToken cancellationToken)
    {
        var mine = await connection.UpkeepAsync(d => d.StringSetAsync(keys.Ledger, ledger, Dead, When.NotExists), cancellationToken)
            || (string?)await connection.UpkeepAsync(d => d.StringGetAsync(keys.Ledger, CommandFlags.DemandMaster), cancellationToken) == ledger;
        if (!mine)
        {
            throw new StartRefusedException(
                "Another instance of Limits counts in this Redis from a ledger of its own. Give all of them the same ConnectionStrings:limitsdb, or this one another "
                    + "Limits:Redis:KeyPrefix.");
        }

        await connection.UpkeepAsync(d => d.KeyExpireAsync(keys.Ledger, Dead), cancellationToken);
    }

    /// <summary>Says what it wants counted, so that a rebuild of any instance counts it too.</summary>
    /// <param name="wanted">The limits it is to go by.</param>
    /// <param name="inForce">Those before; until the new ones are in force, requests go by these.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task SayWantedAsync(LimitSet wanted, LimitSet inForce, CancellationToken cancellationToken)
    {
        var rules = wanted.Limits.Concat(inForce.Limits).DistinctBy(l => l.Series, StringComparer.Ordinal).Select(l => CountedRule.Of(l.Rule));
        var series = new WantedSeries(await clock.NowAsync(cancellationToken), [.. rules]);
        var said = JsonSerializer.Serialize(series, RedisJson.Default.WantedSeries);
        await connection.UpkeepAsync(d => d.HashSetAsync(keys.Wanted, Id, said), cancellationToken);
        _said = said;
        await connection.UpkeepAsync(d => d.KeyExpireAsync(keys.Wanted, TimeSpan.FromDays(1)), cancellationToken);
    }

    /// <summary>Whether the store still has the last thing that this instance said.</summary>
    public async Task<bool> HasLastWordAsync(CancellationToken cancellationToken) =>
        (string?)await connection.UpkeepAsync(d => d.HashGetAsync(keys.Wanted, Id, CommandFlags.DemandMaster), cancellationToken) == _said;

    /// <summary>What any instance that is there wants counted; what those want that have gone is forgotten.</summary>
    /// <param name="wanted">The limits this one is to go by.</param>
    /// <param name="inForce">Those before.</param>
    /// <param name="now">The store's time, in microseconds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ImmutableArray<CountedRule>> WantedByAnyAsync(LimitSet wanted, LimitSet inForce, long now, CancellationToken cancellationToken)
    {
        var rules = new Dictionary<string, CountedRule>(StringComparer.Ordinal);
        foreach (var limit in wanted.Limits.Concat(inForce.Limits))
        {
            rules.TryAdd(limit.Series, CountedRule.Of(limit.Rule));
        }

        foreach (var entry in await connection.UpkeepAsync(d => d.HashGetAllAsync(keys.Wanted, CommandFlags.DemandMaster), cancellationToken))
        {
            var said = JsonSerializer.Deserialize(entry.Value.ToString(), RedisJson.Default.WantedSeries)!;
            if (now - said.At > Heard.Ticks / TimeSpan.TicksPerMicrosecond)
            {
                await connection.UpkeepAsync(d => d.HashDeleteAsync(keys.Wanted, entry.Name), cancellationToken);
            }
            else if (entry.Name != Id)
            {
                foreach (var rule in said.Rules)
                {
                    rules.TryAdd(rule.ToLimit().Series, rule);
                }
            }
        }

        return [.. rules.Values];
    }

    /// <summary>Begins a turn, as soon as no rebuild is under way.</summary>
    public async Task<ILedgerTurn> BeginTurnAsync(RedisGenerations generations, CancellationToken cancellationToken)
    {
        try
        {
            while ((string?)await connection.UpkeepAsync(RedisScript.BeginTurn, [keys.Turns, keys.Lock], [Id], cancellationToken) == "-1")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            }

            return new RedisLedgerTurn(connection, keys, Id, generations);
        }
        catch (CounterStoreAwayException)
        {
            generations.RequestRebuild();
            return new RedisLedgerTurn(null, keys, Id, generations);
        }
    }

    /// <summary>Whether another instance began a turn and has gone since.</summary>
    public async Task<bool> HasDeadTurnAsync(CancellationToken cancellationToken)
    {
        var turns = await connection.UpkeepAsync(d => d.HashGetAllAsync(keys.Turns, CommandFlags.DemandMaster), cancellationToken);
        var now = await clock.NowAsync(cancellationToken);
        return turns.Any(t => t.Name != Id && IsDead((long)t.Value, now));
    }

    /// <summary>Waits until nobody is in a turn; begun ones of its own and of instances that have gone are ended. The lock of the rebuild lets no new one begin.</summary>
    public async Task AwaitTurnsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var turns = await connection.UpkeepAsync(d => d.HashGetAllAsync(keys.Turns, CommandFlags.DemandMaster), cancellationToken);
            var now = await clock.NowAsync(cancellationToken);
            var open = false;
            foreach (var turn in turns)
            {
                if (turn.Name == Id || IsDead((long)turn.Value, now))
                {
                    await connection.UpkeepAsync(d => d.HashDeleteAsync(keys.Turns, turn.Name), cancellationToken);
                }
                else
                {
                    open = true;
                }
            }

            if (!open)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
        }
    }

    private static bool IsDead(long since, long now) => now - since > Dead.Ticks / TimeSpan.TicksPerMicrosecond;
}
