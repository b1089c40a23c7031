using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>A provider that answers garbage, errors, nothing or half: a clear error, and a record.</summary>
public abstract class ProviderFailureSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    [Theory]
    [InlineData("""{"garbage":true}""", 502)]
    [InlineData("""{"status":500}""", 502)]
    [InlineData("""{"status":503}""", 502)]
    [InlineData("""{"status":401}""", 502)]
    [InlineData("""{"status":429,"retry_after":"7"}""", 429)]
    [InlineData("""{"break_after":0}""", 502)]
    [InlineData("""{"break_after":40}""", 502)]
    public async Task It_is_a_clear_error_in_the_shape_of_OpenAI_and_on_record(string behaviour, int status)
    {
        var answer = (await FailAsync(Token(Caller.New()), behaviour)).ShouldBeStatus(status);
        answer.ErrorCode.ShouldNotBeNullOrEmpty();
        answer.Body.ShouldNotContain("   at ");
        answer.Body.ShouldNotContain("<html>");
        answer.Body.ShouldNotContain("demo-cloud-key");
        var records = await Audit.OfRequestAsync(AuditorToken(), answer.RequestId, 2);
        records.Select(r => r.Member("type")).ShouldBe(["decision", "outcome"]);
        records[1].Member("outcome").ShouldBe("failed");
        records[1].Number("status").ShouldBe(status);
    }

    [Fact]
    public async Task A_429_of_the_provider_says_when_to_come_back() =>
        (await FailAsync(Token(Caller.New()), """{"status":429,"retry_after":"7"}""")).ShouldBeStatus(429).Headers["retry-after"].ShouldBe("7");

    [Fact]
    public async Task An_error_about_the_request_is_the_providers_own()
    {
        var answer = (await FailAsync(Token(Caller.New()), """{"status":422}""")).ShouldBeStatus(422);
        answer.Json.GetProperty("error").GetProperty("message").GetString().ShouldBe("The simulated provider fails as it was asked to.");
    }

    [Fact]
    public async Task Nothing_stays_held_after_an_error()
    {
        var token = Token(Caller.New());
        (await FailAsync(token, """{"status":500}""")).ShouldBeStatus(502);
        (await Front.SettledAsync(token, "tokens_per_day")).Held.ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"status":500}""")]
    [InlineData("""{"status":429}""")]
    public async Task The_next_target_of_an_alias_is_tried(string behaviour)
    {
        // Both targets of smart-model fail as asked: the record shows that both were tried.
        var answer = await Front.ChatAsync(await TokenAsync("frank"), "smart-model", "hello", body => body["x_demo"] = JsonNode.Parse(behaviour));
        answer.Status.ShouldBeOneOf(429, 502);
        var marker = Marker();
        await Front.ChatAsync(await TokenAsync("frank"), "smart-model", marker, body => body["x_demo"] = JsonNode.Parse(behaviour));
        (await ReceivedAsync("cloud", marker)).Count.ShouldBe(1);
        (await ReceivedAsync("onprem", marker)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_client_that_waits_for_a_provider_that_stalls_can_go_away()
    {
        var caller = Caller.New();
        using var gone = new CancellationTokenSource();
        using var http = new HttpClient { BaseAddress = Gateway.Address };
        using var request = GatewayClient.ChatRequest(Token(caller), Body("""{"stall_after":5}"""));
        var waiting = http.SendAsync(request, gone.Token);
        await Eventually.GetAsync(() => Audit.QueryAsync(AuditorToken(), $"user={caller.Subject}&type=decision"), found => found.Count > 0);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        var outcome = await Eventually.GetAsync(() => Audit.QueryAsync(AuditorToken(), $"user={caller.Subject}&type=outcome"), found => found.Count > 0);
        outcome.ShouldHaveSingleItem().Member("outcome").ShouldBe("cancelled");
    }

    private static string Body(string behaviour)
    {
        var body = GatewayClient.Chat("gpt-4o-mini", "hello");
        body["x_demo"] = JsonNode.Parse(behaviour);
        return body.ToJsonString();
    }

    private Task<Answer> FailAsync(string token, string behaviour) => Front.ChatAsync(token, Body(behaviour));
}
