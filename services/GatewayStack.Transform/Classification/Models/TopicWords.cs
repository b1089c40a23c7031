using System.Collections.Immutable;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>
/// Families of words by what they tell of a text, in nine languages: <c>TopicWords.txt</c>. The featuriser counts a family, so that a word that no training text has
/// still says what it is about.
/// </summary>
internal static class TopicWords
{
    private const int FilterBits = 16;

    /// <summary>The families, in the order of their bits.</summary>
    public static readonly ImmutableArray<string> Families = ["illness", "treatment", "clinic", "court", "clause", "staff", "hiring", "child", "payment", "finance"];

    /// <summary>Whether any word or beginning of one has a hash with these lowest bits: most have not, and are told so by one look.</summary>
    private static readonly ulong[] Filter = new ulong[1 << (FilterBits - 6)];

    private static readonly Dictionary<uint, ushort> Words = [];
    private static readonly Dictionary<uint, ushort> Beginnings = [];

    static TopicWords()
    {
        using var stream = typeof(TopicWords).Assembly.GetManifestResourceStream("TopicWords.txt") ?? throw new ModelException("TopicWords.txt is not part of this build");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || line[0] == '#')
            {
                continue;
            }

            var family = (ushort)(1 << Families.IndexOf(line[..colon]));
            foreach (var word in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var hash = Featurizer.HashOf(word.AsSpan().TrimEnd('*'));
                var table = word[^1] == '*' ? Beginnings : Words;
                table[hash] = (ushort)(table.GetValueOrDefault(hash) | family);
                Filter[(hash & ((1 << FilterBits) - 1)) >> 6] |= 1UL << (int)(hash & 63);
            }
        }
    }

    /// <summary>The families of the words that begin so; of a whole word, those of the word too.</summary>
    /// <param name="hash">The hash of the letters so far.</param>
    /// <param name="whole">Whether the word ends there.</param>
    public static int Find(uint hash, bool whole)
    {
        if ((Filter[(hash & ((1 << FilterBits) - 1)) >> 6] >> (int)(hash & 63) & 1) == 0)
        {
            return 0;
        }

        return Beginnings.GetValueOrDefault(hash) | (whole ? Words.GetValueOrDefault(hash) : 0);
    }
}
