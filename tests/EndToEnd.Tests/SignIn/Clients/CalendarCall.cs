using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.SignIn.Clients;

/// <summary>One call of the calendar's list, as it goes over the wire.</summary>
internal static class CalendarCall
{
    private const string Version = "2026-07-28";

    public static Task<Answer> ListAsync(GatewayClient front, string token)
    {
        var meta = new JsonObject { ["io.modelcontextprotocol/protocolVersion"] = Version, ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject() };
        var call = new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = "tools/call",
            ["params"] = new JsonObject { ["name"] = "calendar.list", ["arguments"] = new JsonObject(), ["_meta"] = meta },
        };
        var request = GatewayClient.Request(HttpMethod.Post, "/mcp/calendar", token, GatewayClient.Json(call.ToJsonString()));
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", Version);
        request.Headers.Add("Mcp-Method", "tools/call");
        request.Headers.Add("Mcp-Name", "calendar.list");
        return front.SendAsync(request);
    }

    /// <summary>The result; it may have come as the only event of a stream.</summary>
    public static JsonElement Result(Answer answer)
    {
        var json = answer.ContentType!.StartsWith("text/event-stream", StringComparison.Ordinal)
            ? answer.Body.Split('\n').Last(l => l.StartsWith("data: {", StringComparison.Ordinal))["data: ".Length..]
            : answer.Body;
        return JsonElement.Parse(json).GetProperty("result");
    }
}
