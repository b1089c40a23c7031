using GatewayStack.Contracts.Identity;
using GatewayStack.Wire.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace GatewayStack.Wire.Forwarding;

/// <summary>
/// Passes a request of the front door on to the module that answers it: under the person's assertion and this service's credential, and with nothing else that says who
/// calls.
/// </summary>
internal sealed class ModuleForwarder(ModuleHttp module, ServiceCredentials credentials, IHttpForwarder forwarder, ILogger<ModuleForwarder> logger)
{
    private static readonly ForwarderRequestConfig Config = new() { ActivityTimeout = TimeSpan.FromSeconds(60), Version = System.Net.HttpVersion.Version11 };

    /// <summary>Forwards one route.</summary>
    public async Task HandleAsync(HttpContext http, string route)
    {
        Exception? failure = null;
        foreach (var instance in module.InTurn())
        {
            var transformer = new Transformer(credentials);
            var error = await forwarder.SendAsync(http, instance, module.Client, Config, transformer);
            if (transformer.Refused is { } reason)
            {
                logger.ForwardRefused(module.Module, route, reason);
                break;
            }

            if (error == ForwarderError.None || http.Response.HasStarted || http.RequestAborted.IsCancellationRequested)
            {
                return;
            }

            failure = http.Features.Get<IForwarderErrorFeature>()?.Exception;
            if (!ModuleHttp.MayAskAnother(http.Request.Method, failure))
            {
                break;
            }

            // As if nothing had been tried: the forwarder takes no answer that is begun.
            http.Response.StatusCode = StatusCodes.Status200OK;
        }

        if (failure is not null)
        {
            logger.ForwardFailed(module.Module, route, failure.GetType().Name);
        }

        http.Response.Headers.RetryAfter = "1";
        await Problem.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "gateway_unavailable", "The part of the gateway that answers this is away. Try again in a moment.");
    }

    private sealed class Transformer(ServiceCredentials credentials) : HttpTransformer
    {
        // What the modules' APIs read. Everything else that a caller sends stays at the front door.
        private static readonly string[] Passed = ["Accept", "Content-Type", "Content-Length", "If-None-Match", "Idempotency-Key", "Origin", "Access-Control-Request-Method",
            "Access-Control-Request-Headers"];

        /// <summary>Why the module's gate refused this service; null where it did not.</summary>
        public string? Refused { get; private set; }

        public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            proxyRequest.RequestUri = RequestUtilities.MakeDestinationAddress(destinationPrefix, httpContext.Request.Path, httpContext.Request.QueryString);
            foreach (var name in Passed)
            {
                if (httpContext.Request.Headers.TryGetValue(name, out var values) && !proxyRequest.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                {
                    proxyRequest.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
                }
            }

            var headers = proxyRequest.Headers;
            headers.TryAddWithoutValidation(InternalHeaders.Service, credentials.OwnName);
            headers.TryAddWithoutValidation(InternalHeaders.Credential, credentials.OwnSecret);
            headers.TryAddWithoutValidation(InternalHeaders.RequestId, httpContext.TraceIdentifier);
            if ((httpContext.User as GatewayPrincipal)?.Assertion is { } assertion)
            {
                headers.TryAddWithoutValidation(InternalHeaders.Identity, assertion);
            }

            return default;
        }

        public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
        {
            if (proxyResponse is null)
            {
                return false;
            }

            if (proxyResponse.Headers.TryGetValues(InternalHeaders.Refused, out var reasons))
            {
                Refused = string.Join(' ', reasons);
                return false;
            }

            var id = httpContext.Response.Headers[InternalHeaders.RequestId];
            await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
            foreach (var name in httpContext.Response.Headers.Keys.Where(k => k.StartsWith(InternalHeaders.Prefix, StringComparison.OrdinalIgnoreCase)).ToList())
            {
                httpContext.Response.Headers.Remove(name);
            }

            httpContext.Response.Headers[InternalHeaders.RequestId] = id;
            return true;
        }
    }
}
