using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GatewayStack.Credentials.Sources;

/// <summary>What an access token says of its own end, where it is a JWT. Nothing is verified: the gateway does that.</summary>
internal static class JwtTimes
{
    // A token that does not say when it ends is asked for again after a minute; commands keep their own.
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(1);

    public static AccessToken Read(string token, DateTimeOffset now)
    {
        var expires = Claims(token)?.Exp is > 0 and < 253_402_300_000 and var seconds ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : now + Unsaid;
        return new AccessToken(token, expires, expires > now ? expires - now : TimeSpan.Zero);
    }

    /// <summary>The claims of a JWT; null where it is none.</summary>
    public static JwtClaims? Claims(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !Base64Url.IsValid(parts[1]))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(parts[1]), JwtJson.Default.JwtClaims);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Claims that are shown or looked at.</summary>
internal sealed record JwtClaims
{
    [JsonPropertyName("exp")]
    public double? Exp { get; init; }

    [JsonPropertyName("sub")]
    public string? Sub { get; init; }

    [JsonPropertyName("name")]
    public string? Name { get; init; }
}

[JsonSerializable(typeof(JwtClaims))]
internal sealed partial class JwtJson : JsonSerializerContext;
