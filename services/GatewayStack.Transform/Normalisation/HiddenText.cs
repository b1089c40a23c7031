using System.Buffers;
using System.Globalization;
using System.Text;

namespace GatewayStack.Transform.Normalisation;

/// <summary>What kind of hidden character it is.</summary>
internal enum HiddenKind
{
    /// <summary>A place where a word may be broken: most come from the layout of a page.</summary>
    SoftHyphen,

    /// <summary>A character without width.</summary>
    ZeroWidth,

    /// <summary>A letter that looks like a blank, or a control that nothing uses any more.</summary>
    Filler,

    /// <summary>A mark or an embedding of a direction of writing.</summary>
    Direction,

    /// <summary>Another form of the character before it, where that has none.</summary>
    Variation,

    /// <summary>The same in great number: one can write with them.</summary>
    VariationRow,

    /// <summary>Characters are shown in another order than they stand.</summary>
    Override,

    /// <summary>An invisible copy of ASCII.</summary>
    Tag,
}

/// <summary>Hidden characters that stand together.</summary>
/// <param name="Start">First UTF-16 unit.</param>
/// <param name="End">First unit after them.</param>
/// <param name="Kind">The worst kind among them.</param>
/// <param name="Count">How many they are.</param>
/// <param name="SplitsWord">True when letters or digits stand on both sides.</param>
internal readonly record struct HiddenRun(int Start, int End, HiddenKind Kind, int Count, bool SplitsWord)
{
    /// <summary>How sure it is that they are to be hidden, and not there by the way.</summary>
    public double Confidence => Kind switch
    {
        HiddenKind.Tag => 1,
        HiddenKind.VariationRow => 0.95,
        HiddenKind.Override => 0.9,
        HiddenKind.ZeroWidth => SplitsWord ? 0.8 : Count > 2 ? 0.7 : 0.4,
        HiddenKind.Filler => 0.6,
        HiddenKind.Direction => SplitsWord ? 0.7 : 0.4,
        HiddenKind.Variation => 0.5,
        _ => Count > 1 ? 0.6 : 0.3,
    };
}

/// <summary>Finds characters that nobody sees, except where a script or an emoji needs them.</summary>
internal static class HiddenText
{
    private const int ZeroWidthJoiner = 0x200D;
    private const int BlackFlag = 0x1F3F4;
    private const int CancelTag = 0xE007F;
    private const int LongestFlag = 8;

    /// <summary>Units with which a hidden character may begin. The last two are the high surrogates of tags and of shorthand and music controls.</summary>
    private static readonly SearchValues<char> Candidates = SearchValues.Create(
        Enumerable.Range(0, 0x10000).Where(c => KindOf(c) is not null).Select(c => (char)c).Concat(['\uDB40', '\uD82F', '\uD834']).ToArray());

    /// <summary>Where they stand, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="json">True when it is JSON source: escapes are read as what they stand for.</param>
    public static IReadOnlyList<HiddenRun> Find(string text, bool json)
    {
        var escapes = json && text.Contains("\\u", StringComparison.Ordinal);
        if (!escapes && (Ascii.IsValid(text) || text.AsSpan().IndexOfAny(Candidates) < 0))
        {
            return [];
        }

        var runs = new List<HiddenRun>();
        var reader = new Reader(text, escapes);
        var (before, current) = (default(Point), reader.Next());
        bool? rightToLeft = null;
        while (current.Length > 0)
        {
            if (KindOf(current.Value) is null)
            {
                (before, current) = (current, reader.Next());
                continue;
            }

            var run = new List<Point>();
            for (; current.Length > 0 && KindOf(current.Value) is not null; current = reader.Next())
            {
                run.Add(current);
            }

            rightToLeft ??= HasRightToLeft(text);
            Judge(runs, run, before, current, rightToLeft.Value);
        }

        return runs;
    }

    private static void Judge(List<HiddenRun> runs, List<Point> run, Point before, Point after, bool rightToLeft)
    {
        var splits = before.IsWord && after.IsWord;
        if (IsFlag(run, before.Value))
        {
            return;
        }

        var variations = run.Count(p => KindOf(p.Value) == HiddenKind.Variation);
        HiddenRun? open = null;
        for (var i = 0; i < run.Count; i++)
        {
            var previous = i == 0 ? before.Value : run[i - 1].Value;
            var next = i == run.Count - 1 ? after.Value : run[i + 1].Value;
            if (IsNeeded(run[i], previous, next, before.Value, after.Value, rightToLeft))
            {
                Close(runs, ref open);
                continue;
            }

            var kind = KindOf(run[i].Value)!.Value;
            kind = kind == HiddenKind.Variation && variations > 2 ? HiddenKind.VariationRow : kind;
            var end = run[i].Start + run[i].Length;
            open = open is { } begun
                ? begun with { End = end, Kind = begun.Kind > kind ? begun.Kind : kind, Count = begun.Count + 1 }
                : new HiddenRun(run[i].Start, end, kind, 1, splits);
        }

        Close(runs, ref open);
    }

    private static void Close(List<HiddenRun> runs, ref HiddenRun? open)
    {
        if (open is { } run)
        {
            runs.Add(run);
            open = null;
        }
    }

    /// <summary>The flag of a part of a country: a black flag, its code in tags, and their end.</summary>
    private static bool IsFlag(List<Point> run, int before) =>
        before == BlackFlag && run.Count is > 2 and <= LongestFlag && run[^1].Value == CancelTag
        && run.Take(run.Count - 1).All(p => p.Value is (>= 0xE0030 and <= 0xE0039) or (>= 0xE0061 and <= 0xE007A));

