namespace GatewayStack.Identity.Credentials;

/// <summary>A token that only its issuer can read.</summary>
internal static class OpaqueToken
{
    /// <summary>Longest that is asked about, in characters.</summary>
    private const int MaxLength = 4096;

    /// <summary>True for what may be one (RFC 6750's <c>b64token</c>). With two dots it claims to be a JWT, and a broken one is nobody's to judge.</summary>
    public static bool IsOne(string token)
    {
        if (token.Length > MaxLength || token.AsSpan().Count('.') == 2)
        {
            return false;
        }

        var body = token.AsSpan().TrimEnd('=');
        foreach (var character in body)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '.' or '_' or '~' or '+' or '/'))
            {
                return false;
            }
        }

        return body.Length > 0;
    }
}
