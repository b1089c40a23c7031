using System.Text.Json.Nodes;

namespace GatewayStack.EndToEnd.Tests.Gateway;

/// <summary>One call of an MCP tool, as it goes over the wire.</summary>
internal static class ToolCall
{
    private const string Version = "2026-07-28";

    public static Task<Answer> SendAsync(GatewayClient front, string token, string server, string tool, JsonObject? arguments = null)
    {
        var meta = new JsonObject { ["io.modelcontextprotocol/protocolVersion"] = Version, ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject() };
        var call = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = "tools/call",
            ["params"] = new JsonObject { ["name"] = tool, ["arguments"] = arguments ?? [], ["_meta"] = meta },
        };
        var request = GatewayClient.Request(HttpMethod.Post, "/mcp/" + server, token, GatewayClient.Json(call.ToJsonString()));
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", Version);
        request.Headers.Add("Mcp-Method", "tools/call");
        request.Headers.Add("Mcp-Name", tool);
        return front.SendAsync(request);
    }
}
