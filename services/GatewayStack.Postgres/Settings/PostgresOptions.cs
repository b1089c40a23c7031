namespace GatewayStack.Postgres.Settings;

/// <summary>What all databases of a process share, from the configuration section <c>Postgres</c>. A connection string that says otherwise wins.</summary>
public sealed record PostgresOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Postgres";

    /// <summary>The most connections to one database; 20 by default, 2 to 500.</summary>
    public int MaxPoolSize { get; init; } = 20;

    /// <summary>How long one command may take; 10 s by default, 1 s to 10 min.</summary>
    public TimeSpan CommandTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection may take to be made; 5 s by default, 1 s to 1 min.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>When a database that fails is left alone for a while.</summary>
    public PostgresBreakerOptions Breaker { get; init; } = new();
}

/// <summary>A database's circuit breaker. It counts broken connections, time-outs and a server that shuts down; never a refused statement.</summary>
public sealed record PostgresBreakerOptions
{
    /// <summary>The share of failures from which it opens; 0.5 by default, 0.1 to 1.</summary>
    public double FailureRatio { get; init; } = 0.5;

    /// <summary>The fewest operations in the sampling time that it judges; 3 by default, 2 to 1,000.</summary>
    public int MinimumThroughput { get; init; } = 3;

    /// <summary>The time it looks back on; 30 s by default, 1 s to 10 min.</summary>
    public TimeSpan SamplingDuration { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long it stays open; then one operation tries. 10 s by default, 500 ms to 5 min.</summary>
    public TimeSpan BreakDuration { get; init; } = TimeSpan.FromSeconds(10);
}
