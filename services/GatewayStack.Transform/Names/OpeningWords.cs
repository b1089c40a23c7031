using System.Collections.Frozen;

namespace GatewayStack.Transform.Names;

/// <summary>
/// Words of Cyrillic and Greek that have their capital from where they stand: at the beginning of a line or sentence, behind a colon or a quote. The lists of
/// common words know neither script, so that every greeting would be a word that nobody has seen.
/// </summary>
internal static class OpeningWords
{
    private const char FirstLetter = '\u0370';
    private const char LastLetter = '\u052F';

    private static readonly string[] FamilyEndings =
    [
        "ов", "ев", "ёв", "ин", "ын", "ова", "ева", "ёва", "ина", "ына", "ский", "ская", "цкий", "цкая", "ський", "ська", "цький", "цька", "енко", "чук", "юк", "ук", "ович", "евич",
        "івна", "ївна", "овна", "евна", "ян", "швили", "дзе", "ко", "όπουλος", "οπούλου", "ίδης", "ίδου", "άκης", "άκη", "ιάδης", "έας", "άτος", "ογλου", "όγλου", "ου",
    ];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Forms = FrozenSet.ToFrozenSet(
        ("уважаемый уважаемая уважаемые дорогой дорогая дорогие господин госпожа доктор врач товарищ пан пані лікар шановний шановна шановні дорогий дорога вельмишановний "
        + "профессор професор здравствуйте привет добрый доброго вчера сегодня завтра учора сьогодні "
        + "αγαπητέ αγαπητή αγαπητοί κύριε κυρία κύριος γιατρός καθηγητής χθες σήμερα αύριο καλημέρα")
        .Split(' '), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True for a small word of these scripts that is on no list of people's names: what is unknown here is not thereby uncommon.</summary>
    public static bool IsUnknownScript(char first, WordFlags flags) =>
        first is >= FirstLetter and <= LastLetter && (flags & (WordFlags.Given | WordFlags.Surname)) == WordFlags.None;

    /// <summary>True for a word whose capital says nothing.</summary>
    public static bool Is(NameTokens tokens, ReadOnlySpan<char> unit, int i)
    {
        if (unit[tokens.Start[i]] is < FirstLetter or > LastLetter || (tokens.Flags[i] & WordFlags.AnyName) != WordFlags.None || !Opens(tokens, unit, i))
        {
            return false;
        }

        var word = unit[tokens.Start[i]..tokens.End[i]];
        if (Forms.Contains(word))
        {
            return true;
        }

        // Surname and given name, or a given name that no list has before a surname.
        var next = i + 1;
        if (next < tokens.Last && tokens.Shape[next] is TokenShape.Capital or TokenShape.CapitalInTitle or TokenShape.Initial)
        {
            return !IsFamily(word) && (tokens.Flags[next] & WordFlags.AnyName) == WordFlags.None && !IsFamily(unit[tokens.Start[next]..tokens.End[next]]);
        }

        return !IsFamily(word) || i == NameTokens.First || unit[tokens.Start[i - 1]] is not (':' or '"' or '|');
    }

    private static bool Opens(NameTokens tokens, ReadOnlySpan<char> unit, int i)
    {
        for (i--; i >= NameTokens.First; i--)
        {
            if (tokens.Shape[i] is not (TokenShape.Punctuation or TokenShape.Number or TokenShape.Symbol))
            {
                return false;
            }

            if (unit[tokens.Start[i]] is '.' or ':' or '!' or '?' or '"' or '«' or '„' or '“' or '—' or '|' or '(')
            {
                return true;
            }
        }

        return true;
    }

    private static bool IsFamily(ReadOnlySpan<char> word)
    {
        foreach (var ending in FamilyEndings)
        {
            if (word.Length > ending.Length + 2 && word.EndsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
