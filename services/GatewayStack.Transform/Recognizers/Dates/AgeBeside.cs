using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Credentials;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>Numbers that stand directly beside a person.</summary>
internal static class AgeBeside
{
    /// <summary>What persons do.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Deeds = WordSet.Of(
        "speaks lives likes loves wants knows plays sings swims reads wears who spricht wohnt mag liebt will spielt singt kennt parle habite aime veut joue chante qui habla "
            + "vive quiere juega canta quien parla "
            + "abita ama vuole gioca fala mora gosta joga spreekt woont houdt wil speelt mówi mieszka lubi chce talar bor gillar vill spelar");

    /// <summary>In brackets behind a person, or between commas behind a whole name: <c>Maria (34)</c>, <c>Maria Gomez, 34, ...</c>.</summary>
    public static bool IsBesidePerson(ReadOnlySpan<char> text, int start, int end, bool hasUnit = false)
    {
        if (start == 0 || end >= text.Length)
        {
            return false;
        }

        end += hasUnit && text[start - 1] == '(' && text[end] == '.' && end + 1 < text.Length && text[end + 1] == ')' ? 1 : 0;
        var bracket = start > 1 && text[start - 1] == '(' && text[start - 2] is ' ' or '\n' && text[end] is ')' or ',' or ';';
        var comma = !bracket && start > 1 && text[start - 1] == ' ' && text[start - 2] == ',' && text[end] is ',' or ';' or '.' or '\n' or ' ' && IsApart(text, end);
        if (!bracket && !comma)
        {
            return false;
        }

        var at = bracket ? start - 1 : start - 2;
        while (at > 0 && text[at - 1] == ' ')
        {
            at--;
        }

        if (bracket && at > 0 && char.IsAsciiDigit(text[at - 1]))
        {
            // Behind the date of birth.
            return BirthCues.Are(text, AgeText.NumberStart(text, at), at, out _);
        }

        var last = AgeText.WordBefore(text, at, out var lastStart);
        if (last.Length < 2)
        {
            return false;
        }

        if (AgeWords.Of(last) == AgeWord.Person || NameWords.IsGiven(last) || (Nationalities.IsAdjective(last) && IsOfSomebody(text, lastStart)))
        {
            return true;
        }

        if (char.IsUpper(last[0]) && last.Length > 2 && !NameWords.IsOther(last) && AgeWords.Of(last) == AgeWord.None && IsToldOfPerson(text, end, bracket))
        {
            return true;
        }

        if (hasUnit && char.IsUpper(last[0]) && last.ContainsAnyInRange('a', 'z') && !NameWords.IsOther(last) && AgeWords.Of(last) != AgeWord.Thing)
        {
            return true;
        }

        if (!char.IsUpper(last[0]) || NameWords.IsOther(last) || !last.ContainsAnyInRange('a', 'z') || lastStart == 0 || text[lastStart - 1] is not (' ' or '-' or '.'))
        {
            return false;
        }

        var first = AgeText.WordBefore(text, lastStart - 1, out _);
        return first.Length > 0 && (NameWords.IsGiven(first) || NameWords.IsTitle(first) || AgeWords.Of(first) == AgeWord.Person
            || (char.IsUpper(first[0]) && !NameWords.IsOther(first) && !NameWords.IsParticle(first) && comma));
    }

    /// <summary>"The pilot is Swiss, 28": what is said of somebody, not a language among others.</summary>
    private static bool IsOfSomebody(ReadOnlySpan<char> text, int start) =>
        start > 1 && text[start - 1] == ' ' && AgeWords.Of(AgeText.WordBefore(text, start - 1, out _)) is AgeWord.Verb or AgeWord.Adverb or AgeWord.Person;

    /// <summary>"Zuzanna, 8, speaks ...", "Abdelkarim (66, Marokkaans, ...)": what follows is said of persons alone.</summary>
    private static bool IsToldOfPerson(ReadOnlySpan<char> text, int end, bool isBracketed)
    {
        if (end + 2 >= text.Length || text[end] != ',' || text[end + 1] != ' ')
        {
            return false;
        }

        var next = AgeText.WordAt(text, end + 2);
        return Nationalities.IsAdjective(next) || (!isBracketed && Deeds.Contains(next));
    }

    /// <summary>"kind van 3 jaar", "varón de 34": of a person, and nothing else.</summary>
    public static bool IsOfPerson(ReadOnlySpan<char> text, int start)
    {
        if (start < 3 || text[start - 1] != ' ')
        {
            return false;
        }

        var of = AgeText.WordBefore(text, start - 1, out var at);
        var person = of;
        if (of is "de" or "di" or "von" or "van" or "of" or "på" or "d")
        {
            if (of is "de" or "di" && at > 2 && text[at - 1] == ' ' && text[at - 2] == ',' && IsWholeName(text, at - 2))
            {
                // "Eleuterio Barrachina, de 71 años,"
                return true;
            }

            person = at > 0 ? AgeText.WordBefore(text, at - 1, out _) : default;
        }
        else if (of is not ("Sohn" or "Tochter" or "son" or "daughter" or "hijo" or "hija" or "fils" or "fille" or "male" or "female" or "syn" or "córka" or "zoon" or "dochter"))
        {
            return false;
        }

        return AgeWords.Of(person) == AgeWord.Person;
    }

    private static bool IsWholeName(ReadOnlySpan<char> text, int end)
    {
        var last = AgeText.WordBefore(text, end, out var start);
        if (last.Length < 2 || !char.IsUpper(last[0]) || NameWords.IsOther(last) || start < 2 || text[start - 1] != ' ')
        {
            return false;
        }

        var first = AgeText.WordBefore(text, start - 1, out _);
        return first.Length > 1 && (char.IsUpper(first[0]) || NameWords.IsParticle(first)) && !NameWords.IsOther(first);
    }

    /// <summary>With a letter for the sex, as notes have it: <c>47/F</c>, <c>F/63</c>, <c>Jonas (m, 34)</c>.</summary>
    public static bool IsSexed(ReadOnlySpan<char> text, int start, int end)
    {
        var next = end < text.Length ? text[end] : '\0';
        if (start > 3 && text[start - 4] == '(' && text[start - 3] is 'm' or 'f' or 'w' or 'M' or 'F' or 'W' && text[start - 2] == ',' && text[start - 1] == ' ')
        {
            return next is ')' or ',' or ';';
        }

        if (end - start != 2 || text[start] == '0')
        {
            return false;
        }

        if (start > 1 && text[start - 1] == '/' && text[start - 2] is 'M' or 'F' && (start == 2 || text[start - 3] is ' ' or '(' or '\n' or ':'))
        {
            return next is ',' or ';' or ')' or '\n';
        }

        return next == '/' && end + 1 < text.Length && text[end + 1] is 'M' or 'F'
            && (start == 0 || (text[start - 1] is ' ' or '(' or '\n' && !(start > 1 && text[start - 2] == ',')))
            && (end + 2 >= text.Length || text[end + 2] is ',' or ';' or ')' or '\n' || (text[end + 2] == ' ' && end + 3 < text.Length && char.IsLower(text[end + 3])));
    }

    /// <summary>"29 F, 31 weeks", in a list of patients.</summary>
    public static bool IsTriaged(ReadOnlySpan<char> text, int start, int end)
    {
        if (end - start != 2 || end + 2 >= text.Length || text[end] != ' ' || text[end + 1] is not ('F' or 'M') || text[end + 2] is not (',' or ';'))
        {
            return false;
        }

        var at = start;
        while (at > 0 && text[at - 1] is ' ' or '\t')
        {
            at--;
        }

        return at == 0 || text[at - 1] is ',' or '(' or '\n' or ':' or '|' or ';' || (char.IsAsciiDigit(text[at - 1]) && at > 1 && text[at - 2] == '#');
    }

    /// <summary>True when nothing but a number in a list follows: <c>, 34, 56</c>.</summary>
    private static bool IsApart(ReadOnlySpan<char> text, int end)
    {
        var next = ValueReader.SkipBlanks(text, text[end] == ' ' ? end : end + 1);
        return text[end] is '.' or '\n' or ';' || next >= text.Length || (text[end] == ' ' ? text[next] == '(' : char.IsLetter(text[next]));
    }
}
