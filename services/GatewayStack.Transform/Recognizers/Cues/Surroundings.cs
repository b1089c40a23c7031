using System.Runtime.InteropServices;

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

    private static readonly WordTrie<Boxed> Lexicon = new(CueWords.All.Select(w => KeyValuePair.Create(w.Key, new Boxed(w.Value))), loose: true);

    private static readonly CueSet Decoys = CueSet.Of(
        CueKind.Order, CueKind.Reference, CueKind.Version, CueKind.Hash, CueKind.Amount, CueKind.Product, CueKind.Network, CueKind.Time, CueKind.Measure);

    /// <summary>A reference type, so that the trie can tell a word from its beginnings.</summary>
    private sealed record Boxed(CueSet Set);

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
    public static Surroundings Read(ReadOnlySpan<char> text, int start, int end)
    {
        CueSet nearest = default, near = default, far = default;
        var nearestEnd = -1;
        for (var i = Lexicon.Next(text, Math.Max(0, start - Before), start); i < start; i = Lexicon.Next(text, i + 1, start))
        {
            if (!TryRead(text, i, start, out var set, out var wordEnd))
            {
                continue;
            }

            far |= set;
            near = wordEnd - nearestEnd <= Cluster && nearestEnd >= 0 ? near | set : set;
            nearest = set;
            nearestEnd = wordEnd;
            // The words inside a phrase say nothing of their own: the card of an "id card number" is no payment card.
            i = wordEnd - 1;
        }

        CueSet right = default;
        int rightStart;
        var limit = Math.Min(text.Length, end + After);
        var line = text[end..limit].IndexOfAny('\n', '\r');
        var lineEnd = line < 0 ? limit : end + line;
        for (rightStart = Lexicon.Next(text, end, lineEnd); rightStart < lineEnd; rightStart = Lexicon.Next(text, rightStart + 1, lineEnd))
        {
            if (TryRead(text, rightStart, limit, out right, out var rightEnd))
            {
                right = IsLabel(text[rightEnd..limit]) ? default : right;
                break;
            }
        }

        if (Kinds(text, ColumnHead.Of(text, start, end)) is { IsEmpty: false } head)
        {
            return new Surroundings { Nearest = head, Near = head, Far = head | far, Distance = 1, Right = right, RightDistance = rightStart - end };
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
            RightDistance = rightStart - end,
        };
    }

    /// <summary>Kinds of all words of a name.</summary>
    private static CueSet Kinds(ReadOnlySpan<char> text, Range name)
    {
        CueSet kinds = default;
        var last = name.End.Value;
        for (var i = Lexicon.Next(text, name.Start.Value, last); i < last; i = Lexicon.Next(text, i + 1, last))
        {
            if (TryRead(text, i, last, out var set, out var end))
            {
                kinds |= set;
                i = end - 1;
            }
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

        var strength = IsTaken || IsAbove || Distance > 48 ? 0.3 : Words switch { < 2 => 1.0, 2 => 0.5, _ => 0.3 };
        odds += Nearest.Meets(Decoys) ? -4.0 * strength : Nearest.IsEmpty ? 0 : -1.0 * strength;
        return Far.Meets(own) ? odds + 2.5 : odds;
    }

    /// <summary>True when a word of these kinds stands directly before the value.</summary>
    public bool Says(CueSet kinds) => Nearest.Meets(kinds) || (Near.Meets(kinds) && Distance <= 32 && !Nearest.Meets(Decoys));

    /// <summary>The longest word that begins here and ends before <paramref name="limit"/>.</summary>
    private static bool TryRead(ReadOnlySpan<char> text, int at, int limit, out CueSet set, out int end)
    {
        set = default;
        end = 0;
        var node = WordTrie<Boxed>.Root;
        for (var i = at; i < limit; i++)
        {
            node = Lexicon.Step(node, text[i]);
            if (node == 0)
            {
                break;
            }

            if (Lexicon.Value(node) is { } boxed && EndOfWord(text, i + 1, limit) is var wordEnd and > 0)
            {
                set = boxed.Set;
                end = wordEnd;
            }
        }

        return end > 0;
    }

    /// <summary>Where the word ends that was read up to here, a plural s included; 0 when it goes on.</summary>
    private static int EndOfWord(ReadOnlySpan<char> text, int at, int limit)
    {
        if (IsBorder(text, at))
        {
            return at;
        }

        return at < limit && text[at] is 's' or 'S' && IsBorder(text, at + 1) ? at + 1 : 0;
    }

    private static bool IsBorder(ReadOnlySpan<char> text, int at) =>
        at >= text.Length || !char.IsLetter(text[at]) || (char.IsUpper(text[at]) && char.IsLower(text[at - 1])) || WordStart.IsIdeographic(text[at - 1]);

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
