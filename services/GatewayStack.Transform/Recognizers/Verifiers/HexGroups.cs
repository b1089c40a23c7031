namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>Groups of hexadecimal digits with colons between them.</summary>
internal static class HexGroups
{
    /// <summary>
    /// True where a match is the rest of more groups: before its colon stands another, or nothing. Any other word is the name of what follows, as in
    /// <c>MAC:00:1B:44:11:3A:B7</c> and in the addresses of mail servers, <c>[IPv6:2001:db8::1]</c>.
    /// </summary>
    public static bool GoBefore(in Match match)
    {
        if (match.At(-1) != ':')
        {
            return false;
        }

        var at = -2;
        var isHex = true;
        for (; char.IsLetterOrDigit(match.At(at)); at--)
        {
            isHex &= char.IsAsciiHexDigit(match.At(at));
        }

        return isHex;
    }
}
