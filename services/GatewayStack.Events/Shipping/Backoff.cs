namespace GatewayStack.Events.Shipping;

/// <summary>How long to wait after failures in a row: twice as long after each, up to a limit.</summary>
internal readonly record struct Backoff(TimeSpan First, TimeSpan Longest)
{
    // More doublings than any limit needs, and few enough for the result to be a time.
    private const int MostDoublings = 20;

    /// <summary>How long to wait.</summary>
    /// <param name="failures">How many there were, the last one too.</param>
    public TimeSpan After(int failures)
    {
        var delay = First * Math.Pow(2, Math.Min(failures - 1, MostDoublings));
        return delay < Longest ? delay : Longest;
    }
}
