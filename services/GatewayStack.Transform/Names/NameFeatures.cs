using System.Runtime.CompilerServices;

namespace GatewayStack.Transform.Names;

/// <summary>What the weights are asked about a token: words, affixes, shapes, lists and keys of it and of its neighbours, as hashes.</summary>
/// <remarks>Part of the format of the weights file: a change makes old files useless.</remarks>
internal static class NameFeatures
{
    /// <summary>At most so many a token.</summary>
    public const int Max = 96;

    /// <summary>The first so many speak of the word itself: training leaves them out at times, so that the rest learns to do without.</summary>
    public const int Lexical = 12;

    /// <summary>Writes the features of a token.</summary>
    /// <param name="tokens">The unit.</param>
    /// <param name="unit">Its text.</param>
    /// <param name="i">The token.</param>
    /// <param name="from">Where the run of candidates round it begins.</param>
    /// <param name="to">Where that run ends, exclusive.</param>
    /// <param name="into">Receives them.</param>
    /// <returns>How many.</returns>
    public static int Extract(NameTokens tokens, ReadOnlySpan<char> unit, int i, int from, int to, Span<uint> into)
    {
        var n = 0;
        var words = tokens.Word;
        uint w = words[i], p = words[i - 1], q = words[i + 1], pp = words[i - 2], qq = words[i + 2];
        uint s = (uint)tokens.Shape[i], sp = (uint)tokens.Shape[i - 1], sq = (uint)tokens.Shape[i + 1];
        uint spp = (uint)tokens.Shape[i - 2], sqq = (uint)tokens.Shape[i + 2];
        uint f = Lists(tokens.Flags[i]), fp = Lists(tokens.Flags[i - 1]), fq = Lists(tokens.Flags[i + 1]);
        uint c = Class(tokens, i), cp = Class(tokens, i - 1), cq = Class(tokens, i + 1);
        uint phrase = tokens.Phrase[i], phraseBefore = tokens.Phrase[i - 1], phraseAfter = tokens.Phrase[i + 1];
        var text = unit[tokens.Start[i]..tokens.End[i]];

        // The word itself.
        into[n++] = Hash(1, w);
        into[n++] = Hash(2, w, s);
        into[n++] = Hash(3, w, p);
        into[n++] = Hash(4, w, q);
        into[n++] = Hash(5, Suffix(text, 2));
        into[n++] = Hash(6, Suffix(text, 3));
        into[n++] = Hash(7, Suffix(text, 4), s);
        into[n++] = Hash(8, Prefix(text, 2));
        into[n++] = Hash(9, Prefix(text, 3));
        into[n++] = Hash(10, Prefix(text, 4));
        into[n++] = Hash(11, w, fp);
        into[n++] = Hash(12, w, cq);

        // Its neighbours.
        into[n++] = Hash(20, p);
        into[n++] = Hash(21, q);
        into[n++] = Hash(22, pp);
        into[n++] = Hash(23, qq);
        into[n++] = Hash(24, p, pp);
        into[n++] = Hash(25, q, qq);
        into[n++] = Hash(26, p, s);
        into[n++] = Hash(27, q, s);
        into[n++] = Hash(28, p, q);
        into[n++] = Hash(29, TailOf(tokens, unit, i - 1));
        into[n++] = Hash(30, TailOf(tokens, unit, i + 1));

        // Shapes.
        into[n++] = Hash(40, s);
        into[n++] = Hash(41, Outline(text), s);
        into[n++] = Hash(42, (sp << 5) | s);
        into[n++] = Hash(43, (s << 5) | sq);
        into[n++] = Hash(44, (sp << 10) | (s << 5) | sq);
        into[n++] = Hash(45, (spp << 20) | (sp << 15) | (s << 10) | (sq << 5) | sqq);
        var kind = ((uint)tokens.CaseMode << 2) | (uint)tokens.CodeLevel;
        into[n++] = Hash(46, s, kind);
        into[n++] = Hash(50, f, kind, s);
        into[n++] = Hash(51, c, kind, s);
        into[n++] = Hash(52, sp, (kind << 5) | sq, s);
        var unitKind = ((uint)tokens.Foreign << 2) | (uint)tokens.Capitals;
        into[n++] = Hash(53, unitKind, c, s);
        into[n++] = Hash(54, unitKind, f, s);
        into[n++] = Hash(55, (uint)tokens.Foreign, Suffix(text, 3), s);
        into[n++] = Hash(56, Mark(tokens, unit, i - 1), c, s);
        into[n++] = Hash(57, unitKind, (c << 8) | cp, cq);
        into[n++] = Hash(47, (uint)(i == NameTokens.First ? 1 : 0) | (uint)(i + 1 == tokens.Last ? 2 : 0), (c << 5) | s);
        into[n++] = Hash(48, Mark(tokens, unit, i - 1), Mark(tokens, unit, i + 1), s);
        into[n++] = Hash(49, (tokens.Glued[i] ? 1u : 0) | (tokens.Glued[i + 1] ? 2u : 0) | (s << 2), (sp << 5) | sq);

        // Lists and classes.
        into[n++] = Hash(60, f, s);
        into[n++] = Hash(61, f, s, fp);
        into[n++] = Hash(62, f, s, fq);
        into[n++] = Hash(63, fp, s);
        into[n++] = Hash(64, fq, s);
        into[n++] = Hash(65, c, s);
        into[n++] = Hash(66, f, c, s);
        into[n++] = Hash(67, cp, s);
        into[n++] = Hash(68, cq, s);
        into[n++] = Hash(69, cp, c);
        into[n++] = Hash(70, c, cq);
        into[n++] = Hash(71, cp, s, cq);
        into[n++] = Hash(72, Class(tokens, i - 2), cp, s);
        into[n++] = Hash(73, cq, Class(tokens, i + 2), s);
        into[n++] = Hash(74, fp, f, fq);
        into[n++] = Hash(75, f, cp, sp);
        into[n++] = Hash(76, f, cq, sq);
        into[n++] = Hash(77, phrase, s);
        into[n++] = Hash(78, phrase, f);
        into[n++] = Hash(79, phraseBefore, phrase, phraseAfter);
        for (var bits = (uint)tokens.Flags[i] & (uint)WordFlags.AnyName; bits != 0; bits &= bits - 1)
        {
            into[n++] = Hash(80, bits & (~bits + 1), s, (uint)tokens.Flags[i] >> 12);
        }

        // Where in the run of candidates it stands, and what stands round the run.
        uint before = Math.Min((uint)(i - from), 3), after = Math.Min((uint)(to - 1 - i), 3);
        into[n++] = Hash(90, (before << 2) | after, s);
        into[n++] = Hash(91, words[from - 1], before);
        into[n++] = Hash(92, words[to], after);
        into[n++] = Hash(93, Class(tokens, from - 1), (before << 2) | after, s);
        into[n++] = Hash(94, Class(tokens, to), (before << 2) | after, s);
        into[n++] = Hash(95, words[from - 1], words[from - 2]);
        into[n++] = Hash(96, Class(tokens, to - 1), after, s);

        // The key whose value it is in.
        var key = tokens.Key[i];
        into[n++] = Hash(100, key, s);
        if (key != 0)
        {
            into[n++] = Hash(101, key, f);
            into[n++] = Hash(102, key, p);
            into[n++] = Hash(103, key, q);
        }

        NameHash.Mix(into[..n]);
        return n;
    }

