namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>The secret that belongs to a key's id and has no mark of its own: forty characters beside an id of a cloud's, in a call, a list, or the line below.</summary>
internal static class AccessKeyPairs
{
    private const int IdLength = 20;
    private const int SecretLength = 40;
    private const int MostBetween = 8;
    private const double Certain = 0.97;

    /// <summary>At the beginning of an id.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var at = match.Start + IdLength;
        if (at >= text.Length || !IsId(text[match.Start..at]) || IsOfSecret(text[at]))
        {
            return Verdict.No;
        }

        var start = at;
        while (start < text.Length && start - at < MostBetween && (!IsOfSecret(text[start]) || (text[start] == '/' && start + 1 < text.Length && text[start + 1] == ' ')))
        {
            start++;
        }

        var end = start;
        while (end < text.Length && IsOfSecret(text[end]))
        {
            end++;
        }

        return end - start == SecretLength && !(match.Truncated && end == text.Length)
            && new ValueShape(text[start..end]) is { Uppers: >= 3, Lowers: >= 3, Digits: >= 2, Changes: >= 3 }
            ? new Verdict(SecretLength, Certain, start - match.Start) : Verdict.No;
    }

    private static bool IsId(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOfSecret(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or '+';
}
