using System.Text.Json;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Settings;
using GatewayStack.Limits.Documents;
using GatewayStack.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GatewayStack.Limits.Tests.Redis;

/// <summary>The module in a host, with its counters in Redis.</summary>
public sealed class RedisHostTests
{
    private static readonly Contracts.Identity.CallerIdentity Alice = LimitsFixture.Caller("alice");

    [Fact]
    public async Task A_store_that_goes_and_comes_back_empty_is_told_and_filled_again_without_anybodys_help()
    {
        await using var own = await OwnRedis.StartNewAsync();
        await using var host = await TestHost.StartAsync(BuiltInDocuments.Limits(), Settings(own.Connection), realTime: true);
        var module = host.Services.GetRequiredService<ILimitsModule>();
        (await module.ReserveAsync(LimitsFixture.Request("r", Alice), CancellationToken.None)).Permits.ShouldBeTrue();
        (await module.SettleAsync(Settlement("r"), CancellationToken.None)).Status.ShouldBe(SettlementStatus.Settled);
        (await HealthAsync(host)).ShouldBe(HealthStatus.Healthy);
        var answer = JsonElement.Parse((await host.CallAsync("admin.limits", Alice)).Body);
        (answer.GetProperty("counter_store").GetString(), answer.GetProperty("counters").GetInt32()).ShouldBe(("redis", 3));

        await own.KillAsync();
        foreach (var call in (Func<Task>[])
        [
            () => module.ReserveAsync(LimitsFixture.Request("s", Alice), CancellationToken.None),
            () => module.SettleAsync(Settlement("s"), CancellationToken.None),
            () => module.GetReportAsync(new LimitsReportRequest { Identity = Alice }, CancellationToken.None),
        ])
        {
            var away = await Should.ThrowAsync<ModuleCallException>(call);
            (away.Module, away.Fault).ShouldBe(("limits", ModuleFault.NeverReached));
        }

        (await HealthAsync(host)).ShouldBe(HealthStatus.Unhealthy);
        (await host.CallAsync("me.limits", Alice)).Status.ShouldBe(503);
        answer = JsonElement.Parse((await host.CallAsync("admin.limits", Alice)).Body);
        answer.GetProperty("counter_store_trouble").GetString().ShouldNotBeNullOrEmpty();
        answer.TryGetProperty("counters", out _).ShouldBeFalse();

        await own.StartAsync();
        await Eventually.Succeeds(async () => (await module.ReserveAsync(LimitsFixture.Request("t", Alice), CancellationToken.None)).Permits.ShouldBeTrue());
        await Eventually.Succeeds(async () => (await HealthAsync(host)).ShouldBe(HealthStatus.Healthy));
    }

    [Fact]
    public async Task A_store_that_cannot_be_used_stops_the_start()
    {
        await using var own = await OwnRedis.StartNewAsync("--maxmemory-policy", "allkeys-lfu");
        (await Should.ThrowAsync<StartRefusedException>(() => TestHost.StartAsync(BuiltInDocuments.Limits(), Settings(own.Connection), realTime: true)))
            .Message.ShouldContain("noeviction");
    }

    [Fact]
    public async Task Where_TLS_is_wanted_a_store_that_speaks_cleartext_stops_the_start()
    {
        await using var own = await OwnRedis.StartNewAsync();
        var settings = Settings($"{own.Connection},connectTimeout=500,connectRetry=1");
        settings["Service:Tls:Enabled"] = "true";
        (await Should.ThrowAsync<StartRefusedException>(() => TestHost.StartAsync(BuiltInDocuments.Limits(), settings, realTime: true))).Message.ShouldContain($"{own.Port}");
    }

    private static Dictionary<string, string?> Settings(string connection) => new() { ["ConnectionStrings:redis"] = connection, ["Limits:Redis:CommandTimeoutMilliseconds"] = "5000" };

    private static Settlement Settlement(string id) => new() { RequestId = id, Tenant = LimitsFixture.Tenant, PersonId = "alice", Attempts = [LimitsFixture.Attempt(10, 10, 5)] };

    private static async Task<HealthStatus> HealthAsync(TestHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(r => r.Name == "limits", CancellationToken.None)).Status;
}
