using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace GatewayStack.Identity.Credentials;

/// <summary>
/// A keyed hash (SHA-256 behind a secret of this process) of a whole token, and the resource it was presented for: what is remembered about a token is never found by a part of
/// it, nor at another resource.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenKey(ulong First, ulong Second, ulong Third, ulong Fourth, ImmutableArray<string> Audiences)
{
    private const int StackLimit = 2048;

    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    public static TokenKey Of(string token) => Of(token, []);

    public static TokenKey Of(string token, ImmutableArray<string> audiences)
    {
        var size = Secret.Length + Encoding.UTF8.GetByteCount(token);
        var rented = size > StackLimit ? ArrayPool<byte>.Shared.Rent(size) : null;
        var buffer = rented ?? stackalloc byte[StackLimit];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Secret.CopyTo(buffer);
        var length = Secret.Length + Encoding.UTF8.GetBytes(token, buffer[Secret.Length..]);
        SHA256.HashData(buffer[..length], hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        var words = MemoryMarshal.Cast<byte, ulong>(hash);
        return new TokenKey(words[0], words[1], words[2], words[3], audiences);
    }

    public bool Equals(TokenKey other) =>
        First == other.First && Second == other.Second && Third == other.Third && Fourth == other.Fourth
        && Audiences.AsSpan().SequenceEqual(other.Audiences.AsSpan());

    public override int GetHashCode() => unchecked((int)First);
}
