namespace GatewayStack.Audit.Postgres;

/// <summary>How long the parts of a lease take. The holder gives up (beat and answer) well before the server does.</summary>
internal sealed record LeaseTimes
{
    /// <summary>Between two tries to get it.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two signs of life.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the answer to one is waited for; whole seconds.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>After so long without one the server ends the session, and with it the lease.</summary>
    public TimeSpan ServerGivesUp { get; init; } = TimeSpan.FromSeconds(10);
}
