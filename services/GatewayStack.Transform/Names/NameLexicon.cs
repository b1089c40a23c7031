namespace GatewayStack.Transform.Names;

/// <summary>What the lists say of a word.</summary>
[Flags]
internal enum WordFlags : ushort
{
    /// <summary>On no list.</summary>
    None = 0,

    /// <summary>A given name.</summary>
    Given = 1,

    /// <summary>A surname.</summary>
    Surname = 2,

    /// <summary>A large city.</summary>
    City = 4,

    /// <summary>A small city, in one word.</summary>
    Town = 8,

    /// <summary>A country or continent.</summary>
    Country = 16,

    /// <summary>A state, province, river, sea, mountain.</summary>
    Region = 32,

    /// <summary>A company or another organisation.</summary>
    Organization = 64,

    /// <summary>A given name or surname that many people have.</summary>
    Common = 128,

    /// <summary>A known person, in one word.</summary>
    Known = 256,

    /// <summary>A musician or band, in one word.</summary>
    Artist = 512,

    /// <summary>An entry of several words begins with it.</summary>
    Opens = 1024,

    /// <summary>Stands inside an entry of several words.</summary>
    Part = 2048,

    /// <summary>How frequent the common word is: two bits.</summary>
    FrequencyLow = 4096,

    /// <summary>The upper of the two bits.</summary>
    FrequencyHigh = 8192,

    /// <summary>Any of the lists of names.</summary>
    AnyName = Given | Surname | City | Town | Country | Region | Organization | Known | Artist,
}

/// <summary>The lists of names and of common words, as hashes.</summary>
/// <param name="wordKeys">Hashes of words.</param>
/// <param name="wordFlags">Their flags.</param>
/// <param name="wordClasses">Their word classes; 0 is no common word.</param>
/// <param name="phraseKeys">Hashes of entries of several words.</param>
/// <param name="phraseKinds">1 person, 2 place, 4 organisation, 8 thing.</param>
internal sealed class NameLexicon(uint[] wordKeys, ushort[] wordFlags, byte[] wordClasses, uint[] phraseKeys, byte[] phraseKinds)
{
    /// <summary>No entry has more words.</summary>
    public const int MaxPhrase = 6;

    private readonly HashTable _words = new(wordKeys, i => ((uint)wordClasses[i] << 16) | wordFlags[i]);
    private readonly HashTable _phrases = new(phraseKeys, i => phraseKinds[i]);

    /// <summary>Hashes of words, in ascending order.</summary>
    public ReadOnlySpan<uint> WordKeys => wordKeys;

    /// <summary>The flags of each word.</summary>
    public ReadOnlySpan<ushort> WordFlagsOf => wordFlags;

    /// <summary>The class of each word.</summary>
    public ReadOnlySpan<byte> WordClassesOf => wordClasses;

    /// <summary>Hashes of entries of several words, in ascending order.</summary>
    public ReadOnlySpan<uint> PhraseKeys => phraseKeys;

    /// <summary>The kind of each.</summary>
    public ReadOnlySpan<byte> PhraseKindsOf => phraseKinds;

    /// <summary>Looks a word up.</summary>
    public WordFlags Find(uint hash, out byte wordClass)
    {
        var found = _words.Find(hash);
        wordClass = (byte)(found >> 16);
        return (WordFlags)(ushort)found;
    }

    /// <summary>Looks an entry of several words up; 0 when there is none.</summary>
    public byte FindPhrase(uint hash) => (byte)_phrases.Find(hash);
}
