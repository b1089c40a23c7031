using GatewayStack.Router.Doors;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace GatewayStack.Router.Backends;

/// <summary>Makes the forwarded request: the caller's credentials and identity headers out, the verified identity in.</summary>
/// <param name="exchange">The request.</param>
/// <param name="backend">Where it goes.</param>
/// <param name="assertion">The signed identity.</param>
/// <param name="credential">What stands in <c>Authorization</c>.</param>
/// <param name="renew">Gets another credential, where one can be had.</param>
/// <param name="repeats">Whether the request can be sent again with it; otherwise the next one has it.</param>
internal sealed class BackendTransformer(
    Exchange exchange, Backend backend, string assertion, string? credential, Func<CancellationToken, ValueTask<string?>>? renew, bool repeats) : HttpTransformer
{
    private static readonly string[] Credentials = ["Authorization", "x-api-key", "api-key", "Backend-Credential", "Cookie", "Cookie2"];

    /// <summary>What frameworks believe of a proxy in front of them: who is calling, from where, and by which method and path it was decided.</summary>
    private static readonly string[] Claims =
        ["Forwarded", "X-Forwarded-", "Via", "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Auth-", "X-Authenticated-", "X-Remote-", "Remote-",
        "X-WebAuth-", "X-Consumer-",
        "X-MS-Client-Principal", "X-MS-Token-", "X-Amzn-Oidc-", "X-Goog-Authenticated-User-", "X-Goog-IAP-", "CF-Access-", "Tailscale-User-", "X-Client-Cert", "X-SSL-", "X-Access-Token",
        "X-User", "X-Email", "X-Groups", "X-Scopes", "X-Role", "X-Tenant", "X-Org", "X-HTTP-Method", "X-Method-Override", "X-Original-", "X-Rewrite-"];

    /// <summary>True when the backend answered with a redirect: it is not followed and not passed on.</summary>
    public bool Redirected { get; private set; }

    /// <summary>The credential to send the request with again, where the backend refused the first and there is another: its answer is not passed on.</summary>
    public string? Renewed { get; private set; }

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        var headers = httpContext.Request.Headers;
        var hop = headers.Connection.SelectMany(v => v?.Split(',', StringSplitOptions.TrimEntries) ?? []).Where(headers.ContainsKey).Where(n =>
            !n.StartsWith("Content-", StringComparison.OrdinalIgnoreCase));
        var claimed = headers.Keys.Where(n => Claims.Any(c => n.StartsWith(c, StringComparison.OrdinalIgnoreCase)));
        List<string> dropped = [.. Credentials, .. HeaderGate.Ours, .. hop, .. claimed];
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        foreach (var name in dropped)
        {
            proxyRequest.Headers.Remove(name);
        }

        if (backend.StatesUsage)
        {
            // A compressed, partial or empty answer would not show what it used.
            foreach (var name in (ReadOnlySpan<string>)["Accept-Encoding", "Range", "If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range"])
            {
                proxyRequest.Headers.Remove(name);
            }
        }

        proxyRequest.RequestUri = RequestUtilities.MakeDestinationAddress(backend.BaseUrl.ToString(), new PathString(exchange.BackendPath), httpContext.Request.QueryString);
        proxyRequest.Headers.Host = null;
        IdentityHeaders.Write(proxyRequest, exchange.Context.Identity!, exchange.Context.RequestId, assertion);
        if (credential is not null)
        {
            proxyRequest.Headers.TryAddWithoutValidation("Authorization", credential);
        }
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is { StatusCode: >= System.Net.HttpStatusCode.MultipleChoices and < System.Net.HttpStatusCode.BadRequest and not System.Net.HttpStatusCode.NotModified })
        {
            Redirected = true;
            return false;
        }

        if (renew is not null && proxyResponse is not null && UpstreamTokens.IsAboutToken(proxyResponse) && await renew(cancellationToken) is { } other && repeats)
        {
            Renewed = other;
            return false;
        }

        var copy = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        httpContext.Response.Headers.Remove("Server");
        httpContext.Response.Headers.Remove("X-Gateway-Identity");
        exchange.ShowDegraded();
        httpContext.Response.Headers["x-request-id"] = exchange.Context.RequestId;
        return copy;
    }
}
