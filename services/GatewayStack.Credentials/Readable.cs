namespace GatewayStack.Credentials;

/// <summary>What other machines say, made fit for one line of a terminal.</summary>
internal static class Readable
{
    /// <summary>The printable ASCII of a text, cut at a length: no line break, no escape sequence of a terminal.</summary>
    public static string Line(string? text, int longest)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "nothing";
        }

        var plain = string.Concat(text.Take(longest).Select(c => c is >= ' ' and <= '~' ? c : '?'));
        return text.Length > longest ? plain + "..." : plain;
    }
}
