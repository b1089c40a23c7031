using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using GatewayStack.Contracts.Settings;
using GatewayStack.Wire.Channels;

namespace GatewayStack.Wire.Security;

/// <summary>This service's own secret, and what it knows of those of the services that may call it.</summary>
internal sealed class ServiceCredentials
{
    /// <summary>Shortest secret, in characters.</summary>
    public const int Shortest = 32;

    private readonly FrozenDictionary<string, ImmutableArray<byte[]>> _callers;
    private readonly ImmutableArray<byte[]> _nobody = [RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes)];
    private Itself? _itself;

    public ServiceCredentials(OwnService own, ServiceOptions options)
    {
        OwnName = own.Name;
        OwnSecret = options.Credential is { } configured && SecretReference.TryResolve(configured, out var secret) is null ? secret : null;
        _callers = options.Callers
            .Select(c => (c.Key, Problem: CallerSecrets.TryRead(c.Value, out var digests), Digests: digests))
            .Where(c => c.Problem is null)
            .ToFrozenDictionary(c => c.Key, c => c.Digests, StringComparer.Ordinal);
    }

    /// <summary>This service's name.</summary>
    public string OwnName { get; }

    /// <summary>This service's secret; null only where the settings check refuses the start.</summary>
    public string? OwnSecret { get; }

    /// <summary>Whether anybody may call by this name.</summary>
    public bool Knows(string caller) => _callers.ContainsKey(caller);

    /// <summary>True when the secret is the caller's. Takes the same time whatever was sent.</summary>
    public bool Prove(string caller, string secret)
    {
        var digest = CallerSecrets.Of(secret);
        var proven = false;
        foreach (var known in _callers.GetValueOrDefault(caller, _nobody))
        {
            proven |= CryptographicOperations.FixedTimeEquals(digest, known);
        }

        return proven || (Volatile.Read(ref _itself) is { } itself && itself.Name == caller && CryptographicOperations.FixedTimeEquals(digest, itself.Digest));
    }

    /// <summary>Believes this process under the name of a caller, by a secret that is made now and never leaves it, until that is given back.</summary>
    public Itself BelieveItself(string caller)
    {
        var itself = new Itself(this, caller);
        Volatile.Write(ref _itself, itself);
        return itself;
    }

    /// <summary>A secret of this process alone.</summary>
    public sealed class Itself : IDisposable
    {
        private readonly ServiceCredentials _credentials;

        internal Itself(ServiceCredentials credentials, string name)
        {
            (_credentials, Name, Secret) = (credentials, name, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
            Digest = CallerSecrets.Of(Secret);
        }

        /// <summary>The caller that it is taken for.</summary>
        public string Name { get; }

        /// <summary>The secret.</summary>
        public string Secret { get; }

        internal byte[] Digest { get; }

        public void Dispose() => Interlocked.CompareExchange(ref _credentials._itself, null, this);
    }
}
