using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GatewayStack.Contracts.Events;

namespace GatewayStack.Audit.Storage;

/// <summary>Where audit rows stand. Nothing is ever changed by a writer, and nothing deleted but what is past its retention.</summary>
/// <remarks>
/// Safe for concurrent use, by several processes where the technology allows it: rows get contiguous indexes in the committing transaction, so that readers never see a
/// hole. <see cref="IEventOffsets"/> keeps the place in a log beside the rows.
/// </remarks>
internal interface IAuditStore : IEventOffsets
{
    /// <summary>Name of the technology, such as <c>sqlite</c>.</summary>
    string Kind { get; }

    /// <summary>Stores a batch in one transaction together with the producer's watermark and the position in the log; events that are stored already are passed over.</summary>
    /// <exception cref="System.Data.Common.DbException">The store failed: nothing of the batch is stored.</exception>
    Task<AuditAppended> AppendAsync(AuditBatch batch, CancellationToken cancellationToken);

    /// <summary>The rows of one tenant that match, newest first.</summary>
    IAsyncEnumerable<AuditRow> QueryAsync(AuditFilter filter, CancellationToken cancellationToken);

    /// <summary>Ids of the keys that hashes in the store were made with.</summary>
    Task<ImmutableArray<string>> GetHashKeysAsync(CancellationToken cancellationToken);

    /// <summary>How the store is.</summary>
    Task<AuditStoreStatus> GetStatusAsync(CancellationToken cancellationToken);
}

/// <summary>What is stored in one transaction.</summary>
internal sealed record AuditBatch
{
    /// <summary>The producer; empty where there are no events.</summary>
    public required string Producer { get; init; }

    /// <summary>Which of the producer's streams this is a part of: each has its watermark.</summary>
    public string Feed { get; init; } = string.Empty;

    public required ImmutableArray<AuditEntry> Entries { get; init; }

    public ImmutableArray<DeadLetter> DeadLetters { get; init; } = [];

    /// <summary>Messages of a log that are no events.</summary>
    public ImmutableArray<UnreadableMessage> Unreadable { get; init; } = [];

    /// <summary>Id of the key the entries' hashes were made with.</summary>
    public required string HashKeyId { get; init; }

    /// <summary>Epoch and number of the batch's last event; null where it has none.</summary>
    public required (long Epoch, long Sequence)? Last { get; init; }

    /// <summary>The step in the log that the batch ends; null for the direct transport.</summary>
    public LogPosition? Position { get; init; }

    /// <summary>Now, in microseconds since 1970 (UTC).</summary>
    public required long Time { get; init; }
}

/// <summary>What became of a batch.</summary>
/// <param name="Stored">How many events and dead letters were new.</param>
/// <param name="Fenced">True where the position did not follow on what is stored, or its claim was overtaken: nothing is stored.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AuditAppended(int Stored, bool Fenced = false);

/// <summary>An event that could not be read; kept as it came.</summary>
internal sealed record DeadLetter(long Epoch, long Sequence, ImmutableArray<byte> Bytes, string Error);

/// <summary>A row as it was stored.</summary>
/// <param name="Index">Contiguous over the whole store, in the order of storing.</param>
/// <param name="Bytes">The exact bytes.</param>
internal sealed record AuditRow(long Index, byte[] Bytes);
