using System.Collections.Immutable;

namespace GatewayStack.Identity.Standings;

/// <summary>Where the measures stand. Safe for concurrent use.</summary>
/// <remarks>A store that cannot be asked throws an <see cref="IOException"/>: nothing has changed then, or what was asked for can be asked for again.</remarks>
internal interface IStandingStore
{
    /// <summary>What is in force, the oldest first.</summary>
    Task<StandingReading> ReadAsync(long known, CancellationToken cancellationToken);

    /// <summary>Adds a measure, unless its request was seen before or there are too many already. A sign-out at an issuer finds room always (<see cref="SignOut"/>).</summary>
    Task<StandingAddition> AddAsync(StoredMeasure measure, StandingBounds bounds, CancellationToken cancellationToken);

    /// <summary>Ends a measure; one that has ended stays as it is.</summary>
    /// <returns>The measure, and whether this ended it; null where there is none of that id.</returns>
    Task<(StoredMeasure Measure, bool Now)?> EndAsync(string id, StandingEnding ending, CancellationToken cancellationToken);

    /// <summary>Ends what has reached its end.</summary>
    /// <returns>What this ended: on one of several replicas only.</returns>
    Task<ImmutableArray<StoredMeasure>> EndDueAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Measures in force and of the past, the newest first.</summary>
    Task<ImmutableArray<StoredMeasure>> ListAsync(StandingQuery query, CancellationToken cancellationToken);

    /// <summary>Forgets what ended before a time.</summary>
    Task<int> PruneAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken);
}

/// <summary>What a store says when it is read.</summary>
/// <param name="Changed">What is in force; null where the revision is the known one.</param>
/// <param name="AsOf">When that was, by the clock of a store that several replicas share; null where the replica's own is the only one.</param>
internal readonly record struct StandingReading(StandingState? Changed, DateTimeOffset? AsOf = null);

/// <summary>What is in force at a revision.</summary>
internal sealed record StandingState(long Revision, ImmutableArray<StoredMeasure> InForce);

/// <summary>How many measures may be in force at a time.</summary>
/// <param name="OfOrigin">Of one origin; of issuers each one's count for themselves.</param>
/// <param name="OfAuthor">Of one author: a person, or an issuer.</param>
/// <param name="OfTenant">Of the administrators, or the people, of one tenant.</param>
internal readonly record struct StandingBounds(int OfOrigin, int OfAuthor, int OfTenant = int.MaxValue);

/// <summary>Which measures to list.</summary>
internal sealed record StandingQuery
{
    /// <summary>Only those on this tenant; null: all.</summary>
    public string? Tenant { get; init; }

    public StandingOrigin? Origin { get; init; }

    public required int Limit { get; init; }
}

internal enum StandingAdditionOutcome
{
    Added,

    /// <summary>The same request made one before: that is it.</summary>
    Known,

    /// <summary>Another request has the same name.</summary>
    Contradicts,

    /// <summary>There are too many in force.</summary>
    Full,
}

/// <summary>What became of an addition.</summary>
/// <param name="Outcome">Whether it was added.</param>
/// <param name="Measure">The measure, as it is kept.</param>
/// <param name="Displaced">How many others had to end for it.</param>
internal sealed record StandingAddition(StandingAdditionOutcome Outcome, StoredMeasure? Measure = null, int Displaced = 0)
{
    public static StandingAddition Full { get; } = new(StandingAdditionOutcome.Full);

    /// <summary>The answer where the request's name is taken.</summary>
    public static StandingAddition Of(StoredMeasure before, StoredMeasure now) =>
        before.RequestDigest == now.RequestDigest ? new(StandingAdditionOutcome.Known, before) : new(StandingAdditionOutcome.Contradicts);
}