    private static uint Lists(WordFlags flags) => (uint)flags & (uint)(WordFlags.AnyName | WordFlags.Common);

    private static uint Class(NameTokens tokens, int i) => tokens.Class[i] != 0 ? tokens.Class[i] : 128 + (uint)tokens.Shape[i];

    private static uint Mark(NameTokens tokens, ReadOnlySpan<char> unit, int i) =>
        tokens.Shape[i] == TokenShape.Punctuation && tokens.End[i] > tokens.Start[i] ? unit[tokens.Start[i]] : 0x10000 + (uint)tokens.Shape[i];

    private static uint TailOf(NameTokens tokens, ReadOnlySpan<char> unit, int i) => Suffix(unit[tokens.Start[i]..tokens.End[i]], 3);

    private static uint Suffix(ReadOnlySpan<char> text, int length) => text.Length <= length ? Few(text) + 1 : Few(text[^length..]);

    private static uint Prefix(ReadOnlySpan<char> text, int length) => text.Length <= length ? Few(text) + 1 : Few(text[..length]);

    private static uint Few(ReadOnlySpan<char> text)
    {
        var hash = (uint)Math.Min(text.Length, 5);
        foreach (var c in text.Length <= 5 ? text : text[^5..])
        {
            hash = (hash * 0x01000193) ^ NameHash.Lower(c);
        }

        return hash;
    }

    /// <summary>The word with each run of capitals, small letters and digits as one: Xx for John, XxXx for McDonald.</summary>
    private static uint Outline(ReadOnlySpan<char> text)
    {
        uint hash = 0, last = 0;
        var run = 0;
        foreach (var c in text.Length <= 24 ? text : text[..24])
        {
            var kind = c is >= 'a' and <= 'z' ? 1u : c is >= 'A' and <= 'Z' ? 2u : c is >= '0' and <= '9' ? 3u
                : c < 128 ? c : char.IsLower(c) ? 4u : char.IsUpper(c) ? 5u : 6u;
            run = kind == last ? run + 1 : 1;
            if (run <= 2)
            {
                hash = (hash * 31) + kind;
            }

            last = kind;
        }

        return hash;
    }

    // What the hashes are before they are mixed, which is done for all of a token's at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint kind, uint a) => (a * 0x85EBCA6B) ^ (kind * 0x9E3779B9);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint kind, uint a, uint b) => (a * 0x85EBCA6B) ^ ((b + 0x7F4A7C15) * 0xC2B2AE35) ^ (kind * 0x9E3779B9);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint kind, uint a, uint b, uint c) => Hash(kind, NameHash.Mix((a * 0x27D4EB2F) + (b * 0x165667B1)), c);
}
