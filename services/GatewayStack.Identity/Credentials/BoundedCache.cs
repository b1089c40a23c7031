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

        var old = _old;
        return old.TryGetValue(key, out value) ? Promote(old, key, value) : null;
    }

    public void Set(TokenKey key, TValue value)
    {
        var young = _young;
        if (young.TryAdd(key, value))
        {
            Grown(young);
        }
        else
        {
            young[key] = value;
        }
    }

    public void Remove(TokenKey key)
    {
        // In this order: what is promoted meanwhile is looked for in the old generation once more, and a young one may become old between two lines.
        _old.TryRemove(key, out _);
        _young.TryRemove(key, out _);
        _old.TryRemove(key, out _);
    }

    /// <summary>Keeps what was asked for, unless somebody set something newer or took it away meanwhile.</summary>
    private TValue Promote(ConcurrentDictionary<TokenKey, TValue> old, TokenKey key, TValue value)
    {
        var young = _young;
        if (!young.TryAdd(key, value))
        {
            return young.GetValueOrDefault(key, value);
        }

        if (old.TryGetValue(key, out var still) && ReferenceEquals(still, value))
        {
            Grown(young);
        }
        else
        {
            young.TryRemove(new KeyValuePair<TokenKey, TValue>(key, value));
        }

        return value;
    }

    private void Grown(ConcurrentDictionary<TokenKey, TValue> young)
    {
        if (Interlocked.Increment(ref _count) >= _generation && ReferenceEquals(young, _young))
        {
            _old = young;
            _young = new ConcurrentDictionary<TokenKey, TValue>();
            Interlocked.Exchange(ref _count, 0);
        }
    }
}
