using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Settings;
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
internal sealed class RedisCounterStore(
    RedisConnection connection,
    RedisKeys keys,
    LimitsRedisOptions options,
    string ledgerIdentity,
    TimeProvider time,
    LimitsMetrics metrics,
    ILogger<RedisCounterStore> logger) : ICounterStore, IAsyncDisposable
{
    /// <summary>How many requests of a tenant are remembered for the ledger's sake when its feed is behind.</summary>
    public const int MostRemembered = 250_000;

    private const int SweepStep = 512;

    private const int Tries = 200;

    private static readonly TimeSpan Dead = TimeSpan.FromSeconds(30);

    private readonly string _instance = Guid.NewGuid().ToString("N");
    private readonly ConcurrentDictionary<string, Generation> _generations = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Generation> _tenants = new(StringComparer.Ordinal);

    // Tests move their own clock; in production leases go by the clock that all instances share.
    private readonly bool _storeClock = ReferenceEquals(time, TimeProvider.System);
    private LimitSet _limits = LimitSet.Empty;
    private volatile Generation? _current;
    private readonly Lock _doubtLock = new();
    private Task? _doubting;
    private volatile int _looked;
    private volatile bool _mustRebuild;
    private volatile bool _stale;
    private volatile string? _said;
    private volatile string? _away;

    public string Name => "redis";

    public string? Trouble => _away ?? connection.Trouble;

    internal string Instance => _instance;

    internal RedisConnection Connection => connection;

    internal RedisKeys Keys => keys;

    /// <summary>The limits that requests go by at the moment.</summary>
    internal LimitSet InForce => Volatile.Read(ref _limits);

    public Task OpenAsync(CancellationToken cancellationToken) => connection.OpenAsync(cancellationToken);

    public async Task<LimitsDecision> ReserveAsync(CounterRequest request, CancellationToken cancellationToken)
    {
        ScriptValues.ThrowIfInexact(request.Hold);
        var tenant = request.Facts.Tenant;
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            var limits = Volatile.Read(ref _limits);
            var generation = GenerationOf(tenant, limits);
            var asked = RedisReservation.Of(request, generation, limits, keys);
            var reply = await RunAsync(RedisScript.Reserve, tenant, asked.Arguments(Clock()), cancellationToken);
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
                    await FollowAsync(tenant, (string?)reply[1], cancellationToken);
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
            [keys.Tenant(settlement.Tenant), Clock(), settlement.RequestId, settlement.PersonId, settlement.Used.Tokens, settlement.Used.CostMicros],
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
            var limits = Volatile.Read(ref _limits);
            var generation = GenerationOf(facts.Tenant, limits);
            var now = time.GetUtcNow();
            var read = new List<(BoundLimit Limit, CounterKey Key)>();
            var arguments = new List<RedisValue> { keys.Tenant(facts.Tenant), Clock(), generation.Name, 0 };
            foreach (var limit in limits.Limits)
            {
                if (limit.Rule.Match.Covers(facts) && limit.Key(facts, now) is { } key)
                {
                    read.Add((limit, key));
                    arguments.Add(RedisKeys.Counter(generation.Name, keys.Series(limit), key));
                }
            }

            arguments[3] = read.Count;
            var reply = await RunAsync(RedisScript.Read, facts.Tenant, [.. arguments], cancellationToken);
            if ((string?)reply[0] == "read")
            {
                var numbers = ScriptValues.Numbers(reply[1]);
                return [.. read.Select((r, i) => r.Limit.State(r.Key, numbers[2 * i], numbers[(2 * i) + 1]))];
            }

            await FollowAsync(facts.Tenant, (string?)reply[1], cancellationToken);
        }

        throw new CounterStoreAwayException("The counters are being rebuilt over and over.");
    }

    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var swept = 0;
        var marker = await MarkerAsync(cancellationToken);
        await connection.UpkeepAsync(d => d.KeyExpireAsync(keys.Tenants, TimeSpan.FromDays(40)), cancellationToken);
        await foreach (var tenant in connection.ScanAsync(d => d.SetScanAsync(keys.Tenants, pageSize: 1000), cancellationToken))
        {
            RedisResult reply;
            do
            {
                reply = await connection.UpkeepAsync(
                    RedisScript.Sweep, [keys.Tenant(tenant)], [keys.Tenant(tenant), Clock(), SweepStep, MostRemembered], cancellationToken);
                swept += (int)reply[1];
            }
            while ((int)reply[0] == 1);

            await NoticeAsync(tenant, marker, (string?)reply[2], (string?)reply[3], cancellationToken);
        }

        return swept;
    }

    public async Task<ILedgerTurn> BeginTurnAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var at = (string?)await connection.UpkeepAsync(RedisScript.BeginTurn, [keys.Turns, keys.Lock], [_instance], cancellationToken);
                if (at != "-1")
                {
                    return new Turn(this);
                }

                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            }
        }
        catch (CounterStoreAwayException)
        {
            _mustRebuild = true;
            return new Turn(null);
        }
    }

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
            foreach (var tenant in last.Values.Select(r => r.Facts.Tenant).Distinct(StringComparer.Ordinal).Where(t => !_tenants.ContainsKey(t)).ToList())
            {
                await FollowAsync(tenant, told: null, cancellationToken);
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
            _mustRebuild = true;
            return false;
        }
    }

    public async Task<bool> EnsureAsync(LimitSet limits, ILedger ledger, CancellationToken cancellationToken)
    {
        try
        {
            var ensured = await new RedisRebuild(this, ledger, time, metrics, logger).EnsureAsync(limits, cancellationToken);
            _away = null;
            connection.Answered();
            return ensured;
        }
        catch (CounterStoreAwayException e)
        {
            _away = e.Message;
            throw;
        }
    }

    public Task RebuildAsync(LimitSet limits, ILedger ledger, CancellationToken cancellationToken) =>
        new RedisRebuild(this, ledger, time, metrics, logger).RunAsync(limits, cancellationToken);

    public async Task<CounterStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        var (counters, open, remembered) = (0L, 0L, 0L);
        await foreach (var tenant in connection.ScanAsync(d => d.SetScanAsync(keys.Tenants, pageSize: 1000), cancellationToken))
        {
            var name = keys.Tenant(tenant);
            var meta = await connection.UpkeepAsync(d => d.HashGetAsync(name + "m", ["g", "o"]), cancellationToken);
            counters += await connection.UpkeepAsync(d => d.SortedSetLengthAsync($"{name}w:{meta[0]}"), cancellationToken);
            open += (long?)meta[1] ?? 0;
            remembered += await connection.UpkeepAsync(d => d.SortedSetLengthAsync(name + "x"), cancellationToken);
            remembered += await connection.UpkeepAsync(d => d.SortedSetLengthAsync(name + "f"), cancellationToken);
        }

        return new CounterStatistics((int)Math.Min(counters, int.MaxValue), (int)Math.Min(open, int.MaxValue), (int)Math.Min(remembered, int.MaxValue));
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    /// <summary>Whether the counters have to be made anew before these limits can go by them, or beside them.</summary>
    /// <remarks>Where they need not, the limits are in force when this returns.</remarks>
    internal async Task<bool> MustRebuildAsync(LimitSet limits, CancellationToken cancellationToken)
    {
        if (connection.Breaks != _looked)
        {
            await Doubting().WaitAsync(cancellationToken);
        }

        await ClaimAsync(cancellationToken);
        await connection.CheckEvictionAsync(atStart: false, cancellationToken);
        await SayWantedAsync(limits, cancellationToken);
        var marker = await MarkerAsync(cancellationToken);
        if (marker is null || await FindAsync(marker.Generation, cancellationToken) is not { } generation || !generation.Covers(limits))
        {
            return true;
        }

        if (_mustRebuild || await HasDeadTurnAsync(cancellationToken))
        {
            return true;
        }

        var now = await NowAsync(cancellationToken);
        if (options.ReconcileMinutes > 0 && now - marker.At > TimeSpan.FromMinutes(options.ReconcileMinutes).Ticks / TimeSpan.TicksPerMicrosecond)
        {
            return true;
        }

        if (await connection.GetRunAsync(cancellationToken) is { } run && run != marker.Run)
        {
            return true;
        }

        PutInForce(limits, generation);
        return false;
    }

    internal void PutInForce(LimitSet limits, Generation generation)
    {
        _stale = false;
        Volatile.Write(ref _limits, limits);
        if (!ReferenceEquals(_current, generation))
        {
            _current = generation;
            _tenants.Clear();
        }
    }

    /// <summary>What was missed so far is in the rebuild that begins now.</summary>
    internal void BeginRebuild() => _mustRebuild = false;

    internal void RequestRebuild() => _mustRebuild = true;

    internal async Task<Marker?> MarkerAsync(CancellationToken cancellationToken)
    {
        var values = await connection.UpkeepAsync(d => d.HashGetAsync(keys.Marker, ["g", "run", "began", "at"], CommandFlags.DemandMaster), cancellationToken);
        return values[0].IsNull ? null : new Marker(values[0]!, values[1]!, (long)values[2], (long)values[3]);
    }

    /// <summary>A generation by its name; null where the store has lost it.</summary>
    internal async Task<Generation?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (_generations.TryGetValue(name, out var known))
        {
            return known;
        }

        var json = (string?)await connection.UpkeepAsync(d => d.StringGetAsync(keys.Generation(name), CommandFlags.DemandMaster), cancellationToken);
        return json is null ? null : Remember(new Generation(name, Generation.Read(json)));
    }

    internal Generation Remember(Generation generation)
    {
        // Old ones are of no more use; there are a few a day at most.
        if (_generations.Count > 1000)
        {
            _generations.Clear();
        }

        return _generations.GetOrAdd(generation.Name, generation);
    }

    /// <summary>Enters a tenant into the list that sweeps and rebuilds go through.</summary>
    internal async Task RegisterAsync(string tenant, CancellationToken cancellationToken)
    {
        await connection.UpkeepAsync(d => d.SetAddAsync(keys.Tenants, tenant), cancellationToken);
        await connection.UpkeepAsync(d => d.KeyExpireAsync(keys.Tenants, TimeSpan.FromDays(40)), cancellationToken);
    }

    /// <summary>The store's time, in microseconds.</summary>
    internal async Task<long> NowAsync(CancellationToken cancellationToken)
    {
        var parts = (RedisResult[])(await connection.UpkeepAsync(d => d.ExecuteAsync("TIME"), cancellationToken))!;
        return ((long)parts[0] * 1_000_000) + (long)parts[1];
    }

    internal string Clock() => _storeClock ? string.Empty : ScriptValues.Microseconds(time.GetUtcNow()).ToString(CultureInfo.InvariantCulture);

    /// <summary>Arguments of the script that takes over a row of the ledger.</summary>
    internal RedisValue[] RowArguments(LedgerRequest row, Generation generation, bool building)
    {
        ScriptValues.ThrowIfInexact(row.Hold);
        ScriptValues.ThrowIfInexact(row.Charged);
        var now = time.GetUtcNow();
        var places = generation.Places(row.Facts, row.ReservedAt, now);
        var ends = places.Count == 0 ? row.LeaseEndsAt : places.Max(p => p.WindowEnd);
        var state = row.State switch
        {
            LedgerState.Open => "o",
            LedgerState.Released => "r",
            _ => "d",
        };
        var arguments = new List<RedisValue>(16 + (4 * places.Count))
        {
            keys.Tenant(row.Facts.Tenant), Clock(), generation.Name, row.RequestId, state, row.Facts.PersonId, row.Hold.Tokens, row.Hold.CostMicros,
            row.Charged.Tokens, row.Charged.CostMicros, row.Counts ? 1 : 0, ScriptValues.Microseconds(row.LeaseEndsAt),
            ScriptValues.TimeToLive(ends > row.LeaseEndsAt ? ends : row.LeaseEndsAt, now), state == "d" ? RedisValue.EmptyString : StoredReservation.Of(row).Write(), building
            ? 1 : 0, places.Count,
        };
        foreach (var place in places)
        {
            arguments.Add(place.Suffix);
            arguments.Add(place.Letter);
            arguments.Add(ScriptValues.TimeToLive(place.WindowEnd, now));
            arguments.Add(ScriptValues.Microseconds(place.WindowEnd));
        }

        return [.. arguments];
    }

    private Generation GenerationOf(string tenant, LimitSet limits)
    {
        var generation = _tenants.GetValueOrDefault(tenant) ?? _current ?? throw new CounterStoreAwayException("The counters have not been rebuilt yet.", mustRebuild: true);
        if (!generation.Covers(limits))
        {
            // Another instance's rebuild did not know what this one wants: it was taken for gone.
            _mustRebuild = true;
            throw new CounterStoreAwayException("The counters do not stand for these limits yet.", mustRebuild: true);
        }

        return generation;
    }

    /// <summary>Finds out which generation is in force for a tenant, after the store said that it is another or none.</summary>
    private async Task FollowAsync(string tenant, string? told, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(told))
        {
            _tenants[tenant] = await FindAsync(told, cancellationToken) ?? throw Lost();
            return;
        }

        var marker = await MarkerAsync(cancellationToken) ?? throw Lost();
        // A rebuild that is under way finds it in the list, and takes it along.
        await RegisterAsync(tenant, cancellationToken);
        var name = keys.Tenant(tenant);
        var inForce = (string?)await connection.UpkeepAsync(RedisScript.Welcome, [name], [name, Clock(), marker.Generation], cancellationToken);
        _tenants[tenant] = await FindAsync(inForce!, cancellationToken) ?? throw Lost();
    }

    private CounterStoreAwayException Lost()
    {
        _mustRebuild = true;
        return new CounterStoreAwayException("Redis has lost the counters; they are rebuilt from the ledger first.", mustRebuild: true);
    }

    private async Task<bool> ApplyAsync(LedgerRequest row, CancellationToken cancellationToken)
    {
        var tenant = row.Facts.Tenant;
        if (!_tenants.TryGetValue(tenant, out var generation))
        {
            return true;
        }

        var reply = await connection.UpkeepAsync(RedisScript.Apply, [keys.Tenant(tenant)], RowArguments(row, generation, building: false), cancellationToken);
        switch ((string?)reply[0])
        {
            case "charged":
                return (int)reply[1] == 1;
            case "generation":
                // Within a turn no rebuild ends, unless it took this turn for dead or the store was flushed: the row may be in it, or not.
                _tenants.TryRemove(tenant, out _);
                return true;
            default:
                return false;
        }
    }

    private async Task NoticeAsync(string tenant, Marker? marker, string? inForce, string? building, CancellationToken cancellationToken)
    {
        if (marker is null)
        {
            _mustRebuild = true;
        }
        else if (string.IsNullOrEmpty(inForce) && string.IsNullOrEmpty(building))
        {
            // Its keys have ended: nobody of this tenant came for longer than any window.
            await connection.UpkeepAsync(d => d.SetRemoveAsync(keys.Tenants, tenant), cancellationToken);
        }
        else if (!string.IsNullOrEmpty(building) || inForce != marker.Generation)
        {
            // A rebuild that is not under way any more left it half done.
            _mustRebuild |= !await connection.UpkeepAsync(d => d.KeyExistsAsync(keys.Lock, CommandFlags.DemandMaster), cancellationToken)
                && (await MarkerAsync(cancellationToken))?.Generation == marker.Generation;
        }
    }

    /// <summary>Counters are rebuilt from one ledger. An instance with another one must not come near them.</summary>
    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        var mine = await connection.UpkeepAsync(d => d.StringSetAsync(keys.Ledger, ledgerIdentity, Dead, When.NotExists), cancellationToken)
            || (string?)await connection.UpkeepAsync(d => d.StringGetAsync(keys.Ledger, CommandFlags.DemandMaster), cancellationToken) == ledgerIdentity;
        if (!mine)
        {
            throw new StartRefusedException(
                "Another instance of Limits counts in this Redis from a ledger of its own. Give all of them the same ConnectionStrings:limitsdb, or this one another "
                    + "Limits:Redis:KeyPrefix.");
        }

        await connection.UpkeepAsync(d => d.KeyExpireAsync(keys.Ledger, Dead), cancellationToken);
    }

    private async Task SayWantedAsync(LimitSet limits, CancellationToken cancellationToken)
    {
        // Until the new limits are in force, requests go by those before.
        var rules = limits.Limits.Concat(InForce.Limits).DistinctBy(l => l.Series, StringComparer.Ordinal).Select(l => CountedRule.Of(l.Rule));
        var wanted = new WantedSeries(await NowAsync(cancellationToken), [.. rules]);
        var said = JsonSerializer.Serialize(wanted, RedisJson.Default.WantedSeries);
        await connection.UpkeepAsync(d => d.HashSetAsync(keys.Wanted, _instance, said), cancellationToken);
        _said = said;
        await connection.UpkeepAsync(d => d.KeyExpireAsync(keys.Wanted, TimeSpan.FromDays(1)), cancellationToken);
    }

    private async Task<bool> HasDeadTurnAsync(CancellationToken cancellationToken)
    {
        var turns = await connection.UpkeepAsync(d => d.HashGetAllAsync(keys.Turns, CommandFlags.DemandMaster), cancellationToken);
        var now = await NowAsync(cancellationToken);
        return turns.Any(t => t.Name != _instance && now - (long)t.Value > Dead.Ticks / TimeSpan.TicksPerMicrosecond);
    }

    private async Task<RedisResult> RunAsync(string script, string tenant, RedisValue[] arguments, CancellationToken cancellationToken)
    {
        if (connection.Breaks != _looked)
        {
            try
            {
                await Doubting().WaitAsync(connection.Timeout, cancellationToken);
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

        return await connection.RunAsync(script, keys.Tenant(tenant), arguments, cancellationToken);
    }

    /// <summary>After the connection broke: looks whether the store is as it was.</summary>
    /// <remarks>The same process has lost nothing. Another one may be an old copy: then nothing is decided until all is counted anew. Where it still has this
    /// instance's last word, at most the last moment is missing: requests go on, and it is counted anew beside them.</remarks>
    private async Task DoubtAsync(int breaks, CancellationToken cancellationToken)
    {
        var run = await connection.GetRunAsync(cancellationToken) ?? throw new CounterStoreAwayException("Redis is not connected.");
        if (await MarkerAsync(cancellationToken) is { } marker && marker.Run != run)
        {
            _mustRebuild = true;
            var said = (string?)await connection.UpkeepAsync(d => d.HashGetAsync(keys.Wanted, _instance, CommandFlags.DemandMaster), cancellationToken);
            if (said != _said)
            {
                _stale = true;
                LimitsLog.CameBackOlder(logger);
            }
        }

        _looked = breaks;
    }

    /// <summary>The look that is under way: all wait for one, each as long as it may.</summary>
    private Task Doubting()
    {
        lock (_doubtLock)
        {
            if (_doubting is null or { IsCompleted: true })
            {
                _doubting = DoubtAsync(connection.Breaks, CancellationToken.None);
            }

            return _doubting;
        }
    }

    /// <summary>Which generation is whole, made by what process of the store, and when (store's time, microseconds).</summary>
    internal sealed record Marker(string Generation, string Run, long Began, long At);

    private sealed class Turn(RedisCounterStore? store) : ILedgerTurn
    {
        private bool _complete;

        public void Complete() => _complete = true;

        public async ValueTask DisposeAsync()
        {
            if (store is null)
            {
                return;
            }

            try
            {
                // A turn that is not there any more was taken for dead by a rebuild, which may have missed what it wrote.
                var mine = await store.Connection.UpkeepAsync(d => d.HashDeleteAsync(store.Keys.Turns, store.Instance), CancellationToken.None);
                if (!mine || !_complete)
                {
                    store.RequestRebuild();
                }
            }
            catch (CounterStoreAwayException)
            {
                store.RequestRebuild();
            }
        }
    }
}
