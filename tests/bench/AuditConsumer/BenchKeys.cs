using System.Security.Cryptography;
using System.Text;
using GatewayStack.Contracts.Keys;

namespace GatewayStack.AuditConsumer;

internal sealed class BenchKeys : IDataKeys
{
    public Task<DataKey> GetCurrentAsync(string purpose, CancellationToken cancellationToken) => Task.FromResult(Key(purpose, "k1"));

    public Task<DataKey?> FindAsync(string purpose, string keyId, CancellationToken cancellationToken) => Task.FromResult<DataKey?>(Key(purpose, keyId));

    private static DataKey Key(string purpose, string id) =>
        new() { KeyId = id, Purpose = purpose, Secret = [.. SHA256.HashData(Encoding.UTF8.GetBytes(purpose + id))] };
}
