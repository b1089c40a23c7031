using GatewayStack.Contracts.Identity;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Wire.Security;

/// <summary>Stands before everything that a module host serves but its health. What it does not know, it refuses.</summary>
internal sealed class InternalGateMiddleware(RequestDelegate next, InternalGate gate)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        if (endpoint is null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            await next(http);
            return;
        }

        var call = endpoint.Metadata.GetMetadata<CallRow>()?.Call ?? endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName ?? endpoint.DisplayName ?? "(unnamed)";
        var verdict = await gate.JudgeAsync(call, http.Request.Headers, http.RequestAborted);
        if (verdict.Caller is { } caller)
        {
            Enter(http, caller);
            await next(http);
            return;
        }

        http.Response.Headers[InternalHeaders.Refused] = verdict.Reason;
        await (IsGrpc(http) ? AnswerGrpcAsync(http, verdict.Status) : AnswerHttpAsync(http, verdict.Status));
    }

    private static void Enter(HttpContext http, InternalCaller caller)
    {
        http.Features.Set(caller);
        if (caller.Person is { } person)
        {
            http.User = new GatewayPrincipal(person.Identity, caller.Assertion);
        }

        // The front door's id of the request: believed of whoever proved themselves, and of nobody else.
        if (http.Request.Headers[InternalHeaders.RequestId] is [{ Length: > 0 and <= 128 } id] && id.All(c => c is > ' ' and <= '~'))
        {
            http.TraceIdentifier = id;
        }
    }

    private static bool IsGrpc(HttpContext http) => http.Request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    private static Task AnswerGrpcAsync(HttpContext http, GateStatus status)
    {
        var (code, message) = status switch
        {
            GateStatus.Denied => (StatusCode.PermissionDenied, "This service may not make this call."),
            GateStatus.Unavailable => (StatusCode.Unavailable, "The call cannot be judged now."),
            _ => (StatusCode.Unauthenticated, "The call does not prove who makes it, or for whom."),
        };
        http.Response.ContentType = "application/grpc";
        http.Response.Headers["grpc-status"] = ((int)code).ToString(System.Globalization.CultureInfo.InvariantCulture);
        http.Response.Headers["grpc-message"] = Uri.EscapeDataString(message);
        return Task.CompletedTask;
    }

    private static Task AnswerHttpAsync(HttpContext http, GateStatus status) => status switch
    {
        GateStatus.Denied => Problem.WriteAsync(http, StatusCodes.Status403Forbidden, "internal_call_denied", "This service may not make this call."),
        GateStatus.Unavailable => Problem.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "gateway_unavailable", "The call cannot be judged now. Try again in a moment."),
        _ => Problem.WriteAsync(http, StatusCodes.Status401Unauthorized, "internal_call_unproven", "Only the gateway's own services are answered here."),
    };
}
