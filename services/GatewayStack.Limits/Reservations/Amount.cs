using System.Runtime.InteropServices;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Prices;

namespace GatewayStack.Limits.Reservations;

/// <summary>What a request holds or has used. Never negative, and small enough for every store to count exactly.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Amount(long Tokens, long CostMicros)
{
    public static Amount None => default;

    /// <summary>The amount of all attempts. An absurd number from a provider is bounded, not trusted.</summary>
    public static Amount Of(IEnumerable<AttemptUsage> attempts)
    {
        var total = None;
        foreach (var attempt in attempts)
        {
            total += Of(attempt);
        }

        return total;
    }

    public static Amount Of(AttemptUsage attempt) =>
        new(attempt.Tokens is { } tokens ? Bound((Int128)tokens.InputTokens + tokens.OutputTokens) : 0, Bound(attempt.CostMicros ?? 0));

    public static long Bound(Int128 value) => (long)Int128.Clamp(value, 0, MicroUnits.Max);

    public static Amount operator +(Amount left, Amount right) =>
        new(Bound((Int128)left.Tokens + right.Tokens), Bound((Int128)left.CostMicros + right.CostMicros));

    /// <summary>The part that a metric counts; requests are counted when they are reserved.</summary>
    public long In(LimitMetric metric) => metric switch
    {
        LimitMetric.Tokens => Tokens,
        LimitMetric.Cost => CostMicros,
        _ => 0,
    };
}
