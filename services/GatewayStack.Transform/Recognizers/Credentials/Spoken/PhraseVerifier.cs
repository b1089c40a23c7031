namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>A phrase of words that is a secret as a whole: a wallet's, a password manager's.</summary>
internal static class PhraseVerifier
{
    private const int FewestWords = 4;
    private const int FewestBehindColon = 3;
    private const int MostWords = 25;

    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        var start = at;
        if (match.Value[^1] is '"' or '\'' or '`')
        {
            return Quoted(match, at);
        }

        var (words, end) = (0, at);
        while (at < text.Length && words < MostWords)
        {
            var length = text[at..].IndexOfAnyExceptInRange('a', 'z');
            length = length < 0 ? text.Length - at : length;
            if (length is < 1 or > 12)
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
        var fewest = match.Value.TrimEnd(" \"'`") is [.., ':' or '='] ? FewestBehindColon : FewestWords;
        var closed = end == text.Length || text[end] is '\n' or '\r' or ',' or '(' || (text[end] == ' ' && end + 1 < text.Length && text[end + 1] == '(');
        return words >= fewest && (fewest == FewestBehindColon && closed ? !Rules(text[start..end]) : !IsSentence(text[start..end]))
            ? new Verdict(end - start, words >= 11 ? 0.95 : 0.75, start - match.Start)
            : Verdict.No;
    }

    /// <summary>Between quotes any words are the phrase, those of a sentence too.</summary>
    private static Verdict Quoted(in Match match, int at)
    {
        var rest = match.Text[at..];
        var end = rest.IndexOf(match.Value[^1]);
        var words = end < 0 ? default : rest[..end];
        return words.Count(' ') is >= 2 and < MostWords && !words.ContainsAny('\n', '<', '{') && !PlaceholderValues.NamesSecret(words)
            && !words.StartsWith("your ", StringComparison.OrdinalIgnoreCase)
            && words[0] != ' ' && words[^1] != ' '
            ? new Verdict(words.Length, 0.8, at - match.Start)
            : Verdict.No;
    }

    /// <summary>Behind a colon and alone on its line, a phrase may be any sentence but one about phrases.</summary>
    private static bool Rules(ReadOnlySpan<char> words)
    {
        if (words[..Math.Max(0, words.IndexOf(' '))] is "printed" or "written" or "same" or "only" or "valid" or "never" or "handed" or "changes" or "changed" or "set" or "choose")
        {
            return true;
        }

        foreach (var range in words.Split(' '))
        {
            if (words[range] is "must" or "should" or "can" or "may" or "at" or "least" or "your" or "you" or "will" or "see" or "ask" or "not" or "none" or "required" or "stored" or "kept" or "words" or "characters" or "in" or "unknown" or "optional")
            {
                return true;
            }
        }

        return false;
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
