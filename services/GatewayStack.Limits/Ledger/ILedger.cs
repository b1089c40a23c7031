using System.Collections.Immutable;

namespace GatewayStack.Limits.Ledger;

/// <summary>One row per request and attempt: the truth that counters are rebuilt from.</summary>
/// <remarks>Of one producer and feed one batch at a time is stored, whoever brings it. A process appends one batch at a time, and the caller sees to it; several
/// processes may append to a store that they share.</remarks>
internal interface ILedger
{
    /// <summary>Name of the technology.</summary>
    string Name { get; }

    /// <summary>Makes what is missing. Called once, before anything else.</summary>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Stores entries, the watermark of their producer and feed, and the log's position in one transaction. Entries at or below the watermark have no effect.</summary>
    /// <exception cref="LedgerFencedException">The position does not follow on the stored one. Nothing was stored.</exception>
    /// <exception cref="LedgerUncertainException">Whether it was stored is not known. It may be appended again, but what it changed can only be read.</exception>
    Task<ImmutableArray<LedgerChange>> AppendAsync(LedgerBatch batch, CancellationToken cancellationToken);

    /// <summary>Every request reserved at or after a moment.</summary>
    IAsyncEnumerable<LedgerRequest> ReadAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Lets go of requests reserved before a moment, and of what they used: the oldest first, at most so many. Says how many.</summary>
    /// <remarks>The moment is before every window that is open: no counter changes. Not beside <see cref="AppendAsync"/> of the same process.</remarks>
    Task<long> ForgetAsync(DateTimeOffset before, int most, CancellationToken cancellationToken);

    /// <summary>How much is there, for administrators.</summary>
    Task<LedgerStatistics> GetStatisticsAsync(CancellationToken cancellationToken);
}

/// <summary>How much a ledger holds.</summary>
internal sealed record LedgerStatistics(long Requests, long OpenRequests, long Rows, ImmutableArray<LedgerWatermark> Watermarks);

/// <summary>The last event of a producer's feed that is stored.</summary>
internal sealed record LedgerWatermark(string Producer, long Epoch, long Sequence, string Feed = "");
