using System.Collections.Immutable;

namespace GatewayStack.Contracts.Audit;

/// <summary>Answers what happened.</summary>
/// <remarks>Safe for concurrent use. Only the tenant of the query is ever read.</remarks>
public interface IAuditModule
{
    /// <summary>Events that match, newest first, from a cursor on. Ends after <see cref="AuditQuery.Limit"/> events.</summary>
    IAsyncEnumerable<AuditRecord> QueryAsync(AuditQuery query, CancellationToken cancellationToken);
}

/// <summary>A query. Members that are null do not filter.</summary>
public sealed record AuditQuery
{
    /// <summary>The tenant; from the caller's identity, never from the request.</summary>
    public required string Tenant { get; init; }

    /// <summary>User id.</summary>
    public string? User { get; init; }

    /// <summary>Person id.</summary>
    public string? PersonId { get; init; }

    /// <summary>Event type.</summary>
    public string? Type { get; init; }

    /// <summary>Action, such as <c>model.call</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Model.</summary>
    public string? Model { get; init; }

    /// <summary>Backend.</summary>
    public string? Backend { get; init; }

    /// <summary>MCP server.</summary>
    public string? Server { get; init; }

    /// <summary>Tool of an MCP server.</summary>
    public string? Tool { get; init; }

    /// <summary>Effect of the decision: <c>allow</c>, <c>deny</c>, <c>modify</c>.</summary>
    public string? Decision { get; init; }

    /// <summary>Client id or the operator's name for it.</summary>
    public string? Client { get; init; }

    /// <summary>The gateway's request id.</summary>
    public string? RequestId { get; init; }

    /// <summary>The request that a backend was serving.</summary>
    public string? ParentRequestId { get; init; }

    /// <summary>Agent run.</summary>
    public string? RunId { get; init; }

    /// <summary>The issuer's session id.</summary>
    public string? SessionId { get; init; }

    /// <summary>Stated purpose.</summary>
    public string? Purpose { get; init; }

    /// <summary>Who acted for the person.</summary>
    public string? Actor { get; init; }

    /// <summary>Type of a resource.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Id of a resource.</summary>
    public string? ResourceId { get; init; }

    /// <summary>Retention class.</summary>
    public string? Retention { get; init; }

    /// <summary>Outcome, such as <c>interrupted</c>.</summary>
    public string? Outcome { get; init; }

    /// <summary>At or after.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Cursor of the last record already seen; null starts at the newest.</summary>
    public string? Cursor { get; init; }

    /// <summary>At most so many records, 1 to 1,000.</summary>
    public int Limit { get; init; } = 100;
}

/// <summary>One record of the audit, with its personal values readable.</summary>
public sealed record AuditRecord
{
    /// <summary>producer:epoch:seq.</summary>
    public required string EventId { get; init; }

    /// <summary>Continues a query after this record; stable while new events arrive.</summary>
    public required string Cursor { get; init; }

    /// <summary>The record as JSON, in snake_case: the stored event with personal values decrypted.</summary>
    public required ImmutableArray<byte> Json { get; init; }
}
