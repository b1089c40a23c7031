using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>How much somebody may use: held before, charged after, once; and what they are told.</summary>
public abstract class LimitsSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    [Fact]
    public async Task Everybody_sees_their_own_limits_and_what_is_left()
    {
        var token = Token(Caller.New());
        var answer = (await Front.ChatAsync(token, "gpt-4o-mini", "hello")).ShouldBeStatus(200);
        var tokens = await Front.SettledAsync(token, "tokens_per_day");
        tokens.Used.ShouldBe(answer.TotalTokens);
        tokens.Remaining.ShouldBe(tokens.Most - tokens.Used);

        var limits = (await Front.GetAsync("/me/limits", token)).Json.GetProperty("limits").EnumerateArray().ToList();
        limits.Select(l => l.Member("name")).ShouldBe(["requests_per_minute", "tokens_per_day", "cost_per_day"], ignoreOrder: true);
        limits.ShouldAllBe(l => DateTimeOffset.Parse(l.Member("resets_at")!) > TimeProvider.System.GetUtcNow());
        limits.ShouldAllBe(l => l.Number("limit") == Math.Truncate((double)l.Number("limit")));
    }

    [Fact]
    public async Task Nobody_sees_limits_without_a_token() => (await Front.GetAsync("/me/limits")).ShouldBeStatus(401);

    [Fact]
    public async Task Too_many_requests_get_429_with_the_limits_name_and_when_to_come_back()
    {
        var token = Token(Caller.New() with { Plan = "trial" });
        var answers = new List<Answer>();
        // A minute may end in between; two windows full and one more cannot all be let through.
        for (var i = 0; i <= 2 * SuiteSettings.TrialRequests && answers.LastOrDefault()?.Status != 429; i++)
        {
            answers.Add(await Front.ChatAsync(token, "gpt-4o-mini", "hello"));
        }

        answers[..^1].ShouldAllBe(a => a.Status == 200);
        answers.Count.ShouldBeGreaterThan(SuiteSettings.TrialRequests);
        var refused = answers[^1].ShouldBeStatus(429);
        int.Parse(refused.Headers["retry-after"]).ShouldBeInRange(1, 60);
        var message = refused.Json.GetProperty("error").GetProperty("message").GetString()!;
        message.ShouldContain("trial_requests_per_minute");
        message.ShouldContain("resets at");
        var state = await Front.LimitAsync(token, "trial_requests_per_minute");
        // Unless the minute ended since: then it is the next one's.
        (state.Remaining == 0 || !message.Contains($"resets at {state.ResetsAt:yyyy-MM-dd'T'HH:mm:ss'Z'}", StringComparison.Ordinal)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_request_that_could_overspend_is_refused_before_it_goes_out()
    {
        var marker = Marker();
        var token = Token(Caller.New() with { Plan = "small" });
        var refused = (await Front.ChatAsync(token, "gpt-4o-mini", marker, body => body["max_tokens"] = 1000)).ShouldBeStatus(429);
        refused.Json.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("small_tokens_per_day");
        refused.Headers["x-should-retry"].ShouldBe("false");
        (await ReceivedAsync("cloud", marker)).ShouldBeEmpty();
        var limit = await Front.LimitAsync(token, "small_tokens_per_day");
        (limit.Used, limit.Held).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Refused_requests_cost_nothing()
    {
        var token = Token(Caller.New());
        (await Front.ChatAsync(token, "gpt-4-medical", "hello")).ShouldBeStatus(403);
        (await Front.ChatAsync(token, "{")).ShouldBeStatus(400);
        var limit = await Front.LimitAsync(token, "tokens_per_day");
        (limit.Used, limit.Held).ShouldBe((0, 0));
    }

    [Fact]
    public async Task What_the_audit_says_was_used_is_what_was_charged()
    {
        var caller = Caller.New();
        var token = Token(caller);
        var requests = Enumerable.Range(0, 12).Select(i => i switch
        {
            < 6 => Front.ChatAsync(token, "gpt-4o-mini", $"question {i}"),
            < 9 => Front.ChatAsync(token, "smart-model", $"question {i}", body => body["stream"] = true),
            _ => Front.ChatAsync(token, "gpt-4o-mini", $"question {i}", body => body["x_demo"] = new JsonObject { ["status"] = 500 }),
        }).ToList();
        await Task.WhenAll(requests);

        var used = await Front.SettledAsync(token, "tokens_per_day");
        var cost = await Front.SettledAsync(token, "cost_per_day");
        var outcomes = await Eventually.GetAsync(
            () => Audit.QueryAsync(AuditorToken(), $"user={caller.Subject}&type=outcome"), found => found.Count >= requests.Count);
        outcomes.Count.ShouldBe(requests.Count);
        outcomes.Sum(o => o.Number("usage.input_tokens") + o.Number("usage.output_tokens")).ShouldBe(used.Used);
        outcomes.Sum(o => o.Number("usage.total_cost_micros")).ShouldBe(cost.Used);
    }

    [Fact]
    public async Task Many_at_once_never_overspend()
    {
        var token = Token(Caller.New() with { Plan = "small" });
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            Front.ChatAsync(token, "gpt-4o-mini", "a", body => body["max_tokens"] = 10)));
        answers.ShouldAllBe(a => a.Status == 200 || a.Status == 429);
        (await Front.SettledAsync(token, "small_tokens_per_day")).Used.ShouldBeLessThanOrEqualTo(100);
    }
}
