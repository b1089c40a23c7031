using System.Collections.Immutable;
using System.Security.Cryptography;

namespace GatewayStack.Identity.Credentials;

/// <summary>An algorithm that signatures may use, and what its keys and signatures look like.</summary>
/// <param name="Name">The JOSE name.</param>
/// <param name="KeyType">The JWK <c>kty</c>.</param>
/// <param name="Curve">The JWK <c>crv</c>, for elliptic curves.</param>
/// <param name="SignatureBytes">Length of a signature; 0 where the key decides.</param>
internal sealed record SignatureAlgorithm(string Name, string KeyType, string? Curve, int SignatureBytes)
{
    /// <summary>Every supported algorithm. Nothing with a shared key and nothing without a signature stands here.</summary>
    public static ImmutableArray<SignatureAlgorithm> All { get; } =
    [
        new("RS256", "RSA", null, 0), new("RS384", "RSA", null, 0), new("RS512", "RSA", null, 0),
        new("PS256", "RSA", null, 0), new("PS384", "RSA", null, 0), new("PS512", "RSA", null, 0),
        new("ES256", "EC", "P-256", 64), new("ES384", "EC", "P-384", 96), new("ES512", "EC", "P-521", 132),
    ];

    public ECCurve? NamedCurve => Curve switch
    {
        "P-256" => ECCurve.NamedCurves.nistP256,
        "P-384" => ECCurve.NamedCurves.nistP384,
        "P-521" => ECCurve.NamedCurves.nistP521,
        _ => null,
    };

    public static SignatureAlgorithm? Find(string name)
    {
        foreach (var algorithm in All)
        {
            if (algorithm.Name == name)
            {
                return algorithm;
            }
        }

        return null;
    }
}
