namespace GatewayStack.Limits.Reservations;

/// <summary>The counters cannot be asked at the moment. Nothing was changed, or it was and repeating it by request id changes nothing more.</summary>
internal sealed class CounterStoreAwayException(string message, bool mustRebuild = false, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True when the store is there but does not hold the counters: they must be rebuilt from the ledger first.</summary>
    public bool MustRebuild { get; } = mustRebuild;
}
