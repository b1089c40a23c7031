namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>The PIN that a modem is given: <c>AT+CPIN="8124"</c> (3GPP TS 27.007, 8.3); a new one stands behind it: <c>AT+CPIN="12345678","8124"</c>.</summary>
internal static class SimPinVerifier
{
    private const double Given = 0.95;
    private const int Shortest = 4;
    private const int Longest = 8;

    /// <summary>Behind the sign; a question (<c>AT+CPIN?</c>, <c>AT+CPIN=?</c>) gives none.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var start = match.Start + match.Length;
        start += start < text.Length && text[start] == '"' ? 1 : 0;
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - start is >= Shortest and <= Longest && (end >= text.Length || !char.IsLetterOrDigit(text[end])) ? new Verdict(end - start, Given) { Offset = start - match.Start } : Verdict.No;
    }
}
