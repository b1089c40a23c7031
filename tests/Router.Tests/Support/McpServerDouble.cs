using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Tests.Support;

/// <summary>An MCP server of both eras that does what a test tells it, and remembers everything it was sent.</summary>
internal sealed class McpServerDouble : IAsyncDisposable
{
    private int _sessions;

    private McpServerDouble(StubServer server)
    {
        Server = server;
        server.OnRequest = AnswerAsync;
    }

    public StubServer Server { get; }

    /// <summary>What a test does in place of the usual answer; by method, <c>GET</c> or <c>DELETE</c>.</summary>
    public ConcurrentDictionary<string, Func<HttpContext, JsonNode?, Task>> On { get; } = new(StringComparer.Ordinal);

    /// <summary>False: it takes no new session, whoever asks.</summary>
    public bool AnswersInitialize { get; set; } = true;

    /// <summary>What was sent here, the gateway's own look at the tools excepted.</summary>
    public IReadOnlyList<SeenRequest> Arrived => [.. Server.Requests.Where(r => !IsOwn(r))];

    public IReadOnlyList<SeenRequest> Lookups => [.. Server.Requests.Where(IsOwn)];

    /// <summary>The tools, as their list has them.</summary>
    public string Tools { get; set; } = McpWire.Tools;

    /// <summary>The same in pages, one tool on each; the cursor is the page's number.</summary>
    public IReadOnlyList<string>? ToolPages { get; set; }

    /// <summary>True: it does not answer the gateway's own questions.</summary>
    public bool FailsLookups { get; set; }

    public static async Task<McpServerDouble> StartAsync() => new(await StubServer.StartAsync());

    /// <summary>A result under the request's own id.</summary>
    public static Task ResultAsync(HttpContext http, JsonNode? message, string result) =>
        Wire.Answer($$"""{"jsonrpc":"2.0","id":{{message!["id"]!.ToJsonString()}},"result":{{result}}}""")(http);

    public void Clear() => Server.Requests.Clear();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static bool IsOwn(SeenRequest request) => request.Body.Contains("\"id\":\"gs-", StringComparison.Ordinal) || request.Body.Contains("\"id\":\"gatewaystack", StringComparison.Ordinal);

    private async Task AnswerAsync(HttpContext http)
    {
        var seen = http.Features.Get<SeenRequest>()!;
        JsonNode? message = null;
        try
        {
            message = seen.Body.Length > 0 ? JsonNode.Parse(seen.Body) : null;
        }
        catch (System.Text.Json.JsonException)
        {
            http.Response.StatusCode = 400;
            return;
        }

        var own = IsOwn(seen);
        if (own && FailsLookups)
        {
            http.Response.StatusCode = 500;
            return;
        }

        var method = http.Request.Method == "POST" ? (string?)message?["method"] ?? "reply" : http.Request.Method;
        if (!own && On.TryGetValue(method, out var told))
        {
            await told(http, message);
            return;
        }

        await UsualAsync(http, message, method);
    }

    private async Task UsualAsync(HttpContext http, JsonNode? message, string method)
    {
        if (http.Request.Method == "DELETE" || http.Request.Method == "GET")
        {
            http.Response.StatusCode = http.Request.Method == "GET" ? 405 : 200;
            return;
        }

        if (message?["id"] is null || method == "reply")
        {
            http.Response.StatusCode = 202;
            return;
        }

        if (method == "initialize" && !AnswersInitialize)
        {
            http.Response.StatusCode = 500;
            return;
        }

        if (method == "initialize")
        {
            http.Response.Headers["Mcp-Session-Id"] = "upstream-session-" + Interlocked.Increment(ref _sessions).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        await ResultAsync(http, message, Result(method, message["params"]));
    }

    private string Result(string method, JsonNode? parameters) => method switch
    {
        "initialize" => """{"protocolVersion":"2025-11-25","capabilities":{"tools":{}},"serverInfo":{"name":"double","version":"1"}}""",
        "server/discover" => """{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{},"serverInfo":{"name":"double","version":"1"}}""",
        "tools/list" when ToolPages is { } pages => Page(pages, int.Parse((string?)parameters?["cursor"] ?? "0", System.Globalization.CultureInfo.InvariantCulture)),
        "tools/list" => $$"""{"resultType":"complete","ttlMs":1000,"cacheScope":"public","tools":{{Tools}}}""",
        "resources/list" => """{"resources":[{"uri":"ui://calendar/list","name":"page"},{"uri":"calendar://today","name":"today"},{"uri":"calendar://secret","name":"secret"},{"uri":"ui://calendar/wipe","name":"wipe"}]}""",
        "resources/templates/list" => """{"resourceTemplates":[{"uriTemplate":"calendar://{day}","name":"day"},{"uriTemplate":"secret://{x}","name":"x"}]}""",
        "prompts/list" => """{"prompts":[{"name":"plan"},{"name":"hidden"}]}""",
        "prompts/get" => """{"messages":[{"role":"user","content":{"type":"text","text":"plan the day"}}]}""",
        "resources/read" => """{"contents":[{"uri":"calendar://today","text":"standup"}]}""",
        "completion/complete" => """{"completion":{"values":["one"]}}""",
        "tools/call" => """{"resultType":"complete","content":[{"type":"text","text":"done"}]}""",
        _ => "{}",
    };

    private static string Page(IReadOnlyList<string> pages, int number) =>
        $$"""{"resultType":"complete","ttlMs":0,"cacheScope":"private","tools":[{{pages[number]}}]{{(number + 1 < pages.Count ? $",\"nextCursor\":\"{number + 1}\"" : string.Empty)}}}""";
}
