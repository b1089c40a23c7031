using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>What a value is made of.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct ValueShape
{
    private const int ShortValue = 64;

    /// <summary>What a character that stands so often in a value of such a length adds to its entropy, for short ones.</summary>
    private static readonly double[] Terms = [.. Enumerable.Range(0, (ShortValue + 1) * (ShortValue + 1)).Select(i => Term(i % (ShortValue + 1), i / (ShortValue + 1)))];

    /// <summary>Counts.</summary>
    public ValueShape(ReadOnlySpan<char> value)
    {
        Length = value.Length;
        Span<int> counts = stackalloc int[128];
        ulong low = 0, high = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsDigit(c))
            {
                Digits++;
                Changes += i > 0 && char.IsLetter(value[i - 1]) ? 1 : 0;
            }
            else if (char.IsLetter(c))
            {
                Uppers += char.IsUpper(c) ? 1 : 0;
                Letters++;
                InnerUppers += i > 0 && char.IsUpper(c) && char.IsLetter(value[i - 1]) ? 1 : 0;
                NonAscii += c > 127 ? 1 : 0;
                Changes += i > 0 && char.IsDigit(value[i - 1]) ? 1 : 0;
            }
            else if (c > '\u02FF' && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                // Vowels and tones of many scripts: part of the letter before them.
                Letters++;
                NonAscii++;
            }
            else
            {
                Symbols++;
                Joiners += c is '-' or '_' or '.' or ' ' or '/' or ':' or ',' or '|' or '\'' ? 1 : 0;
            }

            counts[c & 127]++;
            low |= (c & 64) == 0 ? 1UL << (c & 63) : 0;
            high |= (c & 64) != 0 ? 1UL << (c & 63) : 0;
        }

        Distinct = BitOperations.PopCount(low) + BitOperations.PopCount(high);
        Entropy = EntropyOf(low, counts, value.Length, 0);
        Entropy = EntropyOf(high, counts[64..], value.Length, Entropy);
    }

    private static double EntropyOf(ulong units, ReadOnlySpan<int> counts, int length, double entropy)
    {
        for (; units != 0; units &= units - 1)
        {
            var count = counts[BitOperations.TrailingZeroCount(units)];
            entropy -= length <= ShortValue ? Terms[(length * (ShortValue + 1)) + count] : Term(count, length);
        }

        return entropy;
    }

    private static double Term(int count, int length)
    {
        var p = (double)count / length;
        return p * Math.Log2(p);
    }

    public int Length { get; }

    public int Letters { get; }

    public int Uppers { get; }

    /// <summary>Capitals that follow a letter.</summary>
    public int InnerUppers { get; }

    public int Digits { get; }

    /// <summary>Neither letters nor digits.</summary>
    public int Symbols { get; }

    /// <summary>Those symbols that words, numbers and paths are joined with.</summary>
    public int Joiners { get; }

    public int NonAscii { get; }

    public int Distinct { get; }

    /// <summary>How often letters and digits follow each other.</summary>
    public int Changes { get; }

    /// <summary>Bits a character (Shannon).</summary>
    public double Entropy { get; }

    public int Lowers => Letters - Uppers;

    public bool IsLetters => Letters == Length;

    public bool IsDigits => Digits == Length;

    /// <summary>Words, joined or not: no digit, and no symbol but joiners.</summary>
    public bool IsWords => Digits == 0 && Symbols == Joiners && Letters > 0;

    /// <summary>Numbers, joined or not: a date, a version, an amount.</summary>
    public bool IsNumbers => Letters == 0 && Symbols == Joiners && Digits > 0;

    /// <summary>Letters with digits or symbols, or capitals where a word has none: what no sentence has by chance.</summary>
    public bool IsMixed => (Letters > 0 && Digits > 0) || (Letters > 0 && Symbols > Joiners) || (Digits > 0 && Symbols > Joiners);
}
