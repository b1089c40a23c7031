using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;
using StackExchange.Redis;

namespace GatewayStack.Limits.Redis;

/// <summary>The part of a rebuild that is one tenant's: what the store knew of it at the beginning, what the ledger says, and the counters that are made of both.</summary>
/// <param name="store">The counters.</param>
/// <param name="key">What the names of the tenant's keys begin with.</param>
/// <param name="old">The generation that was in force.</param>
/// <param name="generation">The one that is made.</param>
/// <param name="time">The time that windows go by.</param>
internal sealed class RedisTenantRebuild(RedisCounterStore store, string key, string? old, Generation generation, TimeProvider time)
{
    private const int Chunk = 256;

    private readonly RedisConnection _redis = store.Connection;

    /// <summary>The requests that the store knew at the beginning.</summary>
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Those of them that it takes to be under way.</summary>
    private readonly HashSet<string> _underWay = new(StringComparer.Ordinal);

    /// <summary>What it takes to be under way, and has ended.</summary>
    private readonly List<LedgerRequest> _ended = [];
    private readonly List<LedgerRequest> _open = [];
    private readonly Dictionary<string, (long Amount, DateTimeOffset WindowEnd)> _used = new(StringComparer.Ordinal);

    /// <summary>Begins with a tenant: from here on the store notes what is to be entered into the new counters.</summary>
    public static async Task<RedisTenantRebuild> BeginAsync(
        RedisCounterStore store, string name, Generation generation, TimeProvider time, CancellationToken cancellationToken)
    {
        var redis = store.Connection;
        var key = store.Keys.Tenant(name);
        var old = (string?)await redis.UpkeepAsync(RedisScript.Begin, [key], [key, store.Clock.Argument, generation.Name], cancellationToken);
        var tenant = new RedisTenantRebuild(store, key, old, generation, time);

        // Leases first: a reservation only ever moves from there to the finished ones, so that none slips through.
        foreach (var list in (string[])["x", "f"])
        {
            await foreach (var id in redis.ScanAsync(d => Members(d.SortedSetScanAsync(key + list, pageSize: 1000)), cancellationToken))
            {
                tenant._known.Add(id);
                if (list == "x")
                {
                    tenant._underWay.Add(id);
                }
            }
        }

        return tenant;
    }

    /// <summary>The store lost what was being made.</summary>
    public static CounterStoreAwayException Lost() => new("Redis was flushed while the counters were rebuilt.", mustRebuild: true);

    /// <summary>Takes a row of the ledger.</summary>
    public void Add(LedgerRequest row, DateTimeOffset now)
    {
        if (_known.Contains(row.RequestId))
        {
            if (row.State != LedgerState.Open && _underWay.Contains(row.RequestId))
            {
                _ended.Add(row);
            }
        }
        else if (row.State == LedgerState.Closed)
        {
            Charge(row, now);
        }
        else
        {
            _open.Add(row);
        }
    }

    /// <summary>Makes the tenant's counters and puts them in force.</summary>
    /// <returns>By how much those before were wrong.</returns>
    public async Task<long> BuildAsync(CancellationToken cancellationToken)
    {
        var chunks = 0;
        var now = time.GetUtcNow();
        foreach (var chunk in _used.Chunk(Chunk))
        {
            var arguments = new List<RedisValue> { key, store.Clock.Argument, generation.Name, ++chunks, chunk.Length };
            foreach (var (suffix, (amount, end)) in chunk)
            {
                arguments.AddRange([suffix, amount, ScriptValues.TimeToLive(end, now), ScriptValues.Microseconds(end)]);
            }

            ThrowIfLost(await _redis.UpkeepAsync(RedisScript.Stage, [key], [.. arguments], cancellationToken));
        }

        foreach (var chunk in _open.Chunk(Chunk))
        {
            await Task.WhenAll(chunk.Select(async row =>
                ThrowIfLost(await _redis.UpkeepAsync(RedisScript.Apply, [key], store.RowArguments(row, generation, building: true), cancellationToken))));
        }

        await EnterAsync(_known, cancellationToken);
        var replaces = old is { Length: > 0 } && old != generation.Name;
        var drift = replaces ? await MeasureDriftAsync(cancellationToken) : 0;
        while (true)
        {
            // Where something is left the script holds new reservations back for a moment, so that this ends.
            await EnterNewAsync(cancellationToken);
            var reply = await _redis.UpkeepAsync(RedisScript.Flip, [key], [key, store.Clock.Argument, generation.Name, chunks], cancellationToken);
            ThrowIfLost(reply);
            if ((string?)reply[0] == "done")
            {
                break;
            }
        }

        if (replaces)
        {
            await RemoveOldAsync(cancellationToken);
        }

        return drift;
    }

