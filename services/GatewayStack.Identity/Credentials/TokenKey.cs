using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace GatewayStack.Identity.Credentials;

/// <summary>SHA-256 of a whole token: what is remembered about a token is never found by a part of it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenKey(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    private const int StackLimit = 2048;

    public static TokenKey Of(string token)
    {
        var size = Encoding.UTF8.GetByteCount(token);
        var rented = size > StackLimit ? ArrayPool<byte>.Shared.Rent(size) : null;
        var buffer = rented ?? stackalloc byte[StackLimit];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetBytes(token, buffer);
        SHA256.HashData(buffer[..length], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        var words = MemoryMarshal.Cast<byte, ulong>(hash);
        return new TokenKey(words[0], words[1], words[2], words[3]);
    }

    public override int GetHashCode() => unchecked((int)First);
}
