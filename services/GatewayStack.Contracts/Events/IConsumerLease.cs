namespace GatewayStack.Contracts.Events;

/// <summary>Lets one of several instances consume. Where none is registered for a sink, every instance may.</summary>
/// <remarks>
/// Registered keyed by the sink's name. It saves work and keeps order; what keeps a stopped holder from storing anything after it was overtaken is the claim of
/// <see cref="IEventOffsets"/>. Safe for concurrent use.
/// </remarks>
public interface IConsumerLease
{
    /// <summary>Waits, for as long as it takes, until this instance may consume; failures on the way are tried again.</summary>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    Task<IHeldLease> AcquireAsync(CancellationToken cancellationToken);
}

/// <summary>A lease that is held until it is disposed of or lost.</summary>
public interface IHeldLease : IAsyncDisposable
{
    /// <summary>Cancelled once the lease is no longer known to be held: stop, dispose of it and acquire again.</summary>
    CancellationToken Lost { get; }
}
