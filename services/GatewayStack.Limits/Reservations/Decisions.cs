using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Windows;

namespace GatewayStack.Limits.Reservations;

/// <summary>Says what came of a reservation. Every counter store answers in these words.</summary>
internal static class Decisions
{
    public const string UnknownPrice = "unknown_price";

    /// <summary>Beside a limit's name: the request alone is more than the limit, so that coming back does not help.</summary>
    public const string LargerThanLimit = "larger_than_limit";

    public static LimitsDecision Reserved(CounterRequest request, LimitState? tightest) => new()
    {
        Effect = LimitsEffect.Ok,
        Limit = tightest,
        Hold = Hold(request),
        Prices = request.Prices,
        PriceTable = request.PriceTable,
    };

    public static Hold Hold(CounterRequest request) =>
        new() { Tokens = request.Hold.Tokens, CostMicros = request.Hold.CostMicros, ReservedAt = request.At, LeaseEndsAt = request.LeaseEndsAt };

    public static LimitsDecision PriceUnknown(CounterRequest request) =>
        new() { Effect = LimitsEffect.Deny, Reasons = [UnknownPrice], Prices = request.Prices, PriceTable = request.PriceTable };

    /// <summary>Tells the limit that resets last: before that, coming back would be in vain.</summary>
    public static LimitsDecision Refused(CounterRequest request, List<Refusal> refusals)
    {
        var told = refusals[0];
        var never = false;
        var shortOnly = true;
        foreach (var refusal in refusals)
        {
            var larger = refusal.Asked > refusal.State.Limit;
            if ((larger && !never) || (larger == never && refusal.State.ResetsAt > told.State.ResetsAt))
            {
                told = refusal;
            }

            never |= larger;
            shortOnly &= refusal.Limit.Rule.Window == WindowKind.Minute;
        }

        return new LimitsDecision
        {
            Effect = shortOnly && !never ? LimitsEffect.Throttle : LimitsEffect.Deny,
            Reasons = never ? [.. refusals.Select(r => r.State.Name), LargerThanLimit] : [.. refusals.Select(r => r.State.Name)],
            Limit = told.State,
            RetryAfter = never ? null : told.State.ResetsAt - request.At,
            Prices = request.Prices,
            PriceTable = request.PriceTable,
        };
    }
}

/// <summary>A limit that does not have room.</summary>
internal readonly record struct Refusal(BoundLimit Limit, LimitState State, long Asked);
