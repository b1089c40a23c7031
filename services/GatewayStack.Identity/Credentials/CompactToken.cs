using System.Text.Json;

namespace GatewayStack.Identity.Credentials;

/// <summary>A signed token (JWS in compact form) whose structure is sound. Nothing in it is true yet.</summary>
internal sealed class CompactToken
{
    /// <summary>Longest token, in characters.</summary>
    public const int MaxLength = 16 * 1024;

    private const int MaxKeyIdLength = 512;

    private CompactToken(string text) => Text = text;

    /// <summary>The token as it was presented. A secret: never logged.</summary>
    public string Text { get; }

    public required string Algorithm { get; init; }

    public required string? KeyId { get; init; }

    /// <summary>The header's <c>typ</c>.</summary>
    public required string? Type { get; init; }

    public required JsonElement Payload { get; init; }

    /// <summary>How many characters of the token are signed: header, dot and payload.</summary>
    public required int SignedLength { get; init; }

    public required byte[] Signature { get; init; }

    /// <summary>Reads a token's structure, strictly. Keys and addresses of keys in the header are not even looked at.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryParse(string text, out CompactToken? token)
    {
        token = null;
        if (text.Length > MaxLength)
        {
            return "token_too_large";
        }

        switch (text.AsSpan().Count('.'))
        {
            case 2:
                break;
            case 4:
                return "encrypted_token";
            default:
                return text.Contains('.', StringComparison.Ordinal) ? "malformed_token" : "opaque_token";
        }

        var first = text.IndexOf('.', StringComparison.Ordinal);
        var second = text.LastIndexOf('.');
        if (!StrictBase64Url.TryDecode(text.AsSpan(0, first), out var headerBytes)
            || !StrictBase64Url.TryDecode(text.AsSpan((first + 1)..second), out var payloadBytes)
            || !StrictBase64Url.TryDecode(text.AsSpan(second + 1), out var signature))
        {
            return "malformed_token";
        }

        if (signature.Length == 0)
        {
            return "unsigned_token";
        }

        if (!StrictJson.TryParseObject(headerBytes, out var header) || !StrictJson.TryParseObject(payloadBytes, out var payload))
        {
            return "malformed_token";
        }

        if (header.TryGetProperty("crit", out _) || header.TryGetProperty("b64", out _) || header.TryGetProperty("zip", out _))
        {
            return "unsupported_header";
        }

        if (!TryReadText(header, "alg", out var algorithm) || algorithm is null)
        {
            return "algorithm_missing";
        }

        if (!TryReadText(header, "kid", out var keyId) || keyId is { Length: 0 or > MaxKeyIdLength } || !TryReadText(header, "typ", out var type))
        {
            return "malformed_token";
        }

        token = new CompactToken(text) { Algorithm = algorithm, KeyId = keyId, Type = type, Payload = payload, SignedLength = second, Signature = signature };
        return null;
    }

    private static bool TryReadText(JsonElement header, string name, out string? text)
    {
        text = null;
        if (!header.TryGetProperty(name, out var value))
        {
            return true;
        }

        text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is not null;
    }
}
