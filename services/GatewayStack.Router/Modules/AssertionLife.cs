using System.Buffers.Text;
using System.Text.Json;

namespace GatewayStack.Router.Modules;

/// <summary>Reads when an assertion of ours ends. Proves nothing: that is for whoever accepts it.</summary>
internal static class AssertionLife
{
    /// <returns>The end, or null when the text does not say.</returns>
    public static DateTimeOffset? EndOf(string? assertion)
    {
        // header.payload.signature, each base64url: the payload is {"exp":1785600000,...}
        if (assertion?.Split('.') is not [_, var payload, _] || !Base64Url.IsValid(payload))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("exp", out var exp) && exp.ValueKind == JsonValueKind.Number
                && exp.TryGetInt64(out var seconds)
                && seconds is > 0 and < 253_402_300_800
                ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
