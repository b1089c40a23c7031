using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Embedded;

/// <summary>How far a reservation has come. It is charged once, whatever comes how often and in which order.</summary>
internal enum ReservationState
{
    /// <summary>The hold stands.</summary>
    Open,

    /// <summary>A child has taken over: nothing is held, nothing is charged yet.</summary>
    Released,

    /// <summary>The lease ended: the hold was charged in full until the truth is known.</summary>
    Swept,

    /// <summary>What was used is charged.</summary>
    Settled,
}

/// <summary>One request's reservation and the counters it stands in. Guarded by its tenant's lock.</summary>
internal sealed class Reservation
{
    private readonly List<(Counter Counter, LimitMetric Metric)> _places = [];

    public required string RequestId { get; init; }

    public required RequestFacts Facts { get; init; }

    public required DateTimeOffset ReservedAt { get; init; }

    public required long LeaseEnds { get; init; }

    public required Amount Hold { get; init; }

    public required bool Counts { get; init; }

    public required LimitsDecision Decision { get; init; }

    public ReservationState State { get; private set; }

    /// <summary>What is charged for it at the moment, by lease or by settlement.</summary>
    public Amount Charged { get; private set; }

    /// <summary>True when the ledger has its rows: the counters can be rebuilt without it.</summary>
    public bool Recorded { get; set; }

    /// <summary>When it may be forgotten, in ticks (UTC); null while it is under way.</summary>
    public long? ForgetAt { get; set; }

    /// <summary>Enters a counter with everything the reservation stands for now.</summary>
    public void Enter(Counter counter, LimitMetric metric)
    {
        _places.Add((counter, metric));
        if (metric == LimitMetric.Requests)
        {
            counter.Use(Counts ? 1 : 0);
            return;
        }

        if (State == ReservationState.Open)
        {
            counter.Hold(Hold.In(metric));
        }

        counter.Use(Charged.In(metric));
    }

    /// <summary>Leaves all counters as they are and forgets them: they have been replaced.</summary>
    public void Detach() => _places.Clear();

    /// <summary>Takes the hold out while a child's is tried.</summary>
    public void Suspend() => ChangeHold(-1);

    /// <summary>Puts the hold back: the child was refused.</summary>
    public void Resume() => ChangeHold(+1);

    /// <summary>The child has its own hold: this one is gone for good.</summary>
    public void ReleaseSuspended() => State = ReservationState.Released;

    public void Release()
    {
        if (State == ReservationState.Open)
        {
            Suspend();
            ReleaseSuspended();
        }
    }

    /// <summary>The lease is over.</summary>
    public void Sweep()
    {
        Suspend();
        State = ReservationState.Swept;
        Charge(Hold);
    }

    /// <summary>The truth: takes the place of the hold, or of what the sweep or an earlier settlement charged.</summary>
    public void Settle(Amount used)
    {
        if (State == ReservationState.Open)
        {
            Suspend();
        }

        State = ReservationState.Settled;
        Charge(used);
    }

    private void ChangeHold(int sign)
    {
        foreach (var (counter, metric) in _places)
        {
            counter.Hold(sign * Hold.In(metric));
        }
    }

    private void Charge(Amount amount)
    {
        foreach (var (counter, metric) in _places)
        {
            counter.Use(amount.In(metric) - Charged.In(metric));
        }

        Charged = amount;
    }
}
