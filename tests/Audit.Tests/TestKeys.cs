using System.Security.Cryptography;
using System.Text;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Router;

namespace GatewayStack.Audit.Tests;

internal sealed class TestKeys : IDataKeys
{
    public string Current { get; set; } = "k1";

    /// <summary>As when Identity cannot be reached.</summary>
    public bool Away { get; set; }

    public Task<DataKey> GetCurrentAsync(string purpose, CancellationToken cancellationToken) =>
        Away ? Task.FromException<DataKey>(Unreachable()) : Task.FromResult(Key(purpose, Current));

    public Task<DataKey?> FindAsync(string purpose, string keyId, CancellationToken cancellationToken) =>
        Away ? Task.FromException<DataKey?>(Unreachable()) : Task.FromResult<DataKey?>(Key(purpose, keyId));

    private static ModuleCallException Unreachable() => new("identity", ModuleFault.NeverReached);

    private static DataKey Key(string purpose, string id) =>
        new() { KeyId = id, Purpose = purpose, Secret = [.. SHA256.HashData(Encoding.UTF8.GetBytes(purpose + id))] };
}
