using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Identity.Issuers;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Identity.Keys;

/// <summary>One ES256 key of the signing ring.</summary>
internal sealed class SigningKey
{
    private readonly ECDsa _key = ECDsa.Create();
    private readonly Lock _gate = new();

    public SigningKey(StoredSigningKey stored)
    {
        Stored = stored;
        _key.ImportPkcs8PrivateKey(stored.PrivateKey, out _);
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        X = Base64Url.EncodeToString(point.X);
        Y = Base64Url.EncodeToString(point.Y);
        KeyId = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));
        Verification = new VerificationKey { KeyId = KeyId, Algorithm = "ES256", Key = new JsonWebKey { Kty = "EC", Crv = "P-256", X = X, Y = Y }, Thumbprint = KeyId };
    }

    public StoredSigningKey Stored { get; }

    /// <summary>The key's thumbprint (RFC 7638).</summary>
    public string KeyId { get; }

    public string X { get; }

    public string Y { get; }

    public VerificationKey Verification { get; }

    public static SigningKey Generate(DateTimeOffset now, DateTimeOffset? activatedAt)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new SigningKey(new StoredSigningKey { PrivateKey = key.ExportPkcs8PrivateKey(), CreatedAt = now, ActivatedAt = activatedAt });
    }

    /// <summary>Signs, in the fixed-length form that JOSE wants.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        // One native key is not promised to be safe for concurrent use.
        lock (_gate)
        {
            return _key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }
}
