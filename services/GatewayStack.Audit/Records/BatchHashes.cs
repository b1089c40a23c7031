using GatewayStack.Contracts.Keys;

namespace GatewayStack.Audit.Records;

/// <summary>The keyed hashes of one batch. A user is hashed once; the user ids are forgotten with the batch, and the key is one throughout.</summary>
internal sealed class BatchHashes(DataKey key)
{
    private readonly Dictionary<(string Tenant, string UserId), byte[]> _users = [];

    public byte[] User(string tenant, string userId)
    {
        if (!_users.TryGetValue((tenant, userId), out var hash))
        {
            _users.Add((tenant, userId), hash = KeyedHashes.User(key, tenant, userId));
        }

        return hash;
    }

    public byte[] Resource(string tenant, string id) => KeyedHashes.Resource(key, tenant, id);
}
