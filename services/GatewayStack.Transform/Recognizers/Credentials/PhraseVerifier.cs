namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>A phrase of words that is a secret as a whole: a wallet's, a password manager's.</summary>
internal static class PhraseVerifier
{
    private const int FewestWords = 4;
    private const int MostWords = 25;

    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        var start = at;
        var (words, end) = (0, at);
        while (at < text.Length && words < MostWords)
        {
            var length = text[at..].IndexOfAnyExceptInRange('a', 'z');
            length = length < 0 ? text.Length - at : length;
            if (length is < 2 or > 12)
            {
                return Verdict.No;
            }

            words++;
            at = end = at + length;
            while (at < text.Length && text[at] is ' ' or '-' or ',')
            {
                at++;
            }

            if (at < text.Length && !char.IsLetter(text[at]))
            {
                break;
            }
        }

        // A sentence has words that no such phrase has.
        return words >= FewestWords && !IsSentence(text[start..end])
            ? new Verdict(end - start, words >= 11 ? 0.95 : 0.75, start - match.Start)
            : Verdict.No;
    }

    private static bool IsSentence(ReadOnlySpan<char> words)
    {
        foreach (var range in words.Split(' '))
        {
            if (words[range] is "the" or "a" or "is" or "are" or "to" or "of" or "and" or "or" or "be" or "must" or "should" or "can" or "not"
                or "your" or "you" or "for" or "in" or "on" or "with" or "that" or "it" or "at" or "least" or "any" or "will" or "when" or "if")
            {
                return true;
            }
        }

        return false;
    }
}
