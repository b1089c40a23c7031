using GatewayStack.Identity.Credentials;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Identity.Issuers;

/// <summary>A public key that may verify signatures.</summary>
internal sealed class VerificationKey
{
    /// <summary>The key's name; null where the set does not name it.</summary>
    public required string? KeyId { get; init; }

    /// <summary>The only algorithm it may be used with, where the set says so.</summary>
    public required string? Algorithm { get; init; }

    /// <summary>The key in the library's form, public members only.</summary>
    public required JsonWebKey Key { get; init; }

    /// <summary>SHA-256 over the key material (RFC 7638): the same key in a later set.</summary>
    public required string Thumbprint { get; init; }

    /// <summary>True when a token that names this algorithm may be verified with this key.</summary>
    public bool Fits(SignatureAlgorithm algorithm) =>
        algorithm.KeyType == Key.Kty && (algorithm.Curve is null || algorithm.Curve == Key.Crv) && (Algorithm is null || Algorithm == algorithm.Name);
}
