using System.Buffers.Text;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Mcp.Answers;

/// <summary>
/// Collects every text of what a server says. Pictures, sounds and files are named as parts that are not text; whatever stands beside them is text like any other.
/// </summary>
internal static class ResultWalker
{
    private const int MaxDepth = 64;

    /// <summary>What the protocol itself needs to be as it is.</summary>
    private static readonly FrozenSet<string> Protocol =
        new[] { "nextCursor", "ttlMs", "cacheScope", "resultType", "requestState", "taskId", "isError", "protocolVersion", "progressToken", "requestId", "jsonrpc", "id",
        "method" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Types of what is said; every other one may hold what is not text.</summary>
    private static readonly FrozenSet<string> Texts =
        new[] { "text", "resource", "resource_link", "tool_use", "tool_result", "thinking" }.ToFrozenSet(StringComparer.Ordinal);

    public static void Walk(SegmentCollector collector, JsonElement element, string pointer) => Walk(collector, element, pointer, "content", isPart: false, depth: 0);

    // An object is a part where it is said to a model; a result that has a schema of its own may call anything a type.
    private static void Walk(SegmentCollector collector, JsonElement element, string pointer, string part, bool isPart, int depth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                collector.Walk(element, pointer, SegmentOrigin.ToolResult, part);
                break;
            case JsonValueKind.Array when depth < MaxDepth:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    Walk(collector, item, pointer + "/" + index.ToString(CultureInfo.InvariantCulture), part, isPart, depth + 1);
                    index++;
                }

                break;
            case JsonValueKind.Object when depth < MaxDepth:
                Object(collector, element, pointer, isPart, depth);
                break;
            case JsonValueKind.Number:
                collector.AddNumber(element, pointer, SegmentOrigin.ToolResult);
                break;
            default:
                break;
        }
    }

    private static void Object(SegmentCollector collector, JsonElement element, string pointer, bool isPart, int depth)
    {
        var type = element.TryGetProperty("type", out var said) && said.ValueKind == JsonValueKind.String ? said.GetString()! : string.Empty;
        var (isMedia, unscanned) = (type is "image" or "audio", collector.Unscanned.Count);
        foreach (var member in element.EnumerateObject())
        {
            Member(collector, member, pointer, isMedia, depth);
        }

        if (isPart && said.ValueKind != JsonValueKind.Undefined && !Texts.Contains(type) && collector.Unscanned.Count == unscanned)
        {
            collector.AddUnscanned(pointer, "media", "not_text");
        }
    }

    private static void Member(SegmentCollector collector, JsonProperty member, string pointer, bool isMedia, int depth)
    {
        var place = pointer + "/" + JsonPath.Escape(member.Name);
        if (member.Value.ValueKind == JsonValueKind.String && (member.Name == "blob" || (isMedia && member.Name == "data"))
            && member.Value.GetString() is { Length: > 0 } data && Base64.IsValid(data))
        {
            collector.AddUnscanned(place, "media", "not_text");
            if (!data.AsSpan().ContainsAny(" \t\r\n"))
            {
                return;
            }

            // Decoders let blanks pass, and sentences have them: it may be either.
        }

        if (depth == 0 && Protocol.Contains(member.Name))
        {
            return;
        }

        collector.AddName(member, pointer, SegmentOrigin.ToolResult);
        var isPart = member.Name == "content" && !pointer.StartsWith("/result/structuredContent", StringComparison.Ordinal);
        Walk(collector, member.Value, place, member.Name is "arguments" or "input" ? "content" : member.Name, isPart, depth + 1);
    }
}
