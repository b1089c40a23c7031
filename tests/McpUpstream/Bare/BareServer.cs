using System.Text.Json.Nodes;

namespace GatewayStack.McpUpstream.Bare;

/// <summary>
/// A server that believes every message and looks at no header: whatever is refused in front of it, somebody else refused. It keeps no sessions and speaks both eras.
/// </summary>
internal sealed class BareServer
{
    public const string Tool = "bare.echo";

    private const string Modern = "2026-07-28";

    public Task AnswerAsync(HttpContext context) => AnswerAsync(context, null);

    /// <summary>Answers one message.</summary>
    /// <param name="context">The request.</param>
    /// <param name="inputSchema">Schema of the tool, where it is not the usual one.</param>
    public static async Task AnswerAsync(HttpContext context, JsonNode? inputSchema)
    {
        var message = await ReadAsync(context);
        if (message?["method"] is null || message["id"] is not { } id)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        var isModern = message["params"]?["_meta"]?["io.modelcontextprotocol/protocolVersion"] is not null;
        var result = Result(message, inputSchema);
        if (isModern && result is not null)
        {
            result["resultType"] = "complete";
        }

        var answer = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone() };
        answer[result is null ? "error" : "result"] = result ?? new JsonObject { ["code"] = -32601, ["message"] = "Method not found" };
        context.Response.StatusCode = result is null && isModern ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;
        await context.Response.WriteAsJsonAsync(answer, context.RequestAborted);
    }

    public static async Task<JsonObject?> ReadAsync(HttpContext context)
    {
        var message = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject;
        context.Request.Body.Position = 0;
        return message;
    }

    private static JsonObject? Result(JsonObject message, JsonNode? inputSchema) => message["method"]!.ToString() switch
    {
        "initialize" => new JsonObject { ["protocolVersion"] = message["params"]?["protocolVersion"]?.DeepClone() ?? "2025-11-25", ["capabilities"] = Capabilities(), ["serverInfo"] = Info() },
        "server/discover" => new JsonObject
        {
            ["supportedVersions"] = new JsonArray(Modern, "2025-11-25"),
            ["capabilities"] = Capabilities(),
            ["serverInfo"] = Info(),
            ["ttlMs"] = 0,
            ["cacheScope"] = "private",
        },
        "ping" => [],
        "tools/list" => new JsonObject { ["tools"] = new JsonArray(Described(inputSchema ?? Schema())), ["ttlMs"] = 0, ["cacheScope"] = "private" },
        "tools/call" => new JsonObject
        {
            ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = message["params"]?["arguments"]?.ToJsonString() ?? "{}" }),
        },
        _ => null,
    };

    private static JsonObject Capabilities() => new() { ["tools"] = new JsonObject() };

    private static JsonObject Info() => new() { ["name"] = "bare", ["version"] = "1" };

    private static JsonObject Described(JsonNode schema) => new() { ["name"] = Tool, ["description"] = "Gives its arguments back.", ["inputSchema"] = schema };

    // The annotation makes clients, and whoever stands between, mirror the argument into a header.
    private static JsonNode Schema() => JsonNode.Parse("""{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"}}}""")!;
}
