using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace GatewayStack.Transform.Recognizers;

/// <summary>Tells where words begin. Every unit of a text is asked: the answer for ASCII comes from a table, or for many units at once.</summary>
internal static class WordStart
{
    /// <summary>So many units are looked at together.</summary>
    public const int Block = 32;

    /// <summary>What stands behind a number that counts.</summary>
    private const string Counters = "年月日号號元円圓块塊个個人件枚本台回次歳岁秒分時时点點米克斤吨万萬億亿千百原년월일원명개대회번초세";

    private const int LetterOrDigit = 1;
    private const int Upper = 2;
    private const int Lower = 4;

    /// <summary>Of ASCII: 1 for letters and digits, and 2 more for capitals, 4 more for small letters.</summary>
    private static ReadOnlySpan<byte> Kinds =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
        0, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 0, 0, 0,
        0, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 0, 0, 0, 0, 0,
    ];

    /// <summary>True where a word may begin: behind what is no letter or digit, at a hump (<c>dbPassword</c>), and anywhere in scripts without blanks.</summary>
    public static bool Is(ReadOnlySpan<char> text, int start) => start == 0 || Is(text[start - 1], text[start]);

    /// <summary>Where words may begin among the next <see cref="Block"/> units, a bit each.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">The first of the units.</param>
    /// <param name="openings">What the words begin with: places where none of them does may be left out.</param>
    public static uint Among(ReadOnlySpan<char> text, int from, WordOpenings openings) => TryAmong(text, from, openings, out var starts) ? starts : AmongOneByOne(text, from);

    /// <summary>Where words may begin among the next <see cref="Block"/> units, a bit each; false where not all of them are ASCII.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">The first of the units.</param>
    /// <param name="openings">What the words begin with: places where none of them does are left out.</param>
    /// <param name="starts">The bits.</param>
    public static bool TryAmong(ReadOnlySpan<char> text, int from, WordOpenings openings, out uint starts)
    {
        var before = from > 0 ? text[from - 1] : ' ';
        starts = 0;
        if (text.Length - from < Block || before >= 128)
        {
            return false;
        }

        Vector128<byte> first = AsciiSet.Read(text[from..]), second = AsciiSet.Read(text[(from + AsciiSet.Block)..]);
        if ((first | second).ExtractMostSignificantBits() != 0)
        {
            return false;
        }

        Classify(first, out var letters, out var upper, out var lower);
        Classify(second, out var letters2, out var upper2, out var lower2);
        (letters, upper, lower) = (letters | letters2 << AsciiSet.Block, upper | upper2 << AsciiSet.Block, lower | lower2 << AsciiSet.Block);

        int kinds = Kinds[before];
        var lettersBefore = (letters << 1) | (uint)(kinds & LetterOrDigit);
        var lowerBefore = (lower << 1) | (uint)((kinds & Lower) / Lower);
        starts = (~(letters & lettersBefore) | (upper & lowerBefore)) & openings.Among(first, second);
        return true;
    }

    private static uint AmongOneByOne(ReadOnlySpan<char> text, int from)
    {
        var starts = 0u;
        var before = from > 0 ? text[from - 1] : ' ';
        for (var i = 0; i < Block && from + i < text.Length; i++)
        {
            starts |= Is(before, text[from + i]) ? 1u << i : 0;
            before = text[from + i];
        }

        return starts;
    }

    /// <summary>True where a word may begin behind a unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is(char before, char c)
    {
        if ((before | c) >= 128)
        {
            return IsBeyondAscii(before, c);
        }

        int left = Kinds[before], right = Kinds[c];
        return (left & right & LetterOrDigit) == 0 || (left & Lower & (right << 1)) != 0;
    }

    /// <summary>
    /// True where two neighbours belong to one word: where a value ends, and what is beside it goes on. A letter of a script without blanks is no part of what
    /// it touches, and a letter of any other script than Latin is no part of a value in ASCII. What counts (<c>30年</c>, <c>500元</c>) belongs to its number.
    /// </summary>
    /// <param name="inside">The value's outermost unit.</param>
    /// <param name="outside">Its neighbour.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Joins(char inside, char outside) => (inside | outside) < 128 ? (Kinds[outside] & LetterOrDigit) != 0 : JoinsBeyondAscii(inside, outside);

    /// <summary>The same for the neighbour before a value. The word for a number counts what stands before it, and names what stands behind: <c>3号</c>, <c>卡号4532</c>.</summary>
    /// <param name="inside">The value's first unit.</param>
    /// <param name="before">The unit before it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool JoinsBefore(char inside, char before) =>
        (inside | before) < 128 ? (Kinds[before] & LetterOrDigit) != 0 : before is not ('号' or '號') && JoinsBeyondAscii(inside, before);

    private static bool JoinsBeyondAscii(char inside, char outside)
    {
        if (!char.IsLetterOrDigit(outside) || outside is 'º' or 'ª')
        {
            return false;
        }

        if (IsUnblanked(inside) || IsUnblanked(outside))
        {
            return char.IsAsciiDigit(inside) && Counters.Contains(outside);
        }

        return (inside < 128 ? IsLatin(outside) : outside >= 128 || IsLatin(inside)) || !char.IsLetterOrDigit(inside);
    }

    private static bool IsLatin(char c) => c is < '\u0370' or (>= '\u1E00' and <= '\u1EFF') or (>= '\u2C60' and <= '\u2C7F') or (>= '\uA720' and <= '\uA7FF');

    /// <summary>True for characters of scripts that put no blanks between words, or particles behind any: Han, kana, Hangul, Thai, Lao, Khmer, Myanmar.</summary>
    public static bool IsUnblanked(char c) =>
        c is >= '\u2E80' and < '\uD800' or (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1100' and <= '\u11FF') or (>= '\u1780' and <= '\u17FF');

    /// <summary>True for a vowel or another mark that scripts of India, Thai and others write round a letter: part of its word.</summary>
    public static bool IsMark(char c) => c >= '\u0300' && char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>True for a letter of a script that has no capitals.</summary>
    public static bool IsUncased(char c) => c >= '\u0590' && char.GetUnicodeCategory(c) == UnicodeCategory.OtherLetter;

    /// <summary>The kinds of some units, a bit for each of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Classify(Vector128<byte> units, out uint letters, out uint upper, out uint lower)
    {
        var isUpper = Vector128.LessThanOrEqual(units - Vector128.Create((byte)'A'), Vector128.Create((byte)25));
        var isLower = Vector128.LessThanOrEqual(units - Vector128.Create((byte)'a'), Vector128.Create((byte)25));
        var isDigit = Vector128.LessThanOrEqual(units - Vector128.Create((byte)'0'), Vector128.Create((byte)9));
        letters = (isUpper | isLower | isDigit).ExtractMostSignificantBits();
        upper = isUpper.ExtractMostSignificantBits();
        lower = isLower.ExtractMostSignificantBits();
    }

    private static bool IsBeyondAscii(char before, char c) =>
        !char.IsLetterOrDigit(before) || !char.IsLetterOrDigit(c) || (char.IsUpper(c) && char.IsLower(before)) || IsUnblanked(c)
        || (c < 128 && !JoinsBefore(c, before));
}
