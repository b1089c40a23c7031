using System.Text;
using System.Text.Json.Nodes;
using GatewayStack.Router.Mcp.Handles;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Tools;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Mcp.Upstream;

/// <summary>
/// Gives a person who began without a token and then signed in a session of their own. Official clients send the old session's id again after a sign-in and do not begin
/// anew when it is not known; the server's session that nobody stands behind is not theirs, so another one is begun with the same words.
/// </summary>
internal sealed class SessionTakeover(McpUpstream upstream, TimeProvider time)
{
    private const int Most = 20_000;

    private static readonly TimeSpan KnownFor = TimeSpan.FromHours(12);

    private readonly KeyedHash _hash = new();
    private readonly ExpiringCache<string> _taken = new(Most, time);

    /// <returns>The session's handle, or null where none could be begun.</returns>
    public async ValueTask<string?> TakeAsync(Exchange exchange, McpCall call, McpSession anonymous, CancellationToken cancellationToken)
    {
        var key = _hash.Of([call.SessionHandle, ToolFetcher.CallerOf(exchange), exchange.Context.Identity?.ClientId ?? string.Empty]);
        if (_taken.Find(key) is { } known)
        {
            return known;
        }

        if (anonymous.Initialize is not { } words || await upstream.BeginSessionAsync(exchange, call, id => Request(id, words), cancellationToken) is not { } begun)
        {
            return null;
        }

        var handle = await call.Handles!.SealAsync(begun, cancellationToken);
        _taken.Set(key, handle, time.GetUtcNow() + KnownFor);
        return handle;
    }

    private static byte[] Request(string id, string words) => Encoding.UTF8.GetBytes(
        new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = McpMethods.Initialize, ["params"] = JsonNode.Parse(words) }.ToJsonString());
}
