using System.Net;

namespace GatewayStack.Credentials;

/// <summary>Addresses that a token, a code or a secret may be sent to.</summary>
internal static class SafeAddress
{
    /// <summary>https, or http to this machine; nothing that could be mistaken for another host.</summary>
    public static bool IsSafe(Uri address) =>
        address is { IsAbsoluteUri: true, UserInfo: "", Fragment: "" } && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && IsThisMachine(address)));

    /// <summary>Reads an address that somebody else told us.</summary>
    /// <param name="address">The address.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <exception cref="CredentialException">It is not one.</exception>
    public static Uri Read(string? address, string what) => Uri.TryCreate(address, UriKind.Absolute, out var url) && IsSafe(url)
        ? url
        : throw new CredentialException(CredentialFault.Refused, $"{what} is not an https address (or an http address of this machine)");

    /// <summary>localhost, or a loopback address written as one.</summary>
    public static bool IsThisMachine(Uri address) =>
        string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.IdnHost, out var ip) && IPAddress.IsLoopback(ip));
}
