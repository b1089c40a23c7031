namespace GatewayStack.Router.Mcp.Upstream;

/// <summary>One event of a stream (WHATWG HTML, server-sent events), its fields as they came.</summary>
internal sealed record SseEvent
{
    /// <summary>The <c>id</c> field; null where it has none.</summary>
    public string? Id { get; init; }

    /// <summary>The <c>event</c> field.</summary>
    public string? Name { get; init; }

    /// <summary>The <c>retry</c> field.</summary>
    public string? Retry { get; init; }

    /// <summary>The <c>data</c> lines, joined by line feeds; null where it has none.</summary>
    public byte[]? Data { get; init; }

    /// <summary>True where it is nothing but a comment.</summary>
    public bool IsComment { get; init; }
}

/// <summary>A stream that cannot be read on.</summary>
internal sealed class SseFormatException(string reason) : Exception(reason)
{
    /// <summary>Why, for the record.</summary>
    public string Reason { get; } = reason;
}
