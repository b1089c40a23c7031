using GatewayStack.Demo.Issuer.Store;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Demo.Issuer.Authorization;

/// <summary>
/// Comes before OpenIddict: a request to the issuer is one to its public address, whatever its Host says, because addresses in answers are made from it. Also answers
/// preflights, and waits for the store.
/// </summary>
internal sealed class IssuerRequests(RequestDelegate next, DemoAddresses addresses, IssuerDatabase database)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (!IssuerPaths.IsOurs(path))
        {
            await next(context);
            return;
        }

        if (IssuerPaths.IsForScripts(path))
        {
            // No credentials: what is read this way, anybody on this machine may read.
            context.Response.Headers.AccessControlAllowOrigin = "*";
            if (HttpMethods.IsOptions(context.Request.Method))
            {
                context.Response.Headers.AccessControlAllowMethods = "GET, POST";
                context.Response.Headers.AccessControlAllowHeaders = "Authorization, Content-Type, MCP-Protocol-Version";
                context.Response.Headers.AccessControlMaxAge = "600";
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            }
        }

        if (HttpMethods.IsHead(context.Request.Method) && !IssuerPaths.NeedsStore(path))
        {
            // OpenIddict takes GET alone; the server leaves the body out, whatever is made of the method here.
            context.Request.Method = HttpMethods.Get;
        }

        var issuer = new Uri(addresses.Issuer);
        context.Request.Scheme = issuer.Scheme;
        context.Request.Host = HostString.FromUriComponent(issuer);
        if (IssuerPaths.NeedsStore(path))
        {
            await database.EnsureReadyAsync(context.RequestAborted);
        }

        await next(context);
    }
}
