using System.Globalization;
using StackExchange.Redis;

namespace GatewayStack.Limits.Redis;

/// <summary>The clock of leases: that of Redis, which all instances share.</summary>
internal sealed class RedisClock(RedisConnection connection, TimeProvider time)
{
    // Tests move their own clock.
    private readonly bool _isShared = ReferenceEquals(time, TimeProvider.System);

    /// <summary>The time as scripts are told it: nothing where it is the store's own, else microseconds.</summary>
    public string Argument => _isShared ? string.Empty : ScriptValues.Microseconds(time.GetUtcNow()).ToString(CultureInfo.InvariantCulture);

    /// <summary>The store's time, in microseconds.</summary>
    public async Task<long> NowAsync(CancellationToken cancellationToken)
    {
        var parts = (RedisResult[])(await connection.UpkeepAsync(d => d.ExecuteAsync("TIME"), cancellationToken))!;
        return ((long)parts[0] * 1_000_000) + (long)parts[1];
    }
}
