using System.Collections.Immutable;

namespace GatewayStack.Audit.Storage;

/// <summary>A query as a store sees it: personal values are hashes, times are microseconds.</summary>
internal sealed record AuditFilter
{
    /// <summary>The only tenant that is read.</summary>
    public required string Tenant { get; init; }

    /// <summary>Columns that must equal a value.</summary>
    public ImmutableArray<(AuditColumn Column, string Value)> Equal { get; init; } = [];

    /// <summary>Client id or name.</summary>
    public string? Client { get; init; }

    /// <summary>Hashes of the user id, one per key in use; null does not filter.</summary>
    public ImmutableArray<byte[]>? UserHashes { get; init; }

    /// <summary>Type of a resource the event is about.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Hashes of its id, one per key in use; null does not filter.</summary>
    public ImmutableArray<byte[]>? ResourceHashes { get; init; }

    /// <summary>At or after, in microseconds.</summary>
    public long? From { get; init; }

    /// <summary>Before, in microseconds.</summary>
    public long? Until { get; init; }

    /// <summary>Only rows with a lower index.</summary>
    public long? Before { get; init; }

    public required int Limit { get; init; }
}

/// <summary>Columns a query can name.</summary>
internal enum AuditColumn
{
    PersonId,
    Type,
    Action,
    Model,
    Backend,
    Decision,
    RequestId,
    ParentRequestId,
    RunId,
    SessionId,
    Purpose,
    Actor,
    Retention,
    Outcome,
    Server,
    Tool,
}
