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
    private readonly KeyFile<DataRootFile> _file;
    private readonly TimeProvider _time;
    private readonly ILogger<DataRing> _logger;
    private readonly ConcurrentDictionary<(string Root, string Purpose), Task<DataKey?>> _derived = new();
    private readonly Lock _gate = new();
    private volatile ImmutableArrayBox _roots;

    public DataRing(KeyFiles files, TimeProvider time, ILogger<DataRing> logger)
    {
        _file = files.Data;
        _time = time;
        _logger = logger;
        if (_file.Read() is { Roots.Count: > 0 } stored)
        {
            _roots = new ImmutableArrayBox([.. stored.Roots]);
            if (_file.NeedsWrapping())
            {
                _file.Write(stored);
            }
        }
        else
        {
            _roots = new ImmutableArrayBox([]);
            Add();
        }
    }

    /// <summary>The roots, oldest first; the last is the current one.</summary>
    public ImmutableArray<StoredDataRoot> Roots => _roots.Items;

    public Task<DataKey> GetCurrentAsync(string purpose, CancellationToken cancellationToken) => Derive(_roots.Items[^1], purpose)!;

    public Task<DataKey?> FindAsync(string purpose, string keyId, CancellationToken cancellationToken)
    {
        foreach (var root in _roots.Items)
        {
            if (root.Id == keyId)
            {
                return Derive(root, purpose);
            }
        }

        return Task.FromResult<DataKey?>(null);
    }

    /// <summary>Makes a new root for new data; the older ones stay for what they protect.</summary>
    public (string Before, string After) Rotate()
    {
        lock (_gate)
        {
            var before = _roots.Items[^1].Id;
            Add();
            return (before, _roots.Items[^1].Id);
        }
    }

    private void Add()
    {
        var root = new StoredDataRoot
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            Secret = RandomNumberGenerator.GetBytes(32),
            CreatedAt = _time.GetUtcNow(),
        };
        var roots = _roots.Items.Add(root);
        _file.Write(new DataRootFile { Version = 1, Roots = roots });
        _roots = new ImmutableArrayBox(roots);
        IdentityLog.DataRootMade(_logger, root.Id);
    }

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

    // A volatile field must be a reference.
    private sealed record ImmutableArrayBox(ImmutableArray<StoredDataRoot> Items);
}
