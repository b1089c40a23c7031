namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>Judges the value that stands before the word that announces it.</summary>
internal static class BeforeVerifier
{
    public static Verdict Password(in Match match) => Verify(match, SecretKind.Password);

    public static Verdict Key(in Match match) => Verify(match, SecretKind.Key);

    public static Verdict Token(in Match match) => Verify(match, SecretKind.Token);

    public static Verdict Secret(in Match match) => Verify(match, SecretKind.Secret);

    public static Verdict Pin(in Match match) => Verify(match, SecretKind.Pin);

    private static Verdict Verify(in Match match, SecretKind kind)
    {
        if (!SecretName.TryRead(match.Text, match.Start, match.Length, kind, out var name))
        {
            return Verdict.No;
        }

        if (ValueReader.SkipBlanks(match.Text, name.End) is var sign && sign < match.Text.Length && match.Text[sign] == '=' && name.Start > 0 && match.Text[name.Start - 1] == '\n')
        {
            // A setting has its own value, and the line above has another.
            return Verdict.No;
        }

        // What stands in the name's own field is read forwards.
        var lowest = Math.Max(0, match.Start - BeforeReader.Back);
        var value = BeforeReader.Read(match.Text, name, kind, lowest, out var score);
        return value.Length == 0 || Examples.Precede(match.Text, value.Start) ? Verdict.No : new Verdict(value.Length, score) { Offset = value.Start - match.Start };
    }
}
