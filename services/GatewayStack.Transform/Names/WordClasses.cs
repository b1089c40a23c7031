namespace GatewayStack.Transform.Names;

/// <summary>The classes of common words that code asks for; the others are known to the weights only.</summary>
internal static class WordClasses
{
    /// <summary>Articles, pronouns, prepositions, conjunctions, auxiliary verbs.</summary>
    public const byte Function = 46;

    /// <summary>Words of programmers.</summary>
    public const byte Tech = 47;

    /// <summary>A word put together of common ones: RecordKind.</summary>
    public const byte Compound = 48;

    /// <summary>The first class of cue words (titles, legal forms, ...); those before are WordNet's lexicographer files plus one.</summary>
    public const byte FirstCue = 64;

    /// <summary>Mr, Dr: stand before names and are no part of them.</summary>
    public const byte Honorific = FirstCue;

    /// <summary>True for words that end names of organisations and places: university, street.</summary>
    public static bool IsKindOfName(byte wordClass) => wordClass is FirstCue + 6 or FirstCue + 7 or FirstCue + 8;
}
