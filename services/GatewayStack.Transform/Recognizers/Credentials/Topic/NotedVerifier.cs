using GatewayStack.Transform.Recognizers.Credentials.Spoken;

namespace GatewayStack.Transform.Recognizers.Credentials.Topic;

/// <summary>
/// Words behind a colon of which is said how they are spelled ("back office pc: thursday is pie day (with the spaces)"), and letters that are no word, where people talk
/// of secrets.
/// </summary>
internal static class NotedVerifier
{
    private const double Likely = 0.7;
    private const double LeastTopic = 0.6;
    private const double NearTopic = 1.4;
    private const int LongestLabel = 24;
    private const int ShortestDrawn = 9;
    private const int ShortestJoined = 15;
    private const double LeastRare = 0.3;

    /// <summary>Says whether a colon is worth the lines behind it: a letter follows, and a word about secrets stands shortly before.</summary>
    public static bool MayFollow(ReadOnlySpan<char> surroundings, int gate, int gateLength)
    {
        var at = ValueReader.SkipBlanks(surroundings, gate + 1);
        return at > gate + 1 && at < surroundings.Length && char.IsLetter(surroundings[at]) && TopicContext.IsTopic(surroundings, gate);
    }

    /// <summary>At the colon.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var at = ValueReader.SkipBlanks(text, match.Start + 1);
        if (at == match.Start + 1 || at >= text.Length || !char.IsLetterOrDigit(text[at]))
        {
            return Verdict.No;
        }

        var end = WordPhrases.End(text, at, out var words);
        if (end < 0)
        {
            return Verdict.No;
        }

        var value = text[at..end];
        var noted = SpellingNotes.Follow(text, end) && WordPhrases.Is(value, words, noted: true, words);
        if (!noted && !IsDrawn(value, words))
        {
            return Verdict.No;
        }

        if (NamesUser(text[..match.Start]))
        {
            return Verdict.No;
        }

        var context = TopicContext.Read(text, at);
        return context.Topic >= (noted ? LeastTopic : NearTopic) && context.Given > 0 ? new Verdict(end - at, Likely, at - match.Start) : Verdict.No;
    }

    /// <summary>A word for a user in the label: "Login domenowy:".</summary>
    private static bool NamesUser(ReadOnlySpan<char> text)
    {
        var label = text[(text.LastIndexOfAny('\n', '.', ',') + 1)..];
        label = label[Math.Max(0, label.Length - LongestLabel)..];
        foreach (var range in label.Split(' '))
        {
            var word = label[range].Trim("\"'*-([");
            if (SpokenWords.IsFieldName(word) && TopicWords.Of(word) < 3)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Small letters that make no word, or several in one.</summary>
    private static bool IsDrawn(ReadOnlySpan<char> value, int words)
    {
        var shape = new ValueShape(value);
        return words == 1 && shape.IsLetters && !value.ContainsAnyExceptInRange('\0', '\u024F') && shape.Uppers == 0 && !WordPasswords.Describes(value)
            && ((shape.Length >= ShortestDrawn && Gibberish.RareShare(value) >= LeastRare) || shape.Length >= ShortestJoined);
    }
}
