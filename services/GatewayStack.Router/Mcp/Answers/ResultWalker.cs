using System.Buffers.Text;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Mcp.Answers;

/// <summary>Collects every text of what a server says. Pictures, sounds and files are named as parts that are not text; whatever stands beside them is text like any other.</summary>
internal static class ResultWalker
{
    private const int MaxDepth = 64;

    /// <summary>What the protocol itself needs to be as it is.</summary>
    private static readonly FrozenSet<string> Protocol =
        new[] { "nextCursor", "ttlMs", "cacheScope", "resultType", "requestState", "taskId", "isError", "protocolVersion", "progressToken", "requestId", "jsonrpc", "id",
        "method" }.ToFrozenSet(StringComparer.Ordinal);

    public static void Walk(SegmentCollector collector, JsonElement element, string pointer) => Walk(collector, element, pointer, "content", depth: 0);

    private static void Walk(SegmentCollector collector, JsonElement element, string pointer, string part, int depth)
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
                    Walk(collector, item, pointer + "/" + index.ToString(CultureInfo.InvariantCulture), part, depth + 1);
                    index++;
                }

                break;
            case JsonValueKind.Object when depth < MaxDepth:
                var isMedia = element.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() is "image" or "audio";
                foreach (var member in element.EnumerateObject())
                {
                    Member(collector, member, pointer, isMedia, depth);
                }

                break;
            case JsonValueKind.Number:
                collector.AddNumber(element, pointer, SegmentOrigin.ToolResult);
                break;
            default:
                break;
        }
    }

    private static void Member(SegmentCollector collector, JsonProperty member, string pointer, bool isMedia, int depth)
    {
        var place = pointer + "/" + JsonPath.Escape(member.Name);
        if (member.Value.ValueKind == JsonValueKind.String && (member.Name == "blob" || (isMedia && member.Name == "data"))
            && member.Value.GetString() is { Length: > 0 } data && Base64.IsValid(data))
        {
            collector.Unscanned.Add(new UnscannedPart { Pointer = place, Type = "media", Reason = "not_text" });
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
        Walk(collector, member.Value, place, member.Name is "arguments" or "input" ? "content" : member.Name, depth + 1);
    }
}
