using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace GatewayStack.Router.Tests.Support;

/// <summary>An answer of the gateway, read.</summary>
internal sealed record McpReply(HttpStatusCode StatusCode, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public int Status => (int)StatusCode;

    /// <summary>The message: the body, or what the stream's last event holds.</summary>
    public JsonNode? Json
    {
        get
        {
            if (!Headers.GetValueOrDefault("Content-Type", string.Empty).StartsWith("text/event-stream", StringComparison.Ordinal))
            {
                return Text.Length > 0 ? JsonNode.Parse(Text) : null;
            }

            var last = Text.Split("\n\n").LastOrDefault(e => e.Contains("data: {", StringComparison.Ordinal));
            return last is null ? null : JsonNode.Parse(string.Join('\n', last.Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal)).Select(l => l[6..])));
        }
    }

    public int? Code => (int?)Json?["error"]?["code"];

    public JsonNode? Result => Json?["result"];

    public bool IsToolError => (bool?)Result?["isError"] == true;

    public string Challenge => Headers.GetValueOrDefault("WWW-Authenticate", string.Empty);

    public string? ChallengeInResult => (string?)Result?["_meta"]?["mcp/www_authenticate"]?[0];

    public string Session => Headers.GetValueOrDefault("Mcp-Session-Id", string.Empty);

    public IReadOnlyList<string> Names(string list, string member = "name") => [.. Result![list]!.AsArray().Select(t => (string)t![member]!)];

    public static async Task<McpReply> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            return new McpReply(response.StatusCode, await response.BodyAsync(), response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase));
        }
    }
}

/// <summary>Messages of both eras.</summary>
internal static class McpWire
{
    public const string Stateless = "2026-07-28";
    public const string Sessions = "2025-11-25";
    public const string Both = "application/json, text/event-stream";
    public const string Meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";

    public const string Tools = """
        [
          {"name":"calendar.wipe","inputSchema":{"type":"object"},"_meta":{"ui":{"resourceUri":"ui://calendar/wipe"}}},
          {"name":"calendar.list","description":"Lists","annotations":{"readOnlyHint":true},"inputSchema":{"type":"object","properties":{"day":{"type":"string","x-mcp-header":"Day"},"note":{"type":"string"}}},
           "outputSchema":{"type":"object","properties":{"kind":{"enum":["EMAIL","none"]}}},"_meta":{"ui":{"resourceUri":"ui://calendar/list"}},"securitySchemes":[{"type":"noauth"}]},
          {"name":"calendar.create","inputSchema":{"type":"object","properties":{"title":{"type":"string"},"patient":{"type":"string"}},"required":["title"]},"_meta":{"openai/outputTemplate":"ui://calendar/created"}},
          {"name":"calendar.hidden","inputSchema":{"type":"object"}},
          {"name":"calendar.free","inputSchema":{"type":"object"}},
          {"name":"toString","inputSchema":{"type":"object"}},
          {"name":"calendar.remote","inputSchema":{"type":"object","properties":{"a":{"$ref":"http://127.0.0.1:1/schema.json"}}}}
        ]
        """;

    /// <summary>A message; parameters are written as the members of their object.</summary>
    public static string Message(string method, string parameters = "", string? id = "1", bool stateless = false)
    {
        var members = stateless ? string.Join(',', new[] { Meta, parameters }.Where(p => p.Length > 0)) : parameters;
        return $"{{\"jsonrpc\":\"2.0\",{(id is null ? string.Empty : $"\"id\":{id},")}\"method\":\"{method}\",\"params\":{{{members}}}}}";
    }

    /// <summary>The headers that repeat a message of the stateless era.</summary>
    public static (string Name, string Value)[] Repeating(string method, string? name = null) =>
    [
        ("MCP-Protocol-Version", Stateless), ("Mcp-Method", method), .. name is null ? Array.Empty<(string, string)>() : [("Mcp-Name", name)],
    ];

    public static string Call(string tool, string arguments = "{}") => string.Create(CultureInfo.InvariantCulture, $"\"name\":\"{tool}\",\"arguments\":{arguments}");
}
