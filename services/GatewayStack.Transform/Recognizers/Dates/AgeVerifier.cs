using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>The age of a person, not of a thing: <c>34 years old</c>, <c>aged 34</c>, <c>a 34-year-old nurse</c>.</summary>
internal static class AgeVerifier
{
    private const int Oldest = 119;
    private const int WordsLooked = 6;
    private const int LongestWord = 16;

    /// <summary>What an age is less sure of where the sentence names nobody.</summary>
    private const double Unsaid = 0.2;

    /// <summary>True where digits may be an age.</summary>
    public static bool MayBegin(ReadOnlySpan<char> text, int gate, int gateLength) => Read(text, gate, out _) > 0;

    /// <summary>The age, with its unit where it has one.</summary>
    public static Verdict Verify(in Match match) => Read(match.Text, match.Start, out var end) is var score and >= 0.5 ? new Verdict(end - match.Start, score) : Verdict.No;

    private static double Read(ReadOnlySpan<char> text, int start, out int end)
    {
        end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        var digits = end - start;
        if (digits == 0)
        {
            end = NumberWords.EndAt(text, start);
            return end == start || AgePhrases.IsSaidOfSeveral(text, start) || AgePhrases.IsLimit(text, start) || AgePhrases.IsLimited(text, end)
                || !AgePhrases.IsNearPerson(text, start, end) ? 0 : Judge(text, start, ref end);
        }

        if (digits > 3 || (start > 0 && text[start - 1] is '.' or '/' or '-' or '_' or ',' or '$' or '€' or '£' or '#' or '%' or '+')
            || int.Parse(text[start..end], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture) is var years && years is < 1 or > Oldest)
        {
            return 0;
        }

        if (IsInner(text, end))
        {
            return 0;
        }

        if (AgePhrases.IsLimit(text, start) || AgePhrases.IsLimited(text, end))
        {
            return 0;
        }

        return Judge(text, start, ref end);
    }

    private static double Judge(ReadOnlySpan<char> text, int start, ref int end)
    {
        var number = end;
        var word = NextWord(text, end, out var joined, out var after);
        if (JoinedYears(text, start, word, after))
        {
            return 0.8;
        }

        switch (AgeWords.Of(word))
        {
            case AgeWord.Years:
                return AfterYears(text, start, joined, after, ref end);
            case AgeWord.YearsOld:
                end = after;
                return joined ? OfSubject(text, start, after, 0.8) : OfSubject(text, start, after, 0.85);
            case AgeWord.Months:
                return AfterMonths(text, start, joined, after, ref end);
            default:
                end = number;
                if (LastWord(text, text[..start].TrimEnd(' ').Length) is "lat" && !GoesOn(text, number) && number < text.Length && text[number] is ',' or '.')
                {
                    return 0.8;
                }

                if (AgePhrases.IsRange(text, start, number))
                {
                    return 0;
                }

                return GoesOn(text, number) ? ShortForm(text, start, number, ref end) : IsAnnounced(text, start) ? 0.9 : AgePhrases.IsTriaged(text, start, number) ? 0.7
                    : AgePhrases.Bare(text, start, number, ref end);
        }
    }

    /// <summary>"two children (5 y 8 años)": the years of the second number are the first one's, too.</summary>
    private static bool JoinedYears(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> joint, int at)
    {
        if (!IsJoint(joint) || at + 2 >= text.Length || text[at] != ' ' || !char.IsAsciiDigit(text[at + 1]))
        {
            return false;
        }

        var second = at + 1;
        while (second < text.Length && char.IsAsciiDigit(text[second]))
        {
            second++;
        }

        return AgeWords.Of(NextWord(text, second, out _, out _)) == AgeWord.Years && HasPersons(text, start);
    }

    /// <summary>The second of two such numbers.</summary>
    private static bool IsSecond(ReadOnlySpan<char> text, int start)
    {
        var joint = text[..start].TrimEnd(' ').Length;
        var word = LastWord(text, joint);
        var first = text[..(joint - word.Length)].TrimEnd(' ').Length;
        var digits = first;
        while (digits > 0 && char.IsAsciiDigit(text[digits - 1]))
        {
            digits--;
        }

        return IsJoint(word) && digits < first && first - digits <= 2 && HasPersons(text, digits);
    }

