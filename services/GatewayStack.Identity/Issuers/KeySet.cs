using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayStack.Identity.Credentials;

namespace GatewayStack.Identity.Issuers;

/// <summary>The usable keys of one issuer, as they were at one moment.</summary>
internal sealed class KeySet(ImmutableArray<VerificationKey> keys)
{
    private readonly FrozenSet<string> _thumbprints = keys.Select(key => key.Thumbprint).ToFrozenSet(StringComparer.Ordinal);

    public ImmutableArray<VerificationKey> Keys { get; } = keys;

    public bool Contains(VerificationKey key) => _thumbprints.Contains(key.Thumbprint);

    /// <summary>The one key that a token may mean. Two different keys of one name fit nothing: which is meant would be a guess.</summary>
    public KeyMatch Find(string? keyId, SignatureAlgorithm algorithm)
    {
        VerificationKey? found = null;
        var named = false;
        foreach (var key in Keys)
        {
            if (keyId is not null && key.KeyId != keyId)
            {
                continue;
            }

            named = true;
            if (!key.Fits(algorithm) || found?.Thumbprint == key.Thumbprint)
            {
                continue;
            }

            if (found is not null)
            {
                return new KeyMatch(null, "ambiguous_kid");
            }

            found = key;
        }

        return found is not null ? new KeyMatch(found, null) : new KeyMatch(null, named ? "key_mismatch" : "unknown_kid");
    }
}

/// <summary>A key, or why there is none.</summary>
internal readonly record struct KeyMatch(VerificationKey? Key, string? Reason);
