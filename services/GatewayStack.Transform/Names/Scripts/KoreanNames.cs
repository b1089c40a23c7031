using System.Buffers;

namespace GatewayStack.Transform.Names.Scripts;

/// <summary>Names of Korean: a surname and a given name of two syllables in one word, with a particle, and perhaps a title behind it or a key before it.</summary>
internal static class KoreanNames
{
    private static readonly SearchValues<char> Surnames = ScriptLists.Characters("ko.surnames");
    private static readonly ScriptWords Given = ScriptLists.Words("ko.given");
    private static readonly SearchValues<char> Syllables = ScriptLists.Characters("ko.syllables");
    private static readonly SearchValues<char> Endings = ScriptLists.Characters("ko.endings");
    private static readonly ScriptWords Particles = ScriptLists.Words("ko.particles");
    private static readonly ScriptWords Titles = ScriptLists.Words("ko.titles");
    private static readonly ScriptWords Nouns = ScriptLists.Words("ko.nouns");
    private static readonly ScriptWords Keys = ScriptLists.Words("ko.keys");
    private static readonly ScriptWords Cities = ScriptLists.Words("ko.cities");
    private static readonly ScriptWords CityParticles = ScriptLists.Words("ko.city.particles");

    /// <summary>Reads a word.</summary>
    public static void Read(ReadOnlySpan<char> unit, int start, int end, NameLexicon lexicon, ScriptFindings into)
    {
        var word = unit[start..end];
        if (Cities.LengthAt(word) is > 0 and var city && (city == word.Length || CityParticles.Contains(word[city..])))
        {
            into.Place(start, start + city);
            return;
        }

        if (!Surnames.Contains(word[0]))
        {
            return;
        }

        var next = end + 1 < unit.Length && unit[end] == ' ' ? unit[(end + 1)..] : default;
        if (word.Length == 1 && next.StartsWith("씨", StringComparison.Ordinal) && (next.Length == 1 || !char.IsLetter(next[1]) || Particles.LengthAt(next[1..]) > 0))
        {
            into.Person(start, end, ScriptNames.Said);
            return;
        }

        if (word.Length < 3 || Nouns.LengthAt(word) > 0)
        {
            return;
        }

        var given = word.Slice(1, 2);
        var rest = word[3..];
        var isOwn = Given.Contains(given, out var isSure);
        var isListed = isOwn ? isSure : ScriptNames.Is(lexicon, given, WordFlags.Given);
        var isLikely = isOwn || isListed || (Syllables.Contains(given[0]) && Syllables.Contains(given[1]) && !Endings.Contains(given[1]));
        var isParticle = rest.IsEmpty || Particles.Contains(rest);
        var isTitled = rest.IsEmpty ? Titles.LengthAt(next) > 0 : rest[0] is '씨' or '님';
        var isSaid = isLikely && (isTitled || (isParticle && IsKeyed(unit, start, into.LastEnd)));
        if (isSaid || (isListed && isParticle))
        {
            into.Person(start, start + 3, isSaid ? ScriptNames.Said : ScriptNames.Listed);
        }
    }

    private static bool IsKeyed(ReadOnlySpan<char> unit, int start, int lastEnd)
    {
        if (lastEnd > 0 && start - lastEnd is 1 or 2 && unit[lastEnd] is ',' or '、')
        {
            return true;
        }

        var key = ScriptNames.KeyEnd(unit, start, out var isMarked);
        return key > 0 && (isMarked || unit[key - 1] is '은' or '는') && Keys.LengthBefore(unit[..key]) > 0;
    }
}
