using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Recognizers;

/// <summary>
/// How some words begin, of ASCII and without case: four units of a text are read as one number, and a bit for its hash says whether a word may begin so. The bits fit
/// into a processor's nearest cache; one in some ten that are set is another word's. Where longer words begin so, six units are asked in the same way.
/// </summary>
internal sealed class WordBeginnings
{
    /// <summary>So many units are read at once.</summary>
    public const int Units = 4;

    /// <summary>So many units of a word are told.</summary>
    public const int Most = 6;

    private const int Bits = 16;
    private const ulong Beyond = 0xFF80FF80FF80FF80;

    /// <summary>Makes small letters of capitals, and of marks other marks: of words and texts alike.</summary>
    private const ulong Case = 0x0020002000200020;

    private const ulong OfFour = 0x9E3779B97F4A7C15, OfThree = 0xD6E8FEB86659FD93;

    private static readonly ulong FirstThree = BitConverter.IsLittleEndian ? 0x0000FFFFFFFFFFFF : 0xFFFFFFFFFFFF0000;

    private readonly ulong[] _fours = new ulong[1 << (Bits - 6)];
    private readonly ulong[] _sixes = new ulong[1 << (Bits - 6)];

    /// <summary>Of the fours: those that shorter words than six begin with.</summary>
    private readonly ulong[] _short = new ulong[1 << (Bits - 6)];
    private readonly ulong[] _threes = new ulong[1 << (Bits - 6)];
    private readonly bool[] _ones = new bool[128];

    /// <summary>Adds the first units of a word: four of each that is as long, six of each that is as long; and the whole of a shorter one.</summary>
    /// <param name="units">The units.</param>
    /// <param name="isWhole">True when the word ends with them.</param>
    public void Add(string units, bool isWhole)
    {
        switch (units.Length)
        {
            case 1:
                _ones[units[0] | 0x20] = true;
                break;
            case 2:
                // What follows may be anything.
                for (var next = '\0'; next < _ones.Length; next++)
                {
                    Add(units + next, isWhole);
                }

                break;
            case 3:
                Set(_threes, SlotOf(NumberOf(units + '\0') & FirstThree, OfThree));
                break;
            case Most:
                Set(_sixes, SlotOf(Joined(NumberOf(units[..Units]), NumberOf(units[^Units..])), OfFour));
                break;
            default:
                Set(_fours, SlotOf(NumberOf(units[..Units]), OfFour));
                if (isWhole)
                {
                    Set(_short, SlotOf(NumberOf(units[..Units]), OfFour));
                }

                break;
        }
    }

    /// <summary>Reads four units; false where one of them is not ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<char> text, int at, out ulong units)
    {
        units = MemoryMarshal.Read<ulong>(MemoryMarshal.AsBytes(text.Slice(at, Units)));
        return (units & Beyond) == 0;
    }

    /// <summary>Whether a word may begin with the units that were read; false is certain.</summary>
    /// <param name="units">The units.</param>
    /// <param name="text">The text.</param>
    /// <param name="at">Where they stand in it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool May(ulong units, ReadOnlySpan<char> text, int at)
    {
        units |= Case;
        var four = SlotOf(units, OfFour);
        return IsSet(_threes, SlotOf(units & FirstThree, OfThree)) | _ones[FirstOf(units)] || (IsSet(_fours, four) && (IsSet(_short, four) || MayGoOn(units, text, at)));
    }

    private bool MayGoOn(ulong units, ReadOnlySpan<char> text, int at) =>
        at + Most > text.Length || !TryRead(text, at + Most - Units, out var last) || IsSet(_sixes, SlotOf(Joined(units, last | Case), OfFour));

    /// <summary>The first four units and the last four of six; a unit has seven bits.</summary>
    private static ulong Joined(ulong first, ulong last) => first | (last << 7);

    private static ulong NumberOf(string units) => TryRead(units, 0, out var number) ? number | Case : throw new ArgumentOutOfRangeException(nameof(units), units, "Not ASCII");

    private static int FirstOf(ulong units) => (int)(BitConverter.IsLittleEndian ? units & 0x7F : units >> 48 & 0x7F);

    private static int SlotOf(ulong units, ulong multiplier) => (int)(units * multiplier >> (64 - Bits));

    private static bool IsSet(ulong[] bits, int slot) => (bits[slot >> 6] >> (slot & 63) & 1) != 0;

    private static void Set(ulong[] bits, int slot) => bits[slot >> 6] |= 1UL << (slot & 63);
}
