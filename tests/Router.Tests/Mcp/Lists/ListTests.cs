using GatewayStack.Router.Tests.Support;
using GatewayStack.TestServers;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Router.Tests.Mcp.Lists;

/// <summary>Who is shown what: what they may use, and what a further scope would open.</summary>
public sealed class ListTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task D31_a_list_shows_what_can_be_called_or_obtained_in_a_fixed_order(bool stateless)
    {
        await using var mcp = await McpGateway.StartAsync();
        var reply = await mcp.AskAsync("tools/list", token: McpPeople.Reader, stateless: stateless);
        reply.Names("tools").ShouldBe(["calendar.create", "calendar.free", "calendar.list", "calendar.remote"]);
        Schemes(reply, "calendar.create").ShouldBe("""[{"type":"oauth2","scopes":["calendar:read","calendar:write"]}]""");
        Schemes(reply, "calendar.list").ShouldBe("""[{"type":"oauth2","scopes":["calendar:read"]}]""");
        foreach (var tool in reply.Result!["tools"]!.AsArray())
        {
            tool!["_meta"]!["securitySchemes"]!.ToJsonString().ShouldBe(tool["securitySchemes"]!.ToJsonString());
        }

        // What the server says of a tool otherwise stays.
        var list = reply.Result["tools"]!.AsArray().Single(t => (string)t!["name"]! == "calendar.list")!;
        ((string?)list["description"]).ShouldBe("Lists");
        ((string?)list["_meta"]!["ui"]!["resourceUri"]).ShouldBe("ui://calendar/list");
        ((string?)list["inputSchema"]!["properties"]!["day"]!["x-mcp-header"]).ShouldBe("Day");
        if (stateless)
        {
            ((string?)reply.Result["cacheScope"]).ShouldBe("private");
        }
    }

    [Fact]
    public async Task A_callable_list_shows_what_can_be_called_now()
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:List=callable");
        (await mcp.AskAsync("tools/list", token: McpPeople.Reader)).Names("tools").ShouldBe(["calendar.free", "calendar.list", "calendar.remote"]);
        (await mcp.AskAsync("tools/list")).Names("tools").ShouldBe(["calendar.create", "calendar.free", "calendar.list", "calendar.remote"]);
    }

    [Fact]
    public async Task A_catalogue_shows_everyone_the_same_and_decides_calls_as_ever()
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:List=catalogue", "Router:Mcp:calendar:AnonymousMethods:0=tools/list");
        string[] all = ["calendar.create", "calendar.free", "calendar.list", "calendar.remote", "calendar.wipe"];
        var anonymous = await mcp.AskAsync("tools/list", token: null);
        anonymous.Names("tools").ShouldBe(all);
        ((string?)anonymous.Result!["cacheScope"]).ShouldBe("public");
        Schemes(anonymous, "calendar.create").ShouldBe("""[{"type":"oauth2","scopes":["calendar:read","calendar:write"]}]""");
        var signedIn = await mcp.AskAsync("tools/list", token: "nora@calendar");
        signedIn.Result!["tools"]!.ToJsonString().ShouldBe(anonymous.Result["tools"]!.ToJsonString());
        mcp.Server.Clear();
        (await mcp.CallAsync("calendar.list", token: null)).Status.ShouldBe(401);
        (await mcp.CallAsync("calendar.create", "{\"title\":\"x\"}", McpPeople.Reader)).Status.ShouldBe(403);
        (await mcp.CallAsync("calendar.wipe")).IsToolError.ShouldBeTrue();
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_token_a_list_shows_what_scopes_alone_open()
    {
        await using var mcp = await McpGateway.StartAsync("Router:Mcp:calendar:AnonymousMethods:0=tools/list", "Router:Mcp:calendar:AnonymousMethods:1=prompts/list");
        var reply = await mcp.AskAsync("tools/list", token: null);
        reply.Names("tools").ShouldBe(["calendar.create", "calendar.free", "calendar.list", "calendar.remote"]);
        ((string?)reply.Result!["cacheScope"]).ShouldBe("private");
        (await mcp.AskAsync("prompts/list", token: null)).Names("prompts").ShouldBeEmpty();
        (await mcp.AskAsync("resources/list", token: null)).Status.ShouldBe(401);
        // A token that was sent is judged, also where none is needed.
        (await mcp.AskAsync("tools/list", token: "expired")).Status.ShouldBe(401);
        mcp.Server.Arrived.ShouldAllBe(r => !r.Headers.ContainsKey("X-User-Id") && !r.Headers.ContainsKey("X-Gateway-Identity"));
    }

    [Fact]
    public async Task Prompts_resources_and_templates_are_filtered()
    {
        await using var mcp = await McpGateway.StartAsync();
        (await mcp.AskAsync("prompts/list")).Names("prompts").ShouldBe(["plan"]);
        (await mcp.AskAsync("resources/templates/list")).Names("resourceTemplates", "uriTemplate").ShouldBe(["calendar://{day}"]);
        (await mcp.AskAsync("resources/list")).Names("resources", "uri").ShouldBe(["calendar://today", "ui://calendar/list"]);
        // What a scope would open is listed, too.
        (await mcp.AskAsync("resources/list", token: "nora@calendar")).Names("resources", "uri").ShouldBe(["calendar://today", "ui://calendar/list"]);
    }

    [Theory]
    [InlineData("ui://calendar/list", 200)]
    [InlineData("ui://calendar/created", 403)]
    [InlineData("calendar://today", 200)]
    public async Task A_page_is_for_those_who_may_call_its_tool(string uri, int status)
    {
        await using var mcp = await McpGateway.StartAsync();
        (await mcp.AskAsync("resources/read", $"\"uri\":\"{uri}\"", McpPeople.Reader)).Status.ShouldBe(status);
        mcp.Server.Arrived.Count.ShouldBe(status == 200 ? 1 : 0);
    }

    [Theory]
    [InlineData("ui://calendar/wipe")]
    [InlineData("UI://calendar/wipe")]
    [InlineData("ui://calendar/wipe#x")]
    [InlineData("ui://calendar/nobody")]
    [InlineData("calendar://secret")]
    [InlineData("calendar://today/../secret")]
    [InlineData("calendar://today/%2e%2e/secret")]
    [InlineData("calendar://today\\\\..\\\\secret")]
    [InlineData("calendar://today/%2fsecret")]
    public async Task Other_pages_and_crooked_addresses_are_not_read(string uri)
    {
        await using var mcp = await McpGateway.StartAsync();
        foreach (var pattern in new[] { "calendar://today/../secret", "calendar://today/%2e%2e/secret", "calendar://today\\..\\secret", "calendar://today/%2fsecret" })
        {
            // As a rule with a pattern would let them in.
            mcp.Rules.Resources[pattern] = [];
        }

        foreach (var method in new[] { "resources/read", "resources/subscribe" })
        {
            var reply = await mcp.PostAsync(McpWire.Message(method, $"\"uri\":\"{uri}\""));
            reply.Code.ShouldNotBeNull(reply.Text);
            mcp.Server.Arrived.ShouldBeEmpty();
        }

        (await mcp.AskAsync("completion/complete", $"\"ref\":{{\"type\":\"ref/resource\",\"uri\":\"{uri}\"}},\"argument\":{{\"name\":\"a\",\"value\":\"b\"}}")).Code.ShouldNotBeNull();
        (await mcp.AskAsync("subscriptions/listen", $"\"notifications\":{{\"resourceSubscriptions\":[\"{uri}\"]}}")).Code.ShouldNotBeNull();
        mcp.Server.Arrived.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("notes://private/x", false)]
    [InlineData("notes://public/x", true)]
    [InlineData("notes://@private/x", false)]
    [InlineData("notes://private:/x", false)]
    [InlineData("NOTES://private/x", false)]
    [InlineData("notes://private/x#a", false)]
    public async Task Another_spelling_passes_no_rule_that_denies(string uri, bool isRead)
    {
        await using var mcp = await McpGateway.StartAsync();
        if (uri != "notes://private/x")
        {
            // As a rule for everything would let it in, beside one that denies "notes://private/*".
            mcp.Rules.Resources[uri] = [];
        }

        var reply = await mcp.AskAsync("resources/read", $"\"uri\":\"{uri}\"");
        (reply.Code is null).ShouldBe(isRead, reply.Text);
        mcp.Server.Arrived.Count.ShouldBe(isRead ? 1 : 0);

        // Nor is it shown where a server lists it.
        mcp.Server.On["resources/list"] = (http, message) => McpServerDouble.ResultAsync(http, message, $$"""{"resources":[{"uri":"{{uri}}","name":"a"}]}""");
        (await mcp.AskAsync("resources/list")).Names("resources", "uri").ShouldBe(isRead ? [uri] : []);
    }

    [Fact]
    public async Task The_operator_is_told_how_many_resources_are_left_out_for_their_spelling()
    {
        using var log = new LogLines();
        await using var mcp = await McpGateway.StartAsync(builder => builder.Logging.AddProvider(log));
        mcp.Server.On["resources/list"] = (http, message) =>
            McpServerDouble.ResultAsync(http, message, """{"resources":[{"uri":"notes://Alice/x","name":"a"},{"uri":"notes://alice/x#b","name":"b"},{"uri":"calendar://today","name":"c"}]}""");
        (await mcp.AskAsync("resources/list")).Names("resources", "uri").ShouldBe(["calendar://today"]);
        (await mcp.AskAsync("resources/list")).Names("resources", "uri").ShouldBe(["calendar://today"]);
        var told = await log.WrittenAsync(5406);
        told.ShouldContain("calendar lists 2 resources");
        told.ShouldNotContain("lice");
        log.All.Count(l => l.Contains("whose URIs", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Pages_of_a_list_go_through_one_by_one()
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Server.On["tools/list"] = (http, message) => McpServerDouble.ResultAsync(http, message, (string?)message!["params"]!["cursor"] == "c2"
            ? """{"tools":[{"name":"calendar.list","inputSchema":{"type":"object"}},{"name":"calendar.hidden","inputSchema":{"type":"object"}}]}"""
            : """{"tools":[{"name":"calendar.hidden","inputSchema":{"type":"object"}}],"nextCursor":"c2"}""");
        var first = await mcp.AskAsync("tools/list");
        first.Names("tools").ShouldBeEmpty();
        ((string?)first.Result!["nextCursor"]).ShouldBe("c2");
        ((string?)first.Result["cacheScope"]).ShouldBe("private");
        var second = await mcp.AskAsync("tools/list", "\"cursor\":\"c2\"");
        second.Names("tools").ShouldBe(["calendar.list"]);
        ((string?)second.Result!["cacheScope"]).ShouldBe("private");
    }

    [Fact]
    public async Task Two_tools_of_one_name_are_shown_as_one()
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Server.On["tools/list"] = (http, message) => McpServerDouble.ResultAsync(http, message,
            """{"tools":[{"name":"calendar.free","inputSchema":{"type":"object"}},{"name":"calendar.free","description":"twin","inputSchema":{"type":"object"}},{"name":7},"x",{}]}""");
        (await mcp.AskAsync("tools/list")).Result!["tools"]!.AsArray().ShouldHaveSingleItem()!["description"].ShouldBeNull();
    }

    [Fact]
    public async Task A_list_that_cannot_be_judged_is_not_shown()
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Gateway.Policy.OnDecide = _ => throw new InvalidOperationException("down");
        var reply = await mcp.AskAsync("tools/list");
        reply.Result.ShouldBeNull();
        reply.Text.ShouldNotContain("calendar.");
    }

    [Fact]
    public async Task Two_people_are_shown_two_lists()
    {
        await using var mcp = await McpGateway.StartAsync();
        mcp.Server.On["tools/list"] = (http, message) => McpServerDouble.ResultAsync(http, message, http.Request.Headers["X-User-Id"] == "alice"
            ? """{"tools":[{"name":"calendar.free","annotations":{"readOnlyHint":true},"inputSchema":{"type":"object"}}]}"""
            : """{"tools":[{"name":"calendar.free","annotations":{"readOnlyHint":false},"inputSchema":{"type":"object","required":["a"]}}]}""");
        await mcp.AskAsync("tools/list");
        await mcp.AskAsync("tools/list", token: McpPeople.Nora);
        mcp.Gateway.Policy.Questions.Clear();
        (await mcp.CallAsync("calendar.free")).IsToolError.ShouldBeFalse();
        (await mcp.CallAsync("calendar.free", token: McpPeople.Nora)).Code.ShouldBe(-32602);
        mcp.Gateway.Policy.Questions.Select(q => (q.Identity.UserId, q.Mcp!.Annotations!.ReadOnly)).ShouldBe([("alice", true), ("nora", false)]);
    }

    private static string Schemes(McpReply reply, string tool) => reply.Result!["tools"]!.AsArray().Single(t => (string)t!["name"]! == tool)!["securitySchemes"]!.ToJsonString();
}
