using System.Collections.Concurrent;
using GatewayStack.Contracts.Keys;

namespace GatewayStack.Events.Protection;

/// <summary>The keys of personal values, kept in memory: an append never waits for a key.</summary>
/// <remarks>Safe for concurrent use. <see cref="RefreshAsync"/> runs at the start and every minute, so that a rotation is followed.</remarks>
/// <param name="dataKeys">Where the keys come from.</param>
/// <param name="time">Bounds how long opened personal values are kept; the system's where none is given.</param>
public sealed class EventKeys(IDataKeys dataKeys, TimeProvider? time = null) : IDisposable
{
    private readonly ConcurrentDictionary<string, EventKey> _known = new(StringComparer.Ordinal);
    private volatile EventKey? _current;

    /// <summary>The key for new events; null before the first <see cref="RefreshAsync"/>.</summary>
    public EventKey? Current => _current;

    internal OpenedPersons Opened { get; } = new(time ?? TimeProvider.System);

    /// <summary>Asks for the current key.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var current = Keep(await dataKeys.GetCurrentAsync(DataKeyPurposes.EventPersonal, cancellationToken));
        current.Persons.BeginGeneration();
        if (_current != current)
        {
            Opened.Clear();
        }

        _current = current;
    }

    /// <summary>A key that is in memory already; null when it is not.</summary>
    public EventKey? FindCached(string keyId) => _known.GetValueOrDefault(keyId);

    /// <summary>A key by its id; null when nobody has it any more.</summary>
    public async ValueTask<EventKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (FindCached(keyId) is { } cached)
        {
            return cached;
        }

        return await dataKeys.FindAsync(DataKeyPurposes.EventPersonal, keyId, cancellationToken) is { } found ? Keep(found) : null;
    }

    /// <summary>Forgets all keys.</summary>
    public void Dispose()
    {
        Opened.Dispose();
        foreach (var key in _known.Values)
        {
            key.Dispose();
        }

        _known.Clear();
    }

    private EventKey Keep(DataKey key) => _known.GetOrAdd(key.KeyId, static (_, k) => new EventKey(k), key);
}
