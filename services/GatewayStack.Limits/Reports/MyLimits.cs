using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Limits.Reports;

/// <summary><c>GET /me/limits</c>: the caller's own limits and what is left of them.</summary>
internal sealed class MyLimits(ILimitsModule limits)
{
    public async Task HandleAsync(HttpContext context)
    {
        var caller = ((GatewayPrincipal)context.User).Caller;
        if (await ReadAsync(new LimitsReportRequest { Identity = caller }, context.RequestAborted) is not { } report)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "gateway_unavailable", "Limits unavailable", "Your limits cannot be read at the moment; try again in a few seconds.");
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(MyLimitsAnswer.Of(report), LimitsJson.Default.MyLimitsAnswer, contentType: null, context.RequestAborted);
    }

    /// <summary>Asks once more where an instance went with the question: to read twice changes nothing, and the next one asked is another.</summary>
    private async Task<LimitsReport?> ReadAsync(LimitsReportRequest request, CancellationToken cancellationToken)
    {
        for (var left = 1; ; left--)
        {
            try
            {
                return await limits.GetReportAsync(request, cancellationToken);
            }
            catch (ModuleCallException e) when (left > 0 && (e.Fault is ModuleFault.Broken or ModuleFault.NeverReached))
            {
                // An instance that goes takes its connections with it.
            }
            catch (ModuleCallException)
            {
                return null;
            }
        }
    }
}
