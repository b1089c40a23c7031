using System.Buffers;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;

namespace GatewayStack.Transform.Recognizers.Credentials.Topic;

/// <summary>A login and words that are its password, with a sign between both: "laptop: boxoffice2 / velvet curtain 9", "the login is still proof.lm / seconddraft".</summary>
internal static class LoginPhraseVerifier
{
    private const double Likely = 0.7;
    private const int LongestUser = 48;
    private const int ShortestWord = 8;

    private static readonly SearchValues<char> Marks = SearchValues.Create("_.@0123456789-");

    /// <summary>At the sign.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var start = match.Start;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        var user = text[start..match.Start].Trim("\"'`*(");
        var at = match.Start + match.Length;
        var words = 0;
        var end = at < text.Length ? WordPhrases.End(text, at, out words) : -1;
        if (end < 0 || !char.IsLetter(text[at]) || user.Length is < 3 or > LongestUser || !char.IsLetter(user[0]) || user[^1] is ':' or ','
            || (end + 2 < text.Length && text[end] == ' ' && text[end + 1] is '/' or '|'))
        {
            return Verdict.No;
        }

        var phrase = text[at..end];
        var marked = user.ContainsAny(Marks) && new ValueShape(user).Uppers == 0;
        var line = text[(text[..start].LastIndexOf('\n') + 1)..start];
        var noted = SpellingNotes.Follow(text, end);
        var named = SecretTopic.IsNear(line);
        if (!(named || (marked && SecretTopic.IsNear(text[..start]))) || !(marked || named) || line.Contains('/'))
        {
            return Verdict.No;
        }

        var shape = new ValueShape(phrase);
        var single = words == 1 && phrase.Length >= ShortestWord && marked && named && shape.IsLetters && !WordPasswords.Describes(phrase)
            && !SecretWords.States.Contains(phrase.ToString());
        var dotted = words == 1 && shape.Length >= 12 && shape.Joiners >= 2 && shape.Uppers >= 3;
        return single || dotted || (words > 1 && WordPhrases.Is(phrase, words, noted || phrase.ContainsAny(Alphabets.Digit), 3))
            ? new Verdict(end - at, Likely, at - match.Start) : Verdict.No;
    }
}
