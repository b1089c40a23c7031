using GatewayStack.Limits.Ledger;
using StackExchange.Redis;

namespace GatewayStack.Limits.Redis;

/// <summary>A row of the ledger as the script is given it that takes it over.</summary>
internal static class RedisLedgerRow
{
    /// <param name="row">The row.</param>
    /// <param name="tenant">The key of its tenant.</param>
    /// <param name="generation">The counters it is to be counted in.</param>
    /// <param name="clock">The time, or nothing where it is the store's.</param>
    /// <param name="now">The time that windows go by.</param>
    /// <param name="building">True where these counters are being made, false where requests go by them.</param>
    public static RedisValue[] Arguments(LedgerRequest row, string tenant, Generation generation, string clock, DateTimeOffset now, bool building)
    {
        ScriptValues.ThrowIfInexact(row.Hold);
        ScriptValues.ThrowIfInexact(row.Charged);
        var places = generation.Places(row.Facts, row.ReservedAt, now);
        var ends = places.Select(p => p.WindowEnd).Append(row.LeaseEndsAt).Max();
        var state = row.State switch
        {
            LedgerState.Open => "o",
            LedgerState.Released => "r",
            _ => "d",
        };
        var arguments = new List<RedisValue>(16 + (4 * places.Count))
        {
            tenant,
            clock,
            generation.Name,
            row.RequestId,
            state,
            row.Facts.PersonId,
            row.Hold.Tokens,
            row.Hold.CostMicros,
            row.Charged.Tokens,
            row.Charged.CostMicros,
            row.Counts ? 1 : 0,
            ScriptValues.Microseconds(row.LeaseEndsAt),
            ScriptValues.TimeToLive(ends, now),
            state == "d" ? RedisValue.EmptyString : StoredReservation.Of(row).Write(),
            building ? 1 : 0,
            places.Count,
        };
        foreach (var place in places)
        {
            arguments.Add(place.Suffix);
            arguments.Add(place.Letter);
            arguments.Add(ScriptValues.TimeToLive(place.WindowEnd, now));
            arguments.Add(ScriptValues.Microseconds(place.WindowEnd));
        }

        return [.. arguments];
    }
}
