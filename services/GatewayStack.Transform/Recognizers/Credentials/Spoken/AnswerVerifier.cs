namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>
/// What is said behind a colon while the talk is of a secret: the answer of a speaker ("lotte: heron-legs-17-grey"), or what nothing else looks like ("written out: x").
/// </summary>
internal static class AnswerVerifier
{
    /// <summary>So many units before the colon are looked at.</summary>
    public const int Before = 250;

    private const double Likely = 0.7;
    private const int LongestWord = 24;

    /// <summary>At the colon.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var at = match.Start + 1;
        if (at + 8 >= text.Length || text[at] != ' ')
        {
            return Verdict.No;
        }

        var value = ValueReader.Read(text, at, ValueForm.Said);
        var written = text.Slice(value.Start, value.Length);
        if (value.Length < 8 || !ThoughtUp.Is(written))
        {
            return Verdict.No;
        }

        var line = text[..match.Start];
        var start = line.LastIndexOf('\n') + 1;
        line = line[start..];
        if (line.ContainsAny('{', '=') || line.Contains("\":", StringComparison.Ordinal) || IsLabel(line))
        {
            return Verdict.No;
        }

        var earlier = text[..match.Start];
        var marked = new ValueShape(written) is var shape && shape.Symbols > shape.Joiners && shape.Lowers > 0 && SentenceReader.IsStrong(written);
        var asked = earlier.LastIndexOf('?');
        var told = line.Count(' ') >= 4 && !value.Continues && shape.Digits >= 2 && SecretTopic.IsPassword(line);
        return told || (marked && SecretTopic.IsNear(earlier)) || (asked > 0 && !value.Continues && SecretTopic.IsNear(earlier[..asked]))
            ? new Verdict(value.Length, Likely) { Offset = value.Start - match.Start } : Verdict.No;
    }

    /// <summary>A label of something else stands before the colon.</summary>
    private static bool IsLabel(ReadOnlySpan<char> line)
    {
        var start = line.Length;
        while (start > 0 && line.Length - start < LongestWord && (char.IsLetterOrDigit(line[start - 1]) || line[start - 1] is '_' or '-' or '.'))
        {
            start--;
        }

        return SpokenWords.IsFieldName(line[start..]);
    }
}
