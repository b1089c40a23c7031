using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace GatewayStack.Router.Tests.Support;

/// <summary>The front door with two MCP routes, <c>calendar</c> and <c>other</c>, in front of servers that do what a test tells them.</summary>
internal sealed class McpGateway : IAsyncDisposable
{
    private readonly bool _ownsServers;

    private McpGateway(GatewayUnderTest gateway, McpServerDouble server, McpServerDouble other, bool ownsServers) => (Gateway, Server, Other, _ownsServers) = (gateway, server, other, ownsServers);

    public GatewayUnderTest Gateway { get; }

    public McpServerDouble Server { get; }

    public McpServerDouble Other { get; }

    public McpRules Rules { get; } = new();

    public static Task<McpGateway> StartAsync(params string[] settings) => StartAsync(null, settings);

    public static async Task<McpGateway> StartAsync(Action<WebApplicationBuilder>? configure, params string[] settings) =>
        await StartAsync(await McpServerDouble.StartAsync(), await McpServerDouble.StartAsync(), ownsServers: true, configure, settings);

    /// <summary>Another gateway in front of the same servers, with the same keys.</summary>
    public Task<McpGateway> ReplicaAsync(params string[] settings) => StartAsync(Server, Other, ownsServers: false, null, settings);

    /// <summary>Sends one message as a client of an era does.</summary>
    public async Task<McpReply> AskAsync(string method, string parameters = "", string? token = McpPeople.Alice, bool stateless = true, string? session = null, string? id = "1", string route = "calendar", (string Name, string Value)[]? headers = null)
    {
        var message = McpWire.Message(method, parameters, id, stateless);
        var name = stateless && method is "tools/call" or "prompts/get" or "resources/read" ? NameOf(message) : null;
        (string, string)[] own = stateless ? McpWire.Repeating(method, name) : method == "initialize" ? [] : [("MCP-Protocol-Version", McpWire.Sessions)];
        return await PostAsync(message, token, [.. own, .. session is null ? Array.Empty<(string, string)>() : [("Mcp-Session-Id", session)], .. headers ?? []], route);
    }

    public Task<McpReply> CallAsync(string tool, string arguments = "{}", string? token = McpPeople.Alice, bool stateless = true, string? session = null, string? id = "1", (string Name, string Value)[]? headers = null) =>
        AskAsync("tools/call", McpWire.Call(tool, arguments), token, stateless, session, id, headers: headers);

    public Task<McpReply> PostAsync(string body, string? token = McpPeople.Alice, (string Name, string Value)[]? headers = null, string route = "calendar") =>
        PostAsync(Encoding.UTF8.GetBytes(body), token, headers, route);

    public async Task<McpReply> PostAsync(byte[] body, string? token = McpPeople.Alice, (string Name, string Value)[]? headers = null, string route = "calendar", string type = "application/json")
    {
        using var request = Request(HttpMethod.Post, token, headers, route);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await McpReply.ReadAsync(await Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken));
    }

    /// <summary>Sends a message with header lines as they are written: a client library would make one of two.</summary>
    public async Task<string> RawAsync(string body, params string[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(Gateway.Client.BaseAddress!.Host, Gateway.Client.BaseAddress.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        string[] head =
        [
            "POST /mcp/calendar HTTP/1.1", "Host: gw.example", "Connection: close", "Authorization: Bearer " + McpPeople.Alice, "Accept: " + McpWire.Both, "Content-Type: application/json",
            "Content-Length: " + Texts.Utf8(body).Length.ToString(CultureInfo.InvariantCulture), .. headers,
        ];
        await stream.WriteAsync(Texts.Utf8(string.Join("\r\n", head) + "\r\n\r\n" + body), TestContext.Current.CancellationToken);
        return await stream.ReadUntilAsync("\0");
    }

    public async Task<McpReply> SendAsync(HttpMethod method, string? token = McpPeople.Alice, (string Name, string Value)[]? headers = null, string route = "calendar")
    {
        using var request = Request(method, token, headers, route);
        return await McpReply.ReadAsync(await Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken));
    }

    /// <summary>Begins something that streams; the answer's head is there, its end may be far.</summary>
    public async Task<HttpResponseMessage> OpenAsync(HttpMethod method, string? body, string? token, (string Name, string Value)[] headers)
    {
        using var request = Request(method, token, headers, "calendar");
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await Gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Begins a session.</summary>
    public async Task<string> InitializeAsync(string? token = McpPeople.Alice, string route = "calendar")
    {
        var reply = await AskAsync("initialize", "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}", token, stateless: false, route: route);
        reply.Status.ShouldBe(200, reply.Text);
        reply.Session.ShouldNotBeEmpty();
        return reply.Session;
    }

    public (string Name, string Value)[] InSession(string session) => [("MCP-Protocol-Version", McpWire.Sessions), ("Mcp-Session-Id", session)];

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        if (_ownsServers)
        {
            await Server.DisposeAsync();
            await Other.DisposeAsync();
        }
    }

    private static async Task<McpGateway> StartAsync(McpServerDouble server, McpServerDouble other, bool ownsServers, Action<WebApplicationBuilder>? configure, string[] settings)
    {
        string[] routes =
        [
            "Identity:PublicUrl=" + McpPeople.PublicUrl, "Router:Mcp:calendar:Url=" + server.Server.Address + "/mcp", "Router:Mcp:calendar:InitialScopes:0=calendar:read",
            "Router:Mcp:calendar:AssertionAudience=urn:calendar", "Router:MaxBodyBytes=65536",
        ];
        // A setting that is written empty takes one away.
        var all = settings.Contains("Router:Mcp:other:Url=", StringComparer.Ordinal) ? routes : [.. routes, "Router:Mcp:other:Url=" + other.Server.Address + "/mcp"];
        var gateway = await GatewayUnderTest.StartAsync(configure, [.. all, .. settings.Where(s => s != "Router:Mcp:other:Url=")]);
        var mcp = new McpGateway(gateway, server, other, ownsServers);
        gateway.Identity.OnAuthenticate = (request, _) => Task.FromResult(McpPeople.Known(request));
        gateway.Identity.Description = new() { AuthorizationServers = ["https://idp.example"], ScopesSupported = ["chat:write"] };
        gateway.Policy.OnDecide = mcp.Rules.DecideAsync;
        gateway.Policy.OnDescribeTools = mcp.Rules.Describe;
        return mcp;
    }

    private static string? NameOf(string message)
    {
        var parameters = JsonNode.Parse(message)!["params"]!;
        return (string?)parameters["name"] ?? (string?)parameters["uri"];
    }

    private static HttpRequestMessage Request(HttpMethod method, string? token, (string Name, string Value)[]? headers, string route)
    {
        var request = new HttpRequestMessage(method, "/mcp/" + route);
        if (headers?.Any(h => h.Name == "Accept") != true)
        {
            request.Headers.TryAddWithoutValidation("Accept", McpWire.Both);
        }

        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        foreach (var (name, value) in headers ?? [])
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
