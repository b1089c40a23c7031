using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Contracts.Keys;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Keys;

/// <summary>The data roots, and the keys derived from them by purpose (HKDF-SHA256). Frozen: data is stored under these keys.</summary>
internal sealed class DataRing : IDataKeys
{
    private static readonly TimeSpan RefreshAfter = TimeSpan.FromSeconds(1);

    private readonly IKeyStore<DataRootFile> _store;
    private readonly TimeProvider _time;
    private readonly ILogger<DataRing> _logger;
    private readonly ConcurrentDictionary<(string Root, string Purpose), Task<DataKey?>> _derived = new();
    private readonly Lock _gate = new();
    private volatile Ring _ring = new([], 0);
    private long _refreshedAt;

    public DataRing(KeyStores stores, TimeProvider time, ILogger<DataRing> logger)
    {
        _store = stores.Data;
        _time = time;
        _logger = logger;
        if (TakeStored())
        {
            if (_store.NeedsWrapping())
            {
                TryStore(_ring.Roots);
            }
        }
        else
        {
            Add();
        }
    }

    /// <summary>The roots, oldest first; the last is the current one.</summary>
    public ImmutableArray<StoredDataRoot> Roots => _ring.Roots;

    public Task<DataKey> GetCurrentAsync(string purpose, CancellationToken cancellationToken) => Derive(_ring.Roots[^1], purpose)!;

    public async Task<DataKey?> FindAsync(string purpose, string keyId, CancellationToken cancellationToken)
    {
        if (Find(keyId) is { } known)
        {
            return await Derive(known, purpose);
        }

        // Another replica may have made it a moment ago. An id that nobody made is not looked for more than once a second.
        if (!_store.IsShared || _time.GetElapsedTime(Volatile.Read(ref _refreshedAt)) < RefreshAfter)
        {
            return null;
        }

        try
        {
            await Task.Run(Refresh, cancellationToken);
        }
        catch (IOException)
        {
            // Nobody knows it then, for now.
        }

        return Find(keyId) is { } found ? await Derive(found, purpose) : null;
    }

    /// <summary>Takes over what another replica did.</summary>
    /// <exception cref="IOException">The store cannot be read; nothing has changed.</exception>
    public void Refresh()
    {
        lock (_gate)
        {
            Volatile.Write(ref _refreshedAt, _time.GetTimestamp());
            TakeStored();
        }
    }

    /// <summary>Makes a new root for new data; the older ones stay for what they protect.</summary>
    public (string Before, string After) Rotate()
    {
        lock (_gate)
        {
            var before = _ring.Roots[^1].Id;
            Add();
            return (before, _ring.Roots[^1].Id);
        }
    }

    private StoredDataRoot? Find(string keyId)
    {
        foreach (var root in _ring.Roots)
        {
            if (root.Id == keyId)
            {
                return root;
            }
        }

        return null;
    }

    /// <summary>Adds a root; where another replica added one at the same time, that one is taken.</summary>
    private void Add()
    {
        var root = new StoredDataRoot
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            Secret = RandomNumberGenerator.GetBytes(32),
            CreatedAt = _time.GetUtcNow(),
        };
        if (TryStore(_ring.Roots.Add(root)))
        {
            IdentityLog.DataRootMade(_logger, root.Id);
        }

        TakeStored();
    }

    /// <summary>False where nothing is stored.</summary>
    private bool TakeStored()
    {
        if (_store.Read() is not { Content.Roots.Count: > 0 } stored)
        {
            return false;
        }

        _ring = new Ring([.. stored.Content.Roots], stored.Version);
        return true;
    }

    private bool TryStore(ImmutableArray<StoredDataRoot> roots) => _store.TryWrite(new DataRootFile { Version = 1, Roots = roots }, _ring.Version);

    private Task<DataKey?> Derive(StoredDataRoot root, string purpose)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(purpose);
        return _derived.GetOrAdd((root.Id, purpose), static (key, root) => Task.FromResult<DataKey?>(Make(root, key.Purpose)), root);
    }

    private static DataKey Make(StoredDataRoot root, string purpose)
    {
        var info = Encoding.UTF8.GetBytes("gatewaystack/data/v1/" + purpose);
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, root.Secret, 32, salt: Encoding.UTF8.GetBytes(root.Id), info: info);
        return new DataKey { KeyId = root.Id, Purpose = purpose, Secret = ImmutableCollectionsMarshal.AsImmutableArray(secret) };
    }

    private sealed record Ring(ImmutableArray<StoredDataRoot> Roots, long Version);
}
