using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Dates;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Scanning;

/// <summary>What is said of a language, whose English name is somebody's given name, too: <c>German umlauts</c>; not <c>German Lopez</c>.</summary>
internal static class LanguageWords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Nouns = WordSet.Of(
        "umlaut umlauts accent accents alphabet article articles character characters compound compounds conjunction diacritic diacritics dialect dialects dictionary grammar idiom idioms "
            + "keyboard keyboards language layout letters locale noun nouns orthography plural plurals prefixes punctuation quotes sentence sentences spelling spellings subtitle subtitles syntax "
            + "text texts translation translations translator verb verbs version vocabulary vowel vowels word words");

    /// <summary>True where a nationality of English begins, and the next word says that it is a language.</summary>
    public static bool Are(ReadOnlySpan<char> text, int start)
    {
        var word = AgeText.WordAt(text, start);
        var next = start + word.Length;
        return next < text.Length && text[next] == ' ' && Nationalities.IsEnglish(word) && Nationalities.IsAdjective(word) && Nouns.Contains(AgeText.WordAt(text, next + 1));
    }
}
