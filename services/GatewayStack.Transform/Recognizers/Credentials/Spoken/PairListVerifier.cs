using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>A login and its password with a sign between them, line by line below a word for logins: "- reception / x".</summary>
internal static class PairListVerifier
{
    private const int LongestUser = 64;
    private const int TopicReach = 230;
    private const double Likely = 0.75;

    private static readonly SearchValues<char> Marks = SearchValues.Create("_.@0123456789");

    /// <summary>What stands between both.</summary>
    public static readonly string[] Joints = [" / ", " // ", " with ", " mit ", " avec ", " con ", " com ", " met ", " med ", " and ", " und ", " et ", " y ", " e ", " en ", " och ", " i "];

    /// <summary>At the sign, or at the word that joins both.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var start = match.Start;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]) && text[start - 1] is not ('(' or '"'))
        {
            start--;
        }

        var user = text[start..match.Start];
        var isWord = match.Value[1] != '/';
        if (user.Length is < 2 or > LongestUser || (isWord && !user.ContainsAny(Marks)) || !IsUser(user))
        {
            return Verdict.No;
        }

        var value = ValueReader.Read(text, match.Start + match.Length, ValueForm.Mentioned);
        var written = text.Slice(value.Start, value.Length);
        if (value.Length == 0 || (isWord && new ValueShape(written) is { Uppers: 0 } plain && plain.Symbols == plain.Joiners))
        {
            // "with" and "and" join anything: names of a program's, among others.
            return Verdict.No;
        }

        return (ThoughtUp.Is(written) || (match.Value[1] == '/' && SentenceReader.IsStrong(written))) && EndsPair(text, value.Start + value.Length)
            && SecretTopic.IsNear(text[Math.Max(0, start - TopicReach)..start])
            ? new Verdict(value.Length, Likely) { Offset = value.Start - match.Start }
            : Verdict.No;
    }

    private static bool IsUser(ReadOnlySpan<char> user)
    {
        foreach (var c in user)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('.' or '_' or '-' or '@' or '+'))
            {
                return false;
            }
        }

        return char.IsLetter(user[0]);
    }

    private static bool EndsPair(ReadOnlySpan<char> text, int end)
    {
        while (end < text.Length && (ValueReader.IsQuote(text[end]) || text[end] is ' ' or '.'))
        {
            end++;
        }

        return end >= text.Length || text[end] is '\n' or '\r' or ',' or ';' or '(' or ')' or '|' or '-';
    }
}
