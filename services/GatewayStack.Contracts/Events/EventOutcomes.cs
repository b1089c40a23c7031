namespace GatewayStack.Contracts.Events;

/// <summary>How a request ended.</summary>
public static class EventOutcomes
{
    /// <summary>The answer was complete.</summary>
    public const string Completed = "completed";

    /// <summary>The provider or backend failed.</summary>
    public const string Failed = "failed";

    /// <summary>The client went away.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The gateway's process ended before the answer did.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>The gateway refused.</summary>
    public const string Refused = "refused";
}
