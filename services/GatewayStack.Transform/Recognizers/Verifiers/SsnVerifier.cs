namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>A social security number by the rules of the SSA; nine bare digits only where the text says what they are.</summary>
internal static class SsnVerifier
{
    private const int Reach = 40;
    private static readonly ContextWords Context = new("ssn", "social", "socialsecurity", "ss#", "ssn#");

    /// <summary>Printed in advertisements and on sample cards, so that they are nobody's.</summary>
    private static readonly string[] Samples = ["078051120", "219099999", "123456789"];

    public static Verdict Verify(in Match match)
    {
        Span<char> digits = stackalloc char[9];
        var count = 0;
        foreach (var c in match.Value)
        {
            if (char.IsAsciiDigit(c))
            {
                digits[count++] = c;
            }
        }

        if (!IsIssued(digits) || match.At(match.Length) is '-' or '/' or '_' || char.IsLetterOrDigit(match.At(match.Length)))
        {
            return Verdict.No;
        }

        var separator = match.At(3);
        var separated = !char.IsAsciiDigit(separator);
        if (separated ? match.Length != 11 || match.At(6) != separator : match.Length != 9)
        {
            return Verdict.No;
        }

        if (separator == '-')
        {
            return new Verdict(match.Length, 0.95);
        }

        if (Context.FindBefore(match.Text, match.Start, Reach) >= 0)
        {
            return new Verdict(match.Length, 0.9);
        }

        return separated ? new Verdict(match.Length, 0.6) : Verdict.No;
    }

    private static bool IsIssued(ReadOnlySpan<char> digits)
    {
        if (digits[0] == '9' || digits.StartsWith("000") || digits.StartsWith("666") || digits[3..5] is "00" || digits[5..] is "0000"
            || !digits.ContainsAnyExcept(digits[0]))
        {
            return false;
        }

        foreach (var sample in Samples)
        {
            if (digits.SequenceEqual(sample))
            {
                return false;
            }
        }

        return true;
    }
}
