using System.Runtime.InteropServices;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Recognizers.Cues;

/// <summary>What the words on both sides of a value say about it.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Surroundings
{
    /// <summary>So many units before a value are read.</summary>
    public const int Before = 96;

    /// <summary>So many units after it, up to the line's end.</summary>
    public const int After = 40;

    private const int Cluster = 14;

    private static readonly CueSet Decoys = CueSet.Of(
        CueKind.Order, CueKind.Reference, CueKind.Version, CueKind.Hash, CueKind.Amount, CueKind.Product, CueKind.Network, CueKind.Time, CueKind.Measure);

    /// <summary>Decoys that name a thing. The others, times and amounts, stand in any sentence.</summary>
    private static readonly CueSet Things = CueSet.Of(CueKind.Order, CueKind.Reference, CueKind.Version, CueKind.Hash, CueKind.Product, CueKind.Network);

    /// <summary>Kinds of the word that stands nearest before the value.</summary>
    public CueSet Nearest { get; private init; }

    /// <summary>Units from its end to the value.</summary>
    public int Distance { get; private init; }

    /// <summary>Kinds of the words that stand close to that one.</summary>
    public CueSet Near { get; private init; }

    /// <summary>Kinds of all words before the value.</summary>
    public CueSet Far { get; private init; }

    /// <summary>Kinds of the nearest word behind the value in its line, unless that is the label of the next value.</summary>
    public CueSet Right { get; private init; }

    /// <summary>Units from the value to that word.</summary>
    public int RightDistance { get; private init; }

    /// <summary>True when it stands in a line before, and is not the label of what follows.</summary>
    public bool IsAbove { get; private init; }

    /// <summary>Words between it and the value, the small ones that join them left out.</summary>
    public int Words { get; private init; }

    /// <summary>True when another value with many digits stands between the nearest word and this one.</summary>
    public bool IsTaken { get; private init; }

    /// <summary>Reads the surroundings of a value.</summary>
    /// <param name="text">A whole text.</param>
    /// <param name="start">Where the value begins.</param>
    /// <param name="end">Where it ends.</param>
    public static Surroundings Read(in ScannedText text, int start, int end) => Read(new CueWindow(text, 0, text.Units.Length), start, end);

    /// <summary>Whether a word of these kinds may stand where <see cref="Read(in ScannedText, int, int)"/> looks; false is certain.</summary>
    public static bool MaySay(in ScannedText text, int start, int end, CueSet kinds) => MayHold(text, start, end, kinds) || HeadOf(text.Units, start, end).Meets(kinds);

    /// <summary>The same for a part of what a match is shown, where that is more than <see cref="Before"/> units before it.</summary>
    public static bool MaySay(in Match match, int start, int end, CueSet kinds) =>
        MayHold(match.Whole, match.Origin + start, match.Origin + end, kinds) || HeadOf(match.Text, start, end).Meets(kinds);

    private static bool MayHold(in ScannedText text, int start, int end, CueSet kinds) =>
        text.Indexes is not { } indexes || indexes.Cues.MayHold(new CueReader(text.Units), Math.Max(0, start - Before), Math.Min(text.Units.Length, end + After), kinds);

    /// <summary>Reads the surroundings of a part of what a match is shown.</summary>
    public static Surroundings Read(in Match match, int start, int end) => Read(new CueWindow(match.Whole, match.Origin, match.Text.Length), start, end);

    private static Surroundings Read(in CueWindow cues, int start, int end)
    {
        CueSet nearest = default, near = default, far = default;
        var nearestEnd = -1;
        var text = cues.Text;
        for (var i = Math.Max(0, start - Before); cues.TryNext(i, start, start, out var cue); i = cue.End)
        {
            // The words inside a phrase say nothing of their own: the card of an "id card number" is no payment card.
            far |= cue.Set;
            near = cue.End - nearestEnd <= Cluster && nearestEnd >= 0 ? near | cue.Set : cue.Set;
            nearest = cue.Set;
            nearestEnd = cue.End;
        }

        var limit = Math.Min(text.Length, end + After);
        var line = text[end..limit].IndexOfAny('\n', '\r');
        var sentence = text[end..limit].IndexOf(". ");
        line = sentence >= 0 && (line < 0 || sentence < line) ? sentence : line;
        var lineEnd = line < 0 ? limit : end + line;
        var isFollowed = cues.TryNext(end, lineEnd, limit, out var next);
        var rightDistance = (isFollowed ? next.Start : lineEnd) - end;
        var right = isFollowed && !IsLabel(text[next.End..limit]) ? next.Set : default;

        if (HeadOf(text, start, end) is { IsEmpty: false } head)
        {
            return new Surroundings { Nearest = head, Near = head, Far = head | far, Distance = 1, Right = right, RightDistance = rightDistance };
        }

        var between = nearestEnd < 0 ? default : text[nearestEnd..start];
        var words = CountWords(between);
        return new Surroundings
        {
            Nearest = nearest,
            Near = near,
            Far = far,
            Distance = nearestEnd < 0 ? Before : between.Length,
            IsTaken = CountDigits(between) >= 4 && (words > 0 || !IsList(between)),
            Words = words,
            IsAbove = between.Contains('\n') && !between.TrimStart("\"' ").StartsWith(":"),
            Right = right,
            RightDistance = rightDistance,
        };
    }

    /// <summary>Kinds of all words of the head of the column a value stands in.</summary>
    private static CueSet HeadOf(ReadOnlySpan<char> text, int start, int end)
    {
        CueSet kinds = default;
        var name = ColumnHead.Of(text, start, end);
        var last = name.End.Value;
        for (var i = name.Start.Value; new CueReader(text).TryNext(i, last, last, out var cue); i = cue.End)
        {
            kinds |= cue.Set;
        }

        return kinds;
    }

    /// <summary>True when what stands between a word and a value are values like it: one word names them all.</summary>
    private static bool IsList(ReadOnlySpan<char> between) => between.TrimEnd(" \"'") is [.., ',' or ';' or '/' or '&' or '+'] || EndsWithJoint(between.TrimEnd());

    private static bool EndsWithJoint(ReadOnlySpan<char> text) =>
        text.LastIndexOf(' ') is var blank and >= 0 && text[(blank + 1)..] is "and" or "or" or "und" or "oder" or "et" or "ou" or "y" or "o" or "e" or "en" or "of" or "i" or "oraz" or "och" or "eller" or "to";

    /// <summary>What the surroundings add to the log-odds of a value of the given kinds.</summary>
    public double For(CueSet own)
    {
        var odds = Right.Meets(own) ? (RightDistance <= 20 ? 3.0 : 1.5) : Right.Meets(Decoys) && RightDistance <= 12 ? RightDistance <= 2 ? -2.0 : -1.0 : 0;
        if (Nearest.Meets(own))
        {
            var gain = Distance <= 16 ? 5.0 : Distance <= 32 ? 4.0 : Distance <= 64 ? 3.0 : 1.5;
            gain -= Math.Min(2.5, 0.8 * Math.Max(0, Words - 1));
            return odds + (IsTaken ? gain * 0.6 : gain);
        }

        if (Near.Meets(own) && !Nearest.Meets(Decoys))
        {
            return odds + (Distance <= 32 ? 3.5 : 2.0);
        }

        var isFar = IsTaken || IsAbove || Distance > 48 || ((Words > 0 || Distance > 12) && !Nearest.Meets(Things));
        var strength = isFar ? 0.3 : Words switch { < 2 => 1.0, 2 => 0.5, _ => 0.3 };
        odds += Nearest.Meets(Decoys) ? -4.0 * strength : Nearest.IsEmpty ? 0 : -1.0 * strength;
        return Far.Meets(own) ? odds + 2.5 : odds;
    }

    /// <summary>True when a word of these kinds stands directly before the value.</summary>
    public bool Says(CueSet kinds) => Nearest.Meets(kinds) || (Near.Meets(kinds) && Distance <= 32 && !Nearest.Meets(Decoys));

    /// <summary>True when the word rather belongs to a value behind it. In brackets it looks back.</summary>
    private static bool IsLabel(ReadOnlySpan<char> rest)
    {
        if (rest.Length > 0 && rest[0] == ')')
        {
            return false;
        }

        rest = rest[..Math.Min(rest.Length, 12)];
        var end = rest.IndexOfAny('\n', '\r');
        return (end < 0 ? rest : rest[..end]).ContainsAny(Alphabets.Digit) || rest.TrimStart("\"' ") is [':' or '=', ..];
    }

    private static int CountWords(ReadOnlySpan<char> text)
    {
        var count = 0;
        var length = 0;
        foreach (var c in text)
        {
            length = char.IsLetter(c) ? length + 1 : 0;
            count += length == 4 ? 1 : 0;
        }

        return count;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return count;
    }
}
