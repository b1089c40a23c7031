using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace GatewayStack.Demo.Tests.Mcp;

public sealed class CalendarMcpTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private const string Newest = "2026-07-28";
    private const string WithSessions = "2025-11-25";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Newest)]
    [InlineData(WithSessions)]
    public async Task Two_people_get_two_calendars(string version)
    {
        await using var alice = await ConnectAsync("alice", version);
        await using var nora = await ConnectAsync("nora", version);
        alice.NegotiatedProtocolVersion.ShouldBe(version);

        var aliceSees = await CallAsync(alice, "calendar.list");
        var noraSees = await CallAsync(nora, "calendar.list");
        aliceSees.GetProperty("owner").GetString().ShouldBe("alice");
        noraSees.GetProperty("owner").GetString().ShouldBe("nora");
        Ids(aliceSees).ShouldContain("evt-2");
        Ids(noraSees).ShouldContain("evt-4");
        Ids(aliceSees).Intersect(Ids(noraSees)).ShouldBeEmpty();

        (await CallAsync(alice, "calendar.get", ("id", "evt-2"))).GetProperty("title").GetString().ShouldBe("Consultation: second opinion");
        var others = await nora.CallToolAsync("calendar.get", new Dictionary<string, object?> { ["id"] = "evt-2" }, cancellationToken: Cancel);
        others.IsError.ShouldBe(true);
        others.StructuredContent.ShouldBeNull();
        others.Content.ShouldHaveSingleItem().ShouldBeOfType<TextContentBlock>().Text.ShouldEndWith("Your calendar has no such event.");
    }

    [Fact]
    public async Task What_is_added_can_be_cancelled_by_its_owner_alone()
    {
        await using var dora = await ConnectAsync("dora", Newest);
        await using var nora = await ConnectAsync("nora", Newest);
        var id = (await CallAsync(dora, "calendar.create", ("title", "Coffee"), ("start", "2026-11-25T09:00:00Z"), ("end", "2026-11-25T09:15:00Z"))).GetProperty("id").GetString()!;
        Ids(await CallAsync(dora, "calendar.list")).ShouldBe([id]);

        (await nora.CallToolAsync("calendar.cancel", new Dictionary<string, object?> { ["id"] = id }, cancellationToken: Cancel)).IsError.ShouldBe(true);
        Ids(await CallAsync(dora, "calendar.list")).ShouldBe([id]);

        (await CallAsync(dora, "calendar.cancel", ("id", id))).GetProperty("id").GetString().ShouldBe(id);
        Ids(await CallAsync(dora, "calendar.list")).ShouldBeEmpty();
        (await dora.CallToolAsync("calendar.cancel", new Dictionary<string, object?> { ["id"] = id }, cancellationToken: Cancel)).IsError.ShouldBe(true);
    }

    [Fact]
    public async Task An_event_that_ends_before_it_begins_is_not_added()
    {
        await using var emma = await ConnectAsync("emma", Newest);
        var wrong = await emma.CallToolAsync(
            "calendar.create",
            new Dictionary<string, object?> { ["title"] = "Coffee", ["start"] = "2026-11-25T09:00:00Z", ["end"] = "2026-11-25T08:00:00Z" },
            cancellationToken: Cancel);
        wrong.IsError.ShouldBe(true);
        Ids(await CallAsync(emma, "calendar.list")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_tools_say_what_they_are()
    {
        await using var alice = await ConnectAsync("alice", Newest);
        var tools = (await alice.ListToolsAsync(cancellationToken: Cancel)).ToDictionary(t => t.Name, t => t.ProtocolTool);
        tools.Keys.Order().ShouldBe(["calendar.cancel", "calendar.create", "calendar.get", "calendar.list"]);
        tools["calendar.list"].Annotations!.ReadOnlyHint.ShouldBe(true);
        tools["calendar.get"].Annotations!.ReadOnlyHint.ShouldBe(true);
        tools["calendar.create"].Annotations!.ReadOnlyHint.ShouldBe(false);
        tools["calendar.create"].Annotations!.DestructiveHint.ShouldBe(false);
        tools["calendar.cancel"].Annotations!.DestructiveHint.ShouldBe(true);
        foreach (var (name, tool) in tools)
        {
            tool.Annotations!.OpenWorldHint.ShouldBe(false, name);
            tool.OutputSchema.ShouldNotBeNull(name).GetProperty("type").GetString().ShouldBe("object");
            tool.InputSchema.GetProperty("type").GetString().ShouldBe("object");
        }

        // An event without a place is sent without one.
        tools["calendar.get"].OutputSchema!.Value.GetProperty("required").EnumerateArray().Select(r => r.GetString()).ShouldBe(["id", "title", "starts_at", "ends_at"]);

        // The person is no argument.
        tools["calendar.list"].InputSchema.GetProperty("properties").EnumerateObject().ShouldBeEmpty();
        tools["calendar.create"].InputSchema.GetProperty("required").EnumerateArray().Select(r => r.GetString()).ShouldBe(["title", "start", "end"]);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task Nobody_is_served_without_the_gateways_word(string method)
    {
        string?[] bad = [null, "alice", demo.Gateway.Assert(audience: "calendar"), demo.Gateway.Assert(audience: "calendar-mcp", issuer: "http://127.0.0.1:1")];
        foreach (var assertion in bad)
        {
            using var response = await SendAsync(new HttpMethod(method), assertion);
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        using var good = await SendAsync(new HttpMethod(method), demo.Gateway.Assert(audience: "calendar-mcp"));
        good.StatusCode.ShouldNotBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_session_belongs_to_the_person_who_opened_it()
    {
        using var opened = await SendAsync(HttpMethod.Post, demo.Gateway.Assert(audience: "calendar-mcp"));
        var session = opened.Headers.GetValues("Mcp-Session-Id").ShouldHaveSingleItem();
        using var own = await SendAsync(HttpMethod.Post, demo.Gateway.Assert(audience: "calendar-mcp"), session, Ping);
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var others = await SendAsync(HttpMethod.Post, demo.Gateway.Assert(audience: "calendar-mcp", user: "nora"), session, Ping);
        others.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private const string Ping = """{"jsonrpc":"2.0","id":2,"method":"ping"}""";

    private const string Initialize = """
        {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
        """;

    private static IEnumerable<string?> Ids(JsonElement listing) => listing.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("id").GetString());

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await client.CallToolAsync(tool, arguments.ToDictionary(a => a.Name, a => a.Value), cancellationToken: Cancel);
        result.IsError.ShouldNotBe(true);
        return result.StructuredContent.ShouldNotBeNull();
    }

    private async Task<McpClient> ConnectAsync(string user, string version)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(demo.Server.Address, "/demo/mcp/calendar"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["X-Gateway-Identity"] = demo.Gateway.Assert(audience: "calendar-mcp", user: user) },
        });
        return await McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = version }, cancellationToken: Cancel);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string? assertion, string? session = null, string body = Initialize)
    {
        using var request = new HttpRequestMessage(method, "/demo/mcp/calendar");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (assertion is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Gateway-Identity", assertion);
        }

        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
            request.Headers.Add("MCP-Protocol-Version", WithSessions);
        }

        return await demo.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }
}
