using System.Collections.Immutable;

namespace GatewayStack.Contracts.Events;

/// <summary>The write-ahead spool: what is appended survives the process.</summary>
/// <remarks>Safe for concurrent use. Never throws for a full disk: what is lost is counted and becomes a gap event.</remarks>
public interface IEventLog
{
    /// <summary>Appends one event. Returns when it would survive the death of the process.</summary>
    AppendResult Append(GatewayEvent gatewayEvent);

    /// <summary>Waits until everything up to a position would survive the loss of power.</summary>
    Task SyncAsync(EventPosition position, CancellationToken cancellationToken);
}

/// <summary>Where an event stands: its id is producer:epoch:seq.</summary>
public sealed record EventPosition
{
    /// <summary>Minted into the spool's folder.</summary>
    public required string Producer { get; init; }

    /// <summary>Rises at each start.</summary>
    public required long Epoch { get; init; }

    /// <summary>Rises by 1 with each event, from 1.</summary>
    public required long Sequence { get; init; }
}

/// <summary>Result of an append.</summary>
public sealed record AppendResult
{
    /// <summary>True when the event is stored.</summary>
    public required bool Appended { get; init; }

    /// <summary>Where it stands; null when it was lost.</summary>
    public EventPosition? Position { get; init; }
}

/// <summary>A consumer of events: Limits (the ledger) and Audit (the store).</summary>
/// <remarks>Stores (producer, epoch, seq) with its rows, so that a repeated event has no second effect.</remarks>
public interface IEventSink
{
    /// <summary>Name of the consumer; its watermark is kept under it.</summary>
    string Name { get; }

    /// <summary>Takes events of one producer in order. Acknowledges what is stored; the rest comes again.</summary>
    Task<EventAcknowledgement> AppendAsync(EventBatch batch, CancellationToken cancellationToken);
}

/// <summary>Events of one producer and epoch, in order; from a partitioned log also what could not be read there, and where the consumer stands after it.</summary>
public sealed record EventBatch
{
    /// <summary>The producer; empty where a batch has no event, only unreadable messages or a position.</summary>
    public required string Producer { get; init; }

    /// <summary>Which of the producer's ordered streams this is a part of; a watermark is kept for each. Empty for the direct transport, which has one.</summary>
    public string Feed { get; init; } = string.Empty;

    /// <summary>The events.</summary>
    public required ImmutableArray<StoredEvent> Events { get; init; }

    /// <summary>Messages of the log that are no events: they become dead letters in the same transaction.</summary>
    public ImmutableArray<UnreadableMessage> Unreadable { get; init; } = [];

    /// <summary>Where the consumer stands in a partitioned log once this batch is stored; null for the direct transport, and where more of the same poll follows.</summary>
    public LogPosition? Position { get; init; }
}

/// <summary>
/// A step forward in one partition of a log. Stored with the rows, and only where the consumer still stands at its beginning and nobody claimed the partition since.
/// </summary>
public sealed record LogPosition
{
    /// <summary>The topic.</summary>
    public required string Topic { get; init; }

    /// <summary>The partition.</summary>
    public required int Partition { get; init; }

    /// <summary>The offset that must be stored now.</summary>
    public required long From { get; init; }

    /// <summary>The offset to store: that of the next message to read.</summary>
    public required long Next { get; init; }

    /// <summary>The claim under which the partition is read.</summary>
    public required long Claim { get; init; }
}

/// <summary>A message that is no event of ours, kept as it came.</summary>
public sealed record UnreadableMessage
{
    /// <summary>The topic.</summary>
    public required string Topic { get; init; }

    /// <summary>The partition.</summary>
    public required int Partition { get; init; }

    /// <summary>Its offset.</summary>
    public required long Offset { get; init; }

    /// <summary>Its value.</summary>
    public required ImmutableArray<byte> Bytes { get; init; }

    /// <summary>Why it is no event.</summary>
    public required string Error { get; init; }
}

/// <summary>Where a consumer stands in the partitions of a log: kept in its store, with its rows.</summary>
public interface IEventOffsets
{
    /// <summary>Takes partitions for this process and says where to read on. Whoever read them before can store nothing there any more.</summary>
    Task<ImmutableArray<LogClaim>> ClaimAsync(string topic, ImmutableArray<int> partitions, CancellationToken cancellationToken);
}

/// <summary>A claimed partition.</summary>
public sealed record LogClaim
{
    /// <summary>The partition.</summary>
    public required int Partition { get; init; }

    /// <summary>Offset of the next message to read; 0 for one that was never read.</summary>
    public required long Next { get; init; }

    /// <summary>Number of the claim, higher than any before it.</summary>
    public required long Claim { get; init; }
}

/// <summary>One event as it is stored: the exact canonical bytes.</summary>
public sealed record StoredEvent
{
    /// <summary>The producer's epoch.</summary>
    public required long Epoch { get; init; }

    /// <summary>The event's number.</summary>
    public required long Sequence { get; init; }

    /// <summary>UTF-8 JSON in RFC 8785 form, at most 64 KiB.</summary>
    public required ImmutableArray<byte> Bytes { get; init; }
}

/// <summary>What a sink has stored.</summary>
public sealed record EventAcknowledgement
{
    /// <summary>How many of the batch's events, from its first, are stored.</summary>
    public required int Stored { get; init; }

    /// <summary>Why not all of them, for the log.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// True where the batch's position does not follow on what is stored, or its claim was overtaken: nothing is stored, and the partition must be claimed again.
    /// </summary>
    public bool Fenced { get; init; }
}
