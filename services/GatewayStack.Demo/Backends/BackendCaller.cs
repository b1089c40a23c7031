using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Demo.Backends;

internal static class BackendCaller
{
    /// <summary>The caller the gateway vouches for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="verifier">For the audience of this backend.</param>
    /// <param name="addresses">Where the gateway is.</param>
    /// <param name="path">Where the gateway serves this backend.</param>
    /// <param name="logger">Told of refusals.</param>
    /// <returns>The caller, or null after a 401 or 503 was written.</returns>
    public static async Task<VerifiedCaller?> VerifyAsync(HttpContext context, GatewayAssertionVerifier verifier, DemoAddresses addresses, string path, ILogger logger)
    {
        if (addresses.Gateway is null)
        {
            await DemoProblem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "No gateway", "This backend does not know its gateway yet and can verify nobody.");
            return null;
        }

        var assertion = context.Request.Headers[GatewayAssertionVerifier.Header];
        var caller = assertion.Count == 1
            ? await verifier.VerifyAsync(assertion, context.RequestAborted)
            : new VerifiedCaller(null, null, assertion.Count == 0 ? "missing" : "repeated");
        if (caller.IsVerified)
        {
            return caller;
        }

        DemoLog.AssertionRefused(logger, path, caller.Problem!);
        await DemoProblem.WriteAsync(
            context,
            StatusCodes.Status401Unauthorized,
            "Not verified",
            $"This backend answers only requests with the gateway's {GatewayAssertionVerifier.Header}: call it through the gateway, at {path}.");
        return null;
    }
}
