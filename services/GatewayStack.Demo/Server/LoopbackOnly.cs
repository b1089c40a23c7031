using GatewayStack.Demo.Issuer.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Demo.Server;

/// <summary>Lets only callers on this machine reach the demo: its tokens are given away and its secrets are printed in the source.</summary>
internal sealed class LoopbackOnly(RequestDelegate next, ILogger<LoopbackOnly> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if ((!path.StartsWithSegments(DemoAddresses.PathBase, StringComparison.OrdinalIgnoreCase) && !IssuerPaths.IsWellKnown(path)) || LocalCaller.IsLocal(context))
        {
            return next(context);
        }

        DemoLog.CallerRefused(logger);
        return DemoProblem.WriteAsync(context, StatusCodes.Status403Forbidden, "Local callers only", "The demo parts answer callers on this machine only.");
    }
}
