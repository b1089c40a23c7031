using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>Ages that a sentence says without "old": <c>she is 34</c>, <c>tiene 34 años</c>, <c>Maria (34)</c>, <c>Maria Gomez, 34, of Leeds</c>.</summary>
internal static partial class AgePhrases
{
    private const double Said = 0.85;
    private const double Beside = 0.75;
    private const int LongestWord = 16;
    private const int MostAdverbs = 3;
    private const int SubjectWords = 4;

    /// <summary>A number with its unit: how sure it is that somebody is as old as that.</summary>
    /// <param name="text">The surroundings.</param>
    /// <param name="start">Where the number begins.</param>
    /// <param name="end">Behind the unit.</param>
    public static double WithUnit(ReadOnlySpan<char> text, int start, int end)
    {
        if (AgeWords.Of(WordAt(text, SkipBlanks(text, end))) == AgeWord.Time || text[..start].EndsWith("il y a ", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        if (IsSaid(text, start, out var turns))
        {
            return turns || HasPerson(text, start) ? Said : 0;
        }

        return IsOfPerson(text, start) || IsBesidePerson(text, start, end, hasUnit: true) ? Beside : 0;
    }

    /// <summary>A number alone.</summary>
    /// <param name="text">The surroundings.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="number">Where it ends.</param>
    /// <param name="end">Where the age ends.</param>
    public static double Bare(ReadOnlySpan<char> text, int start, int number, ref int end)
    {
        end = number;
        if (IsSaid(text, start, out var turns))
        {
            return EndsClause(text, number) && (turns || HasPerson(text, start)) ? Said : 0;
        }

        return IsBesidePerson(text, start, number) || (IsOfPerson(text, start) && EndsClause(text, number)) ? Beside : 0;
    }

    /// <summary>In brackets behind a person, or between commas behind a whole name: <c>Maria (34)</c>, <c>Maria Gomez, 34, ...</c>.</summary>
    public static bool IsBesidePerson(ReadOnlySpan<char> text, int start, int end, bool hasUnit = false)
    {
        if (start == 0 || end >= text.Length)
        {
            return false;
        }

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
            return BirthCues.Are(text, NumberStart(text, at), at, out _);
        }

        var last = WordBefore(text, at, out var lastStart);
        if (last.Length < 2)
        {
            return false;
        }

        if (AgeWords.Of(last) == AgeWord.Person || NameWords.IsGiven(last))
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

        var first = WordBefore(text, lastStart - 1, out _);
        return first.Length > 0 && (NameWords.IsGiven(first) || NameWords.IsTitle(first) || AgeWords.Of(first) == AgeWord.Person
            || (char.IsUpper(first[0]) && !NameWords.IsOther(first) && !NameWords.IsParticle(first) && comma));
    }

    /// <summary>True when nothing but a number in a list follows: <c>, 34, 56</c>.</summary>
    private static bool IsApart(ReadOnlySpan<char> text, int end)
    {
        var next = SkipBlanks(text, text[end] == ' ' ? end : end + 1);
        return text[end] is '.' or '\n' or ';' || next >= text.Length || (text[end] == ' ' ? text[next] == '(' : char.IsLetter(text[next]));
    }

    /// <summary>"kind van 3 jaar", "varón de 34": of a person, and nothing else.</summary>
    private static bool IsOfPerson(ReadOnlySpan<char> text, int start)
    {
        if (start < 3 || text[start - 1] != ' ')
        {
            return false;
        }

        var of = WordBefore(text, start - 1, out var at);
        var person = of;
        if (of is "de" or "di" or "von" or "van" or "of" or "på" or "d")
        {
            person = at > 0 ? WordBefore(text, at - 1, out _) : default;
        }
        else if (of is not ("Sohn" or "Tochter" or "son" or "daughter" or "hijo" or "hija" or "fils" or "fille" or "male" or "female" or "syn" or "córka" or "zoon" or "dochter"))
        {
            return false;
        }

        return AgeWords.Of(person) == AgeWord.Person;
    }

    /// <summary>A limit, not an age: "under 18 years of age".</summary>
    public static bool IsLimit(ReadOnlySpan<char> text, int start) =>
        start > 2 && text[start - 1] == ' ' && WordBefore(text, start - 1,
        out _) is "under" or "over" or "above" or "below" or "least" or "than" or "minimum" or "maximum" or "unter" or "über" or "ab" or "mindestens" or "moins" or "plus" or "menos"
            or "más" or "mais" or "meno" or "più" or "dan" or "minst" or "över" or "powyżej" or "poniżej" or "onder" or "boven" or "until" or "bis";

    /// <summary>A limit behind the number: "12 years and over".</summary>
    public static bool IsLimited(ReadOnlySpan<char> text, int end)
    {
        var at = SkipBlanks(text, end);
        if (AgeWords.Of(WordAt(text, at)) is AgeWord.Years or AgeWord.Months)
        {
            at = SkipBlanks(text, at + WordAt(text, at).Length);
        }

        var first = WordAt(text, at);
        return first is "and" or "or" or "und" or "oder" or "et" or "ou" or "y" or "o" or "e" or "en" or "of" or "i" or "och" or "eller"
            && WordAt(text, SkipBlanks(text, at + first.Length)) is "over" or "older" or "above" or "under" or "younger" or "up" or "älter" or "jünger" or "plus" or "moins" or "más" or "menos" or "più" or "meno" or "mais" or "ouder" or "jonger"
                or "więcej" or "mniej" or "äldre" or "yngre";
    }

    /// <summary>One of two numbers of a group of people: "aged 18 to 62", "6-12 ans", "12 à 14 ans".</summary>
    public static bool IsRange(ReadOnlySpan<char> text, int start, int end)
    {
        var next = SkipBlanks(text, end);
        var link = WordAt(text, next);
        var behind = next < text.Length && text[next] is '-' or '–' ? SkipBlanks(text, next + 1) : IsTo(link) ? SkipBlanks(text, next + link.Length) : text.Length;
        if (behind < text.Length && char.IsAsciiDigit(text[behind]))
        {
            return true;
        }

        if (start < 2)
        {
            return false;
        }

        var before = start - 1;
        var joint = text[before] is '-' or '–' ? before : text[before] == ' ' && IsTo(WordBefore(text, before, out var at)) ? at : 0;
        while (joint > 0 && text[joint - 1] == ' ')
        {
            joint--;
        }

        return joint > 0 && char.IsAsciiDigit(text[joint - 1]);
    }

    private static bool IsTo(ReadOnlySpan<char> word) => word is "to" or "bis" or "à" or "a" or "al" or "tot" or "do" or "till" or "até";

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

    /// <summary>A verb directly before the number, or small words between both.</summary>
    private static bool IsSaid(ReadOnlySpan<char> text, int start, out bool turns)
    {
        turns = false;
        var at = start;
        for (var words = 0; words <= MostAdverbs && at > 1; words++)
        {
            at -= text[at - 1] is '"' or '“' or '„' ? 1 : 0;
            if (at < 2 || text[at - 1] != ' ')
            {
                return false;
            }

            var word = WordBefore(text, at - 1, out at);
            var kind = word is "as" && !(at > 2 && WordBefore(text, at - 1, out _) is "tu" or "Tu") ? AgeWord.None : AgeWords.Of(word);
            if (word is "bin" && !(at > 1 && WordBefore(text, at - 1, out _) is "ich" or "Ich"))
            {
                // A bin of parts.
                return false;
            }

            if (kind is AgeWord.Verb or AgeWord.Turns || (kind == AgeWord.Person && text[at..].IndexOfAny('\'', '’') is > 0 and <= 3))
            {
                turns = kind == AgeWord.Turns;
                return true;
            }

            if (text[at..].StartsWith("am ", StringComparison.OrdinalIgnoreCase))
            {
                // "am" is German too: "am 4. Mai".
                return at > 1 && text[at - 1] == ' ' && text[at - 2] is 'I' or 'i';
            }

            if (kind != AgeWord.Adverb)
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>A person is what the sentence speaks of.</summary>
    private static bool HasPerson(ReadOnlySpan<char> text, int start)
    {
        var (at, nouns) = (start, 0);
        for (var words = 0; words < SubjectWords + 3 && at > 0; words++)
        {
            var end = at;
            while (end > 0 && !char.IsLetterOrDigit(text[end - 1]))
            {
                end--;
                if (text[end] is '.' or '!' or '?' or ';' or '\n' or ':')
                {
                    // "Tiene 34 años", "A 34 ans": who it is, was said before.
                    return words > 0 && IsAlone(text[(end + 1)..start]);
                }
            }

            var word = WordBefore(text, end, out at);
            if (word.IsEmpty)
            {
                return false;
            }

            if (nouns > 0 && AgeWords.IsArticle(word))
            {
                // "El servidor tiene 12 años": whoever is a person has a word for it, or a name.
                return false;
            }

            nouns += AgeWords.Of(word) == AgeWord.None && word.Length > 2 && !NameWords.IsGiven(word) ? 1 : 0;
            switch (AgeWords.Of(word))
            {
                case AgeWord.Person:
                    return true;
                case AgeWord.Thing:
                    return false;
                case AgeWord.Verb when word.Contains('\'') || word is "am" or "bin" or "suis" or "tengo" or "tenho" or "ho" or "mam" or "ai" or "ben" or "jestem":
                    return true;
                default:
                    break;
            }

            if (char.IsUpper(word[0]) && word.Length > 2 && AgeWords.Of(word) == AgeWord.None && !AgeWords.IsArticle(WordBefore(text, at > 0 ? at - 1 : 0, out _)) && at > 1
                && !NameWords.IsOther(word) && text[at - 1] == ' '
                && char.IsLetter(text[at - 2]) && !char.IsUpper(word[^1]))
            {
                return true;
            }

            if (NameWords.IsGiven(word) && char.IsUpper(word[0]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Only a verb, in a language whose verbs say who it is.</summary>
    private static bool IsAlone(ReadOnlySpan<char> words) => words.Trim() is "Tiene" or "tiene" or "Tem" or "tem" or "Ha" or "ha" or "Ma" or "ma" or "Tengo" or "Tenho" or "Mam" or "mam";

    private static bool EndsClause(ReadOnlySpan<char> text, int end)
    {
        end += end < text.Length && text[end] is '"' or '”' or '“' ? 1 : 0;
        if (end < text.Length && text[end] is '\n' or '\r')
        {
            return text[end..].TrimStart() is not [var next, ..] || !char.IsLower(next);
        }

        if (end >= text.Length || text[end] is '.' or ',' or '!' or '?' or ';' or ')')
        {
            return end + 1 >= text.Length || !char.IsAsciiDigit(text[end + 1]);
        }

        return text[end] == ' ' && AgeWords.Of(WordAt(text, end + 1)) is AgeWord.Joint or AgeWord.Adverb;
    }

    private static int NumberStart(ReadOnlySpan<char> text, int end)
    {
        while (end > 0 && (char.IsAsciiDigit(text[end - 1]) || text[end - 1] is '-' or '.' or '/'))
        {
            end--;
        }

        return end;
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    private static ReadOnlySpan<char> WordAt(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < LongestWord && (char.IsLetter(text[end]) || text[end] is '\'' or '’'))
        {
            end++;
        }

        return at < text.Length ? text[at..end] : [];
    }

    private static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int end, out int start)
    {
        start = end;
        while (start > 0 && end - start < LongestWord && (char.IsLetter(text[start - 1]) || text[start - 1] is '\'' or '’'))
        {
            start--;
        }

        return text[start..end];
    }
}
