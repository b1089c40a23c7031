namespace GatewayStack.Contracts.Identity;

/// <summary>Says who and what is cut off just now.</summary>
/// <remarks>
/// Safe for concurrent use. Identity owns the measures; whoever serves calls follows them and asks its own copy, so that a call costs no hop and no cache outlives a
/// block.
/// </remarks>
public interface IStandings
{
    /// <summary>
    /// The measures in force: all of them at once, then all of them again at each change, and at least once a second, so that a silent line can be told from a quiet day.
    /// </summary>
    /// <remarks>
    /// While the store cannot be asked nothing comes, least of all an empty snapshot. Who reads slowly misses what is old, never what is newest. Ends only with the token
    /// or with an exception (<see cref="Router.ModuleCallException"/> where a wire lies between).
    /// </remarks>
    IAsyncEnumerable<StandingSnapshot> WatchAsync(StandingWatch request, CancellationToken cancellationToken);
}
