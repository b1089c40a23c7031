using GatewayStack.Demo.Server;

namespace GatewayStack.Demo.Issuer.Clients;

/// <summary>So many at once, and so many in a minute after that.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class Bucket(int burst, int perMinute, TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _left = burst;
    private long _at = time.GetTimestamp();

    /// <summary>Takes one, if there is one left.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            _left = Math.Min(burst, _left + (time.GetElapsedTime(_at, now).TotalMinutes * perMinute));
            _at = now;
            if (_left < 1)
            {
                return false;
            }

            _left--;
            return true;
        }
    }
}

/// <summary>Bounds how many new clients come in.</summary>
internal sealed class Intake(DemoServerOptions options, TimeProvider time)
{
    private readonly Bucket _bucket = new(options.ClientBounds.Burst, options.ClientBounds.PerMinute, time);

    public bool TryTake() => _bucket.TryTake();
}
