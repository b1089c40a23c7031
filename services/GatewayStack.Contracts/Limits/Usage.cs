namespace GatewayStack.Contracts.Limits;

/// <summary>Tokens that one attempt used.</summary>
public sealed record TokenUsage
{
    /// <summary>Tokens of the input, cached ones included.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Tokens of the output.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Those of the input that the provider read from its cache.</summary>
    public long CachedInputTokens { get; init; }
}

/// <summary>Price of one target's tokens, in micro-units of the table's currency per million tokens.</summary>
public sealed record TokenPrice
{
    /// <summary>The provider's configured name.</summary>
    public required string Provider { get; init; }

    /// <summary>The model at that provider.</summary>
    public required string Model { get; init; }

    /// <summary>Micro-units per million input tokens.</summary>
    public required long Input { get; init; }

    /// <summary>Micro-units per million output tokens.</summary>
    public required long Output { get; init; }

    /// <summary>Micro-units per million cached input tokens.</summary>
    public required long CachedInput { get; init; }
}

/// <summary>The one function that turns tokens into money: the hold, the record and the ledger all use it.</summary>
public static class Pricing
{
    /// <summary>Cost of one attempt in micro-units, rounded up once.</summary>
    /// <exception cref="OverflowException">The cost does not fit 64 bits.</exception>
    public static long Cost(TokenPrice price, TokenUsage usage)
    {
        var cached = Math.Min(usage.CachedInputTokens, usage.InputTokens);
        Int128 perMillion = ((Int128)(usage.InputTokens - cached) * price.Input)
            + ((Int128)cached * price.CachedInput)
            + ((Int128)usage.OutputTokens * price.Output);
        return checked((long)((perMillion + 999_999) / 1_000_000));
    }
}

/// <summary>One attempt at a provider and what it used.</summary>
public sealed record AttemptUsage
{
    /// <summary>Number of the attempt inside its request, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The provider's configured name.</summary>
    public required string Provider { get; init; }

    /// <summary>The model at that provider.</summary>
    public string? Model { get; init; }

    /// <summary>What it used; null when nothing was sent or the provider refused before working.</summary>
    public TokenUsage? Tokens { get; init; }

    /// <summary>True when <see cref="Tokens"/> is our bound, because the provider did not say.</summary>
    public bool Estimated { get; init; }

    /// <summary>Cost in micro-units; null when no price is known (limits are off or were away).</summary>
    public long? CostMicros { get; init; }
}

/// <summary>Usage of a whole request, as the audit and the ledger see it.</summary>
public sealed record UsageRecord
{
    /// <summary>Input tokens of all attempts.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Output tokens of all attempts.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>Cached input tokens of all attempts.</summary>
    public long CachedInputTokens { get; init; }

    /// <summary>Cost of all attempts, in micro-units; null when no price is known.</summary>
    public long? TotalCostMicros { get; init; }

    /// <summary>From the request's arrival to the end of the answer.</summary>
    public required long LatencyMicros { get; init; }

    /// <summary>Revision of the price table.</summary>
    public string? PriceTable { get; init; }
}
