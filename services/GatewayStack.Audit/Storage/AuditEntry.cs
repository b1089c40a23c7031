using System.Collections.Immutable;
using GatewayStack.Contracts.Events;

namespace GatewayStack.Audit.Storage;

/// <summary>An event with what is derived from it, so that it can be found.</summary>
internal sealed record AuditEntry
{
    public required long Epoch { get; init; }

    public required long Sequence { get; init; }

    /// <summary>The exact bytes: what is stored, shown and, later, proved.</summary>
    public required ImmutableArray<byte> Bytes { get; init; }

    /// <summary>The event, for the columns.</summary>
    public required GatewayEvent Event { get; init; }

    /// <summary>Microseconds since 1970 (UTC).</summary>
    public required long Time { get; init; }

    /// <summary>Keyed hash of the user id; null when the event has none that can be read.</summary>
    public byte[]? UserHash { get; init; }

    /// <summary>Types and keyed ids of the resources.</summary>
    public ImmutableArray<(string Type, byte[]? Hash)> Resources { get; init; } = [];
}
