using System.Buffers.Text;
using System.Collections.Immutable;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GatewayStack.Identity.Credentials;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Identity.Issuers;

/// <summary>Reads a JSON Web Key Set. A key that is unknown, weak or not for signatures is left out, a document that is no key set is refused.</summary>
internal static class KeySetParser
{
    private const int MostKeys = 100;

    /// <summary>Parses a key set.</summary>
    /// <returns>The usable keys, or null where the document is no key set.</returns>
    public static KeySet? Parse(ReadOnlyMemory<byte> utf8)
    {
        if (!StrictJson.TryParseObject(utf8.Span, out var root) || !root.TryGetProperty("keys", out var array)
            || array.ValueKind != JsonValueKind.Array || array.GetArrayLength() > MostKeys)
        {
            return null;
        }

        var keys = ImmutableArray.CreateBuilder<VerificationKey>();
        foreach (var element in array.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.Object && ForSignatures(element) && ParseKey(element) is { } key)
            {
                keys.Add(key);
            }
        }

        return new KeySet(keys.ToImmutable());
    }

    private static bool ForSignatures(JsonElement jwk)
    {
        if (jwk.TryGetProperty("use", out var use) && (use.ValueKind != JsonValueKind.String || use.GetString() != "sig"))
        {
            return false;
        }

        // A set that publishes a private or symmetric member has given that key to everybody.
        if (jwk.TryGetProperty("d", out _) || jwk.TryGetProperty("k", out _))
        {
            return false;
        }

        return !jwk.TryGetProperty("key_ops", out var operations) || (operations.ValueKind == JsonValueKind.Array && operations.EnumerateArray().Any(MayVerify));
    }

    private static bool MayVerify(JsonElement operation) => operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify");

    private static VerificationKey? ParseKey(JsonElement jwk)
    {
        var keyId = Text(jwk, "kid");
        var algorithm = Text(jwk, "alg");
        if ((keyId is null && jwk.TryGetProperty("kid", out _)) || (algorithm is null && jwk.TryGetProperty("alg", out _)))
        {
            return null;
        }

        var key = Text(jwk, "kty") switch
        {
            "RSA" => ParseRsa(jwk),
            "EC" => ParseCurve(jwk),
            _ => null,
        };
        return key is null ? null : new VerificationKey { KeyId = keyId, Algorithm = algorithm, Key = key, Thumbprint = Thumbprint(key) };
    }

    private static JsonWebKey? ParseRsa(JsonElement jwk)
    {
        if (Bytes(jwk, "n") is not { } modulus || Bytes(jwk, "e") is not { } exponent)
        {
            return null;
        }

        var bits = (long)new BigInteger(modulus, isUnsigned: true, isBigEndian: true).GetBitLength();
        var e = new BigInteger(exponent, isUnsigned: true, isBigEndian: true);
        return bits is >= 2048 and <= 8192 && !e.IsEven && e >= 3 && e <= uint.MaxValue
            ? new JsonWebKey { Kty = "RSA", N = Base64Url.EncodeToString(modulus), E = Base64Url.EncodeToString(exponent) }
            : null;
    }

    private static JsonWebKey? ParseCurve(JsonElement jwk)
    {
        var curve = Text(jwk, "crv");
        var algorithm = SignatureAlgorithm.All.FirstOrDefault(candidate => candidate.Curve is not null && candidate.Curve == curve);
        if (algorithm is null || Bytes(jwk, "x") is not { } x || Bytes(jwk, "y") is not { } y || x.Length != algorithm.SignatureBytes / 2 || y.Length != x.Length)
        {
            return null;
        }

        try
        {
            // The import refuses a point that is not on the curve.
            using var check = ECDsa.Create(new ECParameters { Curve = algorithm.NamedCurve!.Value, Q = new ECPoint { X = x, Y = y } });
        }
        catch (CryptographicException)
        {
            return null;
        }

        return new JsonWebKey { Kty = "EC", Crv = curve, X = Base64Url.EncodeToString(x), Y = Base64Url.EncodeToString(y) };
    }

    private static string Thumbprint(JsonWebKey key)
    {
        var canonical = key.Kty == "RSA"
            ? $$"""{"e":"{{key.E}}","kty":"RSA","n":"{{key.N}}"}"""
            : $$"""{"crv":"{{key.Crv}}","kty":"EC","x":"{{key.X}}","y":"{{key.Y}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    private static byte[]? Bytes(JsonElement jwk, string name) => Text(jwk, name) is { } text && StrictBase64Url.TryDecode(text, out var bytes) && bytes.Length > 0 ? bytes : null;

    private static string? Text(JsonElement jwk, string name) => jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
