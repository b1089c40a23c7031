namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>The age of a person, not of a thing: <c>34 years old</c>, <c>aged 34</c>, <c>a 34-year-old nurse</c>.</summary>
internal static class AgeVerifier
{
    private const int Oldest = 119;

    /// <summary>True where digits may be an age.</summary>
    public static bool MayBegin(ReadOnlySpan<char> text, int gate, int gateLength) => Read(text, gate, out _) > 0;

    /// <summary>The age, with its unit where it has one.</summary>
    public static Verdict Verify(in Match match) =>
        Read(match.Text, match.Start, out var end) is var score and >= 0.5 ? new Verdict(AgeText.AfterFraction(match.Text, end) - match.Start, score) : Verdict.No;

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
            var word = end;
            return end == start || Judge(text, start, ref end) is not (> 0 and var said) || AgeLimits.IsSaidOfSeveral(text, start) || IsLimit(text, start, word)
                || !AgePhrases.IsNearPerson(text, start, word) ? 0 : said;
        }

        if (digits <= 2 && AgeBeside.IsSexed(text, start, end))
        {
            return 0.8;
        }

        if (digits > 3 || (start > 0 && text[start - 1] is '.' or '/' or '-' or '_' or ',' or '$' or '€' or '£' or '#' or '%' or '+') || IsInner(text, end)
            || int.Parse(text[start..end], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture) is var years && years is < 1 or > Oldest)
        {
            return 0;
        }

        // Most numbers are no age, which is known before it matters that some are a limit.
        var number = end;
        return Judge(text, start, ref end) is > 0 and var score && !IsLimit(text, start, number) ? score : 0;
    }

    private static bool IsLimit(ReadOnlySpan<char> text, int start, int end) => AgeLimits.IsLimit(text, start) || AgeLimits.IsLimited(text, end);

    private static double Judge(ReadOnlySpan<char> text, int start, ref int end)
    {
        var number = end;
        var word = AgeText.NextWord(text, end, out var joined, out var after);
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
                return WordStart.IsUnblanked(word[0]) ? 0.8 : joined ? AgeSubject.OfSubject(text, start, after, 0.8) : AgeSubject.OfSubject(text, start, after, 0.85);
            case AgeWord.Months:
                return AfterMonths(text, start, joined, after, ref end);
            default:
                end = number;
                if (GoesOn(text, number))
                {
                    return ShortForm(text, start, number, ref end) is > 0 and var written && !AgeLimits.IsRange(text, start, number) ? written : 0;
                }

                if (number < text.Length && text[number] is ',' or '.' && AgeText.LastWord(text, text[..start].TrimEnd(' ').Length) is "lat")
                {
                    return 0.8;
                }

                var score = AgeCue.IsAnnounced(text, start) ? AgeSubject.IsOfThing(text, number) ? 0 : 0.9 : AgeBeside.IsTriaged(text, start, number) ? 0.7 : AgePhrases.Bare(text, start, number, ref end);
                return score > 0 && !AgeLimits.IsRange(text, start, number) ? score : 0;
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

        return AgeWords.Of(AgeText.NextWord(text, second, out _, out _)) == AgeWord.Years && HasPersons(text, start);
    }

    /// <summary>The second of two such numbers.</summary>
    private static bool IsSecond(ReadOnlySpan<char> text, int start)
    {
        var joint = text[..start].TrimEnd(' ').Length;
        var word = AgeText.LastWord(text, joint);
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
        return AgeText.LastWord(text, end) is var word && (AgeWords.Of(word) == AgeWord.Person
            || word is "niños" or "hijos" or "enfants" or "Kinder" or "Kindern" or "kinderen" or "figli" or "bambini" or "filhos" or "crianças" or "dzieci" or "barn" or "Söhne" or "Töchter");
    }

    private static double AfterYears(ReadOnlySpan<char> text, int start, bool joined, int after, ref int end)
    {
        var old = AgeText.NextWord(text, after, out _, out var afterOld);
        var number = end;
        var ofAge = old is "of" or "de" or "di" && AgeText.NextWord(text, afterOld, out _, out var afterAge) is "age" or "edad" or "idade" or "età" ? afterAge : 0;
        if (AgeWords.Of(old) == AgeWord.Old || ofAge > 0)
        {
            end = ofAge > 0 ? ofAge : afterOld;
            return joined || old is "alte" or "alten" or "altes" ? AgeSubject.Attributive(text, start, end) : AgeSubject.OfSubject(text, start, end, 0.8);
        }

        end = after;
        if (AgeLimits.IsRange(text, start, number))
        {
            end = number;
            return 0;
        }

        if (AgeSubject.IsOfThing(text, after))
        {
            end = number;
            return 0;
        }

        if (AgeCue.IsAnnounced(text, start))
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
        var old = AgeText.NextWord(text, after, out _, out var afterOld);
        if (AgeWords.Of(old) == AgeWord.Old)
        {
            end = afterOld;
            return joined ? AgeSubject.Attributive(text, start, end) : AgeSubject.OfSubject(text, start, end, 0.6);
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
        return text[number] is 'F' or 'M' or 'f' or 'm' or 'w' or 'W' && number - start == 2 && AgeBeside.IsBesidePerson(text, start, number + 1) ? 0.75 : 0;
    }

    /// <summary>A time, a ratio, a version: most numbers of a text are no more than part of something.</summary>
    private static bool IsInner(ReadOnlySpan<char> text, int end) =>
        end < text.Length && (text[end] is '%' or '+' or '_' or '/' || (text[end] is '.' or ',' or ':' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])));

    private static bool GoesOn(ReadOnlySpan<char> text, int end) =>
        end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '%' or '-' or '+' or '_' or '/'
        || (text[end] is '.' or ',' or ':' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])));
}
