using System.Globalization;

namespace GatewayStack.Router.Mcp;

/// <summary>Judges the URIs of resources: rules are about their text, so a server must not read another one out of it.</summary>
internal static class ResourceUris
{
    private const int MaxLength = 2048;

    private static readonly string[] Escaped = ["%2e", "%2f", "%5c", "%00", "%25"];

    /// <summary>Whether a URI means to everyone what it says: nothing in it that servers resolve, unescape or cut off.</summary>
    public static bool IsPlain(string uri) =>
        uri.Length <= MaxLength
        && uri.All(c => c is > ' ' and not '\\' and not '\u007f' && !char.IsControl(c))
        && !Escaped.Any(e => uri.Contains(e, StringComparison.OrdinalIgnoreCase))
        && !(uri.StartsWith("ui:", StringComparison.OrdinalIgnoreCase) && EscapesUnreserved(uri))
        && !uri.Split('/', '?', '#').Any(s => s is "." or "..");

    /// <summary>A page is known by its text: nothing in it may be written in two ways (RFC 3986, 2.3).</summary>
    private static bool EscapesUnreserved(string uri)
    {
        for (var at = uri.IndexOf('%', StringComparison.Ordinal); at >= 0; at = uri.IndexOf('%', at + 1))
        {
            if (at + 2 < uri.Length && byte.TryParse(uri.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped)
                && (char.IsAsciiLetterOrDigit((char)escaped) || (char)escaped is '-' or '.' or '_' or '~'))
            {
                return true;
            }
        }

        return false;
    }
}
