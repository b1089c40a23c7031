using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>User, LLM, tool: the calendar as an MCP server, in both eras.</summary>
public abstract class McpSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    private const string Newest = "2026-07-28";

    [Fact]
    public async Task Two_people_call_one_tool_and_get_two_calendars()
    {
        foreach (var user in (string[])["alice", "nora"])
        {
            var answer = (await CallAsync(await RouteTokenAsync(user, "calendar:read"), "calendar.list")).ShouldBeStatus(200);
            Result(answer).GetProperty("structuredContent").GetProperty("owner").GetString().ShouldBe(user);
        }
    }

    [Fact]
    public async Task The_list_shows_what_could_be_had()
    {
        var answer = (await SendAsync(await RouteTokenAsync("nora", "calendar:read"), "tools/list", [], null)).ShouldBeStatus(200);
        var result = Result(answer);
        result.GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()).ShouldBe(["calendar.cancel", "calendar.create", "calendar.get", "calendar.list"], ignoreOrder: true);
        result.GetProperty("cacheScope").GetString().ShouldBe("private");
    }

    [Fact]
    public async Task A_missing_scope_is_a_challenge_and_with_it_the_call_goes_through()
    {
        var arguments = new JsonObject { ["title"] = "Coffee", ["start"] = "2026-11-25T09:00:00Z", ["end"] = "2026-11-25T09:15:00Z" };
        var refused = (await CallAsync(await RouteTokenAsync("alice", "calendar:read"), "calendar.create", arguments)).ShouldBeStatus(403);
        var challenge = refused.Headers["www-authenticate"];
        challenge.ShouldContain("error=\"insufficient_scope\"");
        challenge.ShouldContain("scope=\"calendar:write\"");
        challenge.ShouldContain("/.well-known/oauth-protected-resource/mcp/calendar\"");

        var token = await RouteTokenAsync("alice", "calendar:read calendar:write");
        var created = Result((await CallAsync(token, "calendar.create", arguments)).ShouldBeStatus(200)).GetProperty("structuredContent").GetProperty("id").GetString();
        Result((await CallAsync(token, "calendar.cancel", new JsonObject { ["id"] = created })).ShouldBeStatus(200)).TryGetProperty("isError", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_audit_says_who_called_which_tool_through_what()
    {
        var answer = (await CallAsync(await RouteTokenAsync("alice", "calendar:read"), "calendar.list")).ShouldBeStatus(200);
        var records = await Audit.OfRequestAsync(await TokenAsync("audrey"), answer.RequestId, 2);
        records.Select(r => r.Member("type")).ShouldBe(["decision", "outcome"]);
        var outcome = records[1];
        outcome.Member("action").ShouldBe("tool.call");
        outcome.Member("user_id").ShouldBe("alice");
        outcome.Member("caller.client_name").ShouldBe("ChatGPT");
        outcome.Member("mcp.server").ShouldBe("calendar");
        outcome.Member("mcp.tool").ShouldBe("calendar.list");
        outcome.Member("outcome").ShouldBe("completed");
        outcome.Member("summary")!.ShouldContain("through ChatGPT");
    }

    [Fact]
    public async Task A_token_for_the_API_opens_no_route()
    {
        var refused = (await CallAsync(await TokenAsync("alice"), "calendar.list")).ShouldBeStatus(401);
        refused.Headers["www-authenticate"].ShouldContain("error=\"invalid_token\"");
        (await Front.GetAsync("/me/limits", await RouteTokenAsync("alice", "calendar:read"))).ShouldBeStatus(401);
    }

    [Fact]
    public async Task A_session_is_opened_used_and_ended_by_one_person_alone()
    {
        var alice = await RouteTokenAsync("alice", "calendar:read");
        var opened = (await PostAsync(alice, null, new JsonObject
        {
            ["jsonrpc"] = "2.0",
            ["id"] = 1,
            ["method"] = "initialize",
            ["params"] = new JsonObject { ["protocolVersion"] = "2025-11-25", ["capabilities"] = new JsonObject(), ["clientInfo"] = new JsonObject { ["name"] = "suite", ["version"] = "1" } },
        })).ShouldBeStatus(200);
        var session = opened.Headers["mcp-session-id"];
        var call = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 2, ["method"] = "tools/call", ["params"] = new JsonObject { ["name"] = "calendar.list", ["arguments"] = new JsonObject() } };
        (await PostAsync(alice, session, new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "notifications/initialized" })).ShouldBeStatus(202);
        Result((await PostAsync(alice, session, call)).ShouldBeStatus(200)).GetProperty("structuredContent").GetProperty("owner").GetString().ShouldBe("alice");

        (await PostAsync(await RouteTokenAsync("nora", "calendar:read"), session, call)).ShouldBeStatus(404);
        using var end = GatewayClient.Request(HttpMethod.Delete, "/mcp/calendar", alice);
        end.Headers.Add("Mcp-Session-Id", session);
        (await Front.SendAsync(end)).Status.ShouldBeInRange(200, 204);
        (await PostAsync(alice, session, call)).ShouldBeStatus(404);
    }

    private static JsonElement Result(Answer answer)
    {
        // An answer may come as the only event of a stream.
        var json = answer.ContentType!.StartsWith("text/event-stream", StringComparison.Ordinal)
            ? answer.Body.Split('\n').Last(l => l.StartsWith("data: {", StringComparison.Ordinal))["data: ".Length..]
            : answer.Body;
        return JsonElement.Parse(json).GetProperty("result");
    }

    private async Task<string> RouteTokenAsync(string user, string scope)
    {
        var body = new JsonObject { ["user"] = user, ["client"] = "chatgpt", ["scope"] = scope, ["resource"] = new Uri(Gateway.Address, "/mcp/calendar").AbsoluteUri };
        return Gateway.Canaries.Plant((await Front.PostAsync("/demo/token", null, body.ToJsonString())).ShouldBeStatus(200).Json.GetProperty("access_token").GetString()!);
    }

    private Task<Answer> CallAsync(string token, string tool, JsonObject? arguments = null) =>
        SendAsync(token, "tools/call", new JsonObject { ["name"] = tool, ["arguments"] = arguments?.DeepClone() ?? new JsonObject() }, tool);

    private Task<Answer> SendAsync(string token, string method, JsonObject parameters, string? name)
    {
        parameters["_meta"] = new JsonObject { ["io.modelcontextprotocol/protocolVersion"] = Newest, ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject() };
        var request = Request(token, new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters }, Newest);
        request.Headers.Add("Mcp-Method", method);
        if (name is not null)
        {
            request.Headers.Add("Mcp-Name", name);
        }

        return Front.SendAsync(request);
    }

    private Task<Answer> PostAsync(string token, string? session, JsonObject message)
    {
        var request = Request(token, message, session is null ? null : "2025-11-25");
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        return Front.SendAsync(request);
    }

    private static HttpRequestMessage Request(string token, JsonObject message, string? version)
    {
        var request = GatewayClient.Request(HttpMethod.Post, "/mcp/calendar", token, GatewayClient.Json(message.ToJsonString()));
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        if (version is not null)
        {
            request.Headers.Add("MCP-Protocol-Version", version);
        }

        return request;
    }
}
