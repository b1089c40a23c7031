namespace GatewayStack.Limits;

/// <summary>Settings of the section <c>Limits:Redis</c>; they count where <c>ConnectionStrings:redis</c> is set.</summary>
public sealed record LimitsRedisOptions
{
    /// <summary>Begins every key: letters, digits, <c>. _ -</c> and <c>:</c>. Environments that share a server have different ones.</summary>
    public string KeyPrefix { get; init; } = "gatewaystack:limits:";

    /// <summary>How long a request waits for the store, in milliseconds; 1 to 10,000. A stalled server takes connections and does not answer: only this notices.</summary>
    public int CommandTimeoutMilliseconds { get; init; } = 50;

    /// <summary>How often one instance counts everything again from the ledger, in minutes; 0 to 1,440, 0 only when something was lost.</summary>
    public int ReconcileMinutes { get; init; } = 60;

    /// <summary>When the store is left alone for a while.</summary>
    public LimitsRedisBreakerOptions Breaker { get; init; } = new();
}

/// <summary>When calls to the store end at once because too many have failed.</summary>
public sealed record LimitsRedisBreakerOptions
{
    /// <summary>The part of the calls that has to fail; above 0, at most 1.</summary>
    public double FailureRatio { get; init; } = 0.5;

    /// <summary>How many calls there have to be within the sampling time; 2 or more.</summary>
    public int MinimumThroughput { get; init; } = 10;

    /// <summary>The sampling time, in seconds; 1 to 600.</summary>
    public int SamplingSeconds { get; init; } = 10;

    /// <summary>How long the store is left alone, in seconds; 1 to 600.</summary>
    public int BreakSeconds { get; init; } = 2;
}
