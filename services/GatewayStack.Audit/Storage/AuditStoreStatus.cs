using System.Collections.Immutable;

namespace GatewayStack.Audit.Storage;

/// <summary>State of the store.</summary>
internal sealed record AuditStoreStatus
{
    /// <summary>The most gaps that are listed.</summary>
    public const int MostGaps = 100;

    /// <summary>Rows that stand there.</summary>
    public required long Rows { get; init; }

    /// <summary>Index of the last row; rows past their retention went, their indexes stay used.</summary>
    public required long LastIndex { get; init; }

    public required long DeadLetters { get; init; }

    public ImmutableArray<AuditWatermark> Watermarks { get; init; } = [];

    /// <summary>Numbers that no event came for, the longest missing first, at most <see cref="MostGaps"/>.</summary>
    public ImmutableArray<AuditGap> Gaps { get; init; } = [];

    /// <summary>Partitions; empty where the technology has none.</summary>
    public ImmutableArray<AuditPartition> Partitions { get; init; } = [];
}

/// <summary>How far one stream of a producer is stored.</summary>
internal sealed record AuditWatermark(string Producer, string Feed, long Epoch, long Sequence);

/// <summary>Numbers of a producer that are missing although later ones are stored.</summary>
/// <param name="Producer">The producer.</param>
/// <param name="Epoch">Its epoch.</param>
/// <param name="First">The first that is missing.</param>
/// <param name="Last">The last.</param>
/// <param name="Since">Since when it is known, in microseconds since 1970 (UTC).</param>
internal sealed record AuditGap(string Producer, long Epoch, long First, long Last, long Since);

/// <summary>A month of one retention class.</summary>
internal sealed record AuditPartition(string Retention, DateOnly Month, long Rows);
