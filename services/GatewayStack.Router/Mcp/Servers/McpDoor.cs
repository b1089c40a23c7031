using System.Net;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Router.Mcp.Servers;

/// <summary>Who may come up to an MCP route at all: web pages by their origin, and nobody with a token in the URL.</summary>
internal sealed class McpDoor(McpAddresses addresses, RouterSnapshotStore snapshots, IHostEnvironment environment, IConfiguration configuration)
{
    private const string Exposed = "WWW-Authenticate, Mcp-Session-Id, MCP-Protocol-Version, X-Request-Id, X-Gateway-Degraded, Retry-After";

    /// <returns>The call, or null where there is no such server.</returns>
    public McpCall? Open(HttpContext http, RouterSnapshot snapshot)
    {
        if (http.Request.RouteValues["server"] is not string name || !snapshot.McpServers.TryGetValue(name, out var server))
        {
            return null;
        }

        var refusal = Judge(http, server);
        return new McpCall { Server = server, Resource = addresses.ResourceOf(server), RefusedAtDoor = refusal };
    }

    /// <summary>Answers a browser's question whether a page may call the route; it has no token yet.</summary>
    public Task PreflightAsync(HttpContext http)
    {
        var known = http.Request.RouteValues["server"] is string name && snapshots.Current.McpServers.TryGetValue(name, out var server);
        http.Response.StatusCode = known ? StatusCodes.Status204NoContent : StatusCodes.Status404NotFound;
        if (!known)
        {
            return Task.CompletedTask;
        }

        if (JudgeOrigin(http, snapshots.Current.McpServers[(string)http.Request.RouteValues["server"]!]) is not null)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        var headers = http.Response.Headers;
        headers.AccessControlAllowMethods = "GET, POST, DELETE, OPTIONS";
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, Accept, Mcp-Session-Id, MCP-Protocol-Version, Last-Event-ID, Mcp-Method, Mcp-Name, traceparent, "
            + "tracestate"
            + string.Concat(http.Request.Headers.AccessControlRequestHeaders.SelectMany(v => v?.Split(',', StringSplitOptions.TrimEntries) ?? [])
                .Where(IsParameter).Take(32).Select(h => ", " + h));
        headers.AccessControlMaxAge = "600";
        return Task.CompletedTask;
    }

    private static bool IsParameter(string header) =>
        header.StartsWith(Protocol.McpHeaders.ParameterPrefix, StringComparison.OrdinalIgnoreCase) && header.Length < 128
        && header.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private Refusal? Judge(HttpContext http, McpServer server)
    {
        if (JudgeOrigin(http, server) is { } refusal)
        {
            return refusal;
        }

        if (http.Request.Query.ContainsKey("access_token"))
        {
            return Refusal.BadRequest("token_in_url", "A token in the URL ends up in logs. Send it in 'Authorization: Bearer', and take the one in the URL for leaked.");
        }

        return IsRebound(http)
            ? new Refusal { Status = StatusCodes.Status403Forbidden, Code = "host_not_allowed", Message = "The Host header names no address of this gateway." }
            : null;
    }

    private Refusal? JudgeOrigin(HttpContext http, McpServer server)
    {
        var origins = http.Request.Headers.Origin;
        if (origins.Count == 0)
        {
            return null;
        }

        var origin = origins.Count == 1 ? origins[0]! : string.Empty;
        http.Response.Headers.Vary = "Origin";
        if (!IsAllowed(origin, server))
        {
            return new Refusal
            {
                Status = StatusCodes.Status403Forbidden,
                Code = "origin_not_allowed",
                Message = "Pages of this origin may not call the gateway. The operator "
                + "can allow it."
            };
        }

        http.Response.Headers.AccessControlAllowOrigin = origin;
        http.Response.Headers.AccessControlExposeHeaders = Exposed;
        return null;
    }

    private bool IsAllowed(string origin, McpServer server) =>
        server.Origins.Contains(origin)
        || string.Equals(origin, new Uri(addresses.MetadataOf(server)).GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
        || (environment.IsDevelopment() && Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && !origin.EndsWith('/') && uri.IsLoopback);

    /// <summary>
    /// A page whose name was made to point at this machine has the browser's Host header against it; with a public address set, proxies may write what they like.
    /// </summary>
    private bool IsRebound(HttpContext http) =>
        configuration["Identity:PublicUrl"] is null && http.Connection.LocalIpAddress is { } local && IPAddress.IsLoopback(local)
        && !(http.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]" || http.Request.Host.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase));
}
