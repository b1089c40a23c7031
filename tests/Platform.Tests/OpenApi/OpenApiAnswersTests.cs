using System.Net.Http.Headers;

namespace GatewayStack.Platform.Tests.OpenApi;

/// <summary>What a running gateway answers is what the OpenAPI documents say: status, content type, and every member.</summary>
public sealed class OpenApiAnswersTests(OpenApiGateway gateway) : IClassFixture<OpenApiGateway>
{
    private const string Chat = """{"model":"gpt-4o-mini","max_tokens":3,"messages":[{"role":"user","content":"Hello"}]}""";
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";
    private const string Act = """{"reason":"a test"}""";

    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_the_front_door()
    {
        var document = OpenApiDocument.Read("front-door");
        var (alice, nora, audrey) = (await gateway.DemoTokenAsync("alice"), await gateway.DemoTokenAsync("nora"), await gateway.DemoTokenAsync("audrey"));
        Task Ask(string id, int status, string path, string? token = null, string? body = null, string accept = "*/*") =>
            AskAsync(gateway.FrontDoor, document, id, status, path, token, body, accept);

        await Ask("demo.post", 200, "/demo/token", body: """{"user":"alice"}""");
        await Ask("demo.get", 404, "/demo/nothing");
        await Ask("chat.completions", 200, "/v1/chat/completions", alice, Chat);
        await Ask("chat.completions", 200, "/v1/chat/completions", alice, Chat.Replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\"", StringComparison.Ordinal));
        await Ask("chat.completions", 400, "/v1/chat/completions", alice, "{}");
        await Ask("chat.completions", 401, "/v1/chat/completions", null, Chat);
        await Ask("chat.completions", 403, "/v1/chat/completions", nora, Chat.Replace("gpt-4o-mini", "gpt-4-medical", StringComparison.Ordinal));
        await Ask("chat.completions", 404, "/v1/chat/completions", alice, Chat.Replace("gpt-4o-mini", "nothing", StringComparison.Ordinal));
        await Ask("models.list", 200, "/v1/models", alice);
        await Ask("models.list", 401, "/v1/models", "not-a-token");
        await Ask("models.get", 200, "/v1/models/gpt-4o-mini", alice);
        await Ask("models.get", 404, "/v1/models/nothing", alice);
        await Ask("backend.get", 200, "/backends/calendar/events", alice);
        await Ask("backend.get", 401, "/backends/calendar/events");
        await Ask("backend.get", 404, "/backends/nothing/events", alice);
        await Ask("me.limits", 200, "/me/limits", alice);
        await Ask("me.limits", 401, "/me/limits");
        await Ask("me.clients", 200, "/me/clients", alice);
        await Ask("me.clients", 400, "/me/clients?days=0", alice);
        await Ask("me.clients", 401, "/me/clients");
        var manager = gateway.Token("clients:manage");
        await Ask("me.clients.cut_off", 200, "/me/clients?client_id=an-app", manager);
        await Ask("me.clients.cut_off", 200, "/me/clients?client_id=an-app", manager, Act);
        await Ask("me.clients.restore", 200, "/me/clients?client_id=an-app", manager);
        foreach (var id in (string[])["me.clients.cut_off", "me.clients.restore"])
        {
            await Ask(id, 400, "/me/clients", manager);
            await Ask(id, 401, "/me/clients?client_id=an-app");
            await Ask(id, 403, "/me/clients?client_id=an-app", alice);
        }

        await Ask("identity.backchannel_logout", 404, "/identity/backchannel-logout/nobody");
        await Ask("audit.events", 200, "/audit/events", audrey);
        await Ask("audit.events", 200, "/audit/events", audrey, accept: "application/x-ndjson");
        await Ask("audit.events", 400, "/audit/events?nothing=1", audrey);
        await Ask("audit.events", 403, "/audit/events", alice);
        await Ask("identity.jwks", 200, "/.well-known/jwks.json");
        await Ask("identity.jwks.options", 204, "/.well-known/jwks.json");
        await Ask("identity.resource_metadata", 200, "/.well-known/oauth-protected-resource");
        await Ask("identity.resource_metadata.options", 204, "/.well-known/oauth-protected-resource");
        var forCalendar = await gateway.DemoTokenAsync("alice", "calendar");
        await Ask("mcp.post", 200, "/mcp/calendar", forCalendar, Initialize);
        await Ask("mcp.post", 401, "/mcp/calendar", alice, Initialize);
        await Ask("mcp.post", 400, "/mcp/calendar", forCalendar, "[]");
        await Ask("mcp.get", 401, "/mcp/calendar");
        await Ask("mcp.delete", 400, "/mcp/calendar", forCalendar);
        await Ask("mcp.preflight", 204, "/mcp/calendar");
        foreach (var (id, path) in new[] { ("mcp.resource_metadata", "/.well-known/oauth-protected-resource/mcp/calendar"), ("mcp.resource_metadata.nested", "/mcp/calendar/.well-known/oauth-protected-resource") })
        {
            await Ask(id, 200, path);
            await Ask(id + ".head", 200, path);
            await Ask(id + ".options", 204, path);
        }

