namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Reads the secret of one line of SQL's <c>INSERT INTO t (user, password) VALUES ('x', 'y'), ('z', 'w')</c>.</summary>
internal static class InsertVerifier
{
    /// <summary>So many units behind the names the word ends that the lines follow.</summary>
    private const int ToValues = 12;

    /// <summary>The verifier of a line.</summary>
    /// <param name="line">Which one, from 0.</param>
    public static Verifier ForLine(int line) => (in Match match) => Verify(match, line);

    /// <summary>Behind the bracket that closes the list of names.</summary>
    public static int? Outlook(in Match soFar, int known)
    {
        var behind = soFar.Text[soFar.Start..];
        var close = behind.IndexOf(')');
        return Opening(soFar) < 0 || (close >= 0 && close + 1 + ToValues <= behind.Length && ValuesIn(behind.Slice(close + 1, ToValues)) < 0) ? null
            : close < 0 ? behind.Length : close + 1;
    }

    private static int ValuesIn(ReadOnlySpan<char> text) => text.IndexOf("values", StringComparison.OrdinalIgnoreCase);

    /// <summary>The bracket that the list of names opens with; -1 for none.</summary>
    private static int Opening(in Match match)
    {
        var before = match.Text[..match.Start];
        var open = before.LastIndexOf('(');
        return open >= 0 && before[open..].ContainsAny("'\";=") ? -1 : open;
    }

    private static Verdict Verify(in Match match, int line)
    {
        var text = match.Text;
        var open = Opening(match);
        var close = text[match.Start..].IndexOf(')');
        if (open < 0 || close < 0 || !SecretName.TryRead(text, match.Start, match.Length, SecretKind.Password, out _))
        {
            return Verdict.No;
        }

        var column = text[open..match.Start].Count(',');
        var at = match.Start + close + 1;
        var values = ValuesIn(text[at..Math.Min(text.Length, at + ToValues)]);
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
