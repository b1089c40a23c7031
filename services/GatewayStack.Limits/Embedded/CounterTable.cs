using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Embedded;

/// <summary>One tenant's counters under one set of limits. Guarded by the tenant's lock, or still being rebuilt by one.</summary>
internal sealed class CounterTable(LimitSet limits)
{
    private readonly Dictionary<CounterKey, Counter> _counters = [];
    private long _nextTidy;

    public ImmutableArray<BoundLimit> Limits => limits.Limits;

    public int Count => _counters.Count;

    /// <summary>What is spent and what is held.</summary>
    public (long Used, long Held) Of(CounterKey key) => _counters.TryGetValue(key, out var counter) ? (counter.Used, counter.Held) : default;

    /// <summary>The counter, from now on there.</summary>
    public Counter Find(BoundLimit limit, CounterKey key)
    {
        if (!_counters.TryGetValue(key, out var counter))
        {
            counter = new Counter(limit.EndOf(key).UtcTicks);
            _counters.Add(key, counter);
        }

        return counter;
    }

    public ImmutableArray<LimitState> Read(RequestFacts facts, DateTimeOffset now)
    {
        var states = ImmutableArray.CreateBuilder<LimitState>();
        foreach (var limit in limits.Limits)
        {
            if (limit.Rule.Match.Covers(facts) && limit.Key(facts, now) is { } key)
            {
                var (used, held) = Of(key);
                states.Add(limit.State(key, used, held));
            }
        }

        return states.ToImmutable();
    }

    /// <summary>Enters a reservation that was admitted before into the counters whose windows are open.</summary>
    public void Enter(Reservation reservation, DateTimeOffset now)
    {
        foreach (var limit in limits.Limits)
        {
            if (limit.Rule.Match.Includes(reservation.Facts) && limit.Key(reservation.Facts, reservation.ReservedAt) is { } key && limit.EndOf(key) > now)
            {
                reservation.Enter(Find(limit, key), limit.Rule.Metric);
            }
        }
    }

    /// <summary>Charges an ended request that no reservation stands for.</summary>
    public void Charge(LedgerRequest row, DateTimeOffset now)
    {
        foreach (var limit in limits.Limits)
        {
            if (limit.Rule.Match.Includes(row.Facts) && limit.Key(row.Facts, row.ReservedAt) is { } key && limit.EndOf(key) > now)
            {
                var counted = limit.Rule.Metric == LimitMetric.Requests ? (row.Counts ? 1 : 0) : row.Charged.In(limit.Rule.Metric);
                if (counted > 0)
                {
                    Find(limit, key).Use(counted);
                }
            }
        }
    }

    /// <summary>Forgets, now and then, counters whose windows are over.</summary>
    public void Tidy(long now)
    {
        if (now < _nextTidy)
        {
            return;
        }

        _nextTidy = now + TimeSpan.TicksPerMinute;
        foreach (var (key, counter) in _counters)
        {
            if (counter.WindowEnd <= now && counter.Held == 0)
            {
                _counters.Remove(key);
            }
        }
    }
}
