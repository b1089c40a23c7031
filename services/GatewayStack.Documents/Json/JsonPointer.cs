namespace GatewayStack.Documents.Json;

/// <summary>The spelling of JSON pointers (RFC 6901).</summary>
public static class JsonPointer
{
    /// <summary>Escapes one reference token.</summary>
    public static string Escape(string token) =>
        token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
