namespace GatewayStack.Transform.Names.Verification;

/// <summary>Tells names from common words by their letters alone: short runs of letters, as hashes, each with a weight. Above 0 is more like a name.</summary>
/// <param name="weights">Two to the power of <see cref="Bits"/> weights.</param>
internal sealed class WordForms(sbyte[] weights)
{
    /// <summary>There are two to the power of this many weights.</summary>
    public const int Bits = 14;

    /// <summary>Longer words are looked at so far only.</summary>
    public const int MostLetters = 24;

    /// <summary>No word has more runs.</summary>
    public const int MostRuns = 3 * (MostLetters + 2);

    /// <summary>The weights.</summary>
    public ReadOnlySpan<sbyte> Weights => weights;

    /// <summary>How much a word looks like a name: the sum of its runs' weights; 0 where a character is no Latin letter.</summary>
    public int Score(ReadOnlySpan<char> word)
    {
        Span<ushort> runs = stackalloc ushort[MostRuns];
        var sum = 0;
        foreach (var run in runs[..Runs(word, runs)])
        {
            sum += weights[run];
        }

        return sum;
    }

    /// <summary>The runs of two, three and four letters of a word, with its ends.</summary>
    /// <returns>How many.</returns>
    public static int Runs(ReadOnlySpan<char> word, Span<ushort> into)
    {
        if (word.Length > MostLetters)
        {
            word = word[^MostLetters..];
        }

        Span<char> letters = stackalloc char[MostLetters + 2];
        letters[0] = '<';
        for (var i = 0; i < word.Length; i++)
        {
            letters[i + 1] = NameHash.Lower(word[i]);
            if (!char.IsLetter(word[i]) || word[i] >= 0x250)
            {
                return 0;
            }
        }

        letters[word.Length + 1] = '>';
        letters = letters[..(word.Length + 2)];
        var n = 0;
        for (var length = 2; length <= 4; length++)
        {
            for (var i = 0; i + length <= letters.Length; i++)
            {
                var hash = (uint)length;
                foreach (var c in letters.Slice(i, length))
                {
                    hash = (hash ^ c) * 0x01000193;
                }

                into[n++] = (ushort)(NameHash.Mix(hash) >> (32 - Bits));
            }
        }

        return n;
    }
}
