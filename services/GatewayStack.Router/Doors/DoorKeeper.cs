using System.Collections.Immutable;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;

namespace GatewayStack.Router.Doors;

/// <summary>What every request passes before it is routed, and what binds an endpoint to its listener.</summary>
internal sealed class DoorKeeper(HeaderGate headers, ErrorWriter errors, RouterSnapshotStore snapshots, ListenAddresses addresses)
{
    private static readonly ImmutableArray<TemplateMatcher> Management =
        [.. FrontDoorRoutes.All.Where(r => r.Management).Select(r => new TemplateMatcher(TemplateParser.Parse(r.Pattern), []))];

    public async Task EnterAsync(HttpContext http, RequestDelegate next)
    {
        http.TraceIdentifier = "req_" + Guid.CreateVersion7().ToString("N");
        http.Response.Headers["x-request-id"] = http.TraceIdentifier;
        if (http.Request.Headers["x-request-id"] is [{ Length: > 0 and <= 128 } claimed] && claimed.All(c => c is > ' ' and <= '~'))
        {
            http.Features.Set(new ClientRequestId(claimed));
        }

        if (headers.Clean(http.Request.Headers) is { } refusal)
        {
            await errors.WriteAsync(http, ShapeOf(http), http.TraceIdentifier, refusal);
            return;
        }

        if (http.Connection.LocalPort != addresses.ManagementPort)
        {
            EnterByBackendDoor(http);
            FindOnlyResource(http);
        }

        await next(http);
    }

    /// <summary>An endpoint answers on its own listener only, judged by the local port and never by the Host header.</summary>
    public async Task BindAsync(HttpContext http, RequestDelegate next)
    {
        var endpoint = http.GetEndpoint();
        var governed = endpoint?.Metadata.GetMetadata<GovernedRoute>();
        var management = http.Connection.LocalPort == addresses.ManagementPort;
        if (governed is not null && governed.Route.Management == management)
        {
            await next(http);
            return;
        }

        if (endpoint is { RequestDelegate: { } answer } && governed is null && IsOfManagement(http.Request.Path) == management)
        {
            // Routing's own answer to a wrong method: it knows which ones are allowed.
            await answer(http);
            await errors.WriteAsync(http, ShapeOf(http), http.TraceIdentifier, new Refusal
            {
                Status = StatusCodes.Status405MethodNotAllowed,
                Code = "method_not_allowed",
                Message = "The path does not answer this method.",
            });
            return;
        }

        // SDKs can call more than is served: whoever wonders whether the base URL is wrong is told that it is not.
        var message = !management && http.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)
            ? "There is nothing at this path: of the models' API, /v1/chat/completions and /v1/models are served."
            : "There is nothing at this path.";
        await errors.WriteAsync(http, ShapeOf(http), http.TraceIdentifier, new Refusal { Status = StatusCodes.Status404NotFound, Code = "not_found", Message = message });
    }

    private static bool IsOfManagement(PathString path) => Management.Any(r => r.TryMatch(path, []));

    /// <summary>On a backend's own host only its routes exist; a prefix stays part of the path on the way out.</summary>
    private void EnterByBackendDoor(HttpContext http)
    {
        var request = http.Request;
        Backend? found = null;
        foreach (var backend in snapshots.Current.Backends.Values)
        {
            if (backend.Hosts.Any(h => IsHost(h, request.Host)))
            {
                found = backend;
                break;
            }

            if (backend.PathPrefix is { } prefix && request.Path.StartsWithSegments(prefix, StringComparison.Ordinal) && prefix.Length > (found?.PathPrefix?.Length ?? 0))
            {
                found = backend;
            }
        }

        if (found is not null)
        {
            request.Path = new PathString("/backends/" + found.Name).Add(request.Path);
        }
    }

    /// <summary>Where there is one MCP resource and a client asks for metadata without saying of what, that one is meant.</summary>
    private void FindOnlyResource(HttpContext http)
    {
        if (snapshots.Current.McpServers.Count == 1 && http.Request.Path.Equals("/.well-known/oauth-protected-resource", StringComparison.Ordinal))
        {
            http.Request.Path = "/.well-known/oauth-protected-resource/mcp/" + snapshots.Current.McpServers.Keys[0];
        }
    }

    private static bool IsHost(string configured, HostString host) =>
        string.Equals(configured, host.Host, StringComparison.OrdinalIgnoreCase) || string.Equals(configured, host.Value, StringComparison.OrdinalIgnoreCase);

    private static ErrorShape ShapeOf(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase) ? ErrorShape.OpenAi
        : http.Request.Path.StartsWithSegments("/mcp", StringComparison.OrdinalIgnoreCase) ? ErrorShape.JsonRpc
        : ErrorShape.Problem;
}
