using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GatewayStack.Transform.Names;

/// <summary>The hashes that the lists and the weights are addressed by. Part of the format of the weights file: a change makes old files useless.</summary>
internal static class NameHash
{
    /// <summary><see cref="Lower"/> of ASCII.</summary>
    private static readonly char[] Ascii = [.. Enumerable.Range(0, 128).Select(c => Lower((char)c))];

    /// <summary>The beginning of a chain.</summary>
    public const uint Seed = 0x9E3779B9;

    /// <summary>A word, without regard to case.</summary>
    public static uint Word(ReadOnlySpan<char> word)
    {
        var hash = Seed;
        foreach (var c in word)
        {
            hash = (hash ^ (c < 128 ? Ascii[c] : Lower(c))) * 0x01000193;
        }

        return Mix(hash);
    }

    /// <summary>Two hashes in their order.</summary>
    public static uint Join(uint first, uint second) => Mix((first * 0x85EBCA6B) + second + 0x165667B1);

    /// <summary>The small form of a character; digits are one, curly apostrophes straight.</summary>
    public static char Lower(char c)
    {
        if (c < 128)
        {
            return c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c is >= '0' and <= '9' ? '0' : c;
        }

        return c == '’' ? '\'' : char.ToLowerInvariant(c);
    }

    /// <summary>Spreads the bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mix(uint hash)
    {
        hash ^= hash >> 15;
        hash *= 0x2C1B3C6D;
        hash ^= hash >> 12;
        hash *= 0x297A2D39;
        return hash ^ (hash >> 15);
    }

    /// <summary>Spreads the bits of several.</summary>
    public static void Mix(Span<uint> hashes)
    {
        ref var first = ref MemoryMarshal.GetReference(hashes);
        var i = 0;
        for (; i <= hashes.Length - Vector256<uint>.Count; i += Vector256<uint>.Count)
        {
            var hash = Vector256.LoadUnsafe(ref first, (nuint)i);
            hash ^= hash >>> 15;
            hash *= Vector256.Create(0x2C1B3C6Du);
            hash ^= hash >>> 12;
            hash *= Vector256.Create(0x297A2D39u);
            (hash ^ (hash >>> 15)).StoreUnsafe(ref first, (nuint)i);
        }

        for (; i < hashes.Length; i++)
        {
            hashes[i] = Mix(hashes[i]);
        }
    }
}
