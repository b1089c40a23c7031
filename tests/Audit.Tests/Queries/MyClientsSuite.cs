using System.Text.Json.Nodes;
using GatewayStack.Audit.Queries;
using GatewayStack.Audit.Storage;
using GatewayStack.Audit.Tests.Storage;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Events.Format;
using GatewayStack.Events.Protection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Audit.Tests.Queries;

/// <summary>What <c>GET /me/clients</c> shows, over every store.</summary>
public abstract class MyClientsSuite
{
    private static readonly CallerIdentity Alice = new()
    {
        PersonId = "p-alice",
        UserId = "alice",
        Subject = "alice-sub",
        Issuer = "https://demo",
        IssuerName = "demo",
        Tenant = "mercy",
        Kind = IdentityKind.Person,
        ClientId = "client-7",
        SessionId = "s",
    };

    private long _sequence;

    [Fact]
    public async Task Each_app_stands_with_what_it_did_and_nobody_elses()
    {
        await using var opened = await OpenAsync();
        await AddAsync(
            opened.Store,
            Model("chatgpt", -3, 10, 4) with { Caller = Caller("chatgpt", name: "ChatGPT") },
            Model("chatgpt", -1, 5, 1) with { Caller = Caller("chatgpt", name: "ChatGPT") },
            Model("chatgpt", -1, 5, 1) with { Type = EventTypes.Decision, Outcome = null, Usage = null },
            Samples.Refusal("r1") with { Caller = Caller("claude"), Time = Samples.Noon.AddHours(-2), Model = "medical" },
            Samples.ToolCall("r2") with { Caller = Caller("claude") },
            Samples.Event("other", user: "nora") with { Caller = Caller("claude", "p-nora") },
            Samples.Event("elsewhere", "acme") with { Caller = Caller("claude") },
            Samples.Event("none") with { Caller = Caller(null) });
        var (status, body) = await GetAsync(opened.Store);
        status.ShouldBe(200);
        var clients = body["clients"]!.AsArray();
        ((bool)body["complete"]!, clients.Select(c => (string)c!["client_id"]!)).ShouldSatisfyAllConditions(r => r.Item1.ShouldBeTrue(), r => r.Item2.ShouldBe(["claude", "chatgpt"]));
        clients[1]!.ToJsonString().ShouldBe(
            """{"client_id":"chatgpt","client_name":"ChatGPT","first_used":"2026-03-04T09:00:00Z","last_used":"2026-03-04T11:00:00Z","calls":2,"refusals":0,"models":["gpt"],"tools":[],"backends":[],"""
            + "\"input_tokens\":15,\"output_tokens\":5,\"cost_micros\":20,\"cut_off\":null}");
        ((long)clients[0]!["calls"]!, (long)clients[0]!["refusals"]!, clients[0]!["models"]!.AsArray().Count, (string)clients[0]!["tools"]![0]!).ShouldBe((1, 1, 0, "calendar/calendar.list"));
    }

    [Fact]
    public async Task An_app_that_is_cut_off_says_until_when_by_whom_and_why()
    {
        await using var opened = await OpenAsync();
        await AddAsync(
            opened.Store,
            Samples.Event("r1") with { Caller = Caller("chatgpt") },
            Act("m1", new StandingSubject { Tenant = "mercy", PersonId = "p-alice", ClientId = "chatgpt" }, by: "p-alice", reason: "phone lost"),
            Act("m2", new StandingSubject { Tenant = "mercy", ClientId = "spy" }, by: "p-admin", reason: "it spies"),
            Act("m3", new StandingSubject { Tenant = "mercy", PersonId = "p-nora", ClientId = "hers" }, by: "p-nora"),
            Act("m4", new StandingSubject { Tenant = "mercy", ClientId = "noras" }, by: "p-admin", user: "nora"),
            Act("m5", new StandingSubject { Tenant = "mercy", ClientId = "alices" }, by: "p-admin", user: "alice"),
            Act("m6", new StandingSubject { Tenant = "mercy", ClientId = "over" }, by: "p-admin", until: Samples.Noon),
            Act("m7", new StandingSubject { Tenant = "mercy", ClientId = "ended" }, by: "p-admin"),
            Act("m7", new StandingSubject { Tenant = "mercy", ClientId = "ended" }, by: "p-admin", operation: "standing.unblock"),
            Act("m8", new StandingSubject { Tenant = "mercy", ClientId = "tool", Tool = "calendar" }, by: "p-admin"));
        var (_, body) = await GetAsync(opened.Store);
        var cut = body["clients"]!.AsArray().Where(c => c!["cut_off"] is not null).ToDictionary(c => (string)c!["client_id"]!, c => c!["cut_off"]!.ToJsonString(), StringComparer.Ordinal);
        cut.Keys.ShouldBe(["chatgpt", "spy", "alices"], ignoreOrder: true);
        cut["chatgpt"].ShouldBe("""{"until":"2026-03-05T12:00:00Z","by":"you","reason":"phone lost"}""");
        cut["spy"].ShouldBe("""{"until":"2026-03-05T12:00:00Z","by":"administrator","reason":"it spies"}""");
    }

