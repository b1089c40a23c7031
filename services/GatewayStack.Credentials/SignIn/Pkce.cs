using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace GatewayStack.Credentials.SignIn;

/// <summary>Random values of one sign-in.</summary>
internal static class Pkce
{
    public const string Method = "S256";

    /// <summary>256 random bits: a verifier (RFC 7636, 4.1), or a state.</summary>
    public static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