    /// <summary>What ended while the store was away is still held there: without this it would be until its lease ends, and then charged whole.</summary>
    public async Task EndWhatEndedAsync(CancellationToken cancellationToken)
    {
        foreach (var chunk in _ended.Chunk(Chunk))
        {
            await Task.WhenAll(chunk.Select(row => _redis.UpkeepAsync(RedisScript.Apply, [key], store.RowArguments(row, generation, building: false), cancellationToken)));
        }
    }

    private void Charge(LedgerRequest row, DateTimeOffset now)
    {
        foreach (var place in generation.Places(row.Facts, row.ReservedAt, now))
        {
            var counted = place.Metric == LimitMetric.Requests ? (row.Counts ? 1 : 0) : row.Charged.In(place.Metric);
            if (counted > 0)
            {
                var before = _used.GetValueOrDefault(place.Suffix).Amount;
                _used[place.Suffix] = (Amount.Bound((Int128)before + counted), place.WindowEnd);
            }
        }
    }

    private async Task EnterAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        foreach (var chunk in ids.Chunk(Chunk))
        {
            await Task.WhenAll(chunk.Select(async id =>
            {
                var json = (byte[]?)await _redis.UpkeepAsync(d => d.HashGetAsync($"{key}r:{id}", "b", CommandFlags.DemandMaster), cancellationToken);
                var now = time.GetUtcNow();
                var places = json is null ? [] : Places(StoredReservation.Read(json), now);
                var arguments = new List<RedisValue> { key, store.Clock.Argument, generation.Name, id, places.Count };
                foreach (var place in places)
                {
                    arguments.AddRange([place.Suffix, place.Letter, ScriptValues.TimeToLive(place.WindowEnd, now), ScriptValues.Microseconds(place.WindowEnd)]);
                }

                ThrowIfLost(await _redis.UpkeepAsync(RedisScript.Enter, [key], [.. arguments], cancellationToken));
            }));
        }
    }

    private async Task EnterNewAsync(CancellationToken cancellationToken)
    {
        var left = await _redis.UpkeepAsync(d => d.SetMembersAsync(key + "n", CommandFlags.DemandMaster), cancellationToken);
        await EnterAsync(left.Select(l => l.ToString()), cancellationToken);
    }

    /// <summary>Compares the counters in force with those that are to take their place: what is used, in tokens and cost.</summary>
    /// <remarks>A request that is settled between being made and being entered shows as a difference for a moment: what differs is read again, and the least counts.</remarks>
    private async Task<long> MeasureDriftAsync(CancellationToken cancellationToken)
    {
        var amounts = generation.Series.Where(s => s.Limit.Rule.Metric != LimitMetric.Requests).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        var now = ScriptValues.Microseconds(time.GetUtcNow());
        var names = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var of in (string[])[old!, generation.Name])
        {
            await foreach (var counter in _redis.ScanAsync(d => Scores(d.SortedSetScanAsync($"{key}w:{of}", pageSize: 1000), now), cancellationToken))
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
                await EnterNewAsync(cancellationToken);
            }

            foreach (var chunk in names.Keys.ToList().Chunk(Chunk))
            {
                var differences = await Task.WhenAll(chunk.Select(async name =>
                {
                    var before = _redis.UpkeepAsync(d => d.HashGetAsync($"{key}c:{old}:{name}", "c"), cancellationToken);
                    var after = _redis.UpkeepAsync(d => d.HashGetAsync($"{key}c:{generation.Name}:{name}", "c"), cancellationToken);
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

    private async Task RemoveOldAsync(CancellationToken cancellationToken)
    {
        var windows = $"{key}w:{old}";
        var suffixes = new List<string>();
        await foreach (var suffix in _redis.ScanAsync(d => Members(d.SortedSetScanAsync(windows, pageSize: 1000)), cancellationToken))
        {
            suffixes.Add(suffix);
        }

        foreach (var chunk in suffixes.Chunk(Chunk))
        {
            await _redis.UpkeepAsync(d => d.KeyDeleteAsync([.. chunk.Select(s => (RedisKey)$"{key}c:{s}")]), cancellationToken);
        }

        await _redis.UpkeepAsync(d => d.KeyDeleteAsync(windows), cancellationToken);
    }

    private List<Place> Places(StoredReservation reservation, DateTimeOffset now) =>
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
}
