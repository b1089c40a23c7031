using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Suite;

namespace GatewayStack.EndToEnd.Tests.Crash;

/// <summary>
/// A gateway that is killed (SIGKILL) loses no record: who has seen a whole answer has a record and a charge, and what was under way is
/// found interrupted. Five times; <c>GATEWAYSTACK_CAMPAIGN</c> sets another number.
/// </summary>
[Collection(CrashingGateway.Name)]
public sealed class CrashTests(CrashGateway gateway)
{
    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("GATEWAYSTACK_CAMPAIGN"), out var rounds) ? rounds : 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private GatewayClient Front => gateway.Front;

    [Fact]
    public async Task Killed_it_has_lost_neither_record_nor_charge_and_finds_what_was_under_way_interrupted()
    {
        var (alice, nora, audrey) = (await gateway.People.TokenAsync("alice"), await gateway.People.TokenAsync("nora"), await gateway.People.TokenAsync("audrey"));
        var answers = new List<Answer>();
        var keys = (await Front.GetAsync("/.well-known/jwks.json")).ShouldBeStatus(200).Body;
        await Front.SettledAsync(nora, "tokens_per_day");
        for (var round = 0; round < Rounds; round++)
        {
            var before = await Front.LimitAsync(nora, "tokens_per_day");
            var underWay = await KilledInMidStreamAsync(nora, async () =>
            {
                // Several at once, of which the last one has just been answered.
                answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Front.ChatAsync(alice, "gpt-4-medical", $"round {round}, question {i}"))));
            });
            await gateway.Process.StartAgainAsync();
            await BeInterruptedAsync(underWay, nora, audrey, before);
        }

        (await Front.GetAsync("/.well-known/jwks.json")).Body.ShouldBe(keys);
        answers.ShouldAllBe(a => a.Status == 200);
        foreach (var answer in answers)
        {
            var records = await gateway.Audit.OfRequestAsync(audrey, answer.RequestId, 2);
            records.Select(r => r.Member("type")).ShouldBe(["decision", "outcome"]);
            records[1].Member("outcome").ShouldBe("completed");
            (records[1].Number("usage.input_tokens") + records[1].Number("usage.output_tokens")).ShouldBe(answer.TotalTokens);
        }

        (await Front.SettledAsync(alice, "tokens_per_day")).Used.ShouldBe(answers.Sum(a => a.TotalTokens));
    }

    private async Task BeInterruptedAsync(string requestId, string nora, string audrey, Limit before)
    {
        var records = await gateway.Audit.OfRequestAsync(audrey, requestId, 2);
        records.Select(r => r.Member("type")).ShouldBe(["decision", "outcome"]);
        records[1].Member("outcome").ShouldBe("interrupted");
        records.ShouldAllBe(r => r.Member("user_id") == "nora" && r.Member("model") == "gpt-4o-mini");

        // Held until the lease ends, then charged: at no time is it nothing.
        var hold = records[0].Number("limits.hold.tokens");
        hold.ShouldBeGreaterThan(0);
        var due = before.Used + before.Held + hold;
        var after = await Eventually.GetAsync(() => Front.LimitAsync(nora, "tokens_per_day"), limit => limit.Used + limit.Held >= due);
        (after.Used + after.Held).ShouldBe(due);
    }

    private static HttpRequestMessage Stream(string token, JsonObject behaviour)
    {
        var body = GatewayClient.Chat("gpt-4o-mini", "tell me a long story");
        body["stream"] = true;
        body["x_demo"] = behaviour;
        return GatewayClient.ChatRequest(token, body.ToJsonString());
    }

    /// <summary>The id of a request whose stream had begun when the gateway was killed.</summary>
    private async Task<string> KilledInMidStreamAsync(string token, Func<Task> meanwhile)
    {
        using var response = await Front.OpenAsync(Stream(token, new JsonObject { ["stall_after"] = 3 }));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
        JsonElement.Parse((await reader.ReadLineAsync(Cancel))!["data: ".Length..]).GetProperty("object").GetString().ShouldBe("chat.completion.chunk");
        await meanwhile();
        await gateway.Process.KillAsync();
        return response.Headers.GetValues("x-request-id").Single();
    }
}
