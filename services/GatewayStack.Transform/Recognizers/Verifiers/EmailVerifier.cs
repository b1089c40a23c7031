namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Tells addresses from what only has an at sign in it, such as <c>package@1.0.0-beta.rc</c>.</summary>
internal static class EmailVerifier
{
    public static Verdict Verify(in Match match)
    {
        var domain = match.Value[(match.Value.IndexOf('@') + 1)..];
        var label = domain[..domain.IndexOf('.')];
        var isVersion = !label.ContainsAnyExcept(Alphabets.Digit) && char.IsAsciiDigit(domain[label.Length + 1]);
        return isVersion ? Verdict.No : new Verdict(match.Length, 0.9);
    }
}
