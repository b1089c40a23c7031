using System.Collections.Immutable;

namespace GatewayStack.Audit.Storage;

/// <summary>Where audit rows stand. One writer; nothing is ever changed or deleted by it.</summary>
internal interface IAuditStore
{
    /// <summary>Name of the technology, such as <c>sqlite</c>.</summary>
    string Kind { get; }

    /// <summary>Stores a batch in one transaction together with the producer's watermark; what the watermark covers already is passed over.</summary>
    /// <returns>How many rows and dead letters were new.</returns>
    /// <exception cref="System.Data.Common.DbException">The store failed: nothing of the batch is stored.</exception>
    Task<int> AppendAsync(AuditBatch batch, CancellationToken cancellationToken);

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
    public required string Producer { get; init; }

    public required ImmutableArray<AuditEntry> Entries { get; init; }

    public ImmutableArray<DeadLetter> DeadLetters { get; init; } = [];

    /// <summary>Id of the key the entries' hashes were made with.</summary>
    public required string HashKeyId { get; init; }

    /// <summary>Epoch and number of the batch's last event.</summary>
    public required (long Epoch, long Sequence) Last { get; init; }
}

/// <summary>An event that could not be read; kept as it came.</summary>
internal sealed record DeadLetter(long Epoch, long Sequence, ImmutableArray<byte> Bytes, string Error, long Time);

/// <summary>A row as it was stored.</summary>
/// <param name="Index">Contiguous over the whole store, in the order of storing.</param>
/// <param name="Bytes">The exact bytes.</param>
internal sealed record AuditRow(long Index, byte[] Bytes);

/// <summary>State of the store.</summary>
internal sealed record AuditStoreStatus
{
    public required long Rows { get; init; }

    public required long DeadLetters { get; init; }

    public ImmutableArray<(string Producer, long Epoch, long Sequence)> Watermarks { get; init; } = [];
}
