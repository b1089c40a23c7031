namespace GatewayStack.Transform.Classification.Models;

/// <summary>
/// Turns a piece of text into the numbers of its features: words, pairs and triples of words, runs of three to five characters, and the families of words
/// (<see cref="TopicWords"/>), each hashed to one of <see cref="Size"/> numbers. All heads are trained on these numbers and score them.
/// </summary>
/// <remarks>Golden vectors in the tests hold it to its version: a change needs a new <see cref="Version"/> and new weights.</remarks>
internal static class Featurizer
{
    /// <summary>Version of the numbering. A model made for another one is refused.</summary>
    public const int Version = 2;

    /// <summary>How many numbers there are.</summary>
    public const int Size = 1 << Bits;

    /// <summary>No piece has more features.</summary>
    public const int MaxFeatures = (3 * (TextPieces.MaxLength + 2)) + ((4 + MostOfFamilies) * ((TextPieces.MaxLength / 2) + 1));

    private const int Bits = 17;
    private const uint Seed = 0x9E3779B1;
    private const uint WordSeed = 0x85EBCA6B;
    private const uint PairSeed = 0xC2B2AE35;
    private const uint TripleSeed = 0x27D4EB2F;
    private const uint FamilySeed = 0x165667B1;
    private const uint AgainSeed = 0xD3A2646C;

    /// <summary>A family says more than one of the two dozen runs of characters that its word has: it counts so many times.</summary>
    private const int FamilyWeight = 8;

    /// <summary>A word has no more features of its families: those of two.</summary>
    private const int MostOfFamilies = 4 * FamilyWeight;

    /// <summary>What an identifier is read as: a letter that no text has.</summary>
    private const char Identifier = '\u01C2';

    /// <summary>What each unit of ASCII is read as.</summary>
    private static readonly char[] Ascii =
        [.. Enumerable.Range(0, 128).Select(c => char.IsAsciiLetterUpper((char)c) ? (char)(c | 0x20) : char.IsAsciiDigit((char)c) ? '0' : c <= ' ' ? ' ' : (char)c)];

    /// <summary>Writes the numbers of a piece's features, one for each occurrence.</summary>
    /// <param name="piece">At most <see cref="TextPieces.MaxLength"/> units.</param>
    /// <param name="features">Room for <see cref="MaxFeatures"/>.</param>
    /// <returns>How many were written.</returns>
    public static int Write(ReadOnlySpan<char> piece, Span<int> features)
    {
        Span<char> buffer = stackalloc char[TextPieces.MaxLength + 2];
        var text = buffer[..Normalize(piece, buffer)];
        if (text.Length < 3)
        {
            return 0;
        }

        var count = 0;
        uint word = 0, previous = 0, last = 0;
        int families = 0, seen = 0, again = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 2 < text.Length)
            {
                var hash = Step(Step(Step(Seed, text[i]), text[i + 1]), text[i + 2]);
                features[count++] = Index(hash);
                if (i + 3 < text.Length)
                {
                    hash = Step(hash, text[i + 3]);
                    features[count++] = Index(hash);
                    if (i + 4 < text.Length)
                    {
                        features[count++] = Index(Step(hash, text[i + 4]));
                    }
                }
            }

            if (char.IsLetterOrDigit(text[i]))
            {
                word = Step(word == 0 ? WordSeed : word, text[i]);
                families |= TopicWords.Find(word, whole: i + 1 < text.Length && !char.IsLetterOrDigit(text[i + 1]));
            }
            else if (word != 0)
            {
                // Words say more about a topic than the runs of characters they are made of: each counts twice.
                features[count++] = Index(word);
                features[count++] = Index(word);
                if (previous != 0)
                {
                    var pair = Join(PairSeed, previous, word);
                    features[count++] = Index(pair);
                    if (last != 0)
                    {
                        features[count++] = Index(Join(TripleSeed, last, pair));
                    }
                }

                count += WriteFamilies(families, ref seen, ref again, features[count..]);
                (last, previous, word, families) = (previous, word, 0, 0);
            }
        }

        return count;
    }

    /// <summary>
    /// Small letters, one zero for every number, one blank for every gap, no long repetitions, a blank before and after: what makes no difference to the
    /// meaning makes none to the features, and a hundred equal characters weigh no more than three.
    /// </summary>
    private static int Normalize(ReadOnlySpan<char> piece, Span<char> buffer)
    {
        buffer[0] = ' ';
        var length = 1;
        piece = piece[..Math.Min(piece.Length, TextPieces.MaxLength)];
        for (var i = 0; i < piece.Length; i++)
        {
            if (Identifiers.IsPart(piece[i]) && (i == 0 || !Identifiers.IsPart(piece[i - 1])) && Identifiers.LengthAt(piece[i..]) is > 0 and var skipped)
            {
                buffer[length++] = Identifier;
                i += skipped - 1;
                continue;
            }

            var original = piece[i];
            var c = original < 128 ? Ascii[original]
                : char.IsWhiteSpace(original) || char.IsControl(original) ? ' ' : char.ToLowerInvariant(original);
            var before = buffer[length - 1];
            if (c == before && (c is ' ' or '0' || (length > 1 && buffer[length - 2] == c && (!char.IsLetter(c) || (length > 2 && buffer[length - 3] == c)))))
            {
                continue;
            }

            buffer[length++] = c;
        }

        if (buffer[length - 1] != ' ')
        {
            buffer[length++] = ' ';
        }

        return length;
    }

    /// <summary>A family counts with each of its words, and once more where a piece has a second one.</summary>
    private static int WriteFamilies(int families, ref int seen, ref int again, Span<int> features)
    {
        var count = 0;
        for (var rest = families; rest != 0 && count + (2 * FamilyWeight) <= MostOfFamilies; rest &= rest - 1)
        {
            var family = rest & -rest;
            features.Slice(count, FamilyWeight).Fill(Index(Join(FamilySeed, FamilySeed, (uint)family)));
            count += FamilyWeight;
            if ((seen & family) != 0 && (again & family) == 0)
            {
                features.Slice(count, FamilyWeight).Fill(Index(Join(AgainSeed, AgainSeed, (uint)family)));
                count += FamilyWeight;
                again |= family;
            }
        }

        seen |= families;
        return count;
    }

    /// <summary>The hash of the letters of a word, as <see cref="Write"/> computes it.</summary>
    public static uint HashOf(ReadOnlySpan<char> word)
    {
        var hash = WordSeed;
        foreach (var c in word)
        {
            hash = Step(hash, c);
        }

        return hash;
    }

    private static uint Step(uint hash, char c) => (hash ^ c) * 0x01000193u;

    private static uint Join(uint seed, uint first, uint second) => (((seed ^ first) * 0x01000193u) ^ second) * 0x01000193u;

    private static int Index(uint hash)
    {
        hash ^= hash >> 15;
        hash *= 0x2C1B3C6Du;
        hash ^= hash >> 12;
        hash *= 0x297A2D39u;
        return (int)(hash >> (32 - Bits));
    }
}
