namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>The code that a device of a home is joined with: <c>3497-011-2332</c> (Matter), <c>031-45-154</c> (HomeKit).</summary>
internal static class PairingCodeVerifier
{
    private const double Sure = 0.9;

    /// <summary>Where the match ends.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var start = match.Start + match.Length;
        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '-'))
        {
            end++;
        }

        var code = text[start..end];
        var isCode = code is [_, _, _, _, '-', _, _, _, '-', _, _, _, _] or [_, _, _, '-', _, _, '-', _, _, _] ? code.Count('-') == 2 : code.Length is 8 or 11 && !code.Contains('-');
        return isCode && (end == text.Length || !char.IsLetterOrDigit(text[end])) ? new Verdict(code.Length, Sure, start - match.Start) : Verdict.No;
    }
}
