namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Reads the secret of one line of SQL's <c>INSERT INTO t (user, password) VALUES ('x', 'y'), ('z', 'w')</c>.</summary>
internal static class InsertVerifier
{
    /// <summary>The verifier of a line.</summary>
    /// <param name="line">Which one, from 0.</param>
    public static Verifier ForLine(int line) => (in Match match) => Verify(match, line);

    private static Verdict Verify(in Match match, int line)
    {
        var text = match.Text;
        var open = text[..match.Start].LastIndexOf('(');
        var close = text[match.Start..].IndexOf(')');
        if (open < 0 || close < 0 || text[open..match.Start].ContainsAny("'\";=")
            || !SecretName.TryRead(text, match.Start, match.Length, SecretKind.Password, out _))
        {
            return Verdict.No;
        }

        var column = text[open..match.Start].Count(',');
        var at = match.Start + close + 1;
        var values = text[at..Math.Min(text.Length, at + 12)].IndexOf("values", StringComparison.OrdinalIgnoreCase);
        if (values < 0)
        {
            return Verdict.No;
        }

        at += values + 6;
        for (var current = 0; ; current++)
        {
            var next = text[at..].IndexOf('(');
            if (next is < 0 or > 6)
            {
                return Verdict.No;
            }

            at += next + 1;
            if (current == line)
            {
                return Value(match, at, column);
            }

            at = EndOf(text, at, ')');
        }
    }

    private static Verdict Value(in Match match, int at, int column)
    {
        var text = match.Text;
        for (; column > 0; column--)
        {
            at = EndOf(text, at, ',') + 1;
        }

        if (at >= text.Length)
        {
            return Verdict.No;
        }

        var value = ValueReader.Read(text, at, ValueForm.Assigned);
        if (value.Length == 0 || !value.Quoted)
        {
            return Verdict.No;
        }

        var score = SecretValue.Score(text.Slice(value.Start, value.Length), SecretKind.Password, value);
        return score >= 0.5 ? new Verdict(value.Length, score, value.Start - match.Start) : Verdict.No;
    }

    /// <summary>Where a list's separator stands outside quotes; the text's end when it does not.</summary>
    private static int EndOf(ReadOnlySpan<char> text, int at, char separator)
    {
        var quoted = false;
        for (; at < text.Length; at++)
        {
            quoted ^= text[at] == '\'';
            if (!quoted && (text[at] == separator || text[at] == ')'))
            {
                return at;
            }
        }

        return text.Length;
    }
}
