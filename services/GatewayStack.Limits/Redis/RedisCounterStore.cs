using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace GatewayStack.Limits.Redis;

/// <summary>Counters in Redis, shared by all instances of Limits.</summary>
/// <remarks>
/// Every step is one script over the keys of one tenant (<see cref="RedisKeys"/>), so that all counters of a request move together, whatever instance asks.
/// Windows go by the time that the record states, leases by the clock of Redis. What instances do together:
/// <list type="bullet">
/// <item>Rebuild: one at a time, under a lock that ends by itself. It makes a new <see cref="Generation"/> beside the one in force and puts it in force tenant by
/// tenant; requests go on meanwhile. It counts the series of every instance that said within the last minute what it wants, so that instances with different
/// limits do not undo each other's work.</item>
/// <item>Ledger: an instance writes it and lets the counters follow within a turn; a rebuild waits for the turns under way and lets no new one begin. A turn that
/// does not end (its instance died, the store was flushed) is a reason to rebuild.</item>
/// <item>Loss: the marker says which generation is whole. Without it (flushed, replaced) nothing is decided until it is rebuilt; where only the process of the
/// store is another (restarted, failed over), the last second may be missing: requests go on, and it is rebuilt beside them.</item>
/// <item>Sweep: any instance, all of them, in bounded steps; a lease ends once.</item>
/// </list>
/// </remarks>
internal sealed class RedisCounterStore : ICounterStore, IAsyncDisposable
{
    /// <summary>How many requests of a tenant are remembered for the ledger's sake when its feed is behind.</summary>
    public const int MostRemembered = 250_000;

    private const int SweepStep = 512;

    private const int Tries = 200;

    private readonly RedisFailover _failover;
    private readonly LimitsRedisOptions _options;
    private readonly TimeProvider _time;
    private readonly LimitsMetrics _metrics;
    private readonly ILogger _logger;
    private volatile string? _away;

    /// <param name="connection">The store; it is closed with this.</param>
    /// <param name="keys">Names of the keys.</param>
    /// <param name="options">How often the counters are compared with the ledger.</param>
    /// <param name="ledger">Names the ledger that the counters are rebuilt from; instances that name different ones refuse each other.</param>
    /// <param name="time">The time that windows go by where no record states it.</param>
    /// <param name="metrics">Told of drift.</param>
    /// <param name="logger">Told of rebuilds.</param>
    public RedisCounterStore(
        RedisConnection connection, RedisKeys keys, LimitsRedisOptions options, string ledger, TimeProvider time, LimitsMetrics metrics, ILogger<RedisCounterStore> logger)
    {
        (Connection, Keys, _options, _time, _metrics, _logger) = (connection, keys, options, time, metrics, logger);
        Clock = new RedisClock(connection, time);
        Generations = new RedisGenerations(connection, keys, Clock);
        Instance = new RedisInstance(connection, keys, Clock, ledger);
        _failover = new RedisFailover(connection, Generations, Instance, logger);
    }

    public string Name => "redis";

    public string? Trouble => _away ?? Connection.Trouble;

    internal RedisConnection Connection { get; }

    internal RedisKeys Keys { get; }

    internal RedisClock Clock { get; }

    internal RedisGenerations Generations { get; }

    internal RedisInstance Instance { get; }

    public Task OpenAsync(CancellationToken cancellationToken) => Connection.OpenAsync(cancellationToken);

    public async Task<LimitsDecision> ReserveAsync(CounterRequest request, CancellationToken cancellationToken)
    {
        ScriptValues.ThrowIfInexact(request.Hold);
        var tenant = request.Facts.Tenant;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var limits = Generations.InForce;
            var generation = Generations.For(tenant, limits);
            var asked = RedisReservation.Of(request, generation, limits, Keys);
            var reply = await RunAsync(RedisScript.Reserve, tenant, asked.Arguments(Clock.Argument), cancellationToken);
            switch ((string?)reply[0])
            {
                case "held":
                    return asked.Held(ScriptValues.Numbers(reply[1]));
                case "known":
                    return StoredReservation.Read((byte[])reply[1]!).Decision(reply[2].IsNull ? [] : ScriptValues.Numbers(reply[2]));
                case "ended":
                    return asked.Held([]);
                case "full":
                    return asked.Refused(ScriptValues.Numbers(reply[1]));
                case "price":
                    return Decisions.PriceUnknown(request);
                case "frozen":
                    await Task.Delay(TimeSpan.FromMilliseconds(2), cancellationToken);
                    break;
                default:
                    await Generations.FollowAsync(tenant, (string?)reply[1], cancellationToken);
                    break;
            }
        }

