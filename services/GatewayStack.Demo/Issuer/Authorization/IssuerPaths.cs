using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>Where the authorization server's endpoints are.</summary>
internal static class IssuerPaths
{
    public const string Authorize = "/authorize";
    public const string SignIn = "/signin";
    public const string Token = "/connect/token";
    public const string Revoke = "/connect/revoke";
    public const string DeviceAuthorization = "/connect/device";
    public const string UserInfo = "/connect/userinfo";
    public const string EndSession = "/connect/logout";
    public const string Device = "/device";
    public const string Keys = "/jwks";

    private const string Connect = "/connect";
    private const string WellKnown = "/.well-known";

    /// <summary>Where the metadata is: below the issuer (OpenID Connect Discovery), and with the issuer's path behind the well-known one (RFC 8414, 3.1).</summary>
    public static string[] Metadata { get; } =
    [
        Relative(WellKnown + "/openid-configuration"),
        Relative(WellKnown + "/oauth-authorization-server"),
        $"{WellKnown[1..]}/openid-configuration{DemoAddresses.PathBase}",
        $"{WellKnown[1..]}/oauth-authorization-server{DemoAddresses.PathBase}",
    ];

    /// <summary>An endpoint's path as OpenIddict takes it: relative to the host.</summary>
    public static string Relative(string path) => DemoAddresses.PathBase[1..] + path;

    /// <summary>True for the authorization server's own requests.</summary>
    public static bool IsOurs(PathString path) => IsWellKnown(path) || NeedsStore(path) || IsBelow(path, WellKnown, Keys);

    /// <summary>True for metadata outside the demo's own path.</summary>
    public static bool IsWellKnown(PathString path) => path.StartsWithSegments(WellKnown, StringComparison.OrdinalIgnoreCase);

    /// <summary>True for requests that read or write clients and grants.</summary>
    public static bool NeedsStore(PathString path) => IsBelow(path, Authorize, SignIn, Connect, Device);

    /// <summary>True for what pages of other origins may read: metadata, keys, and the endpoints that clients call without a browser.</summary>
    public static bool IsForScripts(PathString path) =>
        IsWellKnown(path) || IsBelow(path, WellKnown, Keys, Token, Revoke, UserInfo, DeviceAuthorization, Clients.RegistrationEndpoint.Path);

    private static bool IsBelow(PathString path, params ReadOnlySpan<string> endpoints)
    {
        if (!path.StartsWithSegments(DemoAddresses.PathBase, StringComparison.OrdinalIgnoreCase, out var rest))
        {
            return false;
        }

        foreach (var endpoint in endpoints)
        {
            if (rest.StartsWithSegments(endpoint, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
