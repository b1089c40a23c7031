using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Recognizers.Cues;

/// <summary>A word of <see cref="CueWords"/> in a text: [Start, End).</summary>
/// <param name="Start">First unit.</param>
/// <param name="End">First unit after it.</param>
/// <param name="Set">The kinds it belongs to.</param>
/// <param name="Beginnings">Those, and the kinds of the shorter words that it begins with.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Cue(int Start, int End, CueSet Set, CueSet Beginnings);

/// <summary>Reads the cues of a text, unit by unit.</summary>
/// <param name="text">The text.</param>
internal readonly ref struct CueReader(ReadOnlySpan<char> text)
{
    private static readonly WordTrie<Boxed> Lexicon = new(CueWords.All.Select(w => KeyValuePair.Create(w.Key, new Boxed(w.Value))), loose: true);

    /// <summary>A reference type, so that the trie can tell a word from its beginnings.</summary>
    private sealed record Boxed(CueSet Set);

    /// <summary>The text.</summary>
    public ReadOnlySpan<char> Text { get; } = text;

    /// <summary>The places before <paramref name="before"/> where a cue may begin.</summary>
    public WordPlaces Places(int from, int before) => Lexicon.MayStand(Text, from, before);

    /// <summary>The first cue that begins in [<paramref name="from"/>, <paramref name="before"/>) and ends by <paramref name="limit"/>.</summary>
    public bool TryNext(int from, int before, int limit, out Cue cue)
    {
        var places = Places(from, before);
        for (var i = places.Next(); i < before; i = places.Next())
        {
            if (TryRead(i, limit, out cue))
            {
                return true;
            }
        }

        cue = default;
        return false;
    }

    /// <summary>The longest word that begins here and ends by <paramref name="limit"/>.</summary>
    public bool TryRead(int at, int limit, out Cue cue)
    {
        cue = default;
        var node = WordTrie<Boxed>.Root;
        for (var i = at; i < limit; i++)
        {
            node = Lexicon.Step(node, Text[i]);
            if (node == 0)
            {
                break;
            }

            if (Lexicon.Value(node) is { } boxed && EndOfWord(Text, i + 1, limit) is var end and > 0)
            {
                cue = new Cue(at, end, boxed.Set, cue.Beginnings | boxed.Set);
            }
        }

        return cue.End > 0;
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
        at >= text.Length || !char.IsLetter(text[at]) || (char.IsUpper(text[at]) && char.IsLower(text[at - 1])) || WordStart.IsUnblanked(text[at - 1]);
}