    private static bool IsJoint(ReadOnlySpan<char> word) => word is "and" or "or" or "und" or "oder" or "et" or "ou" or "y" or "o" or "e" or "en" or "of" or "i" or "och" or "eller";

    /// <summary>Children, or others who have an age, stand directly before the number or its bracket.</summary>
    private static bool HasPersons(ReadOnlySpan<char> text, int start)
    {
        var end = text[..start].TrimEnd(" (,:-–").Length;
        return LastWord(text, end) is var word && (AgeWords.Of(word) == AgeWord.Person
            || word is "niños" or "hijos" or "enfants" or "Kinder" or "Kindern" or "kinderen" or "figli" or "bambini" or "filhos" or "crianças" or "dzieci" or "barn" or "Söhne" or "Töchter");
    }

    private static double AfterYears(ReadOnlySpan<char> text, int start, bool joined, int after, ref int end)
    {
        var old = NextWord(text, after, out _, out var afterOld);
        var number = end;
        var ofAge = old is "of" or "de" or "di" && NextWord(text, afterOld, out _, out var afterAge) is "age" or "edad" or "idade" or "età" ? afterAge : 0;
        if (AgeWords.Of(old) == AgeWord.Old || ofAge > 0)
        {
            end = ofAge > 0 ? ofAge : afterOld;
            return joined ? Attributive(text, start, end) : OfSubject(text, start, end, 0.8);
        }

        end = after;
        if (AgePhrases.IsRange(text, start, number))
        {
            end = number;
            return 0;
        }

        if (IsAnnounced(text, start))
        {
            return 0.92;
        }

        if (AgePhrases.WithUnit(text, start, after) is var said and > 0)
        {
            return said;
        }

        if (IsSecond(text, start))
        {
            return 0.8;
        }

        end = number;
        return 0;
    }

    private static double AfterMonths(ReadOnlySpan<char> text, int start, bool joined, int after, ref int end)
    {
        var old = NextWord(text, after, out _, out var afterOld);
        if (AgeWords.Of(old) == AgeWord.Old)
        {
            end = afterOld;
            return joined ? Attributive(text, start, end) : OfSubject(text, start, end, 0.6);
        }

        end = after;
        return AgePhrases.WithUnit(text, start, after);
    }

    /// <summary><c>67F</c>, <c>34m</c>, <c>7a</c>: the number and one letter, beside a person.</summary>
    private static double ShortForm(ReadOnlySpan<char> text, int start, int number, ref int end)
    {
        if (number + 1 < text.Length && char.IsLetterOrDigit(text[number + 1]))
        {
            return 0;
        }

        end = number;
        if (start > 0 && text[start - 1] == '(' && number - start == 2 && text[number] is 'F' or 'M' && number + 1 < text.Length && text[number + 1] == ')')
        {
            // (34F), as forums write who asks.
            end = number + 1;
            return 0.75;
        }

        end = number + 1;
        return text[number] is 'F' or 'M' or 'f' or 'm' or 'w' or 'W' && number - start == 2 && AgePhrases.IsBesidePerson(text, start, number + 1) ? 0.75 : 0;
    }

