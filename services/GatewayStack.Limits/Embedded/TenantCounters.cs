using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Embedded;

/// <summary>Counters and reservations of one tenant under one lock: all counters of a request move together.</summary>
internal sealed class TenantCounters(LimitSet limits, bool rebuilding)
{
    /// <summary>How long a settled request is remembered, for a settlement or a reservation that comes twice.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromMinutes(2);

    /// <summary>How many requests are remembered for the ledger's sake when its feed is behind.</summary>
    private const int MostRemembered = 250_000;

    private const int LeasesPerReservation = 16;

    private const int LeasesUncompacted = 1024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Reservation> _reservations = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Reservation, long> _leases = new();
    private readonly Queue<Reservation> _finished = new();
    private readonly EarlySettlements _early = new(Retention, MostRemembered);
    private readonly List<(BoundLimit Limit, CounterKey Key, long Asked)> _asked = [];
    private Dictionary<CounterKey, Counter> _counters = [];
    private LimitSet _limits = limits;
    private bool _rebuilding = rebuilding;
    private bool _forgotUnrecorded;
    private int _open;
    private int _compactAt = LeasesUncompacted;
    private long _nextTidy;

    public LimitsDecision Reserve(CounterRequest request)
    {
        lock (_lock)
        {
            if (_reservations.TryGetValue(request.RequestId, out var earlier))
            {
                return earlier.Decision;
            }

            if (_early.Ended(request))
            {
                return Decisions.Reserved(request, tightest: null);
            }

            SweepLeases(request.At.UtcTicks, LeasesPerReservation);
            var parent = OpenParent(request);
            parent?.Suspend();
            var decision = Try(request);
            if (decision.Permits)
            {
                if (parent is not null)
                {
                    parent.ReleaseSuspended();
                    _open--;
                }
            }
            else
            {
                parent?.Resume();
            }

            return decision;
        }
    }

    public CounterSettled Settle(CounterSettlement settlement, long now)
    {
        lock (_lock)
        {
            if (!_reservations.TryGetValue(settlement.RequestId, out var reservation))
            {
                _early.Add(settlement, now);
                return new CounterSettled(SettlementStatus.Unknown, false);
            }

            if (!string.Equals(reservation.Facts.PersonId, settlement.PersonId, StringComparison.Ordinal))
            {
                return new CounterSettled(SettlementStatus.Unknown, false);
            }

            if (reservation.State == ReservationState.Settled)
            {
                return new CounterSettled(SettlementStatus.Duplicate, false);
            }

            Finish(reservation, settlement.Used, now);
            var exceeded = settlement.Used.Tokens > reservation.Hold.Tokens || settlement.Used.CostMicros > reservation.Hold.CostMicros;
            return new CounterSettled(SettlementStatus.Settled, exceeded);
        }
    }

    public ImmutableArray<LimitState> Read(RequestFacts facts, DateTimeOffset now)
    {
        lock (_lock)
        {
            var states = ImmutableArray.CreateBuilder<LimitState>();
            foreach (var limit in _limits.Limits)
            {
                if (limit.Rule.Match.Covers(facts) && limit.Key(facts, now) is { } key)
                {
                    var counter = _counters.GetValueOrDefault(key);
                    states.Add(limit.State(key, counter?.Used ?? 0, counter?.Held ?? 0));
                }
            }

            return states.ToImmutable();
        }
    }

    /// <summary>Says how many holds were charged because their lease was over.</summary>
    public int Sweep(long now)
    {
        lock (_lock)
        {
            var swept = SweepLeases(now, int.MaxValue);
            _early.Forget(now);
            if (!_rebuilding)
            {
                Forget(now);
                Tidy(now);
            }

            return swept;
        }
    }

    /// <summary>Follows the ledger. Says whether the counters must be rebuilt from it.</summary>
    public bool Apply(LedgerRequest row, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_reservations.TryGetValue(row.RequestId, out var reservation))
            {
                if (row.State != LedgerState.Closed)
                {
                    Adopt(row, now);
                    return false;
                }

                Charge(_counters, _limits, row, now);
                return _forgotUnrecorded;
            }

            if (row.State == LedgerState.Released && reservation.State == ReservationState.Open)
            {
                reservation.Release();
                _open--;
            }

            if (row.State == LedgerState.Closed)
            {
                // The ledger is the truth: where a settlement said something else, this corrects it.
                Finish(reservation, row.Charged, now.UtcTicks);
                reservation.Recorded = true;
            }

