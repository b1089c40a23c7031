namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>A password that is given some sentences behind the word for it: "the password comes by post. As you are in a hurry: x". Only what nothing else looks
/// like, where a sign, a verb, or a line of its own says that something is given.</summary>
internal static class FarVerifier
{
    private const double Likely = 0.7;

    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        if (!SecretName.TryRead(text, match.Start, match.Length, SecretKind.Password, out var name))
        {
            return Verdict.No;
        }

        var given = false;
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
            var value = ValueReader.Read(text, at, ValueForm.Said);
            if (given && value.Length >= 8 && end < text.Length && (!line || text[end] is '\n' or '\r'))
            {
                var written = text.Slice(value.Start, value.Length);
                if (SentenceReader.IsStrong(written) && IsNothingElse(written) && SecretValue.Score(written, SecretKind.Password, value) >= 0.5)
                {
                    return new Verdict(value.Length, Likely) { Offset = value.Start - match.Start };
                }
            }

            given = text[end - 1] is ':' or '→' || (SpokenWords.IsVerb(text[at..end], out _) && SpokenWords.Equates(text[at..end]));
            at = end;
        }

        return Verdict.No;
    }

    /// <summary>No identifier, no name of a file, a host or a setting.</summary>
    private static bool IsNothingElse(ReadOnlySpan<char> value) =>
        value.ContainsAnyExcept(Alphabets.HexDash) && !value.ContainsAny('@', ':', ',') && !value.Contains('.') && !value.Contains("://", StringComparison.Ordinal) && !value.Contains('_') | new ValueShape(value).Uppers > 0;
}
