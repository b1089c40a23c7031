using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace GatewayStack.Demo.Issuer.Clients;

/// <summary>Which redirect URIs may be registered, and which one that is asked for is a registered one.</summary>
/// <remarks>Compared as they are written. A URI that is parsed first means what the parser makes of it, and a browser may make something else of it.</remarks>
internal static partial class RedirectUris
{
    private const int Longest = 512;

    private static readonly SearchValues<char> Odd = SearchValues.Create("\\#\"<>^`|{}");

    /// <summary>True for https, for http on this machine, and for an application's own scheme, which has a dot in it (RFC 8252, 7).</summary>
    public static bool MayBeRegistered(string uri)
    {
        if (!TryRead(uri, out var parsed))
        {
            return false;
        }

        return parsed.Scheme switch
        {
            "https" => parsed.Host.Length > 0,
            "http" => LoopbackUri().IsMatch(uri),
            _ => parsed.Scheme.Contains('.', StringComparison.Ordinal),
        };
    }

    /// <summary>True when what was asked for is what was registered: the same characters, but for the port of a loopback address (RFC 8252, 7.3).</summary>
    public static bool IsMatch(string registered, string asked)
    {
        if (!TryRead(asked, out _))
        {
            return false;
        }

        if (string.Equals(registered, asked, StringComparison.Ordinal))
        {
            return true;
        }

        if (registered.Contains('{', StringComparison.Ordinal))
        {
            return Template.IsMatch(registered, asked);
        }

        return LoopbackUri().Match(registered) is { Success: true } one && LoopbackUri().Match(asked) is { Success: true } other
            && one.Groups["host"].ValueSpan.SequenceEqual(other.Groups["host"].ValueSpan)
            && one.Groups["rest"].ValueSpan.SequenceEqual(other.Groups["rest"].ValueSpan);
    }

    /// <summary>True for an address of this machine, where any program may be listening.</summary>
    public static bool IsLoopback(string uri) => LoopbackUri().IsMatch(uri);

    private static bool TryRead(string uri, [NotNullWhen(true)] out Uri? parsed)
    {
        parsed = null;
        return uri.Length is > 0 and <= Longest
            && !uri.AsSpan().ContainsAnyExceptInRange('!', '~')
            && !uri.AsSpan().ContainsAny(Odd)
            && Uri.TryCreate(uri, UriKind.Absolute, out parsed)
            && parsed.UserInfo.Length == 0
            // Nothing that a reader would take for the address of something else.
            && !uri.Contains("/../", StringComparison.Ordinal) && !uri.Contains("/./", StringComparison.Ordinal)
            && !uri.Contains("%2e", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"^http://(?<host>localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?(?<rest>/[!-~]*|)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LoopbackUri();
}