    /// <summary><c>34-year-old</c>: the noun behind it tells.</summary>
    private static double Attributive(ReadOnlySpan<char> text, int start, int end)
    {
        var at = end < text.Length && text[end] is '"' or '”' or '’' ? end + 1 : end;
        for (var words = 0; words < 4; words++)
        {
            if (at >= text.Length || text[at] is not ' ')
            {
                return words == 0 ? OfSubject(text, start, end, 0.85) : 0;
            }

            var word = NextWord(text, at, out _, out at);
            var found = AgeWords.Of(word);
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
    private static double OfSubject(ReadOnlySpan<char> text, int start, int end, double unknown)
    {
        var next = AgeWords.Of(NextWord(text, end, out _, out _));
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

            if (word.Length > 2 && char.IsUpper(word[0]) && char.IsLower(word[^1]) && !AgeWords.IsArticle(word) && !AgeWords.IsArticle(LastWord(text,
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

    private static bool IsAnnounced(ReadOnlySpan<char> text, int start)
    {
        var at = start;
        for (var signs = 0; at > 0 && signs < 6 && text[at - 1] is ' ' or ':' or '=' or '"' or '\'' or '|' or '(' or '*' or '>'; signs++)
        {
            at--;
        }

        // A comparison is code, not a person's age.
        if (text[at..start].ContainsAny('=', '>') && text[at..start].Trim() is not ("=" or "=\"" or ">"))
        {
            return false;
        }

        for (var words = 0; words < 3 && at > 0; words++)
        {
            var end = at;
            while (at > 0 && end - at < LongestWord && char.IsLetter(text[at - 1]))
            {
                at--;
            }

            var word = text[at..end];
            if (AgeWords.Of(word) == AgeWord.Cue)
            {
                // "page", "max_age" and "age group" are none: the word is whole, and a person's.
                return !IsAsset(text, start) && (at == 0 || text[at - 1] is not ('-' or '_' or '.' or '/') || IsPersonBefore(text, at - 1)) && !(word is "turns" or "turned"
                    or "turning" or "Alter" && words > 0)
                    && !IsThingBefore(text, at);
            }

            if (word is not ("is" or "of" or "at" or "ist" or "est" or "de" or "von" or "years" or "was" or "about" or "patient"))
            {
                return false;
            }

            while (at > 0 && text[at - 1] is ' ' or '_')
            {
                at--;
            }
        }

        return false;
    }

    private static bool IsPersonBefore(ReadOnlySpan<char> text, int at) => LastWord(text, at) is var word && (AgeWords.Of(word) == AgeWord.Person || word is "his" or "her" or "current");

    /// <summary>A field of what somebody owns in the same line: <c>Asset tag: 0019  Age: 12 years  Serial: ...</c>.</summary>
    private static bool IsAsset(ReadOnlySpan<char> text, int start)
    {
        var line = text[(text[..start].LastIndexOf('\n') + 1)..start];
        return line.Contains("asset", StringComparison.OrdinalIgnoreCase) || line.Contains("serial", StringComparison.OrdinalIgnoreCase) || line.Contains("model",
            StringComparison.OrdinalIgnoreCase)
            || line.Contains("inventar", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsThingBefore(ReadOnlySpan<char> text, int at)
    {
        while (at > 0 && text[at - 1] == ' ')
        {
            at--;
        }

        return LastWord(text, at) is var word && (AgeWords.Of(word) == AgeWord.Thing);
    }

    private static ReadOnlySpan<char> LastWord(ReadOnlySpan<char> text, int end)
    {
        var at = end;
        while (at > 0 && end - at < LongestWord && char.IsLetter(text[at - 1]))
        {
            at--;
        }

        return text[at..end];
    }

    /// <summary>A time, a ratio, a version: most numbers of a text are no more than part of something.</summary>
    private static bool IsInner(ReadOnlySpan<char> text, int end) =>
        end < text.Length && (text[end] is '%' or '+' or '_' or '/' || (text[end] is '.' or ',' or ':' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])));

    private static bool GoesOn(ReadOnlySpan<char> text, int end) =>
        end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '%' or '-' or '+' or '_' or '/'
        || (text[end] is '.' or ',' or ':' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])));

    private static ReadOnlySpan<char> NextWord(ReadOnlySpan<char> text, int at, out bool joined, out int end)
    {
        joined = at < text.Length && text[at] == '-';
        while (at < text.Length && text[at] is ' ' or '-')
        {
            at++;
        }

        end = at;
        while (end < text.Length && end - at < LongestWord && (char.IsLetter(text[end])
            || (text[end] is '/' or '.' && end == at + 1 && end + 1 < text.Length && char.IsLetter(text[end + 1]))))
        {
            end++;
        }

        return at < text.Length ? text[at..end] : [];
    }
}
