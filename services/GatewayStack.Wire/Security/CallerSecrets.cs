using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Contracts.Settings;

namespace GatewayStack.Wire.Security;

/// <summary>What a service knows of a caller's secrets: their SHA-256. Whoever reads it there cannot call anybody as that caller.</summary>
internal static class CallerSecrets
{
    /// <summary>How a digest begins, before 64 hexadecimal digits.</summary>
    private const string Digest = "sha256:";

    /// <summary>Reads a setting: digests or secrets, one or, while a secret is being changed, more with blanks between.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? TryRead(string? configured, out ImmutableArray<byte[]> digests)
    {
        digests = [];
        if (string.IsNullOrWhiteSpace(configured))
        {
            return "is missing";
        }

        if (SecretReference.TryResolve(configured, out var text) is { } unresolved)
        {
            return unresolved;
        }

        var found = ImmutableArray.CreateBuilder<byte[]>();
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.StartsWith(Digest, StringComparison.Ordinal))
            {
                if (part.Length != Digest.Length + (2 * SHA256.HashSizeInBytes) || !part.Skip(Digest.Length).All(char.IsAsciiHexDigit))
                {
                    return "has a digest that is not sha256: and 64 hexadecimal digits";
                }

                found.Add(Convert.FromHexString(part.AsSpan(Digest.Length)));
            }
            else if (Problem(part) is { } problem)
            {
                return problem;
            }
            else
            {
                found.Add(Of(part));
            }
        }

        digests = found.ToImmutable();
        return digests.IsEmpty ? "is missing" : null;
    }

    /// <summary>What is wrong with a secret, or null.</summary>
    public static string? Problem(string secret) =>
        secret.Length < ServiceCredentials.Shortest ? "is shorter than 32 characters" : secret.Any(c => c is <= ' ' or > '~') ? "has characters that a header cannot carry" : null;

    /// <summary>The digest of a secret.</summary>
    public static byte[] Of(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
