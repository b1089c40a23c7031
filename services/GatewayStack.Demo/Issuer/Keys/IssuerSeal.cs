using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Demo.Server;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Demo.Issuer.Keys;

/// <summary>
/// The issuer's secret for what only it reads: authorization codes, refresh tokens, cookies and the forms of its pages. Kept in a file where there is a folder for it.
/// </summary>
/// <remarks>Safe for concurrent use. Each purpose has a key of its own, so that a form never passes for a cookie.</remarks>
internal sealed class IssuerSeal(DemoServerOptions options)
{
    private const string FileName = "demo-issuer.key";
    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int Head = NonceBytes + TagBytes;

    private readonly byte[] _root = options.KeyFolder is { } folder
        ? Convert.FromBase64String(KeyFile.ReadOrMake(folder, FileName, () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes))).Text)
        : RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>The key of codes and refresh tokens.</summary>
    public SymmetricSecurityKey EncryptionKey => new(Derive("tokens"));

    /// <summary>Encrypts a text for a purpose, as base64url.</summary>
    public string Seal(string purpose, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var output = new byte[Head + content.Length];
        RandomNumberGenerator.Fill(output.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(Derive(purpose), TagBytes);
        aes.Encrypt(output.AsSpan(0, NonceBytes), content, output.AsSpan(Head), output.AsSpan(NonceBytes, TagBytes));
        return Base64Url.EncodeToString(output);
    }

    /// <summary>Decrypts what <see cref="Seal"/> made for the same purpose.</summary>
    public bool TryOpen(string purpose, string? text, [NotNullWhen(true)] out string? content)
    {
        content = null;
        if (string.IsNullOrEmpty(text) || !Base64Url.IsValid(text))
        {
            return false;
        }

        var input = Base64Url.DecodeFromChars(text);
        if (input.Length < Head)
        {
            return false;
        }

        var plain = new byte[input.Length - Head];
        using var aes = new AesGcm(Derive(purpose), TagBytes);
        try
        {
            aes.Decrypt(input.AsSpan(0, NonceBytes), input.AsSpan(Head), input.AsSpan(NonceBytes, TagBytes), plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        content = Encoding.UTF8.GetString(plain);
        return true;
    }

    private byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _root, KeyBytes, info: Encoding.ASCII.GetBytes("gatewaystack.demo." + purpose));
}
