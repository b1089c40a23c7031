using System.Text.Json;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Documents;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Limits.Tests.Reports;

public sealed class MyLimitsTests
{
    [Fact]
    public async Task A_caller_sees_their_own_limits_and_nobody_elses_use()
    {
        var alice = LimitsFixture.Caller("alice");
        await using var host = await TestHost.StartAsync(BuiltInDocuments.Limits());
        var module = host.Services.GetRequiredService<ILimitsModule>();
        await module.ReserveAsync(LimitsFixture.Request("r", alice, input: 1000, output: 1000, model: "gpt-4o"), CancellationToken.None);
        await module.ReserveAsync(LimitsFixture.Request("s", LimitsFixture.Caller("nora")), CancellationToken.None);
        await module.SettleAsync(
            new Settlement { RequestId = "r", Tenant = alice.Tenant, PersonId = "alice", Attempts = [LimitsFixture.Attempt(400, 100, 2000)] }, CancellationToken.None);
        await module.ReserveAsync(LimitsFixture.Request("t", alice, input: 10, output: 0, model: "gpt-4o"), CancellationToken.None);

        var (status, type, body) = await host.CallAsync("me.limits", alice);

        (status, type).ShouldBe((200, "application/json; charset=utf-8"));
        JsonElement.DeepEquals(JsonElement.Parse(body), JsonElement.Parse("""
            {"currency": "USD", "limits": [
              {"name": "requests_per_minute", "metric": "requests", "window": "minute", "limit": 60, "used": 2, "held": 0, "remaining": 58, "resets_at": "2026-11-25T12:01:00+00:00"},
              {"name": "tokens_per_day", "metric": "tokens", "window": "day", "limit": 500000, "used": 500, "held": 10, "remaining": 499490, "resets_at": "2026-11-26T00:00:00+00:00"},
              {"name": "cost_per_day", "metric": "cost", "window": "day", "limit": 5000000, "used": 2000, "held": 25, "remaining": 4997975,
               "limit_amount": "5.00", "used_amount": "0.002", "held_amount": "0.000025", "remaining_amount": "4.997975", "resets_at": "2026-11-26T00:00:00+00:00"}]}
            """)).ShouldBeTrue(body);
    }
}
