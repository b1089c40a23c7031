using System.Security.Cryptography;
using System.Text;

namespace GatewayStack.Router.Recording;

/// <summary>An identifier that a caller wrote, as a record takes it.</summary>
internal static class RecordedId
{
    private const int MaxLength = 512;

    /// <summary>The identifier; by its hash where it is too long or is no plain text, so that nobody fills records with what they like.</summary>
    public static string Of(string id) =>
        id.Length <= MaxLength && !id.Any(char.IsControl) ? id : "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
}
