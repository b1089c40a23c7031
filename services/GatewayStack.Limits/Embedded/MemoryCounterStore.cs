using System.Collections.Concurrent;
using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Embedded;

/// <summary>Counters in the memory of the one instance there is. No operation waits: each is a lock and a few lookups.</summary>
internal sealed class MemoryCounterStore(TimeProvider time) : ICounterStore
{
    private readonly ConcurrentDictionary<string, TenantCounters> _tenants = new(StringComparer.Ordinal);
    private readonly Lock _tenantsLock = new();
    private LimitSet _limits = LimitSet.Empty;
    private bool _rebuilding;

    public string Name => "memory";

    public string? Trouble => null;

    public Task OpenAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<LimitsDecision> ReserveAsync(CounterRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Tenant(request.Facts.Tenant).Reserve(request));

    public Task<CounterSettled> SettleAsync(CounterSettlement settlement, CancellationToken cancellationToken) =>
        Task.FromResult(Tenant(settlement.Tenant).Settle(settlement, time.GetUtcNow().UtcTicks));

    public Task<ImmutableArray<LimitState>> ReadAsync(RequestFacts facts, CancellationToken cancellationToken) =>
        Task.FromResult(Tenant(facts.Tenant).Read(facts, time.GetUtcNow()));

    public Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcTicks;
        return Task.FromResult(_tenants.Values.Sum(t => t.Sweep(now)));
    }

    public Task<ILedgerTurn> BeginTurnAsync(CancellationToken cancellationToken) => Task.FromResult<ILedgerTurn>(NoTurn.Instance);

    public Task<bool> ApplyAsync(ImmutableArray<LedgerChange> changes, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rebuild = false;
        foreach (var change in changes)
        {
            rebuild |= Tenant(change.Request.Facts.Tenant).Apply(change.Request, now);
        }

        return Task.FromResult(rebuild);
    }

    public async Task<bool> EnsureAsync(LimitSet limits, ILedger ledger, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _limits).Revision == limits.Revision)
        {
            return false;
        }

        await RebuildAsync(limits, ledger, cancellationToken);
        return true;
    }

    public async Task RebuildAsync(LimitSet limits, ILedger ledger, CancellationToken cancellationToken)
    {
        lock (_tenantsLock)
        {
            _rebuilding = true;
            foreach (var tenant in _tenants.Values)
            {
                tenant.BeginRebuild();
            }
        }

        try
        {
            var now = time.GetUtcNow();
            var rebuilt = new Dictionary<string, RebuiltTenant>(StringComparer.Ordinal);
            await foreach (var row in ledger.ReadAsync(limits.EarliestOpenWindow(now), cancellationToken))
            {
                var name = row.Facts.Tenant;
                if (Tenant(name).Knows(row.RequestId))
                {
                    continue;
                }

                if (!rebuilt.TryGetValue(name, out var tenant))
                {
                    rebuilt.Add(name, tenant = new RebuiltTenant(new CounterTable(limits)));
                }

                if (row.State == LedgerState.Closed)
                {
                    tenant.Counters.Charge(row, now);
                }
                else
                {
                    tenant.Open.Add(row);
                }
            }

            Install(limits, rebuilt);
        }
        finally
        {
            lock (_tenantsLock)
            {
                _rebuilding = false;
                foreach (var tenant in _tenants.Values)
                {
                    tenant.EndRebuild();
                }
            }
        }
    }

    public Task<CounterStatistics> GetStatisticsAsync(CancellationToken cancellationToken)
    {
        var all = _tenants.Values.Select(t => t.GetStatistics()).ToList();
        return Task.FromResult(new CounterStatistics(all.Sum(s => s.Counters), all.Sum(s => s.OpenHolds), all.Sum(s => s.Remembered)));
    }

    private void Install(LimitSet limits, Dictionary<string, RebuiltTenant> rebuilt)
    {
        lock (_tenantsLock)
        {
            _limits = limits;
            var now = time.GetUtcNow();
            foreach (var (name, tenant) in _tenants)
            {
                var found = rebuilt.GetValueOrDefault(name) ?? new RebuiltTenant(new CounterTable(limits));
                tenant.Install(found.Counters, found.Open, now);
            }
        }
    }

    private TenantCounters Tenant(string name)
    {
        if (_tenants.TryGetValue(name, out var tenant))
        {
            return tenant;
        }

        lock (_tenantsLock)
        {
            return _tenants.GetOrAdd(name, static (_, store) => new TenantCounters(store._limits, store._rebuilding), this);
        }
    }

    /// <summary>The one instance there is takes its turns by itself.</summary>
    private sealed class NoTurn : ILedgerTurn
    {
        public static readonly NoTurn Instance = new();

        public void Complete()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed record RebuiltTenant(CounterTable Counters)
    {
        public List<LedgerRequest> Open { get; } = [];
    }
}
