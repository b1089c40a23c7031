using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GatewayStack.Transform.Recognizers;

/// <summary>The units of ASCII that some words begin with. Every blank and mark of a text could begin one, and few do. Immutable.</summary>
/// <param name="opens">Says of a unit whether one of the words begins with it.</param>
/// <param name="followsBlank">Says of a unit whether it may stand behind a blank that one of the words begins with.</param>
internal sealed class WordOpenings(Predicate<char> opens, Predicate<char> followsBlank)
{
    private readonly AsciiSet _first = new(opens);
    private readonly AsciiSet _behindBlank = new(followsBlank);

    /// <summary>Which of 32 units may open a word, a bit each. Of the last one nothing is known but what it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Among(Vector128<byte> first, Vector128<byte> second)
    {
        var opening = Both(_first.Among(first), _first.Among(second));
        var blanks = Both(Blanks(first), Blanks(second));
        return opening & (~blanks | (Both(_behindBlank.Among(first), _behindBlank.Among(second)) >> 1) | 0x80000000);
    }

    private static uint Blanks(Vector128<byte> units) => Vector128.Equals(units, Vector128.Create((byte)' ')).ExtractMostSignificantBits();

    private static uint Both(uint first, uint second) => first | second << AsciiSet.Block;
}
