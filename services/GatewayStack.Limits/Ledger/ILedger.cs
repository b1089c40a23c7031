using System.Collections.Immutable;

namespace GatewayStack.Limits.Ledger;

/// <summary>One row per request and attempt: the truth that counters are rebuilt from.</summary>
/// <remarks>One writer at a time; the caller sees to it.</remarks>
internal interface ILedger
{
    /// <summary>Name of the technology.</summary>
    string Name { get; }

    /// <summary>Makes what is missing. Called once, before anything else.</summary>
    Task OpenAsync(CancellationToken cancellationToken);

    /// <summary>Stores entries and the producer's watermark in one transaction. Entries at or below the watermark have no effect.</summary>
    Task<ImmutableArray<LedgerChange>> AppendAsync(LedgerBatch batch, CancellationToken cancellationToken);

    /// <summary>Every request reserved at or after a moment.</summary>
    IAsyncEnumerable<LedgerRequest> ReadAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>How much is there, for administrators.</summary>
    Task<LedgerStatistics> GetStatisticsAsync(CancellationToken cancellationToken);
}

/// <summary>How much a ledger holds.</summary>
internal sealed record LedgerStatistics(long Requests, long OpenRequests, long Rows, ImmutableArray<LedgerWatermark> Watermarks);

/// <summary>The last event of a producer that is stored.</summary>
internal sealed record LedgerWatermark(string Producer, long Epoch, long Sequence);
