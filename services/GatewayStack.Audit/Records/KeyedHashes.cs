using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Contracts.Keys;

namespace GatewayStack.Audit.Records;

/// <summary>Keyed hashes by which personal values are found without being stored (HMAC-SHA-256, bound to kind and tenant).</summary>
internal static class KeyedHashes
{
    public static byte[] User(DataKey key, string tenant, string userId) => Hash(key, "user", tenant, userId);

    public static byte[] Resource(DataKey key, string tenant, string id) => Hash(key, "resource", tenant, id);

    private static byte[] Hash(DataKey key, string kind, string tenant, string value) =>
        HMACSHA256.HashData(key.Secret.AsSpan(), Encoding.UTF8.GetBytes($"{kind}\0{tenant.Length}\0{tenant}\0{value}"));
}

/// <summary>The keys of a query: those that hashes in the store were made with.</summary>
internal sealed record HashKeys(ImmutableArray<DataKey> Keys)
{
    public ImmutableArray<byte[]> Users(string tenant, string userId) => [.. Keys.Select(k => KeyedHashes.User(k, tenant, userId))];

    public ImmutableArray<byte[]> Resources(string tenant, string id) => [.. Keys.Select(k => KeyedHashes.Resource(k, tenant, id))];
}
