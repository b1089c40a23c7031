using System.Net;

namespace GatewayStack.McpUpstream;

/// <summary>Against names that are rebound to this machine: the suite asks for it of a server without authentication.</summary>
internal static class LocalOnly
{
    public static bool IsLocal(HttpRequest request) =>
        IsLocalName(request.Host.Host) && (request.Headers.Origin.Count == 0 || (Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && IsLocalName(origin.Host)));

    public static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    private static bool IsLocalName(string host) => host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
