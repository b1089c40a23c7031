using System.Collections.Immutable;

namespace GatewayStack.Identity.Credentials;

/// <summary>
/// The audiences of a resource that tokens are asked for (RFC 8707). http and https URLs are compared without the case of scheme and host, the default port, and one slash at the
/// end of the path; everything else is compared as it stands. Nothing is decoded: a path that is written otherwise is another one.
/// </summary>
internal static class ResourceAudiences
{
    /// <summary>Whether a token's audience is one of the resource's.</summary>
    public static bool Contains(ImmutableArray<string> audiences, string audience)
    {
        if (audience.Length == 0)
        {
            return false;
        }

        var canonical = Canonical(audience);
        foreach (var wanted in audiences)
        {
            if (string.Equals(wanted, audience, StringComparison.Ordinal)
                || (canonical is not null && string.Equals(Canonical(wanted), canonical, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The form in which URLs are compared; null for what is none.</summary>
    private static string? Canonical(string text)
    {
        var (scheme, port) = text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? ("https://", ":443")
            : text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? ("http://", ":80")
            : (string.Empty, string.Empty);
        var rest = text.AsSpan(scheme.Length);
        var length = rest.IndexOfAny('/', '?', '#');
        var authority = length < 0 ? rest : rest[..length];
        if (scheme.Length == 0 || authority.IsEmpty || authority.ContainsAny('@', '\\'))
        {
            return null;
        }

        var path = rest[authority.Length..];
        if (authority.EndsWith(port, StringComparison.Ordinal))
        {
            authority = authority[..^port.Length];
        }

        if (path.EndsWith("/", StringComparison.Ordinal) && !path.ContainsAny('?', '#'))
        {
            path = path[..^1];
        }

        return string.Concat(scheme, LowerAscii(authority), path);
    }

    private static string LowerAscii(ReadOnlySpan<char> text)
    {
        var lower = text.ToArray();
        for (var i = 0; i < lower.Length; i++)
        {
            lower[i] = char.IsAsciiLetterUpper(lower[i]) ? (char)(lower[i] | 0x20) : lower[i];
        }

        return new string(lower);
    }
}
