using System.Collections.Immutable;

namespace GatewayStack.Contracts.Events;

/// <summary>A call to an MCP server, as recorded; never its arguments or its result.</summary>
public sealed record EventMcp
{
    /// <summary>The server's configured name.</summary>
    public required string Server { get; init; }

    /// <summary>The JSON-RPC method; one that the gateway does not know is recorded as it was allowed, otherwise as <c>unknown</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The tool, where it is one the server has.</summary>
    public string? Tool { get; init; }

    /// <summary>The prompt, where it was allowed.</summary>
    public string? Prompt { get; init; }

    /// <summary>The protocol version the client speaks, one that the gateway knows.</summary>
    public string? ProtocolVersion { get; init; }

    /// <summary>True where the tool itself answered with an error.</summary>
    public bool? IsError { get; init; }

    /// <summary>Types found in the result.</summary>
    public ImmutableArray<string> ResultTypes { get; init; } = [];

    /// <summary>Labels found in the result; of what a server says of itself (its lists and instructions) those about what it asks for.</summary>
    public ImmutableArray<string> ResultLabels { get; init; } = [];
}
