using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;
using GatewayStack.EndToEnd.Tests.SignIn.Clients;
using GatewayStack.EndToEnd.Tests.SignIn.Issuers;
using GatewayStack.EndToEnd.Tests.Suite;

namespace GatewayStack.EndToEnd.Tests.SignIn;

/// <summary>One person, three applications: ChatGPT and Claude by their metadata documents, and a native app.</summary>
[Collection(DemoSignIn.Name)]
public sealed class ThreeClientsTests(DemoGateway gateway, Browser browser)
{
    private const string Version = "2026-07-28";

    private static readonly RegisteredClient ChatGpt = new("https://chatgpt.com/oauth/clinic1/client.json", "https://chatgpt.com/connector/oauth/cb1");
    private static readonly RegisteredClient Claude = new("https://claude.ai/oauth/mcp-oauth-client-metadata", "https://claude.ai/api/mcp/auth_callback");
    private static readonly RegisteredClient Native = new("clinic-ios", "https://clinic.example/ios/callback");

    /// <summary>What is another one for every call, whoever makes it and through what.</summary>
    private static readonly string[] OfTheCall = ["id", "seq", "time", "request_id", "traceparent", "trace_id", "latency", "duration", "token_id", "received", "cursor", "stages", "commitment", "salt"];

    [Fact]
    public async Task Same_calendar_same_budget_and_records_that_differ_in_the_client()
    {
        Browser.Require();
        await using var session = await browser.OpenAsync(new DemoPages());
        var (events, limits, records) = (new List<string>(), new List<string>(), new List<JsonElement>());
        var auditor = await ShortcutAsync("audrey");
        foreach (var client in (RegisteredClient[])[ChatGpt, Claude, Native])
        {
            var tools = await client.SignInAsync(gateway.Issuer, session, new Visitor("alice"), "calendar:read", gateway.Route);
            var listed = (await ListAsync(tools)).ShouldBeStatus(200);
            events.Add(Result(listed).GetProperty("structuredContent").GetRawText());
            records.Add((await new AuditReader(gateway.Front).OfRequestAsync(auditor, listed.RequestId, 2))[1]);

            var api = await client.SignInAsync(gateway.Issuer, session, new Visitor("alice"), "chat:write", resource: null);
            (await gateway.Front.ChatAsync(api, "gpt-4o-mini", "hello")).ShouldBeStatus(200);
            limits.Add(api);
        }

        events.Distinct().ShouldHaveSingleItem();

        // What one of them used is used for all of them.
        var used = new List<long>();
        foreach (var token in limits)
        {
            used.Add((await gateway.Front.SettledAsync(token, "tokens_per_day")).Used);
        }

        used.Distinct().ShouldHaveSingleItem().ShouldBeGreaterThan(0);
        records.Select(r => r.Member("caller.client_id")).ShouldBe([ChatGpt.Id, Claude.Id, Native.Id]);
        records.Select(r => r.Member("caller.person_id")).Distinct().ShouldHaveSingleItem();
        Differences(records).ShouldBe(["caller.client_id", "caller.client_name", "summary"], ignoreOrder: true);
    }

    private async Task<string> ShortcutAsync(string user, string? scope = null) =>
        (await gateway.Front.PostAsync("/demo/token", null, new JsonObject { ["user"] = user, ["scope"] = scope }.ToJsonString())).ShouldBeStatus(200).Json.GetProperty("access_token").GetString()!;

    private Task<Answer> ListAsync(string token)
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
        return gateway.Front.SendAsync(request);
    }

    private static JsonElement Result(Answer answer)
    {
        var json = answer.ContentType!.StartsWith("text/event-stream", StringComparison.Ordinal)
            ? answer.Body.Split('\n').Last(l => l.StartsWith("data: {", StringComparison.Ordinal))["data: ".Length..]
            : answer.Body;
        return JsonElement.Parse(json).GetProperty("result");
    }

    private static IEnumerable<string> Differences(IReadOnlyList<JsonElement> records)
    {
        var flat = records.Select(r => Leaves(r, string.Empty).ToDictionary(l => l.Path, l => l.Value, StringComparer.Ordinal)).ToList();
        return flat.SelectMany(f => f.Keys).Distinct(StringComparer.Ordinal)
            .Where(path => flat.Select(f => f.GetValueOrDefault(path)).Distinct(StringComparer.Ordinal).Count() > 1)
            .Where(path => !OfTheCall.Any(o => path.Contains(o, StringComparison.Ordinal)));
    }

    private static IEnumerable<(string Path, string Value)> Leaves(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Leaves(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((e, i) => Leaves(e, $"{path}[{i}]")),
        _ => [(path, element.GetRawText())],
    };
}
