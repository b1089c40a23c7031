using System.Text;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Credentials;

/// <summary>
/// The one place where a token's signature is validated. It is given one key; which key a token means was decided before. The library
/// sees the signed bytes and the signature only: a second parser would be a second opinion of what the token says.
/// </summary>
internal static class SignatureValidator
{
    /// <summary>Validates a signature.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? Validate(CompactToken token, SignatureAlgorithm algorithm, VerificationKey key)
    {
        if (!key.Fits(algorithm) || (algorithm.SignatureBytes > 0 && token.Signature.Length != algorithm.SignatureBytes))
        {
            return "signature_invalid";
        }

        var factory = key.Key.CryptoProviderFactory;
        var provider = factory.CreateForVerifying(key.Key, algorithm.Name);
        try
        {
            var signed = Encoding.ASCII.GetBytes(token.Text, 0, token.SignedLength);
            return provider.Verify(signed, token.Signature) ? null : "signature_invalid";
        }
        finally
        {
            factory.ReleaseSignatureProvider(provider);
        }
    }
}
