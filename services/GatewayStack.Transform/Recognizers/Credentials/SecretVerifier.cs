namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Finds the value that a word such as "password" announces, and judges it.</summary>
internal static class SecretVerifier
{
    private const int ShortestBareKey = 16;
    private static readonly string[] Owners = ["api", "auth", "secret", "credential", "token", "stripe", "client", "private", "license"];

    public static Verdict Password(in Match match) => Verify(match, SecretKind.Password);

    public static Verdict Key(in Match match) => Verify(match, SecretKind.Key);

    public static Verdict Token(in Match match) => Verify(match, SecretKind.Token);

    /// <summary>A key of which only the surroundings say whose it is: <c>api:</c>, and <c>key: x</c> below.</summary>
    public static Verdict BareKey(in Match match)
    {
        var before = match.Text[..match.Start];
        foreach (var owner in Owners)
        {
            if (before.Contains(owner, StringComparison.OrdinalIgnoreCase))
            {
                var verdict = Verify(match, SecretKind.Key);
                return verdict.Length >= ShortestBareKey ? verdict : Verdict.No;
            }
        }

        return Verdict.No;
    }

    public static Verdict Secret(in Match match) => Verify(match, SecretKind.Secret);

    public static Verdict Pin(in Match match) => Verify(match, SecretKind.Pin);

    private static Verdict Verify(in Match match, SecretKind kind)
    {
        var text = match.Text;
        if (!SecretName.TryRead(text, match.Start, match.Length, kind, out var name))
        {
            return Verdict.No;
        }

        var value = AssignmentReader.Read(text, name);
        if (value.Length > 0)
        {
            var score = SecretValue.Score(text.Slice(value.Start, value.Length), kind, value);
            if (score >= 0.5)
            {
                return Found(match, value, score);
            }

            // What a program assigns is decided; behind a colon a sentence may follow.
            if (value.Form is not (ValueForm.Assigned or ValueForm.Said) || text[value.Start - 1] == '=' || text[value.Start - 2] == '='
                || (value.Quoted && text[name.End] != ' '))
            {
                return Verdict.No;
            }
        }

        return SentenceReader.Read(text, name, kind, out var said) is { Length: > 0 } spoken ? Found(match, spoken, said) : Verdict.No;
    }

    private static Verdict Found(in Match match, in PossibleValue value, double score) => new(value.Length, score) { Offset = value.Start - match.Start };
}
