using Microsoft.AspNetCore.Http;

namespace GatewayStack.Limits.Reports;

/// <summary>An error of the HTTP API (RFC 9457).</summary>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string Code, string RequestId)
{
    public static Task WriteAsync(HttpContext context, int status, string code, string title, string detail)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new Problem("about:blank", title, status, detail, code, context.TraceIdentifier),
            LimitsJson.Default.Problem,
            "application/problem+json",
            context.RequestAborted);
    }
}
