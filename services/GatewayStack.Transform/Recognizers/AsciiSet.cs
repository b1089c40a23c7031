using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GatewayStack.Transform.Recognizers;

/// <summary>Units of ASCII that are looked for among many at once. Immutable.</summary>
internal sealed class AsciiSet
{
    /// <summary>So many units are looked at together.</summary>
    public const int Block = 16;

    /// <summary>A bit for each upper half of a unit.</summary>
    private static readonly Vector128<byte> Uppers = Vector128.Create(1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>By the lower half of a unit, the upper halves that it is in the set with.</summary>
    private readonly Vector128<byte> _byLower;

    /// <summary>A set.</summary>
    /// <param name="contains">Says which units are in it.</param>
    public AsciiSet(Predicate<char> contains)
    {
        Span<byte> uppers = stackalloc byte[Block];
        for (var unit = '\0'; unit < 128; unit++)
        {
            uppers[unit & 0xF] |= contains(unit) ? (byte)(1 << (unit >> 4)) : (byte)0;
        }

        _byLower = Vector128.Create<byte>(uppers);
    }

    /// <summary>True when the unit is in the set.</summary>
    public bool Contains(char unit) => unit < 128 && (_byLower[unit & 0xF] >> (unit >> 4) & 1) != 0;

    /// <summary>Reads some units, of which there must be as many. What is no ASCII is no member of any set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> Read(ReadOnlySpan<char> units)
    {
        var shorts = MemoryMarshal.Cast<char, ushort>(units[..Block]);
        return Vector128.NarrowWithSaturation(Vector128.Create(shorts), Vector128.Create(shorts[Vector128<ushort>.Count..]));
    }

    /// <summary>Which of the units are in the set, a bit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Among(Vector128<byte> units) =>
        ~Vector128.Equals(Vector128.ShuffleNative(_byLower, units & Vector128.Create((byte)0xF)) & Vector128.ShuffleNative(Uppers, units >> 4), Vector128<byte>.Zero)
            .ExtractMostSignificantBits() & 0xFFFF;
}
