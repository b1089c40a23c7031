using System.Net;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Demo.Server;

/// <summary>Tells callers on this machine from all others.</summary>
public static class LocalCaller
{
    /// <summary>True when the request came from this machine and was meant for it.</summary>
    /// <remarks>The Host counts too: a page in the developer's browser that rebinds its own name to 127.0.0.1 comes from loopback but names itself.</remarks>
    public static bool IsLocal(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote) && IsLocalName(context.Request.Host.Host);
    }

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
