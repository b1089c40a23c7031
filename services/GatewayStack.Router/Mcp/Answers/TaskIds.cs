using System.Text.Json;
using GatewayStack.Router.Json;
using GatewayStack.Router.Mcp.Handles;
using GatewayStack.Router.Mcp.Protocol;

namespace GatewayStack.Router.Mcp.Answers;

/// <summary>Puts handles in the place of a server's own task ids: a task belongs to the person who started it.</summary>
internal static class TaskIds
{
    private const string Related = "io.modelcontextprotocol/related-task";

    public static async ValueTask ReplaceAsync(McpCall call, McpMessage message, JsonElement container, BodySplices splices, CancellationToken cancellationToken)
    {
        if (call.Tool is not { } tool)
        {
            return;
        }

        foreach (var id in Find(container))
        {
            splices.Replace(StrictJson.Locate(message.Bytes.Span, id), BodySplices.Literal(await call.Handles!.SignAsync(new McpTask(id.GetString()!, tool), cancellationToken)));
        }
    }

    private static IEnumerable<JsonElement> Find(JsonElement container)
    {
        if (Id(container) is { } own)
        {
            yield return own;
        }

        if (container.TryGetProperty("task", out var task) && task.ValueKind == JsonValueKind.Object && Id(task) is { } started)
        {
            yield return started;
        }

        if (container.TryGetProperty("_meta", out var meta) && meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty(Related, out var related) && related.ValueKind == JsonValueKind.Object && Id(related) is { } of)
        {
            yield return of;
        }
    }

    private static JsonElement? Id(JsonElement element) => element.TryGetProperty("taskId", out var id) && id.ValueKind == JsonValueKind.String ? id : null;
}
