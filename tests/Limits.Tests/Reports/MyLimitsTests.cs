using System.Text.Json;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Reports;
using Microsoft.AspNetCore.Http;
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

    [Theory]
    [InlineData(ModuleFault.Broken, 1, 200, 2)]
    [InlineData(ModuleFault.NeverReached, 1, 200, 2)]
    [InlineData(ModuleFault.Broken, 2, 503, 2)]
    [InlineData(ModuleFault.Wiring, 1, 503, 1)]
    public async Task An_instance_that_goes_is_not_noticed_by_who_reads(ModuleFault fault, int times, int status, int asked)
    {
        var module = new Failing(fault, times);
        var context = new DefaultHttpContext
        {
            RequestServices = new ServiceCollection().AddLogging().BuildServiceProvider(),
            User = new GatewayPrincipal(LimitsFixture.Caller("alice")),
            Response = { Body = new MemoryStream() },
        };
        await new MyLimits(module).HandleAsync(context);
        (context.Response.StatusCode, module.Asked).ShouldBe((status, asked));
    }

    private sealed class Failing(ModuleFault fault, int times) : ILimitsModule
    {
        public int Asked { get; private set; }

        public Task<LimitsReport> GetReportAsync(LimitsReportRequest request, CancellationToken cancellationToken) =>
            ++Asked <= times ? throw new ModuleCallException("limits", fault) : Task.FromResult(new LimitsReport { Currency = "USD", Limits = [] });

        public Task<LimitsDecision> ReserveAsync(ReservationRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<SettlementResult> SettleAsync(Settlement settlement, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
