using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>Whose the years are: somebody's, or a thing's.</summary>
internal static class AgeSubject
{
    private const int WordsLooked = 6;
    private const int LongestWord = 16;
    private const int WordsOfStuff = 4;
    private const int LongestBracket = 28;

    /// <summary>What an age is less sure of where the sentence names nobody.</summary>
    private const double Unsaid = 0.2;

    /// <summary><c>34-year-old</c>: the noun behind it tells.</summary>
    public static double Attributive(ReadOnlySpan<char> text, int start, int end)
    {
        var at = end < text.Length && text[end] is '"' or '”' or '’' ? end + 1 : end;
        for (var words = 0; words < 4; words++)
        {
            if (at >= text.Length || text[at] is not ' ')
            {
                return words == 0 ? OfSubject(text, start, end, 0.85) : 0;
            }

            var word = AgeText.NextWord(text, at, out _, out at);
            var found = AgeWords.Of(word);
            if (words == 0 && word.Length > 0 && char.IsUpper(word[0]) && found is not AgeWord.Person && !NameWords.IsGiven(word))
            {
                // "my 12-year-old Corolla": a name nobody is known to have.
                return 0.75;
            }

            if ((word.Length == 0 && words == 0) || (found is AgeWord.Person && word is not ("law" or "laws")) || (words == 0 && (char.IsUpper(word[0]) || word is "from"
                or "who" or "with" or "in" or "and" or "was" or "is" or "has")))
            {
                return 0.9;
            }

            if (found == AgeWord.Thing || word.Length == 0 || word is "law" or "laws")
            {
                return 0;
            }
        }

        return 0;
    }

    /// <summary>The nearest word before that says whose age it is.</summary>
    public static double OfSubject(ReadOnlySpan<char> text, int start, int end, double unknown)
    {
        var next = AgeWords.Of(AgeText.NextWord(text, end, out _, out _));
        if (next != AgeWord.None && next is AgeWord.Person or AgeWord.Thing)
        {
            return next == AgeWord.Person ? 0.92 : 0;
        }

        // Every noun of German has a capital.
        var isGerman = text[start..end].Contains("ahre", StringComparison.Ordinal) || text[start..end].Contains("ährig", StringComparison.Ordinal);
        var (at, nouns, capitals) = (start, 0, 0);
        for (var words = 0; words < WordsLooked && at > 0; words++)
        {
            while (at > 0 && !char.IsLetter(text[at - 1]))
            {
                at--;
                if (text[at] is '.' or '\n' or '!' or '?' or ';' && words > 0)
                {
                    return nouns > 0 ? 0 : unknown - Unsaid;
                }
            }

            var wordEnd = at;
            while (at > 0 && wordEnd - at < LongestWord && (char.IsLetter(text[at - 1]) || text[at - 1] is '\'' or '’'))
            {
                at--;
            }

            switch (AgeWords.Of(text[at..wordEnd]))
            {
                case AgeWord.Person:
                case AgeWord.Cue:
                    return 0.92;
                case AgeWord.Thing:
                    return 0;
                default:
                    break;
            }

            var word = text[at..wordEnd];
            if (word.Length > 2 && char.IsUpper(word[0]) && NameWords.IsGiven(word))
            {
                return 0.85;
            }

            if (nouns > 0 && AgeWords.IsArticle(word))
            {
                // "The crane is 34 years old", "die Pumpe": whoever is a person has a word for it, or a name without an article.
                return 0;
            }

            if (word.Length > 2 && char.IsUpper(word[0]) && char.IsLower(word[^1]) && !AgeWords.IsArticle(word) && !AgeWords.IsArticle(AgeText.LastWord(text,
                text[..at].TrimEnd(' ').Length)))
            {
                if (!isGerman)
                {
                    return 0.85;
                }

                capitals++;
            }

            nouns += AgeWords.Of(word) == AgeWord.None && word.Length > 2 ? 1 : 0;
        }

        return unknown - (nouns > 0 ? 2 * Unsaid : Unsaid);
    }

    /// <summary>What stands behind the years says that something ripened so long: <c>aged 12 years in oak</c>, <c>Age: 12 years (cheese)</c>.</summary>
    public static bool IsOfThing(ReadOnlySpan<char> text, int end)
    {
        if (end + 2 >= text.Length || text[end] != ' ')
        {
            return false;
        }

        if (text[end + 1] == '(')
        {
            var inside = text[(end + 2)..Math.Min(text.Length, end + 2 + LongestBracket)];
            return inside.IndexOf(')') is > 0 and var close && AgeWords.Of(AgeText.LastWord(inside, close)) == AgeWord.Thing;
        }

        var word = AgeText.NextWord(text, end, out _, out var at);
        if (word is not ("in" or "im" or "en" or "dans" or "op" or "w" or "på" or "em"))
        {
            return false;
        }

        for (var words = 0; words < WordsOfStuff && at < text.Length && text[at] is ' ' or '-'; words++)
        {
            word = AgeText.NextWord(text, at, out _, out at);
            if (AgeWords.IsVessel(word))
            {
                return true;
            }
        }

        return false;
    }
}
