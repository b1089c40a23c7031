using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace GatewayStack.Identity.Claims;

/// <summary>The key of a person. Frozen: ledgers and audits are keyed by it.</summary>
internal static class PersonId
{
    /// <summary>base64url(SHA-256(length and UTF-8 bytes of iss, length and UTF-8 bytes of sub)), lengths as 32-bit big-endian integers.</summary>
    public static string Of(string issuer, string subject)
    {
        var issuerLength = Encoding.UTF8.GetByteCount(issuer);
        var subjectLength = Encoding.UTF8.GetByteCount(subject);
        var bytes = new byte[8 + issuerLength + subjectLength];
        BinaryPrimitives.WriteInt32BigEndian(bytes, issuerLength);
        Encoding.UTF8.GetBytes(issuer, bytes.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 + issuerLength), subjectLength);
        Encoding.UTF8.GetBytes(subject, bytes.AsSpan(8 + issuerLength));
        return Base64Url.EncodeToString(SHA256.HashData(bytes));
    }
}
