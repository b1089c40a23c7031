using System.Globalization;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Mcp.Upstream;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Standings;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Mcp.Refusals;

/// <summary>
/// Says on an MCP route why something is refused. What a sign-in mends is a challenge, in each form that clients understand; what no sign-in mends is never a bare 401, 403 or 429,
/// which clients take for one: a tool call gets a result that is an error, anything else an error of JSON-RPC.
/// </summary>
internal sealed class McpRefusalWriter(McpChallenges challenges)
{
    public async Task WriteAsync(Exchange exchange, Refusal refusal)
    {
        var (http, call) = (exchange.Http, exchange.Mcp!);
        var answer = Answer(exchange, call, refusal);
        if (http.Response.HasStarted)
        {
            // A stream is under way: its last event says why it ends. A call that was cut off has no result, not even a bad one: it may have been carried out.
            var last = refusal.Code == StandingRefusals.Blocked ? McpAnswer.Error(call.Message, McpErrorCodes.Denied, refusal, exchange.Context.RequestId) : answer.Body;
            await SseWriter.WriteAsync(http.Response.BodyWriter, new SseEvent { Data = last }, http.RequestAborted);
            return;
        }

        var response = http.Response;
        response.StatusCode = answer.Status;
        response.ContentLength = null;
        response.Headers["x-request-id"] = exchange.Context.RequestId;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (answer.Status == StatusCodes.Status405MethodNotAllowed)
        {
            response.Headers.Allow = "POST";
        }

        if (refusal.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (answer.Challenge is not null)
        {
            response.Headers.WWWAuthenticate = answer.Challenge;
        }

        response.ContentType = "application/json";
        response.ContentLength = answer.Body.Length;
        await response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private RefusalAnswer Answer(Exchange exchange, McpCall call, Refusal refusal)
    {
        var message = call.Message;
        var requestId = exchange.Context.RequestId;
        if (refusal.Challenge)
        {
            var inResult = call.IsToolCall && call.Server.Challenge.HasFlag(McpChallenge.ToolResult);
            var byHttp = !inResult || call.Server.Challenge.HasFlag(McpChallenge.Http);
            return new RefusalAnswer(
                byHttp ? refusal.Status : StatusCodes.Status200OK,
                inResult
                    ? McpAnswer.ToolError(message!, refusal.Message, call.IsStateless, challenges.InResult(call.Server, refusal))
                    : McpAnswer.Error(message, refusal.Status == StatusCodes.Status403Forbidden ? McpErrorCodes.Denied : McpErrorCodes.Unauthenticated, refusal, requestId),
                byHttp ? challenges.Header(call.Server, refusal) : null);
        }

        if (refusal.Rpc is { } rpc)
        {
            // Nobody waits for an answer to a notification: that it was not taken is for HTTP to say.
            var status = refusal.Status == StatusCodes.Status200OK && message is not { Kind: McpMessageKind.Request } ? StatusCodes.Status400BadRequest : refusal.Status;
            return new RefusalAnswer(status, McpAnswer.Error(message, rpc.Code, refusal, requestId));
        }

        var (code, isAnswer) = Judge(refusal);
        if (!isAnswer)
        {
            return new RefusalAnswer(refusal.Status, McpAnswer.Error(message, code, refusal, requestId));
        }

        if (refusal.Code == StandingRefusals.Blocked && message is not { Kind: McpMessageKind.Request } && exchange.Http.Request.Headers[McpHeaders.Session].Count > 0)
        {
            // Its session has ended with its access: the client begins anew, and is told why it cannot.
            return new RefusalAnswer(StatusCodes.Status404NotFound, McpAnswer.Error(message, McpErrorCodes.SessionNotFound, refusal, requestId));
        }

        return message switch
        {
            { Kind: McpMessageKind.Request, Method: McpMethods.ToolsCall } =>
                new RefusalAnswer(StatusCodes.Status200OK, McpAnswer.ToolError(message, refusal.Message, call.IsStateless)),
            { Kind: McpMessageKind.Request } => new RefusalAnswer(StatusCodes.Status200OK, McpAnswer.Error(message, code, refusal, requestId)),
            _ => new RefusalAnswer(refusal.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests
            ? StatusCodes.Status400BadRequest : refusal.Status, McpAnswer.Error(message, code, refusal, requestId)),
        };
    }

    /// <returns>The error's code, and whether it is about what was asked for: then it is an answer, and no status of HTTP.</returns>
    private static (int Code, bool IsAnswer) Judge(Refusal refusal) => refusal switch
    {
        { Code: "origin_not_allowed" or "host_not_allowed" } => (McpErrorCodes.Denied, false),
        { Code: "mcp_server_failed" } => (McpErrorCodes.ServerFailed, true),
        { Status: StatusCodes.Status403Forbidden } => (McpErrorCodes.Denied, true),
        { Status: StatusCodes.Status429TooManyRequests } => (McpErrorCodes.LimitReached, true),
        { Code: "content_not_scannable" or "content_not_editable" or "request_not_accepted" } => (McpErrorCodes.ContentRefused, true),
        { Status: >= 500 } => (McpErrorCodes.GatewayUnavailable, false),
        _ => (McpErrorCodes.InvalidRequest, false),
    };

    private sealed record RefusalAnswer(int Status, byte[] Body, string? Challenge = null);
}
