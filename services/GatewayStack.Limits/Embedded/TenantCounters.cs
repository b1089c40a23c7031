using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;
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

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Reservation> _reservations = new(StringComparer.Ordinal);
    private readonly Leases _leases = new();
    private readonly Queue<Reservation> _finished = new();
    private readonly EarlySettlements _early = new(Retention, MostRemembered);
    private readonly Admission _admission = new();
    private CounterTable _counters = new(limits);
    private bool _rebuilding = rebuilding;
    private bool _forgotUnrecorded;
    private int _open;

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
            var decision = _admission.Try(request, _counters, out var reservation);
            if (reservation is not null)
            {
                Keep(reservation);
            }

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
            return _counters.Read(facts, now);
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
                _counters.Tidy(now);
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

                _counters.Charge(row, now);
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

    /// <summary>Puts rebuilt counters in force, with the requests that only memory knows entered into them.</summary>
    public void Install(CounterTable counters, List<LedgerRequest> open, DateTimeOffset now)
    {
        lock (_lock)
        {
            _counters = counters;
            _forgotUnrecorded = false;
            foreach (var reservation in _reservations.Values)
            {
                reservation.Detach();
                _counters.Enter(reservation, now);
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
        _counters.Enter(reservation, now);
        Keep(reservation);
        if (row.State == LedgerState.Released)
        {
            reservation.Release();
            _open--;
        }
    }

    private void Keep(Reservation reservation)
    {
        _reservations.Add(reservation.RequestId, reservation);
        _leases.Add(reservation);
        _open++;
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
        while (most-- > 0 && _leases.TryTakeOver(now, out var reservation))
        {
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
}
