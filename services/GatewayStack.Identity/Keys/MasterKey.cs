using System.Security.Cryptography;
using System.Text;
using GatewayStack.Contracts.Settings;

namespace GatewayStack.Identity.Keys;

/// <summary>The operator's key that wraps the key files (AES-256-GCM).</summary>
internal sealed class MasterKey
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] _key;

    private MasterKey(byte[] key)
    {
        _key = key;
        Id = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 8, info: "gatewaystack/master/id"u8.ToArray()));
    }

    /// <summary>Names the key without giving it away: tells a wrong master from a damaged file.</summary>
    public string Id { get; }

    /// <summary>Resolves a configured master key.</summary>
    /// <returns>What is wrong, or null. Never contains the secret.</returns>
    public static string? TryResolve(string configured, out MasterKey? master)
    {
        master = null;
        if (SecretReference.TryResolve(configured, out var secret) is { } problem)
        {
            return problem;
        }

        var bytes = new byte[64];
        if (!Convert.TryFromBase64String(secret, bytes, out var length) || length != 32)
        {
            return "is not 32 bytes in base64";
        }

        master = new MasterKey(bytes[..32]);
        return null;
    }

    public WrappedFile Wrap(string fileName, ReadOnlySpan<byte> plain)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceBytes);
        var sealedBytes = new byte[plain.Length + TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(0, plain.Length), sealedBytes.AsSpan(plain.Length), Encoding.UTF8.GetBytes(fileName));
        return new WrappedFile { Version = 1, Master = Id, Nonce = nonce, Sealed = sealedBytes };
    }

    /// <summary>Opens a wrapped file; null where this is not its key, or the file was changed.</summary>
    public byte[]? Unwrap(string fileName, WrappedFile wrapped)
    {
        if (wrapped.Nonce.Length != NonceBytes || wrapped.Sealed.Length < TagBytes)
        {
            return null;
        }

        var plain = new byte[wrapped.Sealed.Length - TagBytes];
        try
        {
            using var aes = new AesGcm(_key, TagBytes);
            aes.Decrypt(wrapped.Nonce, wrapped.Sealed.AsSpan(0, plain.Length), wrapped.Sealed.AsSpan(plain.Length), plain, Encoding.UTF8.GetBytes(fileName));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
