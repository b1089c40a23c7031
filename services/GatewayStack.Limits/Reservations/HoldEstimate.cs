using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Prices;

namespace GatewayStack.Limits.Reservations;

/// <summary>The most a request can use: its input's bound and the target's longest answer, at the dearest target.</summary>
/// <param name="Hold">Most tokens of any target, highest cost of any target.</param>
/// <param name="PriceKnown">False when a target names a model without a price.</param>
/// <param name="Prices">Prices of the targets that have one.</param>
internal readonly record struct HoldEstimate(Amount Hold, bool PriceKnown, ImmutableArray<TokenPrice> Prices)
{
    /// <summary>Targets without a model (a backend that names none) use no tokens and cost nothing.</summary>
    public static HoldEstimate Of(ReservationRequest request, PriceTable table, DateTimeOffset at)
    {
        var hold = Amount.None;
        var known = true;
        var prices = ImmutableArray.CreateBuilder<TokenPrice>(request.Targets.Length);
        var input = Amount.Bound(request.InputTokenBound);
        foreach (var target in request.Targets)
        {
            if (target.Model is null)
            {
                continue;
            }

            var output = Amount.Bound(target.MaxOutputTokens);
            var tokens = Amount.Bound((Int128)input + output);
            var cost = 0L;
            if (table.Find(target.Provider, target.Model, at) is { } price)
            {
                prices.Add(price);
                cost = Cost(price, new TokenUsage { InputTokens = input, OutputTokens = output });
            }
            else
            {
                known = false;
            }

            hold = new Amount(Math.Max(hold.Tokens, tokens), Math.Max(hold.CostMicros, cost));
        }

        return new HoldEstimate(hold, known, prices.DrainToImmutable());
    }

    private static long Cost(TokenPrice price, TokenUsage usage)
    {
        try
        {
            return Amount.Bound(Pricing.Cost(price, usage));
        }
        catch (OverflowException)
        {
            return MicroUnits.Max;
        }
    }
}
