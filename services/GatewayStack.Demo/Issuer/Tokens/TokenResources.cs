using System.Collections.Immutable;
using GatewayStack.Demo.Server;

namespace GatewayStack.Demo.Issuer.Tokens;

/// <summary>What a token may be for: the gateway's API, or one of its MCP routes.</summary>
internal sealed class TokenResources(DemoServerOptions options, DemoAddresses addresses)
{
    private const string Routes = "/mcp/";

    /// <summary>The audience for the resources that were asked for: at most one, because a token is for one.</summary>
    /// <returns>The audience, or null when it is nothing of this gateway, or more than one thing.</returns>
    public string? Audience(ImmutableArray<string> asked) => asked.Length > 1 ? null : Audience(asked.FirstOrDefault());

    /// <summary>The audience for a resource that was asked for.</summary>
    /// <returns>The audience, or null when it is nothing of this gateway.</returns>
    public string? Audience(string? resource)
    {
        if (resource is null)
        {
            return options.Audience;
        }

        // Compared as URLs are: without the case of scheme and host, the default port and a slash at the end.
        if (addresses.Gateway is not { } gateway || !Uri.TryCreate(resource, UriKind.Absolute, out var url) || url is not { UserInfo: "", Query: "", Fragment: "" }
            || !SameOrigin(url, gateway))
        {
            return null;
        }

        var path = url.AbsolutePath.TrimEnd('/');
        if (path.Length == 0)
        {
            return options.Audience;
        }

        return path.StartsWith(Routes, StringComparison.Ordinal) && path[Routes.Length..] is { Length: > 0 } name && !name.Contains('/')
            && options.McpRoutes?.Invoke().Contains(name, StringComparer.Ordinal) != false
            ? gateway.GetLeftPart(UriPartial.Authority) + path
            : null;
    }

    private static bool SameOrigin(Uri one, Uri other) => Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
}
