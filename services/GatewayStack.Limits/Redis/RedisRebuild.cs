using System.Globalization;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Limits.Redis;

/// <summary>One rebuild of the counters from the ledger and from the reservations that only the store knows, while requests go on.</summary>
internal sealed class RedisRebuild(RedisCounterStore store, ILedger ledger, TimeProvider time, LimitsMetrics metrics, ILogger logger)
{
    private readonly RedisConnection _redis = store.Connection;
    private readonly RedisKeys _keys = store.Keys;
    private readonly RedisClock _clock = store.Clock;
    private readonly RedisGenerations _generations = store.Generations;
    private readonly RedisRebuildLock _lock = new(store.Connection, store.Keys);

    /// <summary>Rebuilds where it must be. Of several instances that must at the same time one does, and the others find it done.</summary>
    public async Task<bool> EnsureAsync(LimitSet limits, CancellationToken cancellationToken)
    {
        if (!await store.MustRebuildAsync(limits, cancellationToken))
        {
            return false;
        }

        return await _lock.RunAsync(
            token => store.MustRebuildAsync(limits, token),
            token => BuildAsync(limits, token),
            cancellationToken);
    }

    /// <summary>Rebuilds, unless another instance began one for the same limits after this was asked for.</summary>
    public async Task RunAsync(LimitSet limits, CancellationToken cancellationToken)
    {
        var asked = await _clock.NowAsync(cancellationToken);
        await _lock.RunAsync(
            async token =>
            {
                if (await _generations.MarkerAsync(token) is { } marker && marker.Began >= asked
                    && await _generations.FindAsync(marker.Generation, token) is { } built && built.Covers(limits))
                {
                    store.PutInForce(limits, built);
                    return false;
                }

                return true;
            },
            token => BuildAsync(limits, token),
            cancellationToken);
    }

    private async Task BuildAsync(LimitSet limits, CancellationToken cancellationToken)
    {
        _generations.BeginRebuild();
        try
        {
            await store.Instance.AwaitTurnsAsync(cancellationToken);
            var began = await _clock.NowAsync(cancellationToken);
            var run = await _redis.GetRunAsync(cancellationToken) ?? string.Empty;
            var wanted = await store.Instance.WantedByAnyAsync(limits, _generations.InForce, began, cancellationToken);
            var generation = _generations.Remember(new Generation(string.Create(CultureInfo.InvariantCulture, $"{began:x}{_lock.Token.AsSpan(0, 6)}"), wanted));
            await _redis.UpkeepAsync(d => d.StringSetAsync(_keys.Generation(generation.Name), generation.Write(), RedisKeys.Lifetime), cancellationToken);

            var tenants = new Dictionary<string, RedisTenantRebuild>(StringComparer.Ordinal);
            await BeginNewAsync(tenants, generation, cancellationToken);
            await ReadLedgerAsync(tenants, generation, cancellationToken);
            var drift = 0L;
            var pending = tenants.Values.ToList();
            do
            {
                foreach (var tenant in pending)
                {
                    drift += await tenant.BuildAsync(cancellationToken);
                }

                // Tenants that came meanwhile have no row in the ledger: nobody writes it.
                pending = await BeginNewAsync(tenants, generation, cancellationToken);
            }
            while (pending.Count > 0);

            foreach (var tenant in tenants.Values)
            {
                await tenant.EndWhatEndedAsync(cancellationToken);
            }

            var finished = (int)await _redis.UpkeepAsync(
                RedisScript.Finish, [_keys.Lock, _keys.Marker], [_lock.Token, generation.Name, run, began, await _clock.NowAsync(cancellationToken)], cancellationToken);
            if (finished == 0)
            {
                throw RedisTenantRebuild.Lost();
            }

            store.PutInForce(limits, generation);
            LimitsLog.Rebuilt(logger, tenants.Count, (await _clock.NowAsync(cancellationToken) - began) / 1000);
            metrics.Drifted(drift);
            if (drift > 0)
            {
                LimitsLog.Drifted(logger, drift);
            }
        }
        catch
        {
            _generations.RequestRebuild();
            throw;
        }
    }

    /// <summary>Begins with every tenant of the list that has not been begun with, and gives those.</summary>
    private async Task<List<RedisTenantRebuild>> BeginNewAsync(Dictionary<string, RedisTenantRebuild> tenants, Generation generation, CancellationToken cancellationToken)
    {
        var begun = new List<RedisTenantRebuild>();
        await foreach (var name in _redis.ScanAsync(d => d.SetScanAsync(_keys.Tenants, pageSize: 1000), cancellationToken))
        {
            if (!tenants.ContainsKey(name))
            {
                var tenant = await RedisTenantRebuild.BeginAsync(store, name, generation, time, cancellationToken);
                tenants.Add(name, tenant);
                begun.Add(tenant);
            }
        }

        return begun;
    }

    private async Task ReadLedgerAsync(Dictionary<string, RedisTenantRebuild> tenants, Generation generation, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var since = generation.Series.IsEmpty ? now : generation.Series.Min(s => Windows.Window.Start(s.Limit.Rule.Window, now));
        await foreach (var row in ledger.ReadAsync(since, cancellationToken))
        {
            if (!tenants.TryGetValue(row.Facts.Tenant, out var tenant))
            {
                await _generations.RegisterAsync(row.Facts.Tenant, cancellationToken);
                tenants.Add(row.Facts.Tenant, tenant = await RedisTenantRebuild.BeginAsync(store, row.Facts.Tenant, generation, time, cancellationToken));
            }

            tenant.Add(row, now);
        }
    }
}
