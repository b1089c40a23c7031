using System.Diagnostics;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GatewayStack.Router.Doors;

/// <summary>Opens the exchange of a request.</summary>
internal sealed class ExchangeFactory(RouterSnapshotStore snapshots, McpDoor mcp, ModuleModes modes, TimeProvider time)
{
    private const int MaxHeaderValue = 200;

    /// <summary>A request that cannot go on is refused only after it is known who asks: strangers learn nothing, and it is on record.</summary>
    public Exchange Create(HttpContext http, GovernedRoute governed)
    {
        var snapshot = snapshots.Current;
        Backend? backend = null;
        var path = string.Empty;
        var refusal = governed.Route.Class == RouteClass.Backend ? Find(http, snapshot, out backend, out path) : null;
        if (!TryHeader(http, "x-run-id", out var run) || !TryHeader(http, "x-purpose", out var purpose))
        {
            (run, purpose) = (null, null);
            refusal ??= Refusal.BadRequest("bad_header", "x-run-id and x-purpose hold at most 200 visible ASCII characters and blanks, once.");
        }

        return new Exchange
        {
            Http = http,
            Route = governed,
            Snapshot = snapshot,
            StartedAt = time.GetTimestamp(),
            Backend = backend,
            Mcp = governed.Route.Class == RouteClass.Mcp ? mcp.Open(http, snapshot) : null,
            BackendPath = path,
            RefusedAtDoor = refusal,
            Activity = Activity.Current,
            Context = new RequestContext
            {
                RequestId = http.TraceIdentifier,
                ClientRequestId = http.Features.Get<ClientRequestId>()?.Value,
                RunId = run,
                Purpose = purpose,
                TraceId = Activity.Current?.TraceId.ToHexString(),
                Modes = modes,
            },
        };
    }

    private static Refusal? Find(HttpContext http, RouterSnapshot snapshot, out Backend? backend, out string path)
    {
        path = string.Empty;
        var name = http.Request.RouteValues["backend"] as string ?? string.Empty;
        if (!snapshot.Backends.TryGetValue(name, out backend))
        {
            return new Refusal { Status = StatusCodes.Status404NotFound, Code = "backend_not_found", Message = "There is no such backend." };
        }

        if (http.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true || http.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true)
        {
            return new Refusal { Status = StatusCodes.Status501NotImplemented, Code = "upgrade_not_supported", Message = "Upgraded connections (WebSocket) are not forwarded." };
        }

        if (PathGate.Check(http) is { } bad)
        {
            return bad;
        }

        if (!IsMethod(http.Request.Method))
        {
            // A method in another case is no rule's, but some servers read it as the one in capitals.
            return Refusal.BadRequest("bad_method", "The method is not forwarded; send one of HTTP's own, in capitals.");
        }

        if (http.Request.ContentLength > snapshot.MaxBodyBytes)
        {
            return BodyReader.TooLarge(snapshot.MaxBodyBytes);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = snapshot.MaxBodyBytes;
        }

        http.Request.Path.StartsWithSegments("/backends/" + name, StringComparison.OrdinalIgnoreCase, out var rest);
        path = rest.HasValue ? rest.Value! : "/";
        return null;
    }

    private static bool IsMethod(string method) => method.All(char.IsAsciiLetterUpper) && method is not ("TRACE" or "CONNECT");

    private static bool TryHeader(HttpContext http, string name, out string? value)
    {
        var values = http.Request.Headers[name];
        value = values.Count == 1 ? values[0] : null;
        return values.Count <= 1 && (value is null || (value.Length <= MaxHeaderValue && value.All(c => c is >= ' ' and <= '~')));
    }
}

/// <summary>The client's own <c>x-request-id</c>, kept before the header is taken away.</summary>
internal sealed record ClientRequestId(string Value);
