using System.Buffers;
using System.Collections.Frozen;
using System.Security.Cryptography;
using GatewayStack.Transform.Recognizers.Credentials.Topic;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>The words that a wallet is restored from (BIP 39): twelve to twenty-four of its list, in a line, with commas, or numbered below each other.</summary>
internal static class WalletVerifier
{
    private const int Fewest = 12;
    private const int Most = 24;
    private const int Step = 3;
    private const int LongestWord = 8;
    private const int FewestInHalf = 5;
    private const int LongestGap = 6;
    private const int BitsAWord = 11;
    private const int MostStrangers = 2;
    private const double Certain = 0.99;
    private const double Likely = 0.9;

    private static readonly SearchValues<char> Gaps = SearchValues.Create(" ,;.)\t\r\n0123456789|-:>*\"'`");
    private static readonly SearchValues<char> HalfLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz ");
    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> List = Read();

    /// <summary>Behind a word for such a phrase.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        if (IsHalf(match))
        {
            return Half(match);
        }

        Span<int> indexes = stackalloc int[Most];
        Span<int> ends = stackalloc int[Most];
        var words = Read(text, match.Start + match.Length, open: false, indexes, ends, out var start);
        if (words < Fewest)
        {
            return Verdict.No;
        }

        // The next sentence may begin with a word of the list: the check tells where the phrase ends.
        for (var length = words - (words % Step); length >= Fewest; length -= Step)
        {
            if (HasChecksum(indexes[..length]))
            {
                return new Verdict(ends[length - 1] - start, Certain) { Offset = start - match.Start };
            }
        }

        return new Verdict(ends[words - 1] - start, Likely) { Offset = start - match.Start };
    }

    /// <summary>Such a phrase begins with the words that stand at the end of what is known, or behind it.</summary>
    public static int? Outlook(in Match soFar, int known)
    {
        var text = soFar.Text;
        var behind = soFar.Start + soFar.Length;
        if (IsHalf(soFar))
        {
            var at = ValueReader.SkipBlanks(text, behind);
            return at < text.Length && text[at] != ':' ? null : at - soFar.Start;
        }

        Span<int> indexes = stackalloc int[Most];
        Span<int> ends = stackalloc int[Most];
        return Read(text, Math.Max(behind, soFar.Start + known), open: true, indexes, ends, out var start) == 0 ? start - soFar.Start : null;
    }

    /// <summary>Reads words of the list until there are enough of them.</summary>
    /// <param name="text">The window.</param>
    /// <param name="at">Where to begin.</param>
    /// <param name="open">True when more of the text may follow.</param>
    /// <param name="indexes">Their places in the list.</param>
    /// <param name="ends">Where they end.</param>
    /// <param name="start">Where the first begins; where it would, when there may be more.</param>
    /// <returns>How many there are; 0 when there may be more.</returns>
    private static int Read(ReadOnlySpan<char> text, int at, bool open, Span<int> indexes, Span<int> ends, out int start)
    {
        var (words, strangers) = (0, 0);
        start = at;
        while (at < text.Length)
        {
            if (!char.IsLetter(text[at]))
            {
                at++;
                continue;
            }

            var stop = at;
            while (stop < text.Length && char.IsLetter(text[stop]))
            {
                stop++;
            }

            var follows = words > 0 && MayFollow(text[ends[words - 1]..at]);
            var isPhrase = words >= Fewest && words - strangers >= Fewest - MostStrangers;
            if (open && stop == text.Length)
            {
                start = follows || isPhrase ? start : at;
                return 0;
            }

            var index = stop - at <= LongestWord && List.TryGetValue(text[at..stop], out var known) ? known : -1;
            if (index < 0 && follows && strangers < MostStrangers && words >= Fewest / 2 && IsPlain(text[at..stop]))
            {
                // Who types such a phrase from memory mistypes a word.
                strangers++;
            }
            else if (index < 0 || !follows)
            {
                if (isPhrase)
                {
                    return words;
                }

                (words, strangers) = (0, 0);
                if (index < 0)
                {
                    at = stop;
                    continue;
                }
            }

            indexes[words] = index;
            start = words == 0 ? at : start;
            at = ends[words] = stop;
            if (++words == Most)
            {
                return words;
            }
        }

        if (!open)
        {
            return words;
        }

        start = words > 0 && (words >= Fewest || MayFollow(text[ends[words - 1]..])) ? start : text.Length;
        return 0;
    }

    private static bool MayFollow(ReadOnlySpan<char> gap) => gap.Length <= LongestGap && !gap.ContainsAnyExcept(Gaps) && gap is not ['.', ..];

    /// <summary>Half of a phrase, told apart from the other: "first half: ...".</summary>
    private static Verdict Half(in Match match)
    {
        var text = match.Text;
        var at = ValueReader.SkipBlanks(text, match.Start + match.Length);
        if (at >= text.Length || text[at] != ':')
        {
            return Verdict.No;
        }

        at = ValueReader.SkipBlanks(text, at + 1);
        var end = WordPhrases.End(text, at, out var words);
        return end > 0 && words >= FewestInHalf && WordPhrases.Held(text[at..end]) == 0 && !text[at..end].ContainsAnyExcept(HalfLetters)
            ? new Verdict(end - at, Likely, at - match.Start) : Verdict.No;
    }

    private static bool IsHalf(in Match match) => match.Value.StartsWith("half", StringComparison.OrdinalIgnoreCase)
        || match.Value.StartsWith("second", StringComparison.OrdinalIgnoreCase) || match.Value.StartsWith("part ", StringComparison.OrdinalIgnoreCase)
        || match.Value.StartsWith("teil ", StringComparison.OrdinalIgnoreCase) || match.Value.StartsWith("hälfte", StringComparison.OrdinalIgnoreCase);

    private static bool IsPlain(ReadOnlySpan<char> word) => word.Length is >= 3 and <= LongestWord && !word.ContainsAnyExceptInRange('a', 'z');

    /// <summary>Eleven bits a word; the last of them, one in 33, are the first of the hash of the others.</summary>
    internal static bool HasChecksum(ReadOnlySpan<int> indexes)
    {
        if (indexes.Contains(-1))
        {
            return false;
        }

        var bits = indexes.Length * BitsAWord;
        var check = bits / 33;
        if (bits % 33 != 0)
        {
            return false;
        }

        Span<byte> entropy = stackalloc byte[(Most * BitsAWord / 8) + 1];
        entropy.Clear();
        for (var i = 0; i < bits; i++)
        {
            var bit = (indexes[i / BitsAWord] >> (BitsAWord - 1 - (i % BitsAWord))) & 1;
            entropy[i / 8] |= (byte)(bit << (7 - (i % 8)));
        }

        var length = (bits - check) / 8;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(entropy[..length], hash);
        return entropy[length] >> (8 - check) == hash[0] >> (8 - check);
    }

    private static FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Read()
    {
        using var stream = typeof(WalletVerifier).Assembly.GetManifestResourceStream("GatewayStack.Transform.Recognizers.bip39-english.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((word, index) => KeyValuePair.Create(word, index))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
