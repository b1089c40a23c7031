using System.Diagnostics;
using System.Text.Json;
using GatewayStack.Router.Json;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Mcp;

/// <summary>Traces of MCP calls, by the conventions of OpenTelemetry for MCP; never an argument or a result.</summary>
internal static class McpTrace
{
    private const int MaxName = 128;

    /// <summary>Names the request's span once it is decided, and links it to the span that the client names in the message.</summary>
    public static void Describe(Exchange exchange, McpCall call)
    {
        if (exchange.Activity is not { IsAllDataRequested: true } activity)
        {
            return;
        }

        var method = IsKnown(call.Method) ? call.Method : "unknown";
        var tool = call.IsToolCall ? Printable(call.Definition?.Name) : null;
        activity.DisplayName = tool is null ? method : $"{method} {tool}";
        activity.SetTag("mcp.method.name", method);
        activity.SetTag("mcp.protocol.version", McpVersions.IsKnown(call.Version) ? call.Version : "unknown");
        activity.SetTag("gatewaystack.mcp.server", call.Server.Name);
        if (tool is not null)
        {
            activity.SetTag("gen_ai.operation.name", "execute_tool");
            activity.SetTag("gen_ai.tool.name", tool);
        }

        if (call.Message?.Meta is { } meta && meta.TryGetProperty("traceparent", out var parent) && parent.ValueKind == JsonValueKind.String
            && ActivityContext.TryParse(parent.GetString(), null, isRemote: true, out var context))
        {
            activity.AddLink(new ActivityLink(context));
        }
    }

    /// <summary>Adds what the answer was.</summary>
    public static void Finish(Exchange exchange, McpCall call)
    {
        if (exchange.Activity is { IsAllDataRequested: true } activity && (call.Outcome.Failure ?? (call.Outcome.IsError == true ? "tool_error" : null)) is { } error)
        {
            activity.SetTag("error.type", error);
        }
    }

    /// <summary>Puts the gateway's own span into the message: a server that reads <c>_meta</c> continues the trace there.</summary>
    public static void Continue(McpMessage message, BodySplices splices)
    {
        if (message.Kind != McpMessageKind.Request || Activity.Current?.Id is not { } id || Activity.Current.IdFormat != ActivityIdFormat.W3C)
        {
            return;
        }

        var literal = BodySplices.Literal(id);
        if (message.Meta is { } meta)
        {
            foreach (var member in (ReadOnlySpan<string>)["tracestate", "baggage"])
            {
                // They belong to the client's own trace, and may say anything.
                if (meta.TryGetProperty(member, out var claimed))
                {
                    splices.Replace(StrictJson.Locate(message.Bytes.Span, claimed), BodySplices.Literal(string.Empty));
                }
            }

            if (meta.TryGetProperty("traceparent", out var given))
            {
                splices.Replace(StrictJson.Locate(message.Bytes.Span, given), literal);
                return;
            }

            InsertInto(message, meta, BodySplices.Member("traceparent", literal), splices);
        }
        else if (message.Params is { } parameters && message.Member("_meta") is null)
        {
            InsertInto(message, parameters, BodySplices.Member("_meta", [.. "{\"traceparent\":"u8, .. literal, .. "}"u8]), splices);
        }
    }

    public static string? Printable(string? name) =>
        name is null ? null : string.Concat(name.Take(MaxName).Select(c => c is > ' ' and <= '~' ? c : '?'));

    private static void InsertInto(McpMessage message, JsonElement element, byte[] member, BodySplices splices)
    {
        // A member with its comma stands before others; alone it stands without.
        var at = StrictJson.Locate(message.Bytes.Span, element).Start.Value + 1;
        splices.Insert(at, element.EnumerateObject().Any() ? member : member[..^1]);
    }

    /// <summary>Whether the gateway knows a method by itself.</summary>
    public static bool IsKnown(string method) =>
        McpMethods.IsOpen(method) || McpMethods.IsOfTask(method)
        || method is McpMethods.ToolsCall or McpMethods.PromptsGet or McpMethods.ResourcesRead or McpMethods.ResourcesSubscribe or McpMethods.ResourcesUnsubscribe or McpMethods.Complete;
}
