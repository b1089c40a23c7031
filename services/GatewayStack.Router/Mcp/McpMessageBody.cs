using GatewayStack.Router.Doors;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Pipeline;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Mcp;

/// <summary>Reads the message of a POST, once.</summary>
internal static class McpMessageBody
{
    /// <summary>What is read of somebody who has not signed in, to see what is asked for.</summary>
    private const long MaxAnonymousBytes = 64 * 1024;

    public static async ValueTask<Refusal?> ReadAsync(Exchange exchange, McpCall call, CancellationToken cancellationToken)
    {
        if (call.Message is not null)
        {
            return null;
        }

        (exchange.Body, var refusal) = await BodyReader.ReadJsonAsync(exchange.Http.Request, exchange.Snapshot.MaxBodyBytes, cancellationToken);
        if (refusal is not null)
        {
            return refusal;
        }

        refusal = McpMessageReader.TryRead(exchange.Body, out var message);
        if (refusal is null)
        {
            call.Message = message;
            call.Method = message!.Kind == McpMessageKind.Response ? McpMethods.Reply : message.Method;
            call.IsStateless = (McpHeaders.TryReadVersion(exchange.Http.Request.Headers, out var version) && version is not null && McpVersions.IsStateless(version))
                || (message.BodyVersion is { } inBody && McpVersions.IsStateless(inBody));
        }

        return refusal;
    }

    /// <summary>
    /// Looks at a message before anyone has signed in: for methods that are open, and for challenges in the form of a tool's result. What cannot be read stays unread.
    /// </summary>
    public static async ValueTask PeekAsync(Exchange exchange, McpCall call, CancellationToken cancellationToken)
    {
        var request = exchange.Http.Request;
        if (HttpMethods.IsPost(request.Method) && request.ContentLength is > 0 and <= MaxAnonymousBytes)
        {
            await ReadAsync(exchange, call, cancellationToken);
        }
    }
}
