using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Reservations;
using StackExchange.Redis;

namespace GatewayStack.Limits.Redis;

/// <summary>A reservation as the script is asked for it. Its counters: those of the limits first, in the document's order, then what only other instances want counted.</summary>
internal sealed class RedisReservation
{
    private readonly CounterRequest _request;
    private readonly string _tenant;
    private readonly string _generation;
    private readonly List<Counter> _counters;
    private readonly int _enforced;
    private readonly StoredReservation _stored;
    private readonly bool _unpriced;

    private RedisReservation(CounterRequest request, string tenant, string generation, List<Counter> counters, int enforced, StoredReservation stored)
    {
        (_request, _tenant, _generation, _counters, _enforced, _stored) = (request, tenant, generation, counters, enforced, stored);
        _unpriced = !request.PriceKnown && counters.Take(enforced).Any(c => c.Metric == LimitMetric.Cost);
    }

    public static RedisReservation Of(CounterRequest request, Generation generation, LimitSet limits, RedisKeys keys)
    {
        var counters = new List<Counter>(generation.Series.Length);
        var stored = ImmutableArray.CreateBuilder<StoredLimit>(limits.Limits.Length);
        foreach (var limit in limits.Limits)
        {
            if (limit.Rule.Match.Includes(request.Facts) && limit.Key(request.Facts, request.At) is { } key)
            {
                var amount = AmountOf(limit, request);
                var end = limit.EndOf(key);
                counters.Add(new Counter(limit, key, RedisKeys.Counter(generation.Name, keys.Series(limit), key), limit.Rule.Metric, amount, end));
                stored.Add(new StoredLimit(limit.Rule.Name, limit.Metric, limit.Window, limit.Rule.Limit, end, amount, limit.Rule.Metric == LimitMetric.Requests));
            }
        }

        var enforced = counters.Count;
        foreach (var series in generation.Series)
        {
            if (series.Limit.Rule.Match.Includes(request.Facts) && series.Limit.Key(request.Facts, request.At) is { } key
                && !counters.Take(enforced).Any(c => c.Key == key))
            {
                var suffix = RedisKeys.Counter(generation.Name, series.Id, key);
                counters.Add(new Counter(null, key, suffix, series.Limit.Rule.Metric, AmountOf(series.Limit, request), series.Limit.EndOf(key)));
            }
        }

        return new RedisReservation(request, keys.Tenant(request.Facts.Tenant), generation.Name, counters, enforced, StoredReservation.Of(request, stored.DrainToImmutable()));
    }

    /// <summary>The arguments of the script, as it names them.</summary>
    /// <param name="clock">The time, or nothing where it is the store's.</param>
    public RedisValue[] Arguments(string clock)
    {
        var ends = _request.LeaseEndsAt;
        foreach (var counter in _counters)
        {
            ends = counter.WindowEnd > ends ? counter.WindowEnd : ends;
        }

        var arguments = new RedisValue[14 + (6 * _counters.Count)];
        arguments[0] = _tenant;
        arguments[1] = clock;
        arguments[2] = _generation;
        arguments[3] = _request.RequestId;
        arguments[4] = _request.ParentRequestId ?? string.Empty;
        arguments[5] = _request.Facts.PersonId;
        arguments[6] = (_request.LeaseEndsAt - _request.At).Ticks / TimeSpan.TicksPerMicrosecond;
        arguments[7] = _request.Hold.Tokens;
        arguments[8] = _request.Hold.CostMicros;
        arguments[9] = _request.CountsAsRequest ? 1 : 0;
        arguments[10] = _unpriced ? 0 : 1;
        arguments[11] = ScriptValues.TimeToLive(ends, _request.At);
        arguments[12] = _stored.Write();
        arguments[13] = _counters.Count;
        for (var i = 0; i < _counters.Count; i++)
        {
            var counter = _counters[i];
            var at = 14 + (6 * i);
            arguments[at] = counter.Suffix;
            arguments[at + 1] = counter.Letter;
            arguments[at + 2] = counter.Amount;
            arguments[at + 3] = counter.Limit?.Rule.Limit ?? -1;
            arguments[at + 4] = ScriptValues.TimeToLive(counter.WindowEnd, _request.At);
            arguments[at + 5] = ScriptValues.Microseconds(counter.WindowEnd);
        }

        return arguments;
    }

    /// <summary>The decision where it was held.</summary>
    /// <param name="seen">Used and held of each counter before it, as the script saw them; empty where it looked at none.</param>
    public LimitsDecision Held(long[] seen) => _stored.Decision(seen.AsSpan(0, Math.Min(2 * _enforced, seen.Length)));

    /// <summary>The decision where some limit has no room.</summary>
    /// <param name="seen">Used and held of each counter, as the script saw them.</param>
    public LimitsDecision Refused(long[] seen)
    {
        var refusals = new List<Refusal>();
        for (var i = 0; i < _counters.Count; i++)
        {
            var counter = _counters[i];
            var (used, held) = (seen[2 * i], seen[(2 * i) + 1]);
            if (counter.Limit is { } limit && counter.Amount > 0 && used > limit.Rule.Limit - counter.Amount - held)
            {
                refusals.Add(new Refusal(limit, limit.State(counter.Key, used, held), counter.Amount));
            }
        }

        return Decisions.Refused(_request, refusals);
    }

    private static long AmountOf(BoundLimit limit, CounterRequest request) =>
        limit.Rule.Metric == LimitMetric.Requests ? (request.CountsAsRequest ? 1 : 0) : request.Hold.In(limit.Rule.Metric);

    private sealed record Counter(BoundLimit? Limit, CounterKey Key, string Suffix, LimitMetric Metric, long Amount, DateTimeOffset WindowEnd)
    {
        public string Letter => new Place(Suffix, Metric, WindowEnd).Letter;
    }
}