    [Theory]
    [InlineData("?days=0")]
    [InlineData("?days=367")]
    [InlineData("?days=-1")]
    [InlineData("?days=1&days=2")]
    [InlineData("?days=1e1")]
    [InlineData("?limit=201")]
    [InlineData("?person_id=p-nora")]
    [InlineData("?days=")]
    public async Task A_bad_parameter_is_a_400(string query)
    {
        await using var opened = await OpenAsync();
        var (status, body) = await GetAsync(opened.Store, query);
        (status, (string)body["code"]!).ShouldBe((400, "invalid_request"));
    }

    [Fact]
    public async Task What_is_older_or_too_much_is_left_out_and_said_to_be()
    {
        await using var opened = await OpenAsync();
        await AddAsync(opened.Store, [.. Enumerable.Range(0, 30).Select(i => Samples.Event("r" + i) with { Caller = Caller("c" + i), Time = Samples.Noon.AddDays(-i) })]);
        var (_, week) = await GetAsync(opened.Store, "?days=7");
        (week["clients"]!.AsArray().Count, (bool)week["complete"]!, (string)week["since"]!).ShouldBe((8, true, "2026-02-25T12:00:00Z"));
        var (_, two) = await GetAsync(opened.Store, "?limit=2");
        (two["clients"]!.AsArray().Select(c => (string)c!["client_id"]!).ToArray(), (bool)two["complete"]!).ShouldSatisfyAllConditions(r => r.Item1.ShouldBe(["c0", "c1"]), r => r.Item2.ShouldBeFalse());
    }

    internal abstract Task<OpenedStore> OpenAsync();

    private static async Task<(int Status, JsonNode Body)> GetAsync(IAuditStore store, string query = "")
    {
        using var keys = new EventKeys(new TestKeys());
        await keys.RefreshAsync(TestContext.Current.CancellationToken);
        var context = new DefaultHttpContext { User = new GatewayPrincipal(Alice, null) };
        context.Request.QueryString = new QueryString(query);
        using var body = new MemoryStream();
        context.Response.Body = body;
        await new MyClientsHandler(store, keys, null, new FakeTimeProvider(Samples.Noon), NullLogger<MyClientsHandler>.Instance).HandleAsync(context);
        await context.Response.BodyWriter.FlushAsync(TestContext.Current.CancellationToken);
        return (context.Response.StatusCode, JsonNode.Parse(body.ToArray())!);
    }

    private static EventCaller Caller(string? client, string person = "p-alice", string? name = null) => new() { PersonId = person, Issuer = "demo", Kind = "person", ClientId = client, ClientName = name };

    private static GatewayEvent Model(string client, int hours, long input, long output) => Samples.Event("r") with
    {
        Time = Samples.Noon.AddHours(hours),
        Caller = Caller(client),
        Backend = null,
        Action = "model.call",
        Model = "gpt",
        Usage = new UsageRecord { InputTokens = input, OutputTokens = output, TotalCostMicros = input + output, LatencyMicros = 1 },
    };

    private static GatewayEvent Act(string measure, StandingSubject subject, string by, string reason = "why", string operation = "standing.block", DateTimeOffset? until = null, string? user = null) => new()
    {
        Type = EventTypes.Administration,
        Time = Samples.Noon.AddHours(-1),
        Tenant = "mercy",
        RequestId = "a",
        Caller = Caller("desk", by),
        Personal = new EventPersonal { UserId = by, Subject = by },
        Resources = user is null ? [] : [new() { Type = "user", Id = user }],
        Administration = new EventAdministration
        {
            Operation = operation,
            Reason = reason,
            Succeeded = true,
            Standing = new EventStanding { Measure = measure, Subject = subject, Until = until ?? Samples.Noon.AddDays(1) },
        },
    };

    private static AuditEntry Entry(GatewayEvent e, long sequence, EventKeys keys) => new()
    {
        Epoch = 1,
        Sequence = sequence,
        Event = e,
        Time = AuditTimes.Micros(e.Time),
        Bytes = [.. EventWriter.Write(e, new EventPosition { Producer = "p", Epoch = 1, Sequence = sequence }, keys.Current)],
    };

    private async Task AddAsync(IAuditStore store, params GatewayEvent[] events)
    {
        using var keys = new EventKeys(new TestKeys());
        await keys.RefreshAsync(TestContext.Current.CancellationToken);
        _ = await store.AppendAsync(StoreSamples.Batch([.. events.Select(e => Entry(e, ++_sequence, keys))]), TestContext.Current.CancellationToken);
    }
}