            return false;
        }
    }

    /// <summary>From now on nothing is forgotten until <see cref="Install"/> or <see cref="EndRebuild"/>.</summary>
    public void BeginRebuild()
    {
        lock (_lock)
        {
            _rebuilding = true;
        }
    }

    public bool Knows(string requestId)
    {
        lock (_lock)
        {
            return _reservations.ContainsKey(requestId);
        }
    }

    /// <summary>Puts rebuilt counters and their limits in force, with the requests that only memory knows entered into them.</summary>
    public void Install(LimitSet limits, Dictionary<CounterKey, Counter> counters, List<LedgerRequest> open, DateTimeOffset now)
    {
        lock (_lock)
        {
            _limits = limits;
            _counters = counters;
            _forgotUnrecorded = false;
            foreach (var reservation in _reservations.Values)
            {
                reservation.Detach();
                Enter(reservation, now);
            }

            foreach (var row in open)
            {
                Adopt(row, now);
            }

            _rebuilding = false;
        }
    }

    public void EndRebuild()
    {
        lock (_lock)
        {
            _rebuilding = false;
        }
    }

    public CounterStatistics GetStatistics()
    {
        lock (_lock)
        {
            return new CounterStatistics(_counters.Count, _open, _reservations.Count);
        }
    }

    /// <summary>Charges an ended request that no reservation stands for.</summary>
    public static void Charge(Dictionary<CounterKey, Counter> counters, LimitSet limits, LedgerRequest row, DateTimeOffset now)
    {
        foreach (var limit in limits.Limits)
        {
            if (limit.Rule.Match.Includes(row.Facts) && limit.Key(row.Facts, row.ReservedAt) is { } key && limit.EndOf(key) > now)
            {
                var counted = limit.Rule.Metric == LimitMetric.Requests ? (row.Counts ? 1 : 0) : row.Charged.In(limit.Rule.Metric);
                if (counted > 0)
                {
                    Find(counters, limit, key).Use(counted);
                }
            }
        }
    }

    private LimitsDecision Try(CounterRequest request)
    {
        _asked.Clear();
        List<Refusal>? refusals = null;
        foreach (var limit in _limits.Limits)
        {
            if (!limit.Rule.Match.Includes(request.Facts) || limit.Key(request.Facts, request.At) is not { } key)
            {
                continue;
            }

            if (limit.Rule.Metric == LimitMetric.Cost && !request.PriceKnown)
            {
                return Decisions.PriceUnknown(request);
            }

            var asked = limit.Rule.Metric == LimitMetric.Requests ? (request.CountsAsRequest ? 1 : 0) : request.Hold.In(limit.Rule.Metric);
            var counter = _counters.GetValueOrDefault(key);
            var used = counter?.Used ?? 0;
            var held = counter?.Held ?? 0;

            // What asks for nothing is never refused: a free model stays usable when the money is gone.
            if (asked > 0 && used + held > limit.Rule.Limit - asked)
            {
                (refusals ??= []).Add(new Refusal(limit, limit.State(key, used, held), asked));
            }

            _asked.Add((limit, key, asked));
        }

        return refusals is null ? Admit(request) : Decisions.Refused(request, refusals);
    }

    private LimitsDecision Admit(CounterRequest request)
    {
        var reservation = new Reservation
        {
            RequestId = request.RequestId,
            Facts = request.Facts,
            ReservedAt = request.At,
            LeaseEnds = request.LeaseEndsAt.UtcTicks,
            Hold = request.Hold,
            Counts = request.CountsAsRequest,
            Decision = Decisions.Reserved(request, Tightest()),
        };
        foreach (var (limit, key, _) in _asked)
        {
            reservation.Enter(Find(_counters, limit, key), limit.Rule.Metric);
        }

        Keep(reservation);
        return reservation.Decision;
    }

    /// <summary>Of the limits just asked, the one with the smallest part left once the hold is made.</summary>
    private LimitState? Tightest()
    {
        (BoundLimit Limit, CounterKey Key, long Asked)? tightest = null;
        var (left, limit) = (1L, 1L);
        foreach (var asked in _asked)
        {
            var counter = _counters.GetValueOrDefault(asked.Key);
            var remaining = Math.Max(0, asked.Limit.Rule.Limit - (counter?.Used ?? 0) - (counter?.Held ?? 0) - asked.Asked);
            var of = Math.Max(1, asked.Limit.Rule.Limit);
            if (tightest is null || (Int128)remaining * limit < (Int128)left * of)
            {
                (tightest, left, limit) = (asked, remaining, of);
            }
        }

        if (tightest is not { } found)
        {
            return null;
        }

        var now = _counters.GetValueOrDefault(found.Key);
        var requests = found.Limit.Rule.Metric == LimitMetric.Requests;
        return found.Limit.State(found.Key, (now?.Used ?? 0) + (requests ? found.Asked : 0), (now?.Held ?? 0) + (requests ? 0 : found.Asked));
    }

    private Reservation? OpenParent(CounterRequest request) =>
        request.ParentRequestId is { } id && _reservations.TryGetValue(id, out var parent) && parent.State == ReservationState.Open
        && parent.LeaseEnds > request.At.UtcTicks && string.Equals(parent.Facts.PersonId, request.Facts.PersonId, StringComparison.Ordinal)
            ? parent
            : null;

    private void Adopt(LedgerRequest row, DateTimeOffset now)
    {
        if (_reservations.ContainsKey(row.RequestId))
        {
            return;
        }

        var hold = new Hold { Tokens = row.Hold.Tokens, CostMicros = row.Hold.CostMicros, ReservedAt = row.ReservedAt, LeaseEndsAt = row.LeaseEndsAt };
        var reservation = new Reservation
        {
            RequestId = row.RequestId,
            Facts = row.Facts,
            ReservedAt = row.ReservedAt,
            LeaseEnds = row.LeaseEndsAt.UtcTicks,
            Hold = row.Hold,
            Counts = row.Counts,
            Decision = new LimitsDecision { Effect = LimitsEffect.Ok, Hold = hold },
        };
        Enter(reservation, now);
        Keep(reservation);
        if (row.State == LedgerState.Released)
        {
            reservation.Release();
            _open--;
        }
    }

    private void Enter(Reservation reservation, DateTimeOffset now)
    {
        foreach (var limit in _limits.Limits)
        {
            if (limit.Rule.Match.Includes(reservation.Facts) && limit.Key(reservation.Facts, reservation.ReservedAt) is { } key && limit.EndOf(key) > now)
            {
                reservation.Enter(Find(_counters, limit, key), limit.Rule.Metric);
            }
        }
    }

    private void Keep(Reservation reservation)
    {
        _reservations.Add(reservation.RequestId, reservation);
        _leases.Enqueue(reservation, reservation.LeaseEnds);
        _open++;

        // Most requests are settled long before their lease ends: their entries are dropped in bulk.
        if (_leases.Count > _compactAt)
        {
            var running = _leases.UnorderedItems.Where(i => i.Element.ForgetAt is null).ToArray();
            _leases.Clear();
            _leases.EnqueueRange(running);
            _compactAt = Math.Max(LeasesUncompacted, 2 * running.Length);
        }
    }

    private void Finish(Reservation reservation, Amount used, long now)
    {
        if (reservation.State == ReservationState.Open)
        {
            _open--;
        }

        reservation.Settle(used);
        Retire(reservation, now);
    }

    private void Retire(Reservation reservation, long now)
    {
        if (reservation.ForgetAt is null)
        {
            reservation.ForgetAt = now + Retention.Ticks;
            _finished.Enqueue(reservation);
        }
    }

    private int SweepLeases(long now, int most)
    {
        var swept = 0;
        while (most-- > 0 && _leases.TryPeek(out var reservation, out var ends) && ends <= now)
        {
            _leases.Dequeue();
            if (reservation.State == ReservationState.Open)
            {
                reservation.Sweep();
                _open--;
                swept++;
            }

            Retire(reservation, now);
        }

        return swept;
    }

    private void Forget(long now)
    {
        for (var n = _finished.Count; n > 0 && _finished.Peek().ForgetAt <= now; n--)
        {
            var reservation = _finished.Dequeue();
            if (!reservation.Recorded && _reservations.Count <= MostRemembered)
            {
                reservation.ForgetAt = now + Retention.Ticks;
                _finished.Enqueue(reservation);
                continue;
            }

            _forgotUnrecorded |= !reservation.Recorded;
            _reservations.Remove(reservation.RequestId);
        }
    }

    private void Tidy(long now)
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

    private static Counter Find(Dictionary<CounterKey, Counter> counters, BoundLimit limit, CounterKey key)
    {
        if (!counters.TryGetValue(key, out var counter))
        {
            counter = new Counter(limit.EndOf(key).UtcTicks);
            counters.Add(key, counter);
        }

        return counter;
    }
}
