namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Tells a random token from words joined by dashes, which share its alphabet.</summary>
internal static class TokenVerifier
{
    public static Verdict Verify(in Match match)
    {
        var digits = 0;
        var capitals = 0;
        foreach (var c in match.Value)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            capitals += char.IsAsciiLetterUpper(c) ? 1 : 0;
        }

        return digits >= 2 || (digits >= 1 && capitals >= 3) || capitals >= 6 ? new Verdict(match.Length, 1) : Verdict.No;
    }
}
