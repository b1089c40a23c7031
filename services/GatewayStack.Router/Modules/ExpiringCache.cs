using System.Collections.Concurrent;

namespace GatewayStack.Router.Modules;

/// <summary>Values that are good until a time of their own. Bounded: of two generations, the older one goes when the younger is full.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class ExpiringCache<T>(int most, TimeProvider time)
    where T : class
{
    private readonly Lock _gate = new();
    private volatile ConcurrentDictionary<string, Entry> _young = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, Entry> _old = new(StringComparer.Ordinal);
    private int _count;

    public T? Find(string key) =>
        (_young.TryGetValue(key, out var entry) || _old.TryGetValue(key, out entry)) && time.GetUtcNow() < entry.Until ? entry.Value : null;

    /// <summary>Takes a value out, for one of those who ask at the same time.</summary>
    public bool TryTake(string key)
    {
        var isTaken = _young.TryRemove(key, out var entry) && time.GetUtcNow() < entry.Until;
        return (_old.TryRemove(key, out entry) && time.GetUtcNow() < entry.Until) || isTaken;
    }

    public void Set(string key, T value, DateTimeOffset until)
    {
        if (time.GetUtcNow() >= until)
        {
            return;
        }

        lock (_gate)
        {
            // Counted here: a concurrent dictionary's own count takes all of its locks.
            if (++_count > most / 2)
            {
                (_old, _young, _count) = (_young, new ConcurrentDictionary<string, Entry>(StringComparer.Ordinal), 1);
            }

            _young[key] = new Entry(value, until);
        }
    }

    private sealed record Entry(T Value, DateTimeOffset Until);
}
