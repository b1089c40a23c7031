using System.Runtime.InteropServices;
using System.Text.Json;

namespace GatewayStack.Router.Mcp.Protocol;

internal enum McpMessageKind
{
    Request,
    Notification,
    Response,
}

/// <summary>One JSON-RPC message, read so that no other parser can read it differently; a view over its own bytes.</summary>
internal sealed class McpMessage(ReadOnlyMemory<byte> bytes, JsonDocument document) : IDisposable
{
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>The document, which content read from the message needs to its end.</summary>
    public JsonDocument Document => document;

    public JsonElement Root => document.RootElement;

    public required McpMessageKind Kind { get; init; }

    /// <summary>The method; empty for a response.</summary>
    public string Method { get; init; } = string.Empty;

    /// <summary>The id, of requests and responses.</summary>
    public JsonElement? Id { get; init; }

    /// <summary>The parameters; null where there are none.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>The protocol version that the body names (<c>_meta</c>); null where it names none.</summary>
    public string? BodyVersion { get; init; }

    /// <summary>The id's own bytes.</summary>
    public ReadOnlySpan<byte> RawId => Id is { } id ? JsonMarshal.GetRawUtf8Value(id) : default;

    public JsonElement? Meta => Member("_meta") is { ValueKind: JsonValueKind.Object } meta ? meta : null;

    /// <summary>A member of the parameters.</summary>
    public JsonElement? Member(string name) => Params is { } parameters && parameters.TryGetProperty(name, out var found) ? found : null;

    /// <summary>A parameter that is a string.</summary>
    public string? Text(string name) => Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>Whether an id has the same value: a string by its characters, a number by its digits.</summary>
    public static bool IsSame(JsonElement a, JsonElement b) => a.ValueKind == b.ValueKind && a.ValueKind switch
    {
        JsonValueKind.String => string.Equals(a.GetString(), b.GetString(), StringComparison.Ordinal),
        JsonValueKind.Number => JsonMarshal.GetRawUtf8Value(a).SequenceEqual(JsonMarshal.GetRawUtf8Value(b)),
        _ => false,
    };

    public void Dispose() => document.Dispose();
}
