namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>A password that is given some sentences behind the word for it: "the password comes by post. As you are in a hurry: x". Only what nothing else looks
/// like, where a sign, a verb, or a line of its own says that something is given.</summary>
internal static class FarVerifier
{
    private const double Likely = 0.7;
    private const int Shortest = 8;

    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        if (!SecretName.TryRead(text, match.Start, match.Length, SecretKind.Password, out var name))
        {
            return Verdict.No;
        }

        var given = false;
        var renewed = false;
        for (var at = name.End; at < text.Length;)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                given |= text[at] == '\n';
                at++;
                continue;
            }

            var end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }

            var line = text[at - 1] == '\n';
            if ((given || line) && end < text.Length && ValueReader.Read(text, at, ValueForm.Said) is { Length: >= Shortest } value)
            {
                var alone = IsLine(text, at, end);
                var written = text.Slice(value.Start, value.Length);
                if ((!line || text[end] is '\n' or '\r') && SentenceReader.IsStrong(written) && IsNothingElse(written)
                    && SecretValue.Score(written, SecretKind.Password, value) >= 0.5)
                {
                    return new Verdict(value.Length, Likely) { Offset = value.Start - match.Start };
                }

                // A name of a thing may stand so as well: it must be all of the line, and the last of such lines, for a login stands above its password.
                if ((alone ? !IsFollowed(text, end) : renewed)
                    && ((ThoughtUp.Is(written) && IsNothingElse(written)) || (renewed && WordPasswords.Score(text, value, equates: false) >= 0.5)))
                {
                    return new Verdict(value.Length, Likely) { Offset = value.Start - match.Start };
                }
            }

            var word = text[at..end];
            renewed = SpokenWords.Renews(word.TrimEnd(":"));
            given = text[end - 1] is ':' or '→' || (SpokenWords.IsVerb(word, out _) && SpokenWords.Equates(word)) || renewed;
            at = end;
        }

        return Verdict.No;
    }

    /// <summary>True when a token is all that its line has, a mark of quotation or of a list before it apart.</summary>
    private static bool IsLine(ReadOnlySpan<char> text, int start, int end)
    {
        if (end < text.Length && text[end] is not ('\n' or '\r'))
        {
            return false;
        }

        var line = text[..start];
        line = line[(line.LastIndexOf('\n') + 1)..].TrimStart(" \t");
        return line.TrimEnd(" \t") is [] or ['>'] or ['-'] or ['*'] or ['•'] && text[..start].Contains('\n');
    }

    /// <summary>True when the next line is such a token too.</summary>
    private static bool IsFollowed(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is '\r' or '\n' or ' ')
        {
            at++;
        }

        var end = at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return end > at && IsLine(text, at, end) && ThoughtUp.Is(text[at..end].TrimEnd(".,"));
    }

    /// <summary>No identifier, no name of a file, a host or a setting.</summary>
    private static bool IsNothingElse(ReadOnlySpan<char> value) =>
        value.ContainsAnyExcept(Alphabets.HexDash) && !value.ContainsAny('@', ':', ',') && !value.Contains('.') && !value.Contains("://", StringComparison.Ordinal)
        && !value.Contains('_') | new ValueShape(value).Uppers > 0;
}
