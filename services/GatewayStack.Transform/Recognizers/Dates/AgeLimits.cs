using GatewayStack.Transform.Recognizers.Credentials;

namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>Numbers of years that are a limit, a range or a count, and nobody's age.</summary>
internal static class AgeLimits
{
    /// <summary>A limit, not an age: "under 18 years of age".</summary>
    public static bool IsLimit(ReadOnlySpan<char> text, int start) =>
        start > 2 && text[start - 1] == ' ' && AgeText.WordBefore(text, start - 1,
        out _) is "under" or "over" or "above" or "below" or "least" or "than" or "minimum" or "maximum" or "unter" or "über" or "ab" or "mindestens" or "moins" or "plus" or "menos"
            or "más" or "mais" or "meno" or "più" or "dan" or "minst" or "över" or "powyżej" or "poniżej" or "onder" or "boven" or "until" or "bis";

    /// <summary>A limit behind the number: "12 years and over".</summary>
    public static bool IsLimited(ReadOnlySpan<char> text, int end)
    {
        var at = ValueReader.SkipBlanks(text, end);
        if (AgeWords.Of(AgeText.WordAt(text, at)) is AgeWord.Years or AgeWord.Months)
        {
            at = ValueReader.SkipBlanks(text, at + AgeText.WordAt(text, at).Length);
        }

        var first = AgeText.WordAt(text, at);
        return first is "and" or "or" or "und" or "oder" or "et" or "ou" or "y" or "o" or "e" or "en" or "of" or "i" or "och" or "eller"
            && AgeText.WordAt(text, ValueReader.SkipBlanks(text, at + first.Length)) is "over" or "older" or "above" or "under" or "younger" or "up" or "älter" or "jünger" or "plus" or "moins" or "más" or "menos" or "più" or "meno" or "mais" or "ouder" or "jonger"
                or "więcej" or "mniej" or "äldre" or "yngre";
    }

    /// <summary>One of two numbers of a group of people: "aged 18 to 62", "6-12 ans", "12 à 14 ans".</summary>
    public static bool IsRange(ReadOnlySpan<char> text, int start, int end)
    {
        var next = ValueReader.SkipBlanks(text, end);
        var link = AgeText.WordAt(text, next);
        var behind = next < text.Length && text[next] is '-' or '–' ? ValueReader.SkipBlanks(text, next + 1) : IsTo(link) ? ValueReader.SkipBlanks(text, next + link.Length) : text.Length;
        if (behind < text.Length && char.IsAsciiDigit(text[behind]))
        {
            return true;
        }

        if (start < 2)
        {
            return false;
        }

        var before = start - 1;
        var joint = text[before] is '-' or '–' ? before : text[before] == ' ' && IsTo(AgeText.WordBefore(text, before, out var at)) ? at : 0;
        while (joint > 0 && text[joint - 1] == ' ')
        {
            joint--;
        }

        return joint > 0 && char.IsAsciiDigit(text[joint - 1]);
    }

    /// <summary>"There were seven", "we are four": so many, not so old.</summary>
    public static bool IsSaidOfSeveral(ReadOnlySpan<char> text, int start) =>
        start > 2 && text[start - 1] == ' ' && AgeText.WordBefore(text, start - 1,
        out _) is "are" or "were" or "sind" or "waren" or "sommes" or "sont" or "étions" or "somos" or "son" or "eran" or "siamo" or "sono" or "zijn" or "waren" or "são" or "są" or "jesteśmy" or "have" or "had" or "has";

    private static bool IsTo(ReadOnlySpan<char> word) => word is "to" or "bis" or "à" or "a" or "al" or "tot" or "do" or "till" or "até";
}
