using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Dates;

/// <content>What more is asked for where the number is told in words.</content>
internal static partial class AgePhrases
{
    /// <summary>"There were seven", "we are four": so many, not so old.</summary>
    public static bool IsSaidOfSeveral(ReadOnlySpan<char> text, int start) =>
        start > 2 && text[start - 1] == ' ' && WordBefore(text, start - 1,
        out _) is "are" or "were" or "sind" or "waren" or "sommes" or "sont" or "étions" or "somos" or "son" or "eran" or "siamo" or "sono" or "zijn" or "waren" or "são" or "są" or "jesteśmy" or "have" or "had" or "has";

    /// <summary>A number in words counts only where the sentence speaks of a person: things are four years old more often, and a Minor Works class, six years, is none.</summary>
    public static bool IsNearPerson(ReadOnlySpan<char> text, int start, int end)
    {
        var at = start;
        if (at > 1 && text[at - 1] == ' ' && WordBefore(text, at - 1, out _) is "a" && WordAt(text, SkipBlanks(text, end)) is not ("ans" or "an" or "mois"))
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

            var word = WordBefore(text, at, out at);
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

        at = SkipBlanks(text, end);
        for (var words = 0; words < 3; words++)
        {
            var word = WordAt(text, at);
            if (AgeWords.Of(word) == AgeWord.Person)
            {
                return true;
            }

            at = SkipBlanks(text, at + Math.Max(1, word.Length));
        }

        return false;
    }
}
