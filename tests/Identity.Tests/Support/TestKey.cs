using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace GatewayStack.Identity.Tests.Support;

/// <summary>A key pair that signs in any algorithm of its type.</summary>
public sealed class TestKey
{
    private static readonly Lazy<RSAParameters>[] Pool = [.. Enumerable.Range(0, 16).Select(_ => new Lazy<RSAParameters>(Make))];
    private static int _turn;

    private TestKey(string keyId, AsymmetricAlgorithm key)
    {
        KeyId = keyId;
        Pair = key;
    }

    public string KeyId { get; }

    public AsymmetricAlgorithm Pair { get; }

    public string DefaultAlgorithm => Pair is RSA ? "RS256" : ((ECDsa)Pair).KeySize switch { 256 => "ES256", 384 => "ES384", _ => "ES512" };

    /// <summary>An RSA key; one of sixteen in turn, since making them is what would take the time.</summary>
    public static TestKey Rsa(string keyId, int bits = 2048) =>
        new(keyId, bits == 2048 ? RSA.Create(Pool[(uint)Interlocked.Increment(ref _turn) % Pool.Length].Value) : RSA.Create(bits));

    public static TestKey Ec(string keyId, int bits = 256) => new(keyId, ECDsa.Create(bits switch
    {
        256 => ECCurve.NamedCurves.nistP256,
        384 => ECCurve.NamedCurves.nistP384,
        _ => ECCurve.NamedCurves.nistP521,
    }));

    public JsonObject PublicJwk()
    {
        if (Pair is RSA rsa)
        {
            var parameters = rsa.ExportParameters(includePrivateParameters: false);
            return new JsonObject { ["kty"] = "RSA", ["kid"] = KeyId, ["use"] = "sig", ["n"] = Base64Url.EncodeToString(parameters.Modulus), ["e"] = Base64Url.EncodeToString(parameters.Exponent) };
        }

        var curve = (ECDsa)Pair;
        var point = curve.ExportParameters(includePrivateParameters: false).Q;
        var name = curve.KeySize switch { 256 => "P-256", 384 => "P-384", _ => "P-521" };
        return new JsonObject { ["kty"] = "EC", ["kid"] = KeyId, ["use"] = "sig", ["crv"] = name, ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
    }

    public byte[] Sign(string algorithm, string input)
    {
        var data = Encoding.UTF8.GetBytes(input);
        var hash = algorithm[^3..] switch { "384" => HashAlgorithmName.SHA384, "512" => HashAlgorithmName.SHA512, _ => HashAlgorithmName.SHA256 };
        return Pair is RSA rsa
            ? rsa.SignData(data, hash, algorithm.StartsWith("PS", StringComparison.Ordinal) ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
            : ((ECDsa)Pair).SignData(data, hash);
    }

    private static RSAParameters Make()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportParameters(includePrivateParameters: true);
    }
}
