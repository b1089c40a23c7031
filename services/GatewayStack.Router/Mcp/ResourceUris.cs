using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace GatewayStack.Router.Mcp;

/// <summary>Judges the URIs of resources: rules are about their text, so a server must not read another one out of it.</summary>
/// <remarks>
/// Servers look a resource up by what their parser makes of its URI: the TypeScript SDK by <c>new URL(uri).toString()</c>, the C# SDK by equality of
/// <see cref="Uri"/>. A URI passes only in the one spelling that both leave as it is, so that no two that pass are one resource there.
/// </remarks>
internal static partial class ResourceUris
{
    private const int MaxLength = 2048;

    // RFC 3986, 2: what else a URI has is written as an escape. A fragment is cut off by who looks the resource up.
    private const string Punctuation = "-._~:/?[]@!$&'()*+,;=%";

    /// <summary>Escapes of what separates, ends or escapes: some servers resolve them before they look.</summary>
    private static readonly FrozenSet<char> NeverEscaped = FrozenSet.Create('/', '\\', '\0', '%');

    /// <summary>Schemes whose URLs parsers write anew (WHATWG URL, "special").</summary>
    private static readonly FrozenSet<string> Special = FrozenSet.Create(StringComparer.Ordinal, "http", "https", "ws", "wss", "ftp", "file");

    /// <summary>Ports that are left out.</summary>
    private static readonly FrozenDictionary<string, int> DefaultPorts = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["ftp"] = 21,
        ["telnet"] = 23,
        ["gopher"] = 70,
        ["http"] = 80,
        ["ws"] = 80,
        ["nntp"] = 119,
        ["ldap"] = 389,
        ["https"] = 443,
        ["wss"] = 443,
        ["net.tcp"] = 808,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether a URI means to everyone what it says: nothing in it that servers resolve, unescape, write in another way or cut off.</summary>
    public static bool IsPlain(string uri)
    {
        if (uri.Length > MaxLength || !uri.All(c => char.IsAsciiLetterOrDigit(c) || Punctuation.Contains(c, StringComparison.Ordinal)) || !HasPlainEscapes(uri)
            || Parts().Match(uri) is not { Success: true } parts)
        {
            return false;
        }

        var (scheme, path, query) = (parts.Groups["scheme"].Value, parts.Groups["path"].Value, parts.Groups["query"]);
        if (path.Split('/').Concat(query.Value.Split('/', '?')).Any(s => s is "." or ".."))
        {
            return false;
        }

        var authority = parts.Groups["authority"] is { Success: true } named ? named.Value : null;
        return scheme == "file" ? authority is not null && IsPlainFile(authority, path) && !query.Success
            : Special.Contains(scheme) ? authority is { Length: > 0 } && path.StartsWith('/') && IsPlainQuery(scheme, query) && IsPlainAuthority(scheme, authority)
            // With nothing behind its slash it is the same as without that slash.
            : authority is null || (path != "/" && IsPlainAuthority(scheme, authority));
    }

    /// <summary>The same of a template (RFC 6570): what it says around its expressions.</summary>
    public static bool IsPlainTemplate(string template) =>
        template.Length <= MaxLength && IsPlain(Expressions().Replace(template, e => e.Groups["operator"].Value switch { "/" => "/x", "?" => "?x", "&" => "&x", "#" => "", _ => "x" }));

    /// <summary>An escape is written in one way, and is of something that cannot stand there as it is (RFC 3986, 2.1 and 2.3).</summary>
    private static bool HasPlainEscapes(string uri)
    {
        for (var at = uri.IndexOf('%', StringComparison.Ordinal); at >= 0; at = uri.IndexOf('%', at + 1))
        {
            if (at + 2 >= uri.Length || char.IsAsciiLetterLower(uri[at + 1]) || char.IsAsciiLetterLower(uri[at + 2])
                || !byte.TryParse(uri.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var escaped)
                || NeverEscaped.Contains((char)escaped) || char.IsAsciiLetterOrDigit((char)escaped) || (char)escaped is '-' or '.' or '_' or '~')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A path that a file system takes for no other; the host of a share is rare, and never this one.</summary>
    private static bool IsPlainFile(string host, string path) =>
        path.StartsWith('/') && !path.Contains("//", StringComparison.Ordinal) && host != "localhost" && (host.Length == 0 || IsPlainName(host));

    /// <summary>An apostrophe is escaped by some in a query, and of FTP some know no query.</summary>
    private static bool IsPlainQuery(string scheme, Group query) => !query.Success || (scheme != "ftp" && !query.Value.Contains('\'', StringComparison.Ordinal));

    /// <summary>A host, and a port where it is not the usual one; nobody's name in front of them, which some leave out.</summary>
    private static bool IsPlainAuthority(string scheme, string authority)
    {
        if (Authority().Match(authority) is not { Success: true } parts)
        {
            return false;
        }

        var (host, port) = (parts.Groups["host"].Value, parts.Groups["port"]);
        if (port.Success && (host.Length == 0 || !ushort.TryParse(port.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || DefaultPorts.GetValueOrDefault(scheme, -1) == number))
        {
            return false;
        }

        return host.StartsWith('[') ? IsPlainAddress(host[1..^1], AddressFamily.InterNetworkV6)
            : !Special.Contains(scheme) || IsPlainName(host);
    }

    private static bool IsPlainName(string host) => Names().IsMatch(host) && (!Numbers().IsMatch(host) || IsPlainAddress(host, AddressFamily.InterNetwork));

    private static bool IsPlainAddress(string host, AddressFamily family) =>
        IPAddress.TryParse(host, out var address) && address.AddressFamily == family && address.ToString() == host
        && (family == AddressFamily.InterNetwork || !host.Contains('.', StringComparison.Ordinal));

    // One letter is a drive.
    [GeneratedRegex(@"\A(?<scheme>[a-z][a-z0-9+.-]+):(?://(?<authority>[^/?]*))?(?<path>[^?]*)(?:\?(?<query>.*))?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();

    // Upper case is that of an escape's digits alone.
    [GeneratedRegex(@"\A(?<host>\[[0-9a-f:]*\]|([^][A-Z@:%]|%..)*)(:(?<port>0|[1-9][0-9]{0,4}))?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Authority();

    [GeneratedRegex(@"\A[a-z0-9_-]+(\.[a-z0-9_-]+)*\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Names();

    /// <summary>What is read as an address by its last part (WHATWG URL, "ends in a number").</summary>
    [GeneratedRegex(@"(\A|\.)([0-9]+|0x[0-9a-f]*)\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\{(?<operator>[+#./;?&]?)[A-Za-z0-9_.,:*%]+\}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Expressions();
}