    /// <summary>True where the character is part of how its neighbours are written.</summary>
    private static bool IsNeeded(Point point, int previous, int next, int before, int after, bool rightToLeft) => point.Value switch
    {
        ZeroWidthJoiner => (IsEmojiPart(previous) && IsEmojiPart(next)) || IsJoining(before),
        0x200C => IsJoining(before),
        0x200B => IsWithoutBlanks(before) || IsWithoutBlanks(after),
        0xFEFF => point.Start == 0,
        0x200E or 0x200F or 0x061C or (>= 0x202A and <= 0x202C) or (>= 0x2066 and <= 0x2069) => rightToLeft,
        0xFE0E or 0xFE0F => IsSymbol(previous) || IsHan(previous),
        >= 0xFE00 and <= 0xFE0D => IsSymbol(previous) || IsHan(previous) || IsJoining(previous) || previous is >= 0xA840 and <= 0xA87F,
        >= 0xE0100 and <= 0xE01EF => IsHan(previous),
        (>= 0x180B and <= 0x180F) => previous is >= 0x1800 and <= 0x18AF || next is >= 0x1800 and <= 0x18AF,
        0x115F or 0x1160 => previous is (>= 0x1100 and <= 0x11FF) or (>= 0xA960 and <= 0xA97F) || next is >= 0x1100 and <= 0x11FF,
        _ => false,
    };

    private static HiddenKind? KindOf(int point) => point switch
    {
        0x00AD => HiddenKind.SoftHyphen,
        0x200B or 0x200C or 0x200D or 0x180E or 0xFEFF or (>= 0x2060 and <= 0x2065) or 0x034F => HiddenKind.ZeroWidth,
        0x115F or 0x1160 or 0x3164 or 0xFFA0 or (>= 0x206A and <= 0x206F) or (>= 0xFFF9 and <= 0xFFFB) or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) =>
            HiddenKind.Filler,
        0x200E or 0x200F or 0x061C or (>= 0x202A and <= 0x202C) or (>= 0x2066 and <= 0x2069) => HiddenKind.Direction,
        0x202D or 0x202E => HiddenKind.Override,
        (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180D) or 0x180F => HiddenKind.Variation,
        >= 0xE0000 and <= 0xE007F => HiddenKind.Tag,
        _ => null,
    };

    /// <summary>Scripts that join their letters, or keep them from it: Arabic to N'Ko, the scripts of India and Sri Lanka, Myanmar, Khmer, Mongolian.</summary>
    private static bool IsJoining(int point) =>
        point is (>= 0x0600 and <= 0x08FF) or (>= 0x0900 and <= 0x0DFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x18AF) or (>= 0xAA60 and <= 0xAA7F)
            or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x11000 and <= 0x11FFF);

    /// <summary>Scripts without blanks between words.</summary>
    private static bool IsWithoutBlanks(int point) => point is (>= 0x0E00 and <= 0x0FFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x19E0 and <= 0x1AAF);

    private static bool IsHan(int point) => point is (>= 0x2E80 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private static bool IsEmojiPart(int point) => point is 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF) || IsSymbol(point);

    private static bool IsSymbol(int point) =>
        point is '#' or '*' or (>= '0' and <= '9')
        || (Rune.IsValid(point) && Rune.GetUnicodeCategory(new Rune(point)) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherPunctuation);

    private static bool HasRightToLeft(string text) => text.AsSpan().IndexOfAny(RightToLeft) >= 0;

    private static readonly SearchValues<char> RightToLeft = SearchValues.Create(
        Enumerable.Range(0x0590, 0x0900 - 0x0590).Where(c => c != 0x061C).Concat(Enumerable.Range(0xFB1D, 0xFDFF - 0xFB1D)).Concat(Enumerable.Range(0xFE70,
        0xFEFD - 0xFE70)).Select(c => (char)c).ToArray());

    /// <summary>A code point and where it stands; without length at the end.</summary>
    private readonly record struct Point(int Value, int Start, int Length)
    {
        public bool IsWord => Length > 0 && Rune.IsValid(Value) && Rune.IsLetterOrDigit(new Rune(Value));
    }

    /// <summary>Reads a text by code points, with escapes where it is JSON source.</summary>
    private sealed class Reader(string text, bool escapes)
    {
        private int _at;

        public Point Next()
        {
            if (_at >= text.Length)
            {
                return default;
            }

            var start = _at;
            var unit = Unit();
            if (char.IsHighSurrogate(unit) && _at < text.Length)
            {
                var afterHigh = _at;
                if (Unit() is var low && char.IsLowSurrogate(low))
                {
                    return new Point(char.ConvertToUtf32(unit, low), start, _at - start);
                }

                _at = afterHigh;
            }

            return new Point(unit, start, _at - start);
        }

        private char Unit()
        {
            if (!escapes || text[_at] != '\\' || _at + 1 >= text.Length)
            {
                return text[_at++];
            }

            if (text[_at + 1] == 'u' && _at + 6 <= text.Length
                && ushort.TryParse(text.AsSpan(_at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                _at += 6;
                return (char)unit;
            }

            // Of any other escape only that it is one matters, and that a second backslash begins none.
            _at += 2;
            return '\\';
        }
    }
}
