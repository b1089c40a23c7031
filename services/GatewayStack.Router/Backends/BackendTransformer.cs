using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace GatewayStack.Router.Backends;

/// <summary>Makes the forwarded request: the caller's credentials and identity headers out, the verified identity in.</summary>
internal sealed class BackendTransformer(Backend backend, CallerIdentity identity, string requestId, string path, string assertion) : HttpTransformer
{
    private static readonly string[] Credentials = ["Authorization", "x-api-key", "api-key", "Backend-Credential", "Cookie2", "Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "X-Real-IP"];

    /// <summary>True when the backend answered with a redirect: it is not followed and not passed on.</summary>
    public bool Redirected { get; private set; }

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        var hop = httpContext.Request.Headers.Connection.SelectMany(v => v?.Split(',', StringSplitOptions.TrimEntries) ?? []).ToList();
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        foreach (var name in Credentials.Concat(HeaderGate.Ours).Concat(hop))
        {
            proxyRequest.Headers.Remove(name);
        }

        proxyRequest.RequestUri = RequestUtilities.MakeDestinationAddress(backend.BaseUrl.ToString(), new PathString(path), httpContext.Request.QueryString);
        proxyRequest.Headers.Host = null;
        IdentityHeaders.Write(proxyRequest, identity, requestId, assertion);
        if (backend.Credential is { } credential)
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

        var copy = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        httpContext.Response.Headers.Remove("Server");
        httpContext.Response.Headers.Remove("X-Gateway-Identity");
        httpContext.Response.Headers["x-request-id"] = requestId;
        return copy;
    }
}