        await Ask("alive", 200, "/alive");
        await Ask("alive.head", 200, "/alive");
        await Ask("health", 200, "/health");
        await Ask("health.head", 200, "/health");

        // What stands behind the wildcards is not the gateway's; streams and the end of a session need a session, which the tests of MCP have; a logout token needs an
        // issuer that sends them.
        document.Operations.Select(o => o.Id).Where(i => !i.StartsWith("backend.", StringComparison.Ordinal) && !i.StartsWith("demo.", StringComparison.Ordinal) && i is not ("mcp.get" or "mcp.delete" or "identity.backchannel_logout"))
            .Except(_answered, StringComparer.Ordinal).ShouldBeEmpty("never asked");
    }

    [Fact]
    public async Task Of_the_management_address()
    {
        var document = OpenApiDocument.Read("management");
        var everything = gateway.Token("admin:identity admin:standing admin:policy admin:limits admin:router admin:audit");
        var nothing = gateway.Token("chat:write");
        var measure = "none";
        foreach (var operation in document.Operations)
        {
            var path = operation.Path.Replace("{id}", measure, StringComparison.Ordinal);
            Task Ask(int status, string? token, string? body = null) => AskAsync(gateway.Management, document, operation.Id, status, path, token, body, "*/*");

            if (operation.Method == "GET")
            {
                await Ask(200, everything);
            }
            else if (operation.Id.EndsWith(".consumer", StringComparison.Ordinal))
            {
                // There is no log in one process.
                await Ask(409, everything, """{"reason":"a test","paused":true}""");
            }
            else if (operation.Id == "admin.identity.standings.add")
            {
                await Ask(400, everything, "{}");
                await Ask(201, everything, """{"subject":{"client_id":"somebody"},"reason":"a test","minutes":5}""");
                await Ask(409, everything, """{"subject":{"issuer":"test"},"reason":"a test","minutes":5}""");
                measure = await MeasureAsync(everything);
            }
            else
            {
                await Ask(400, everything, "{}");
                await Ask(200, everything, Act);
            }

            if (operation.Json["security"]!.AsArray().Count > 0)
            {
                await Ask(401, null, operation.Method == "GET" ? null : Act);
                await Ask(403, nothing, operation.Method == "GET" ? null : Act);
            }
        }

        document.Operations.Select(o => o.Id).Except(_answered, StringComparer.Ordinal).ShouldBeEmpty("never asked");
    }

    [Fact]
    public void A_document_that_says_something_else_is_found_out()
    {
        var document = OpenApiDocument.Read("front-door");
        var limits = document.Operations.Single(o => o.Id == "me.limits");
        document.Judge(limits, 200, "application/json", """{"currency":"USD","limits":[]}""").ShouldBeNull();
        document.Judge(limits, 200, "application/json", """{"currency":"USD","limits":[],"more":1}""").ShouldNotBeNull();
        document.Judge(limits, 200, "application/json", """{"currency":"USD"}""").ShouldNotBeNull();
        document.Judge(limits, 200, "application/json", """{"currency":7,"limits":[]}""").ShouldNotBeNull();
        document.Judge(limits, 200, "application/xml", """{"currency":"USD","limits":[]}""").ShouldNotBeNull();
        document.Judge(limits, 201, "application/json", """{"currency":"USD","limits":[]}""").ShouldNotBeNull();
        document.Judge(limits, 200, null, string.Empty).ShouldNotBeNull();
    }

    private async Task<string> MeasureAsync(string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/admin/identity/standings?limit=1", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await gateway.Management.SendAsync(request, Cancel);
        using var list = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel));
        return list.RootElement.GetProperty("measures")[0].GetProperty("id").GetString()!;
    }

    private async Task AskAsync(HttpClient client, OpenApiDocument document, string id, int status, string path, string? token, string? body, string accept)
    {
        var operation = document.Operations.Single(o => o.Id == id);
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), new Uri(path, UriKind.Relative));
        request.Headers.Accept.ParseAdd(accept);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
            if (status == 200 && operation.Json["requestBody"]!["content"]!["application/json"] is not null)
            {
                document.JudgeRequest(operation, body).ShouldBeNull();
            }
        }

        using var answer = await client.SendAsync(request, Cancel);
        var said = await answer.Content.ReadAsStringAsync(Cancel);
        ((int)answer.StatusCode).ShouldBe(status, $"{operation.Method} {path}: {said}");
        document.Judge(operation, status, answer.Content.Headers.ContentType?.ToString(), said).ShouldBeNull();
        if (status < 400 || status == 409)
        {
            _answered.Add(id);
        }
    }
}
