using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Embedded;

/// <summary>Asks all limits of a request, and makes its holds where none refuses. Guarded by its tenant's lock.</summary>
internal sealed class Admission
{
    private readonly List<(BoundLimit Limit, CounterKey Key, long Asked)> _asked = [];

    /// <param name="request">The request.</param>
    /// <param name="counters">The counters it is asked for at, and entered into.</param>
    /// <param name="reservation">Its reservation; null where it was not admitted.</param>
    public LimitsDecision Try(CounterRequest request, CounterTable counters, out Reservation? reservation)
    {
        reservation = null;
        _asked.Clear();
        List<Refusal>? refusals = null;
        foreach (var limit in counters.Limits)
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
            var (used, held) = counters.Of(key);

            // What asks for nothing is never refused: a free model stays usable when the money is gone.
            if (asked > 0 && used + held > limit.Rule.Limit - asked)
            {
                (refusals ??= []).Add(new Refusal(limit, limit.State(key, used, held), asked));
            }

            _asked.Add((limit, key, asked));
        }

        if (refusals is not null)
        {
            return Decisions.Refused(request, refusals);
        }

        reservation = Admit(request, counters);
        return reservation.Decision;
    }

    private Reservation Admit(CounterRequest request, CounterTable counters)
    {
        var reservation = new Reservation
        {
            RequestId = request.RequestId,
            Facts = request.Facts,
            ReservedAt = request.At,
            LeaseEnds = request.LeaseEndsAt.UtcTicks,
            Hold = request.Hold,
            Counts = request.CountsAsRequest,
            Decision = Decisions.Reserved(request, Tightest(counters)),
        };
        foreach (var (limit, key, _) in _asked)
        {
            reservation.Enter(counters.Find(limit, key), limit.Rule.Metric);
        }

        return reservation;
    }

    /// <summary>Of the limits just asked, the one with the smallest part left once the hold is made.</summary>
    private LimitState? Tightest(CounterTable counters)
    {
        (BoundLimit Limit, CounterKey Key, long Asked)? tightest = null;
        var (left, limit) = (1L, 1L);
        foreach (var asked in _asked)
        {
            var counter = counters.Of(asked.Key);
            var remaining = Math.Max(0, asked.Limit.Rule.Limit - counter.Used - counter.Held - asked.Asked);
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

        var (used, held) = counters.Of(found.Key);
        return found.Limit.Rule.Metric == LimitMetric.Requests ? found.Limit.State(found.Key, used + found.Asked, held) : found.Limit.State(found.Key, used, held + found.Asked);
    }
}
