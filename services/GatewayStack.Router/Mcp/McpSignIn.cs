using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Mcp.Handles;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Pipeline;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Mcp;

/// <summary>What a sign-in opens on an MCP route, and the little that the route opens without one.</summary>
internal sealed class McpSignIn(HandleSeal seal)
{
    /// <summary>The handles of a caller: null where nobody signed in.</summary>
    public McpHandles HandlesOf(CallerIdentity? caller, McpCall call) => new(seal, caller, call.Server.Name);

    /// <summary>Whether a request without a token may go on as nobody's.</summary>
    public async ValueTask<bool> MayEnterAsync(Exchange exchange, McpCall call, CancellationToken cancellationToken)
    {
        if (call.Server.AnonymousMethods.Count == 0)
        {
            return false;
        }

        await McpMessageBody.PeekAsync(exchange, call, cancellationToken);
        var mayEnter = IsOpen(call);
        if (!HttpMethods.IsPost(exchange.Http.Request.Method) && exchange.Http.Request.Headers[McpHeaders.Session] is [{ Length: > 0 } handle])
        {
            // The stream and the end of a session that began without a token: a challenge would make the client sign in before it needs to.
            mayEnter = await HandlesOf(null, call).OpenSessionAsync(handle, cancellationToken) is not null;
        }

        call.IsAnonymous = mayEnter;
        call.Handles = mayEnter ? HandlesOf(null, call) : null;
        return mayEnter;
    }

    /// <summary>Whether the route lets a message in that nobody signed in for.</summary>
    public static bool IsOpen(McpCall call) =>
        call.Message is { Kind: not McpMessageKind.Response, Method: var method }
        && (call.Server.AnonymousMethods.Contains(method) || (IsHandshake(method) && call.Server.AnonymousMethods.Contains(McpMethods.Initialize)));

    private static bool IsHandshake(string method) => method is McpMethods.Initialized or McpMethods.Ping;
}
