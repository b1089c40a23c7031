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
        LimitsReport report;
        try
        {
            report = await limits.GetReportAsync(new LimitsReportRequest { Identity = caller }, context.RequestAborted);
        }
        catch (ModuleCallException)
        {
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "gateway_unavailable", "Limits unavailable", "Your limits cannot be read at the moment; "
                + "try again in a few seconds.");
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(MyLimitsAnswer.Of(report), LimitsJson.Default.MyLimitsAnswer, contentType: null, context.RequestAborted);
    }
}
