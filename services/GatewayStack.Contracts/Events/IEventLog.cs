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

/// <summary>Events of one producer and epoch, in order.</summary>
public sealed record EventBatch
{
    /// <summary>The producer.</summary>
    public required string Producer { get; init; }

    /// <summary>The events.</summary>
    public required ImmutableArray<StoredEvent> Events { get; init; }
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
}
