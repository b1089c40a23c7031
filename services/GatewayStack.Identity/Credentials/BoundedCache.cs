using System.Collections.Concurrent;

namespace GatewayStack.Identity.Credentials;

/// <summary>
/// A bounded map from tokens to what is known about them. Two generations: when the young one is full it becomes the old one, and
/// what nobody asked for since is dropped. A hit takes no lock and allocates nothing.
/// </summary>
internal sealed class BoundedCache<TValue>(int capacity)
    where TValue : class
{
    private readonly int _generation = Math.Max(1, capacity / 2);
    private volatile ConcurrentDictionary<TokenKey, TValue> _young = new();
    private volatile ConcurrentDictionary<TokenKey, TValue> _old = new();
    private int _count;

    public int Count => _young.Count + _old.Count;

    public TValue? Find(TokenKey key)
    {
        if (_young.TryGetValue(key, out var value))
        {
            return value;
        }

        if (_old.TryGetValue(key, out value))
        {
            Set(key, value);
        }

        return value;
    }

    public void Set(TokenKey key, TValue value)
    {
        var young = _young;
        if (!young.TryAdd(key, value))
        {
            young[key] = value;
        }
        else if (Interlocked.Increment(ref _count) >= _generation && ReferenceEquals(young, _young))
        {
            _old = young;
            _young = new ConcurrentDictionary<TokenKey, TValue>();
            Interlocked.Exchange(ref _count, 0);
        }
    }

    public void Remove(TokenKey key)
    {
        _young.TryRemove(key, out _);
        _old.TryRemove(key, out _);
    }
}
