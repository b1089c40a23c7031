using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Contracts.Settings;
using GatewayStack.Wire.Channels;

namespace GatewayStack.Wire.Security;

/// <summary>This service's own secret, and those of the services that may call it.</summary>
internal sealed class ServiceCredentials
{
    /// <summary>Shortest secret, in characters.</summary>
    public const int Shortest = 32;

    private readonly FrozenDictionary<string, byte[]> _callers;
    private readonly byte[] _nobody = RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);

    public ServiceCredentials(OwnService own, ServiceOptions options)
    {
        OwnName = own.Name;
        OwnSecret = Resolve(options.Credential);
        _callers = options.Callers.Where(c => Resolve(c.Value) is not null).ToFrozenDictionary(c => c.Key, c => Hash(Resolve(c.Value)!), StringComparer.Ordinal);
    }

    /// <summary>This service's name.</summary>
    public string OwnName { get; }

    /// <summary>This service's secret; null only where the settings check refuses the start.</summary>
    public string? OwnSecret { get; }

    /// <summary>True when the secret is the caller's. Takes the same time whatever was sent.</summary>
    public bool Prove(string caller, string secret) =>
        CryptographicOperations.FixedTimeEquals(Hash(secret), _callers.GetValueOrDefault(caller, _nobody));

    private static string? Resolve(string? configured) => configured is not null && SecretReference.TryResolve(configured, out var secret) is null ? secret : null;

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
