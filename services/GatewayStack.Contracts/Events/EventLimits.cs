using GatewayStack.Contracts.Limits;

namespace GatewayStack.Contracts.Events;

/// <summary>A limits decision, as recorded.</summary>
public sealed record EventLimits
{
    /// <summary><c>ok</c>, <c>throttle</c>, <c>deny</c>, <c>fallback</c> or <c>degrade</c>.</summary>
    public required string Effect { get; init; }

    /// <summary>Name of the limit that refused.</summary>
    public string? Limit { get; init; }

    /// <summary>The hold; what is charged if the request is interrupted.</summary>
    public Hold? Hold { get; init; }

    /// <summary>Revision of the price table.</summary>
    public string? PriceTable { get; init; }
}
