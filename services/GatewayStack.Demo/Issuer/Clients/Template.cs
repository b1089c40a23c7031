using System.Buffers;

namespace GatewayStack.Demo.Issuer.Clients;

/// <summary>An address with one part left open, such as <c>https://chatgpt.com/oauth/{connector}/client.json</c>.</summary>
internal static class Template
{
    private const int LongestPart = 128;

    private static readonly SearchValues<char> PartCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    /// <summary>
    /// True when the text is the template with letters, digits, <c>-</c> and <c>_</c> in place of its open part: scheme, host and the rest of the path are fixed.
    /// </summary>
    public static bool IsMatch(string template, string text)
    {
        var open = template.IndexOf('{', StringComparison.Ordinal);
        var close = template.IndexOf('}', StringComparison.Ordinal);
        if (open < 0 || close < open)
        {
            return string.Equals(template, text, StringComparison.Ordinal);
        }

        var head = template.AsSpan(0, open);
        var tail = template.AsSpan(close + 1);
        return text.Length > head.Length + tail.Length
            && text.Length <= head.Length + tail.Length + LongestPart
            && text.AsSpan().StartsWith(head, StringComparison.Ordinal)
            && text.AsSpan().EndsWith(tail, StringComparison.Ordinal)
            && !text.AsSpan(head.Length, text.Length - head.Length - tail.Length).ContainsAnyExcept(PartCharacters);
    }
}
