using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace GatewayStack.Limits.Redis;

/// <summary>One rebuild of the counters from the ledger and from the reservations that only the store knows, while requests go on.</summary>
internal sealed class RedisRebuild(RedisCounterStore store, ILedger ledger, TimeProvider time, LimitsMetrics metrics, ILogger logger)
{
    private const int Chunk = 256;

    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(5);

    /// <summary>How long a turn may take before its instance counts as gone.</summary>
    private const long TurnMicroseconds = 30_000_000;

    /// <summary>How long an instance's word about what it counts is good.</summary>
    private const long WantedMicroseconds = 60_000_000;

    private readonly string _token = Guid.NewGuid().ToString("N");
    private readonly RedisConnection _redis = store.Connection;
    private readonly RedisKeys _keys = store.Keys;

    /// <summary>Rebuilds where it must be. Of several instances that must at the same time one does, and the others find it done.</summary>
    public async Task<bool> EnsureAsync(LimitSet limits, CancellationToken cancellationToken)
    {
        if (!await store.MustRebuildAsync(limits, cancellationToken))
        {
            return false;
        }

        return await WithLockAsync(
            token => store.MustRebuildAsync(limits, token),
            token => BuildAsync(limits, token),
            cancellationToken);
    }

    /// <summary>Rebuilds, unless another instance began one for the same limits after this was asked for.</summary>
    public async Task RunAsync(LimitSet limits, CancellationToken cancellationToken)
    {
        var asked = await store.NowAsync(cancellationToken);
        await WithLockAsync(
            async token =>
            {
                if (await store.MarkerAsync(token) is { } marker && marker.Began >= asked && await store.FindAsync(marker.Generation, token) is { } built && built.Covers(limits))
                {
                    store.PutInForce(limits, built);
                    return false;
                }

                return true;
            },
            token => BuildAsync(limits, token),
            cancellationToken);
    }

