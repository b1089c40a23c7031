using System.Text.Json;

namespace GatewayStack.Identity.Claims;

/// <summary>NumericDate (RFC 7519), as the integers that every known issuer writes.</summary>
internal static class TokenTime
{
    // The end of 2199: a later time is a mistake or an attempt at an overflow.
    private const long Latest = 7_258_118_399;

    public static bool TryRead(JsonElement value, out DateTimeOffset time)
    {
        time = default;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var seconds) || seconds is < 0 or > Latest)
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }
}
