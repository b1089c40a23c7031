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

    /// <summary>Gives one back that need not have been taken.</summary>
    public void GiveBack()
    {
        lock (_lock)
        {
            _left = Math.Min(burst, _left + 1);
        }
    }
}

/// <summary>Bounds what strangers may make the issuer keep; a flood of one kind leaves the others alone.</summary>
internal sealed class Intake(DemoServerOptions options, TimeProvider time)
{
    /// <summary>Clients that register themselves.</summary>
    public Bucket Registrations { get; } = new(options.ClientBounds.Burst, options.ClientBounds.PerMinute, time);

    /// <summary>Documents that are read.</summary>
    public Bucket Documents { get; } = new(options.ClientBounds.Burst, options.ClientBounds.PerMinute, time);

    /// <summary>Codes for devices.</summary>
    public Bucket Devices { get; } = new(options.ClientBounds.Burst, options.ClientBounds.PerMinute, time);
}
