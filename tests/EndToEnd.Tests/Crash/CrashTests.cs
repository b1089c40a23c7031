using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Suite;

namespace GatewayStack.EndToEnd.Tests.Crash;

/// <summary>
/// A gateway that is killed (SIGKILL) loses no record: who has seen a whole answer has a record and a charge, and what was under way is
/// found interrupted. Five times each; <c>GATEWAYSTACK_CAMPAIGN</c> sets another number.
/// </summary>
public sealed class CrashTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private GatewayProcess _gateway = null!;
    private GatewayClient _front = null!;
    private DemoPeople _people = null!;

    private static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("GATEWAYSTACK_CAMPAIGN"), out var rounds) ? rounds : 5;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AuditReader Audit => new(_front);

    public async ValueTask InitializeAsync()
    {
        // A campaign stays below the limits of a minute and a day.
        var limits = _folder.Write("limits.json", """
            { "apiVersion": "gateway.limits/v1", "limits": [
              { "name": "requests_per_minute", "per": "user", "metric": "requests", "window": "minute", "limit": 100000 },
              { "name": "tokens_per_day", "per": "user", "metric": "tokens", "window": "day", "limit": 100000000 } ] }
            """);
        _gateway = await GatewayProcess.StartAsync(GatewayLaunch.At(_folder.Path, ("Limits:File", limits)));
        _front = new GatewayClient(_gateway.Address);
        _people = new DemoPeople(_front);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _front.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Killed_after_an_answer_it_has_lost_neither_record_nor_charge()
    {
        var (token, audrey) = (await _people.TokenAsync("alice"), await _people.TokenAsync("audrey"));
        var answers = new List<Answer>();
        var keys = (await _front.GetAsync("/.well-known/jwks.json")).ShouldBeStatus(200).Body;
        for (var round = 0; round < Rounds; round++)
        {
            // Several at once, of which the last one has just been answered.
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 4).Select(i => _front.ChatAsync(token, "gpt-4-medical", $"round {round}, question {i}"))));
            await _gateway.KillAsync();
            await _gateway.StartAgainAsync();
        }

        (await _front.GetAsync("/.well-known/jwks.json")).Body.ShouldBe(keys);
        answers.ShouldAllBe(a => a.Status == 200);
        foreach (var answer in answers)
        {
            var records = await Audit.OfRequestAsync(audrey, answer.RequestId, 2);
            records.Select(r => r.Member("type")).ShouldBe(["decision", "outcome"]);
            records[1].Member("outcome").ShouldBe("completed");
            (records[1].Number("usage.input_tokens") + records[1].Number("usage.output_tokens")).ShouldBe(answer.TotalTokens);
        }

        (await _front.SettledAsync(token, "tokens_per_day")).Used.ShouldBe(answers.Sum(a => a.TotalTokens));
    }

    [Fact]
    public async Task Killed_in_mid_stream_it_finds_the_request_interrupted_and_charges_it()
    {
        var (token, audrey) = (await _people.TokenAsync("nora"), await _people.TokenAsync("audrey"));
        for (var round = 0; round < Rounds; round++)
        {
            var before = await _front.LimitAsync(token, "tokens_per_day");
            var requestId = await StreamUntilKilledAsync(token);
            await _gateway.StartAgainAsync();

            var records = await Audit.OfRequestAsync(audrey, requestId, 2);
            records.Select(r => r.Member("type")).ShouldBe(["decision", "outcome"]);
            records[1].Member("outcome").ShouldBe("interrupted");
            records.ShouldAllBe(r => r.Member("user_id") == "nora" && r.Member("model") == "gpt-4o-mini");

            // Held until the lease ends, then charged: at no time is it nothing.
            var hold = records[0].Number("limits.hold.tokens");
            hold.ShouldBeGreaterThan(0);
            var due = before.Used + before.Held + hold;
            var after = await Eventually.GetAsync(() => _front.LimitAsync(token, "tokens_per_day"), limit => limit.Used + limit.Held >= due);
            (after.Used + after.Held).ShouldBe(due);
        }
    }

    private static HttpRequestMessage Stream(string token, JsonObject behaviour)
    {
        var body = GatewayClient.Chat("gpt-4o-mini", "tell me a long story");
        body["stream"] = true;
        body["x_demo"] = behaviour;
        return GatewayClient.ChatRequest(token, body.ToJsonString());
    }

    /// <summary>The id of a request whose stream had begun when the gateway was killed.</summary>
    private async Task<string> StreamUntilKilledAsync(string token)
    {
        using var response = await _front.OpenAsync(Stream(token, new JsonObject { ["stall_after"] = 3 }));
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Cancel));
        JsonElement.Parse((await reader.ReadLineAsync(Cancel))!["data: ".Length..]).GetProperty("object").GetString().ShouldBe("chat.completion.chunk");
        await _gateway.KillAsync();
        return response.Headers.GetValues("x-request-id").Single();
    }
}
