using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Embedded;

/// <summary>One counter: what is spent and, apart from it, what is held. Guarded by its tenant's lock.</summary>
internal sealed class Counter(long windowEnd)
{
    /// <summary>End of the window, in ticks (UTC).</summary>
    public long WindowEnd { get; } = windowEnd;

    public long Used { get; private set; }

    public long Held { get; private set; }

    public void Use(long amount) => Used = Amount.Bound((Int128)Used + amount);

    public void Hold(long amount) => Held = Amount.Bound((Int128)Held + amount);
}
