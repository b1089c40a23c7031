using GatewayStack.Transform.Recognizers.Credentials;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>Ages that a sentence says without "old": <c>she is 34</c>, <c>tiene 34 años</c>, <c>Maria (34)</c>, <c>Maria Gomez, 34, of Leeds</c>.</summary>
internal static class AgePhrases
{
    private const double Said = 0.85;
    private const double Beside = 0.75;
    private const double OfPerson = 0.9;
    private const int MostAdverbs = 3;
    private const int SubjectWords = 4;

    /// <summary>A number with its unit: how sure it is that somebody is as old as that.</summary>
    /// <param name="text">The surroundings.</param>
    /// <param name="start">Where the number begins.</param>
    /// <param name="end">Behind the unit.</param>
    public static double WithUnit(ReadOnlySpan<char> text, int start, int end)
    {
        if (AgeWords.Of(AgeText.WordAt(text, ValueReader.SkipBlanks(text, end))) == AgeWord.Time || text[..start].EndsWith("il y a ", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        if (IsSaid(text, start, out var turns))
        {
            return turns || HasPerson(text, start) ? Said : 0;
        }

        return AgeBeside.IsOfPerson(text, start) ? OfPerson : AgeBeside.IsBesidePerson(text, start, end, hasUnit: true) ? Beside : 0;
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

        return AgeBeside.IsBesidePerson(text, start, number) || (AgeBeside.IsOfPerson(text, start) && (EndsClause(text, number) || GoesOn(text, number)))
            || IsAtAge(text, start, number) ? Beside : 0;
    }

    /// <summary>A number in words counts only where the sentence speaks of a person: things are four years old more often, and a Minor Works class, six years, is none.</summary>
    public static bool IsNearPerson(ReadOnlySpan<char> text, int start, int end)
    {
        var at = start;
        if (at > 1 && text[at - 1] == ' ' && AgeText.WordBefore(text, at - 1, out _) is "a"
            && AgeText.WordAt(text, ValueReader.SkipBlanks(text, end)) is not ("ans" or "an" or "mois"))
        {
            return false;
        }

        for (var words = 0; words < SubjectWords + 2 && at > 0; words++)
        {
            while (at > 0 && !char.IsLetter(text[at - 1]))
            {
                if (text[--at] is '.' or '!' or ';' or '\n')
                {
                    at = 0;
                }
            }

            var word = AgeText.WordBefore(text, at, out at);
            if (word.IsEmpty)
            {
                break;
            }

            if (AgeWords.Of(word) is AgeWord.Person or AgeWord.Cue or AgeWord.Turns || (char.IsUpper(word[0]) && NameWords.IsGiven(word))
                || (word.Contains('\'') && AgeWords.Of(word) == AgeWord.Verb))
            {
                return true;
            }
        }

        at = ValueReader.SkipBlanks(text, end);
        for (var words = 0; words < 3; words++)
        {
            var word = AgeText.WordAt(text, at);
            if (AgeWords.Of(word) == AgeWord.Person)
            {
                return true;
            }

            at = ValueReader.SkipBlanks(text, at + Math.Max(1, word.Length));
        }

        return false;
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

            var word = AgeText.WordBefore(text, at - 1, out at);
            var kind = word is "as" && !(at > 2 && AgeText.WordBefore(text, at - 1, out _) is "tu" or "Tu") ? AgeWord.None : AgeWords.Of(word);
            if (word is "bin" && !(at > 1 && AgeText.WordBefore(text, at - 1, out _) is "ich" or "Ich"))
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

            if (words > 0 && kind == AgeWord.Person && IsAbout(text[at..start]))
            {
                // "children about ten"
                return turns = true;
            }

            if (kind != AgeWord.Adverb)
            {
                return false;
            }
        }

        return false;
    }

    private static bool IsAbout(ReadOnlySpan<char> words) =>
        words.Contains(" about ", StringComparison.Ordinal) || words.Contains(" around ", StringComparison.Ordinal) || words.Contains(" etwa ", StringComparison.Ordinal);

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

            var word = AgeText.WordBefore(text, end, out at);
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

            if (char.IsUpper(word[0]) && word.Length > 2 && AgeWords.Of(word) == AgeWord.None && !AgeWords.IsArticle(AgeText.WordBefore(text, at > 0 ? at - 1 : 0, out _)) && at > 1
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

    /// <summary>"a girl of nine was lost", "een man van 58 uit Gent".</summary>
    private static bool GoesOn(ReadOnlySpan<char> text, int end) =>
        text[end] == ' ' && AgeText.WordAt(text, end + 1) is var next && (AgeWords.Of(next) == AgeWord.Verb || next is "from" or "uit" or "aus" or "who" or "que" or "che" or "die" or "has" or "had" or "living" or "fell");

    /// <summary>"at 83 she still swims".</summary>
    private static bool IsAtAge(ReadOnlySpan<char> text, int start, int end) =>
        start > 2 && text[start - 1] == ' ' && end < text.Length && text[end] is ' ' or ','
            && AgeText.WordBefore(text, start - 1, out _) is "at" or "At" or "mit" or "Mit" or "à" or "À"
        && AgeText.NextWord(text, text[end] == ',' ? end + 1 : end, out _, out _) is "she" or "he" or "sie" or "er" or "elle" or "il";

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

        return text[end] == ' ' && (AgeWords.Of(AgeText.WordAt(text, end + 1)) is AgeWord.Joint or AgeWord.Adverb || text[end..].StartsWith(" i ", StringComparison.Ordinal));
    }
}
