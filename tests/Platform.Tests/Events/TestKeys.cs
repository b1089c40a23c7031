using System.Security.Cryptography;
using System.Text;
using GatewayStack.Contracts.Keys;

namespace GatewayStack.Platform.Tests.Events;

/// <summary>Data keys of a test: one per purpose and id.</summary>
internal sealed class TestKeys : IDataKeys
{
    public string Current { get; set; } = "k1";

    public Task<DataKey> GetCurrentAsync(string purpose, CancellationToken cancellationToken) => Task.FromResult(Key(purpose, Current));

    public Task<DataKey?> FindAsync(string purpose, string keyId, CancellationToken cancellationToken) =>
        Task.FromResult(keyId.StartsWith('k') ? Key(purpose, keyId) : null);

    private static DataKey Key(string purpose, string id) =>
        new() { KeyId = id, Purpose = purpose, Secret = [.. SHA256.HashData(Encoding.UTF8.GetBytes(purpose + id))] };
}
