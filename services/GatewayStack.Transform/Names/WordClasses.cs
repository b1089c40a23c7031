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

    /// <summary>A common word of another language than English.</summary>
    public const byte Other = 49;

    /// <summary>The first class of cue words (titles, legal forms, ...); those before are WordNet's lexicographer files plus one.</summary>
    public const byte FirstCue = 64;

    /// <summary>Mr, Dr: stand before names and are no part of them.</summary>
    public const byte Honorific = FirstCue;

    /// <summary>General, Lady: stand before names and may be part of them.</summary>
    public const byte Title = FirstCue + 1;

    /// <summary>president, teacher.</summary>
    public const byte Role = FirstCue + 2;

    /// <summary>Inc, GmbH.</summary>
    public const byte Legal = FirstCue + 6;

    /// <summary>March, Mai.</summary>
    public const byte Month = FirstCue + 10;

    /// <summary>Monday, lundi.</summary>
    public const byte Day = FirstCue + 11;

    /// <summary>American, French.</summary>
    public const byte People = FirstCue + 12;

    /// <summary>Names of programs and protocols.</summary>
    public const byte Technology = FirstCue + 13;

    /// <summary>de, van, bin: stand inside names.</summary>
    public const byte Particle = FirstCue + 14;

    /// <summary>Articles and the like of other languages.</summary>
    public const byte Foreign = FirstCue + 17;

    /// <summary>Programs and devices.</summary>
    public const byte Ware = FirstCue + 20;

    /// <summary>What organisations are called in other languages than English: Klinik, lycée.</summary>
    public const byte OrganizationWord = FirstCue + 21;

    /// <summary>The first of WordNet's classes of nouns; those before are adjectives and adverbs.</summary>
    public const byte FirstNoun = 4;

    /// <summary>Things that people make.</summary>
    public const byte Artifact = 7;

    /// <summary>mayor, buyer.</summary>
    public const byte Person = 19;

    /// <summary>The first of WordNet's classes of verbs.</summary>
    public const byte FirstVerb = 30;

    /// <summary>The last of them.</summary>
    public const byte LastVerb = 44;

    /// <summary>mother, friend.</summary>
    public const byte Kin = FirstCue + 3;

    /// <summary>True for animals, dishes, plants and materials.</summary>
    public static bool IsMatter(byte wordClass) => wordClass is 6 or 14 or 21 or 28;

    /// <summary>True for words that end names of organisations and places: university, street.</summary>
    public static bool IsKindOfName(byte wordClass) => wordClass is Legal or FirstCue + 7 or FirstCue + 8 or OrganizationWord;
}
