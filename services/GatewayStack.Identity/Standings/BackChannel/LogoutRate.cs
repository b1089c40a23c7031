using System.Collections.Concurrent;

namespace GatewayStack.Identity.Standings.BackChannel;

/// <summary>Bounds how many sign-outs an issuer tells: each is written.</summary>
internal sealed class LogoutRate(TimeProvider time)
{
    /// <summary>Sign-outs per second and issuer; twice as many at once.</summary>
    public const int PerSecond = 200;

    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    /// <param name="issuer">The configured name of an issuer: there are few.</param>
    public bool TryTake(string issuer) => _buckets.GetOrAdd(issuer, static _ => new Bucket()).TryTake(time);

    private sealed class Bucket
    {
        private readonly Lock _gate = new();
        private double _tokens = 2 * PerSecond;
        private long? _filledAt;

        public bool TryTake(TimeProvider time)
        {
            lock (_gate)
            {
                var now = time.GetTimestamp();
                if (_filledAt is { } last)
                {
                    _tokens = Math.Min(2 * PerSecond, _tokens + (time.GetElapsedTime(last, now).TotalSeconds * PerSecond));
                }

                _filledAt = now;
                if (_tokens < 1)
                {
                    return false;
                }

                _tokens--;
                return true;
            }
        }
    }
}
