using System.Globalization;
using GatewayStack.Limits.Prices;
using GatewayStack.Limits.Reservations;
using StackExchange.Redis;

namespace GatewayStack.Limits.Redis;

/// <summary>Times and amounts as scripts take and give them.</summary>
internal static class ScriptValues
{
    /// <summary>How much longer a key lives than what it is for.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    /// <summary>Microseconds since 1970.</summary>
    public static long Microseconds(DateTimeOffset at) => (at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>How long a key lives, in milliseconds.</summary>
    public static long TimeToLive(DateTimeOffset end, DateTimeOffset now) => (long)((end > now ? end - now : TimeSpan.Zero) + Margin).TotalMilliseconds;

    /// <summary>Numbers that a script gave in one text.</summary>
    public static long[] Numbers(RedisResult reply)
    {
        var text = ((string?)reply).AsSpan();
        var numbers = new long[text.IsEmpty ? 0 : text.Count(' ') + 1];
        var i = 0;
        foreach (var part in text.Split(' '))
        {
            if (i < numbers.Length)
            {
                numbers[i++] = long.Parse(text[part], NumberStyles.None, CultureInfo.InvariantCulture);
            }
        }

        return numbers;
    }

    /// <summary>A script's numbers are doubles: beyond this they would not be counted exactly.</summary>
    public static void ThrowIfInexact(Amount amount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount.Tokens, MicroUnits.Max);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount.CostMicros, MicroUnits.Max);
        ArgumentOutOfRangeException.ThrowIfNegative(amount.Tokens);
        ArgumentOutOfRangeException.ThrowIfNegative(amount.CostMicros);
    }
}
