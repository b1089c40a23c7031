using System.Collections.Concurrent;
using GatewayStack.Limits.Reservations;
using StackExchange.Redis;

namespace GatewayStack.Limits.Redis;

/// <summary>Which <see cref="Generation"/> stands for a tenant, as far as this instance knows, and whether the counters have to be made anew.</summary>
internal sealed class RedisGenerations(RedisConnection connection, RedisKeys keys, RedisClock clock)
{
    private readonly ConcurrentDictionary<string, Generation> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Generation> _ofTenants = new(StringComparer.Ordinal);
    private LimitSet _limits = LimitSet.Empty;
    private volatile Generation? _current;
    private volatile bool _mustRebuild;

    /// <summary>The limits that requests go by at the moment.</summary>
    public LimitSet InForce => Volatile.Read(ref _limits);

    /// <summary>True where something may be missing in the counters since the last rebuild began.</summary>
    public bool IsRebuildRequested => _mustRebuild;

    /// <summary>Something may be missing in the counters.</summary>
    public void RequestRebuild() => _mustRebuild = true;

    /// <summary>What was missed so far is in the rebuild that begins now.</summary>
    public void BeginRebuild() => _mustRebuild = false;

    /// <summary>Lets requests go by these limits and this generation.</summary>
    public void PutInForce(LimitSet limits, Generation generation)
    {
        Volatile.Write(ref _limits, limits);
        if (!ReferenceEquals(_current, generation))
        {
            _current = generation;
            _ofTenants.Clear();
        }
    }

    /// <summary>The generation in force for a tenant, where this instance has heard of it.</summary>
    public bool TryGet(string tenant, out Generation generation) => _ofTenants.TryGetValue(tenant, out generation!);

    /// <summary>The store said that another is in force for the tenant.</summary>
    public void Forget(string tenant) => _ofTenants.TryRemove(tenant, out _);

    /// <summary>The generation a request of a tenant goes by.</summary>
    public Generation For(string tenant, LimitSet limits)
    {
        var generation = _ofTenants.GetValueOrDefault(tenant) ?? _current ?? throw new CounterStoreAwayException("The counters have not been rebuilt yet.", mustRebuild: true);
        if (!generation.Covers(limits))
        {
            // Another instance's rebuild did not know what this one wants: it was taken for gone.
            _mustRebuild = true;
            throw new CounterStoreAwayException("The counters do not stand for these limits yet.", mustRebuild: true);
        }

        return generation;
    }

    /// <summary>Finds out which generation is in force for a tenant, after the store said that it is another or none.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="told">The one that the store named.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task FollowAsync(string tenant, string? told, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(told))
        {
            _ofTenants[tenant] = await FindAsync(told, cancellationToken) ?? throw Lost();
            return;
        }

        var marker = await MarkerAsync(cancellationToken) ?? throw Lost();
        // A rebuild that is under way finds it in the list, and takes it along.
        await RegisterAsync(tenant, cancellationToken);
        var name = keys.Tenant(tenant);
        var inForce = (string?)await connection.UpkeepAsync(RedisScript.Welcome, [name], [name, clock.Argument, marker.Generation], cancellationToken);
        _ofTenants[tenant] = await FindAsync(inForce!, cancellationToken) ?? throw Lost();
    }

    /// <summary>Which generation is whole; null where the store has lost it.</summary>
    public async Task<RedisMarker?> MarkerAsync(CancellationToken cancellationToken)
    {
        var values = await connection.UpkeepAsync(d => d.HashGetAsync(keys.Marker, ["g", "run", "began", "at"], CommandFlags.DemandMaster), cancellationToken);
        return values[0].IsNull ? null : new RedisMarker(values[0]!, values[1]!, (long)values[2], (long)values[3]);
    }

    /// <summary>A generation by its name; null where the store has lost it.</summary>
    public async Task<Generation?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(name, out var known))
        {
            return known;
        }

        var json = (string?)await connection.UpkeepAsync(d => d.StringGetAsync(keys.Generation(name), CommandFlags.DemandMaster), cancellationToken);
        return json is null ? null : Remember(new Generation(name, Generation.Read(json)));
    }

    /// <summary>Keeps a generation; gives the one of that name that was known already, if any.</summary>
    public Generation Remember(Generation generation)
    {
        // Old ones are of no more use; there are a few a day at most.
        if (_known.Count > 1000)
        {
            _known.Clear();
        }

        return _known.GetOrAdd(generation.Name, generation);
    }

    /// <summary>Enters a tenant into the list that sweeps and rebuilds go through.</summary>
    public async Task RegisterAsync(string tenant, CancellationToken cancellationToken)
    {
        await connection.UpkeepAsync(d => d.SetAddAsync(keys.Tenants, tenant), cancellationToken);
        await connection.UpkeepAsync(d => d.KeyExpireAsync(keys.Tenants, RedisKeys.Lifetime), cancellationToken);
    }

    /// <summary>Looks at what a sweep was told of a tenant: the generation in force, and the one being made.</summary>
    public async Task NoticeAsync(string tenant, RedisMarker? marker, string? inForce, string? building, CancellationToken cancellationToken)
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

    private CounterStoreAwayException Lost()
    {
        _mustRebuild = true;
        return new CounterStoreAwayException("Redis has lost the counters; they are rebuilt from the ledger first.", mustRebuild: true);
    }
}

/// <summary>Which generation is whole, made by what process of the store, when that began and when it ended (store's time, microseconds).</summary>
internal sealed record RedisMarker(string Generation, string Run, long Began, long At);
