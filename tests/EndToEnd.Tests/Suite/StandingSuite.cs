using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>Cut off now: what is under way ends with the reason, the next call is refused, everybody else goes on, and it is undone as fast.</summary>
public abstract class StandingSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    [Fact]
    public async Task Nora_is_streaming_and_is_blocked_and_alice_goes_on()
    {
        var (nora, alice) = (await TokenAsync("nora"), await TokenAsync("alice"));
        using var hers = await Front.OpenAsync(GatewayClient.ChatRequest(nora, Stream("hello", stallAfter: 3)));
        using var reader = new StreamReader(await hers.Content.ReadAsStreamAsync(Cancel));
        (await reader.ReadLineAsync(Cancel)).ShouldNotBeNull().ShouldStartWith("data: {");
        using var other = await Front.OpenAsync(GatewayClient.ChatRequest(alice, Stream("hello", delay: 100)));

        var measure = await BlockAsync(Administrator("admin:standing admin:identity"), new JsonObject { ["tenant"] = "mercy", ["user"] = "nora" }, "phone lost");
        try
        {
            var rest = await reader.ReadToEndAsync(Cancel);
            rest.ShouldContain("\"code\":\"access_blocked\"");
            rest.ShouldContain("Reason: phone lost.");
            rest.ShouldNotContain("[DONE]");
            var refused = (await Front.ChatAsync(nora, "gpt-4o-mini", "hello")).ShouldBeStatus(403);
            (refused.ErrorCode, refused.Headers["x-should-retry"]).ShouldBe(("access_blocked", "false"));
            (await other.Content.ReadAsStringAsync(Cancel)).TrimEnd().ShouldEndWith("[DONE]");
        }
        finally
        {
            await UnblockAsync(Administrator("admin:standing admin:identity"), measure);
        }

        (await LetInAsync(nora)).ShouldBeStatus(200);
    }

    [Fact]
    public async Task The_record_has_the_act_the_end_and_the_refusal_with_the_measure()
    {
        var caller = Caller.New();
        var token = Token(caller);
        using var running = await Front.OpenAsync(GatewayClient.ChatRequest(token, Stream("hello", stallAfter: 3)));
        var requestId = running.Headers.GetValues("x-request-id").Single();
        var measure = await BlockAsync(Administrator(), Person(caller), "left the house");
        (await running.Content.ReadAsStringAsync(Cancel)).ShouldContain("access_blocked");
        var refused = (await Front.ChatAsync(token, "gpt-4o-mini", "hello")).ShouldBeStatus(403);

        var records = await Audit.OfRequestAsync(AuditorToken(), requestId, 2);
        (records[^1].Member("outcome"), records[^1].Member("reason")).ShouldBe(("refused", "access_blocked"));
        records[^1].GetProperty("decision").GetRawText().ShouldContain("standing:" + measure);
        var refusal = (await Audit.OfRequestAsync(AuditorToken(), refused.RequestId, 1))[0];
        (refusal.Member("type"), refusal.Member("reason")).ShouldBe(("refusal", "access_blocked"));
        refusal.GetProperty("decision").GetRawText().ShouldContain("standing:" + measure);
        var acts = await Eventually.GetAsync(() => Audit.QueryAsync(AuditorToken(), "type=administration"), found => found.Any(r => r.GetRawText().Contains(measure, StringComparison.Ordinal)));
        acts.First(r => r.GetRawText().Contains(measure, StringComparison.Ordinal)).Member("administration.operation").ShouldBe("standing.block");
        await UnblockAsync(Administrator(), measure);
        (await LetInAsync(token)).ShouldBeStatus(200);
        (await Eventually.GetAsync(() => Front.LimitAsync(token, "tokens_per_day"), l => l.Held == 0)).Used.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task One_app_is_cut_off_by_its_person_and_the_others_go_on()
    {
        var person = Caller.New("chat:write clients:manage");
        var (chatgpt, claude) = (Token(person with { Client = "chatgpt" }), Token(person with { Client = "claude" }));
        foreach (var app in new[] { chatgpt, claude })
        {
            (await Front.ChatAsync(app, "gpt-4o-mini", "hello")).ShouldBeStatus(200);
        }

        var before = await Eventually.GetAsync(() => ClientsAsync(claude), all => all.Count == 2);
        before.Select(c => (c.GetProperty("client_id").GetString(), c.GetProperty("calls").GetInt64() > 0, c.GetProperty("cut_off").ValueKind))
            .ShouldBe([("chatgpt", true, JsonValueKind.Null), ("claude", true, JsonValueKind.Null)], ignoreOrder: true);
        (await Front.SendAsync(GatewayClient.Request(HttpMethod.Delete, "/me/clients?client_id=chatgpt", claude))).Status.ShouldBeInRange(200, 204);
        var refused = await Eventually.GetAsync(() => Front.ChatAsync(chatgpt, "gpt-4o-mini", "hello"), a => a.Status == 403);
        refused.ErrorCode.ShouldBe("access_blocked");
        (await Front.ChatAsync(claude, "gpt-4o-mini", "hello")).ShouldBeStatus(200);
        var shown = await Eventually.GetAsync(() => ClientsAsync(claude), all => all.Any(c => c.GetProperty("cut_off").ValueKind == JsonValueKind.Object));
        var cut = shown.Single(c => c.GetProperty("cut_off").ValueKind == JsonValueKind.Object);
        (cut.GetProperty("client_id").GetString(), cut.GetProperty("cut_off").GetProperty("by").GetString()).ShouldBe(("chatgpt", "you"));
        (await Front.SendAsync(GatewayClient.Request(HttpMethod.Put, "/me/clients?client_id=chatgpt", claude))).Status.ShouldBeInRange(200, 204);
        (await LetInAsync(chatgpt)).ShouldBeStatus(200);
    }

    /// <summary>
    /// Blocks people one after the other while others call. As often and with as many streams as <c>GATEWAYSTACK_CAMPAIGN</c> says; prints how long it took from the act
    /// until the next call was refused and until streams had ended, and appends that to the file that <c>GATEWAYSTACK_FAULTS</c> names.
    /// </summary>
    [Fact]
    public async Task Under_load_a_block_ends_all_of_a_persons_streams_and_nobody_elses_calls()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("GATEWAYSTACK_CAMPAIGN"), out var asked) ? asked : 2;
        var figures = new StandingFigures(Front, streams: rounds < 10 ? 5 : 50, callsPerSecond: rounds < 10 ? 20 : 200);
        await figures.RunAsync(rounds, () => Token(Caller.New()), async (token, subject) => await BlockAsync(Administrator(), subject, "for the figures"), NewPerson);
        var line = figures.ToString(GetType().Name.Replace("StandingTests", string.Empty, StringComparison.Ordinal));
        Console.WriteLine(line);
        Console.WriteLine(figures.InOrder);
        if (Environment.GetEnvironmentVariable("GATEWAYSTACK_FAULTS") is { Length: > 0 } file)
        {
            await File.AppendAllTextAsync(file, line + Environment.NewLine, Cancel);
        }
    }

    private (string Token, JsonObject Subject) NewPerson()
    {
        var caller = Caller.New();
        return (Token(caller), Person(caller));
    }

    private static JsonObject Person(Caller caller) => new() { ["tenant"] = caller.Tenant, ["user"] = caller.Subject };

    private static string Stream(string text, int? stallAfter = null, int? delay = null)
    {
        var body = GatewayClient.Chat("gpt-4o-mini", text);
        body["stream"] = true;
        body["x_demo"] = stallAfter is { } stall ? new JsonObject { ["stall_after"] = stall } : new JsonObject { ["chunk_delay_ms"] = delay };
        return body.ToJsonString();
    }

    /// <summary>Of the tests' own tenant; with <c>admin:identity</c> of every tenant.</summary>
    private string Administrator(string scopes = "admin:standing") => Token(new Caller("administrator") { Scopes = scopes });

    private async Task<string> BlockAsync(string administrator, JsonObject subject, string reason)
    {
        var body = new JsonObject { ["effect"] = "block", ["subject"] = subject, ["reason"] = reason, ["minutes"] = 10 };
        return (await Gateway.Administration.PostAsync("/admin/identity/standings", administrator, body.ToJsonString())).ShouldBeStatus(201).Json.GetProperty("id").GetString()!;
    }

    private async Task UnblockAsync(string administrator, string measure) =>
        (await Gateway.Administration.SendAsync(GatewayClient.Request(HttpMethod.Delete, "/admin/identity/standings/" + measure, administrator, GatewayClient.Json("""{"reason":"found again"}""")))).ShouldBeStatus(200);

    private Task<Answer> LetInAsync(string token) => Eventually.GetAsync(() => Front.ChatAsync(token, "gpt-4o-mini", "hello"), answer => answer.Status == 200);

    private async Task<List<JsonElement>> ClientsAsync(string token) => [.. (await Front.GetAsync("/me/clients", token)).ShouldBeStatus(200).Json.GetProperty("clients").EnumerateArray()];
}