        throw new CounterStoreAwayException("The counters are being rebuilt over and over.");
    }

    public async Task<CounterSettled> SettleAsync(CounterSettlement settlement, CancellationToken cancellationToken)
    {
        ScriptValues.ThrowIfInexact(settlement.Used);
        var reply = await RunAsync(
            RedisScript.Settle,
            settlement.Tenant,
            [Keys.Tenant(settlement.Tenant), Clock.Argument, settlement.RequestId, settlement.PersonId, settlement.Used.Tokens, settlement.Used.CostMicros],
            cancellationToken);
        return (string?)reply[0] switch
        {
            "settled" => new CounterSettled(SettlementStatus.Settled, settlement.Used.Tokens > (long)reply[1] || settlement.Used.CostMicros > (long)reply[2]),
            "duplicate" => new CounterSettled(SettlementStatus.Duplicate, false),
            _ => new CounterSettled(SettlementStatus.Unknown, false),
        };
    }

    public async Task<ImmutableArray<LimitState>> ReadAsync(RequestFacts facts, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var limits = Generations.InForce;
            var generation = Generations.For(facts.Tenant, limits);
            var now = _time.GetUtcNow();
            var read = new List<(BoundLimit Limit, CounterKey Key)>();
            var arguments = new List<RedisValue> { Keys.Tenant(facts.Tenant), Clock.Argument, generation.Name, 0 };
            foreach (var limit in limits.Limits)
            {
                if (limit.Rule.Match.Covers(facts) && limit.Key(facts, now) is { } key)
                {
                    read.Add((limit, key));
                    arguments.Add(RedisKeys.Counter(generation.Name, Keys.Series(limit), key));
                }
            }

            arguments[3] = read.Count;
            var reply = await RunAsync(RedisScript.Read, facts.Tenant, [.. arguments], cancellationToken);
            if ((string?)reply[0] == "read")
            {
                var numbers = ScriptValues.Numbers(reply[1]);
                return [.. read.Select((r, i) => r.Limit.State(r.Key, numbers[2 * i], numbers[(2 * i) + 1]))];
            }

            await Generations.FollowAsync(facts.Tenant, (string?)reply[1], cancellationToken);
        }

        throw new CounterStoreAwayException("The counters are being rebuilt over and over.");
    }

    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var swept = 0;
        var marker = await Generations.MarkerAsync(cancellationToken);
        await Connection.UpkeepAsync(d => d.KeyExpireAsync(Keys.Tenants, RedisKeys.Lifetime), cancellationToken);
        await foreach (var tenant in Connection.ScanAsync(d => d.SetScanAsync(Keys.Tenants, pageSize: 1000), cancellationToken))
        {
            RedisResult reply;
            do
            {
                reply = await Connection.UpkeepAsync(
                    RedisScript.Sweep, [Keys.Tenant(tenant)], [Keys.Tenant(tenant), Clock.Argument, SweepStep, MostRemembered], cancellationToken);
                swept += (int)reply[1];
            }
            while ((int)reply[0] == 1);

            await Generations.NoticeAsync(tenant, marker, (string?)reply[2], (string?)reply[3], cancellationToken);
        }

        return swept;
    }

    public Task<ILedgerTurn> BeginTurnAsync(CancellationToken cancellationToken) => Instance.BeginTurnAsync(Generations, cancellationToken);

    public async Task<bool> ApplyAsync(ImmutableArray<LedgerChange> changes, CancellationToken cancellationToken)
    {
        // The last word about a request holds all that went before it.
        var last = new Dictionary<string, LedgerRequest>(changes.Length, StringComparer.Ordinal);
        foreach (var change in changes)
        {
            last[change.Request.RequestId] = change.Request;
        }

        try
        {
            foreach (var tenant in last.Values.Select(r => r.Facts.Tenant).Distinct(StringComparer.Ordinal).Where(t => !Generations.TryGet(t, out _)).ToList())
            {
                await Generations.FollowAsync(tenant, told: null, cancellationToken);
            }

            var rebuild = false;
            foreach (var chunk in last.Values.Chunk(256))
            {
                foreach (var again in await Task.WhenAll(chunk.Select(r => ApplyAsync(r, cancellationToken))))
                {
                    rebuild |= again;
                }
            }

            return rebuild;
        }
        catch (CounterStoreAwayException)
        {
            Generations.RequestRebuild();
            return false;
        }
    }

    public async Task<bool> EnsureAsync(LimitSet limits, ILedger ledger, CancellationToken cancellationToken)
    {
        try
        {
            var ensured = await new RedisRebuild(this, ledger, _time, _metrics, _logger).EnsureAsync(limits, cancellationToken);
            _away = null;
            Connection.Answered();
            return ensured;
        }
        catch (CounterStoreAwayException e)
        {
            _away = e.Message;
            throw;
        }
    }

    public Task RebuildAsync(LimitSet limits, ILedger ledger, CancellationToken cancellationToken) =>
        new RedisRebuild(this, ledger, _time, _metrics, _logger).RunAsync(limits, cancellationToken);

    public async Task<CounterStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        var (counters, open, remembered) = (0L, 0L, 0L);
        await foreach (var tenant in Connection.ScanAsync(d => d.SetScanAsync(Keys.Tenants, pageSize: 1000), cancellationToken))
        {
            var name = Keys.Tenant(tenant);
            var meta = await Connection.UpkeepAsync(d => d.HashGetAsync(name + "m", ["g", "o"]), cancellationToken);
            counters += await Connection.UpkeepAsync(d => d.SortedSetLengthAsync($"{name}w:{meta[0]}"), cancellationToken);
            open += (long?)meta[1] ?? 0;
            remembered += await Connection.UpkeepAsync(d => d.SortedSetLengthAsync(name + "x"), cancellationToken);
            remembered += await Connection.UpkeepAsync(d => d.SortedSetLengthAsync(name + "f"), cancellationToken);
        }

        return new CounterStatistics((int)Math.Min(counters, int.MaxValue), (int)Math.Min(open, int.MaxValue), (int)Math.Min(remembered, int.MaxValue));
    }

    public ValueTask DisposeAsync() => Connection.DisposeAsync();

    /// <summary>Whether the counters have to be made anew before these limits can go by them, or beside them.</summary>
    /// <remarks>Where they need not, the limits are in force when this returns.</remarks>
    internal async Task<bool> MustRebuildAsync(LimitSet limits, CancellationToken cancellationToken)
    {
        await _failover.LookAsync(cancellationToken);
        await Instance.ClaimAsync(cancellationToken);
        await Connection.CheckEvictionAsync(atStart: false, cancellationToken);
        await Instance.SayWantedAsync(limits, Generations.InForce, cancellationToken);
        var marker = await Generations.MarkerAsync(cancellationToken);
        if (marker is null || await Generations.FindAsync(marker.Generation, cancellationToken) is not { } generation || !generation.Covers(limits))
        {
            return true;
        }

        if (Generations.IsRebuildRequested || await Instance.HasDeadTurnAsync(cancellationToken))
        {
            return true;
        }

        var now = await Clock.NowAsync(cancellationToken);
        if (_options.ReconcileMinutes > 0 && now - marker.At > TimeSpan.FromMinutes(_options.ReconcileMinutes).Ticks / TimeSpan.TicksPerMicrosecond)
        {
            return true;
        }

        if (await Connection.GetRunAsync(cancellationToken) is { } run && run != marker.Run)
        {
            return true;
        }

        PutInForce(limits, generation);
        return false;
    }

    internal void PutInForce(LimitSet limits, Generation generation)
    {
        _failover.Mended();
        Generations.PutInForce(limits, generation);
    }

    /// <summary>Arguments of the script that takes over a row of the ledger.</summary>
    internal RedisValue[] RowArguments(LedgerRequest row, Generation generation, bool building) =>
        RedisLedgerRow.Arguments(row, Keys.Tenant(row.Facts.Tenant), generation, Clock.Argument, _time.GetUtcNow(), building);

    private async Task<bool> ApplyAsync(LedgerRequest row, CancellationToken cancellationToken)
    {
        var tenant = row.Facts.Tenant;
        if (!Generations.TryGet(tenant, out var generation))
        {
            return true;
        }

        var reply = await Connection.UpkeepAsync(RedisScript.Apply, [Keys.Tenant(tenant)], RowArguments(row, generation, building: false), cancellationToken);
        switch ((string?)reply[0])
        {
            case "charged":
                return (int)reply[1] == 1;
            case "generation":
                // Within a turn no rebuild ends, unless it took this turn for dead or the store was flushed: the row may be in it, or not.
                Generations.Forget(tenant);
                return true;
            default:
                return false;
        }
    }

    private async Task<RedisResult> RunAsync(string script, string tenant, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        await _failover.ThrowIfStaleAsync(cancellationToken);
        return await Connection.RunAsync(script, Keys.Tenant(tenant), arguments, cancellationToken);
    }
}