    /// <summary>Says whether the work was done.</summary>
    private async Task<bool> WithLockAsync(Func<CancellationToken, Task<bool>> stillNeeded, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromMilliseconds(5);
        while (!await _redis.UpkeepAsync(d => d.StringSetAsync(_keys.Lock, _token, LockTime, When.NotExists), cancellationToken))
        {
            await Task.Delay(wait, cancellationToken);
            wait = TimeSpan.FromMilliseconds(Math.Min(250, wait.TotalMilliseconds * 2));
        }

        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var keeping = KeepLockAsync(lost);
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
                await _redis.UpkeepAsync(RedisScript.Unlock, [_keys.Lock], [_token], CancellationToken.None);
            }
            catch (CounterStoreAwayException)
            {
                // It ends by itself.
            }
        }
    }

    private async Task KeepLockAsync(CancellationTokenSource lost)
    {
        try
        {
            using var timer = new PeriodicTimer(LockTime / 5);
            while (await timer.WaitForNextTickAsync(lost.Token))
            {
                if ((int)await _redis.UpkeepAsync(RedisScript.KeepLock, [_keys.Lock], [_token, (long)LockTime.TotalMilliseconds], lost.Token) == 0)
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

    private async Task BuildAsync(LimitSet limits, CancellationToken cancellationToken)
    {
        store.BeginRebuild();
        try
        {
            await AwaitTurnsAsync(cancellationToken);
            var began = await store.NowAsync(cancellationToken);
            var run = await _redis.GetRunAsync(cancellationToken) ?? string.Empty;
            var generation = store.Remember(new Generation(
                string.Create(CultureInfo.InvariantCulture, $"{began:x}{_token.AsSpan(0, 6)}"), await UnionAsync(limits, began, cancellationToken)));
            await _redis.UpkeepAsync(d => d.StringSetAsync(_keys.Generation(generation.Name), generation.Write(), TimeSpan.FromDays(40)), cancellationToken);

            var tenants = new Dictionary<string, Tenant>(StringComparer.Ordinal);
            await BeginNewAsync(tenants, generation, cancellationToken);
            await ReadLedgerAsync(tenants, generation, cancellationToken);
            var drift = 0L;
            var pending = tenants.Values.ToList();
            do
            {
                foreach (var tenant in pending)
                {
                    drift += await BuildAsync(tenant, generation, cancellationToken);
                }

                // Tenants that came meanwhile have no row in the ledger: nobody writes it.
                pending = await BeginNewAsync(tenants, generation, cancellationToken);
            }
            while (pending.Count > 0);

            // What ended while the store was away is still held there: without this it would be until its lease ends, and then charged whole.
            foreach (var tenant in tenants.Values)
            {
                foreach (var chunk in tenant.Ended.Chunk(Chunk))
                {
                    await Task.WhenAll(chunk.Select(row =>
                        _redis.UpkeepAsync(RedisScript.Apply, [tenant.Key], store.RowArguments(row, generation, building: false), cancellationToken)));
                }
            }

            var finished = (int)await _redis.UpkeepAsync(
                RedisScript.Finish, [_keys.Lock, _keys.Marker], [_token, generation.Name, run, began, await store.NowAsync(cancellationToken)], cancellationToken);
            if (finished == 0)
            {
                throw Lost();
            }

            store.PutInForce(limits, generation);
            LimitsLog.Rebuilt(logger, tenants.Count, (await store.NowAsync(cancellationToken) - began) / 1000);
            metrics.Drifted(drift);
            if (drift > 0)
            {
                LimitsLog.Drifted(logger, drift);
            }
        }
        catch
        {
            store.RequestRebuild();
            throw;
        }
    }

    /// <summary>Waits for the instances that are writing the ledger; the lock lets no new turn begin.</summary>
    private async Task AwaitTurnsAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var turns = await _redis.UpkeepAsync(d => d.HashGetAllAsync(_keys.Turns, CommandFlags.DemandMaster), cancellationToken);
            var now = await store.NowAsync(cancellationToken);
            var open = false;
            foreach (var turn in turns)
            {
                if (turn.Name == store.Instance || now - (long)turn.Value > TurnMicroseconds)
                {
                    await _redis.UpkeepAsync(d => d.HashDeleteAsync(_keys.Turns, turn.Name), cancellationToken);
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

    /// <summary>What any instance that is there wants counted.</summary>
    private async Task<ImmutableArray<CountedRule>> UnionAsync(LimitSet limits, long now, CancellationToken cancellationToken)
    {
        var rules = new Dictionary<string, CountedRule>(StringComparer.Ordinal);
        foreach (var limit in limits.Limits.Concat(store.InForce.Limits))
        {
            rules.TryAdd(limit.Series, CountedRule.Of(limit.Rule));
        }

        foreach (var entry in await _redis.UpkeepAsync(d => d.HashGetAllAsync(_keys.Wanted, CommandFlags.DemandMaster), cancellationToken))
        {
            var wanted = JsonSerializer.Deserialize(entry.Value.ToString(), RedisJson.Default.WantedSeries)!;
            if (now - wanted.At > WantedMicroseconds)
            {
                await _redis.UpkeepAsync(d => d.HashDeleteAsync(_keys.Wanted, entry.Name), cancellationToken);
            }
            else if (entry.Name != store.Instance)
            {
                foreach (var rule in wanted.Rules)
                {
                    rules.TryAdd(rule.ToLimit().Series, rule);
                }
            }
        }

        return [.. rules.Values];
    }

    /// <summary>Begins with every tenant of the list that has not been begun with, and gives those.</summary>
    private async Task<List<Tenant>> BeginNewAsync(Dictionary<string, Tenant> tenants, Generation generation, CancellationToken cancellationToken)
    {
        var begun = new List<Tenant>();
        await foreach (var name in _redis.ScanAsync(d => d.SetScanAsync(_keys.Tenants, pageSize: 1000), cancellationToken))
        {
            if (!tenants.ContainsKey(name))
            {
                var tenant = await BeginAsync(name, generation, cancellationToken);
                tenants.Add(name, tenant);
                begun.Add(tenant);
            }
        }

        return begun;
    }

    private async Task<Tenant> BeginAsync(string name, Generation generation, CancellationToken cancellationToken)
    {
        var key = _keys.Tenant(name);
        var old = (string?)await _redis.UpkeepAsync(RedisScript.Begin, [key], [key, store.Clock(), generation.Name], cancellationToken);
        var tenant = new Tenant(name, key, old);

        // Leases first: a reservation only ever moves from there to the finished ones, so that none slips through.
        foreach (var list in (string[])["x", "f"])
        {
            await foreach (var id in _redis.ScanAsync(d => Members(d.SortedSetScanAsync(key + list, pageSize: 1000)), cancellationToken))
            {
                tenant.Known.Add(id);
                if (list == "x")
                {
                    tenant.UnderWay.Add(id);
                }
            }
        }

        return tenant;
    }

    private async Task ReadLedgerAsync(Dictionary<string, Tenant> tenants, Generation generation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = generation.Series.IsEmpty ? now : generation.Series.Min(s => Windows.Window.Start(s.Limit.Rule.Window, now));
        await foreach (var row in ledger.ReadAsync(since, cancellationToken))
        {
            if (!tenants.TryGetValue(row.Facts.Tenant, out var tenant))
            {
                await store.RegisterAsync(row.Facts.Tenant, cancellationToken);
                tenants.Add(row.Facts.Tenant, tenant = await BeginAsync(row.Facts.Tenant, generation, cancellationToken));
            }

            if (tenant.Known.Contains(row.RequestId))
            {
                if (row.State != LedgerState.Open && tenant.UnderWay.Contains(row.RequestId))
                {
                    tenant.Ended.Add(row);
                }

                continue;
            }

            if (row.State == LedgerState.Closed)
            {
                tenant.Charge(generation, row, now);
            }
            else
            {
                tenant.Open.Add(row);
            }
        }
    }

    /// <summary>Makes a tenant's counters and puts them in force. Says by how much those before were wrong.</summary>
    private async Task<long> BuildAsync(Tenant tenant, Generation generation, CancellationToken cancellationToken)
    {
        var chunks = 0;
        var now = time.GetUtcNow();
        foreach (var chunk in tenant.Used.Chunk(Chunk))
        {
            var arguments = new List<RedisValue> { tenant.Key, store.Clock(), generation.Name, ++chunks, chunk.Length };
            foreach (var (suffix, (amount, end)) in chunk)
            {
                arguments.AddRange([suffix, amount, ScriptValues.TimeToLive(end, now), ScriptValues.Microseconds(end)]);
            }

            ThrowIfLost(await _redis.UpkeepAsync(RedisScript.Stage, [tenant.Key], [.. arguments], cancellationToken));
        }

        foreach (var chunk in tenant.Open.Chunk(Chunk))
        {
            await Task.WhenAll(chunk.Select(async row =>
                ThrowIfLost(await _redis.UpkeepAsync(RedisScript.Apply, [tenant.Key], store.RowArguments(row, generation, building: true), cancellationToken))));
        }

        await EnterAsync(tenant, tenant.Known, generation, cancellationToken);
        var replaces = tenant.Old is { Length: > 0 } && tenant.Old != generation.Name;
        var drift = replaces ? await MeasureDriftAsync(tenant, generation, cancellationToken) : 0;
        while (true)
        {
            // Where something is left the script holds new reservations back for a moment, so that this ends.
            await EnterNewAsync(tenant, generation, cancellationToken);
            var reply = await _redis.UpkeepAsync(RedisScript.Flip, [tenant.Key], [tenant.Key, store.Clock(), generation.Name, chunks], cancellationToken);
            ThrowIfLost(reply);
            if ((string?)reply[0] == "done")
            {
                break;
            }
        }

        if (replaces)
        {
            await RemoveAsync(tenant, cancellationToken);
        }

        return drift;
    }

    private async Task EnterAsync(Tenant tenant, IEnumerable<string> ids, Generation generation, CancellationToken cancellationToken)
    {
        foreach (var chunk in ids.Chunk(Chunk))
        {
            await Task.WhenAll(chunk.Select(async id =>
            {
                var json = (byte[]?)await _redis.UpkeepAsync(d => d.HashGetAsync($"{tenant.Key}r:{id}", "b", CommandFlags.DemandMaster), cancellationToken);
                var now = time.GetUtcNow();
                var places = json is null ? [] : Places(generation, StoredReservation.Read(json), now);
                var arguments = new List<RedisValue> { tenant.Key, store.Clock(), generation.Name, id, places.Count };
                foreach (var place in places)
                {
                    arguments.AddRange([place.Suffix, place.Letter, ScriptValues.TimeToLive(place.WindowEnd, now), ScriptValues.Microseconds(place.WindowEnd)]);
                }

                ThrowIfLost(await _redis.UpkeepAsync(RedisScript.Enter, [tenant.Key], [.. arguments], cancellationToken));
            }));
        }
    }

    private async Task EnterNewAsync(Tenant tenant, Generation generation, CancellationToken cancellationToken)
    {
        var left = await _redis.UpkeepAsync(d => d.SetMembersAsync(tenant.Key + "n", CommandFlags.DemandMaster), cancellationToken);
        await EnterAsync(tenant, left.Select(l => l.ToString()), generation, cancellationToken);
    }

    /// <summary>Compares the counters in force with those that are to take their place: what is used, in tokens and cost.</summary>
    /// <remarks>A request that is settled between being made and being entered shows as a difference for a moment: what differs is read again, and the least counts.</remarks>
    private async Task<long> MeasureDriftAsync(Tenant tenant, Generation generation, CancellationToken cancellationToken)
    {
        var amounts = generation.Series.Where(s => s.Limit.Rule.Metric != LimitMetric.Requests).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var now = ScriptValues.Microseconds(time.GetUtcNow());
        var names = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var of in (string[])[tenant.Old!, generation.Name])
        {
            await foreach (var counter in _redis.ScanAsync(d => Scores(d.SortedSetScanAsync($"{tenant.Key}w:{of}", pageSize: 1000), now), cancellationToken))
            {
                var name = counter[(of.Length + 1)..];
                if (amounts.Contains(name.Split(':')[0]))
                {
                    names[name] = long.MaxValue;
                }
            }
        }

        for (var round = 0; round < 3 && names.Count > 0; round++)
        {
            if (round > 0)
            {
                await EnterNewAsync(tenant, generation, cancellationToken);
            }

            foreach (var chunk in names.Keys.ToList().Chunk(Chunk))
            {
                var differences = await Task.WhenAll(chunk.Select(async name =>
                {
                    var before = _redis.UpkeepAsync(d => d.HashGetAsync($"{tenant.Key}c:{tenant.Old}:{name}", "c"), cancellationToken);
                    var after = _redis.UpkeepAsync(d => d.HashGetAsync($"{tenant.Key}c:{generation.Name}:{name}", "c"), cancellationToken);
                    return Math.Abs(((long?)await before ?? 0) - ((long?)await after ?? 0));
                }));
                foreach (var (name, difference) in chunk.Zip(differences))
                {
                    names[name] = Math.Min(names[name], difference);
                    if (difference == 0)
                    {
                        names.Remove(name);
                    }
                }
            }
        }

        return names.Values.Sum();
    }

    private async Task RemoveAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var windows = $"{tenant.Key}w:{tenant.Old}";
        var suffixes = new List<string>();
        await foreach (var suffix in _redis.ScanAsync(d => Members(d.SortedSetScanAsync(windows, pageSize: 1000)), cancellationToken))
        {
            suffixes.Add(suffix);
        }

        foreach (var chunk in suffixes.Chunk(Chunk))
        {
            await _redis.UpkeepAsync(d => d.KeyDeleteAsync([.. chunk.Select(s => (RedisKey)$"{tenant.Key}c:{s}")]), cancellationToken);
        }

        await _redis.UpkeepAsync(d => d.KeyDeleteAsync(windows), cancellationToken);
    }

    private static List<Place> Places(Generation generation, StoredReservation reservation, DateTimeOffset now) =>
        generation.Places(reservation.Facts, reservation.Hold.ReservedAt, now);

    private static async IAsyncEnumerable<RedisValue> Members(IAsyncEnumerable<SortedSetEntry> entries)
    {
        await foreach (var entry in entries)
        {
            yield return entry.Element;
        }
    }

    private static async IAsyncEnumerable<RedisValue> Scores(IAsyncEnumerable<SortedSetEntry> entries, long above)
    {
        await foreach (var entry in entries)
        {
            if (entry.Score > above)
            {
                yield return entry.Element;
            }
        }
    }

    private static void ThrowIfLost(RedisResult reply)
    {
        if ((string?)reply[0] == "lost")
        {
            throw Lost();
        }
    }

    private static CounterStoreAwayException Lost() => new("Redis was flushed while the counters were rebuilt.", mustRebuild: true);

    /// <summary>What the ledger says about one tenant.</summary>
    private sealed class Tenant(string name, string key, string? old)
    {
        public string Name { get; } = name;

        public string Key { get; } = key;

        /// <summary>The generation that was in force.</summary>
        public string? Old { get; } = old;

        public HashSet<string> Known { get; } = new(StringComparer.Ordinal);

        /// <summary>Those of <see cref="Known"/> that the store takes to be under way.</summary>
        public HashSet<string> UnderWay { get; } = new(StringComparer.Ordinal);

        public List<LedgerRequest> Open { get; } = [];

        /// <summary>What the store takes to be under way, and has ended.</summary>
        public List<LedgerRequest> Ended { get; } = [];

        public Dictionary<string, (long Amount, DateTimeOffset WindowEnd)> Used { get; } = new(StringComparer.Ordinal);

        public void Charge(Generation generation, LedgerRequest row, DateTimeOffset now)
        {
            foreach (var place in generation.Places(row.Facts, row.ReservedAt, now))
            {
                var counted = place.Metric == LimitMetric.Requests ? (row.Counts ? 1 : 0) : row.Charged.In(place.Metric);
                if (counted > 0)
                {
                    var before = Used.GetValueOrDefault(place.Suffix).Amount;
                    Used[place.Suffix] = (Amount.Bound((Int128)before + counted), place.WindowEnd);
                }
            }
        }
    }
}
