using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace GatewayStack.Router.Modules;

/// <summary>Names for secrets and contents that are kept in memory only: HMAC-SHA-256 under a key of this process.</summary>
internal sealed class KeyedHash
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    public string Of(IEnumerable<string> words, ReadOnlySpan<byte> body = default)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var word in words)
        {
            // With its length before it, no word runs into the next.
            var bytes = Encoding.UTF8.GetBytes(word);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        hash.AppendData(body);
        return Convert.ToBase64String(hash.GetHashAndReset());
    }
}
