namespace GatewayStack.Events.Spool;

/// <summary>What a record of the spool is.</summary>
internal enum RecordKind
{
    /// <summary>An event nothing is paired with.</summary>
    Event = 0,

    /// <summary>A decision: open until its outcome.</summary>
    Decision = 1,

    /// <summary>An outcome: closes its decision.</summary>
    Outcome = 2,

    /// <summary>A copy of an open decision, made so that its first segment could be used again; shipped already.</summary>
    Carried = 3,

    /// <summary>Damaged bytes that are passed over.</summary>
    Hole = 4,
}

/// <summary>A record where it stands. The payload is mapped memory: copy it before the segment can go.</summary>
internal readonly ref struct SpoolRecord
{
    public required Segment Segment { get; init; }

    public required int Offset { get; init; }

    /// <summary>Bytes it takes, header and padding included.</summary>
    public required int Size { get; init; }

    public required RecordKind Kind { get; init; }

    public required long Sequence { get; init; }

    public required ReadOnlySpan<byte> Payload { get; init; }
}
