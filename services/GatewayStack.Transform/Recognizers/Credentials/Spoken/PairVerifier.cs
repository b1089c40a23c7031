namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>"admin / x", "admin:x": the second part is a password only if it looks like nothing else.</summary>
internal static class PairVerifier
{
    private const int Shortest = 6;

    public static Verdict Verify(in Match match)
    {
        var verdict = ArgumentVerifier.VerifyPair(match);
        if (verdict.Length < Shortest)
        {
            return Verdict.No;
        }

        // "use x:y" names a module, a setting or an image; with blanks round the sign it is a pair.
        var sign = match.Value.TrimEnd()[^1];
        var joined = match.Value[^1] != ' ';
        var value = match.Text.Slice(match.Start + verdict.Offset, verdict.Length);
        if ((joined && sign != '|' && IsVerb(match.Value)) || value[0] == ':' || value.Contains('=') || value.Contains('/')
            || value.Contains("::", StringComparison.Ordinal))
        {
            return Verdict.No;
        }

        var shape = new ValueShape(match.Text.Slice(match.Start + verdict.Offset, verdict.Length));
        var strong = shape.IsMixed && (shape.Symbols > shape.Joiners || (shape.Uppers > 0 && shape.Lowers > 0 && shape.Digits > 0) || shape.Digits >= 3
            || shape.Changes >= 2);
        return strong && shape.Symbols - shape.Joiners <= 4 ? verdict : Verdict.No;
    }

    private static bool IsVerb(ReadOnlySpan<char> match) =>
        match.StartsWith("use", StringComparison.OrdinalIgnoreCase) || match.StartsWith("with", StringComparison.OrdinalIgnoreCase)
            || match.StartsWith("try", StringComparison.OrdinalIgnoreCase)
        || match.StartsWith("account", StringComparison.OrdinalIgnoreCase);
}
