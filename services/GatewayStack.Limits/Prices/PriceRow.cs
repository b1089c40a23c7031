namespace GatewayStack.Limits.Prices;

/// <summary>One row of a price table; prices in micro-units per million tokens.</summary>
internal sealed record PriceRow
{
    /// <summary>The provider's configured name, or <c>*</c> for any.</summary>
    public required string Provider { get; init; }

    /// <summary>The model's exact name, or a beginning followed by <c>*</c>.</summary>
    public required string Model { get; init; }

    /// <summary>In force from the start of this day (UTC); null for always.</summary>
    public DateOnly? Effective { get; init; }

    public required long Input { get; init; }

    public required long Output { get; init; }

    public required long CachedInput { get; init; }
}
