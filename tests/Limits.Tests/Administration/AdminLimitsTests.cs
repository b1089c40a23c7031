using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Settings;
using GatewayStack.Limits.Documents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GatewayStack.Limits.Tests.Administration;

public sealed class AdminLimitsTests
{
    private const string OneLimit = """{"apiVersion": "gateway.limits/v1", "limits": [{"name": "one", "per": "user", "metric": "requests", "window": "day", "limit": 1}]}""";

    [Fact]
    public async Task What_is_in_force_is_shown()
    {
        await using var host = await TestHost.StartAsync(BuiltInDocuments.Limits());
        var (status, _, body) = await host.CallAsync("admin.limits", LimitsFixture.Caller("root"));
        status.ShouldBe(200);
        var answer = JsonElement.Parse(body);
        answer.GetProperty("mode").GetString().ShouldBe("enforce");
        answer.GetProperty("limits").GetProperty("entries").GetInt32().ShouldBe(3);
        answer.GetProperty("limits").GetProperty("source").GetString().ShouldBe(host.LimitsFile);
        answer.GetProperty("prices").GetProperty("source").GetString().ShouldBe("built-in");
        answer.GetProperty("prices_as_of").GetString().ShouldBe("2026-08-21");
        answer.GetProperty("ledger").GetProperty("requests").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task A_reload_puts_a_good_document_in_force_and_is_on_record()
    {
        await using var host = await TestHost.StartAsync(BuiltInDocuments.Limits());
        await File.WriteAllTextAsync(host.LimitsFile, OneLimit, TestContext.Current.CancellationToken);
        var (status, _, body) = await host.CallAsync("admin.limits.reload", LimitsFixture.Caller("root"), """{"reason": "tighter for the night"}""");
        status.ShouldBe(200, body);
        var report = await host.Services.GetRequiredService<ILimitsModule>().GetReportAsync(new LimitsReportRequest { Identity = LimitsFixture.Caller("alice") }, CancellationToken.None);
        report.Limits.ShouldHaveSingleItem().Name.ShouldBe("one");
        var record = host.Events.Appended.ShouldHaveSingleItem();
        (record.Type, record.Tenant, record.RequestId, record.Caller!.PersonId, record.Status).ShouldBe((EventTypes.Administration, "mercy", "req-1", "root", 200));
        (record.Administration!.Operation, record.Administration.Reason, record.Administration.Succeeded).ShouldBe(("limits.reload", "tighter for the night", true));
        record.Administration.Before.ShouldNotBe(record.Administration.After);
    }

    [Fact]
    public async Task A_bad_document_changes_nothing_and_that_is_on_record_too()
    {
        await using var host = await TestHost.StartAsync(OneLimit);
        await File.WriteAllTextAsync(host.LimitsFile, """{"apiVersion": "gateway.limits/v1", "limits": [{"name": "one"}]}""", TestContext.Current.CancellationToken);
        var (status, _, body) = await host.CallAsync("admin.limits.reload", LimitsFixture.Caller("root"), """{"reason": "x"}""");
        status.ShouldBe(422);
        JsonElement.Parse(body).GetProperty("limits").GetProperty("errors").GetArrayLength().ShouldBe(4);
        var record = host.Events.Appended.ShouldHaveSingleItem();
        record.Administration!.Succeeded.ShouldBeFalse();
        record.Administration.Before.ShouldBe(record.Administration.After);
        (await host.CallAsync("admin.limits", LimitsFixture.Caller("root"))).Body.ShouldContain("/limits/0/per");
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("""{"reason": "  "}""", "application/json")]
    [InlineData("""{"reason": 5}""", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("[", "application/json")]
    [InlineData("""{"reason": "why"}""", "text/plain")]
    public async Task Without_a_reason_nothing_is_done(string? body, string type)
    {
        await using var host = await TestHost.StartAsync(OneLimit);
        var answer = await host.CallAsync("admin.limits.reload", LimitsFixture.Caller("root"), body, type);
        (answer.Status, answer.Type).ShouldBe((400, "application/problem+json"));
        host.Events.Appended.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(500, 200)]
    [InlineData(501, 400)]
    [InlineData(100_000, 400)]
    public async Task A_reason_has_at_most_500_characters(int length, int status)
    {
        await using var host = await TestHost.StartAsync(OneLimit);
        (await host.CallAsync("admin.limits.reload", LimitsFixture.Caller("root"), $$"""{"reason": "{{new string('x', length)}}"}""")).Status.ShouldBe(status);
    }

    [Fact]
    public async Task The_host_is_ready_once_it_has_started()
    {
        await using var host = await TestHost.StartAsync(OneLimit);
        host.Services.GetServices<ISettingsCheck>().SelectMany(c => c.Check()).ShouldBeEmpty();
        host.Services.GetServices<IEventSink>().ShouldHaveSingleItem().Name.ShouldBe("limits");
        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        health.Entries["limits"].Status.ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task An_ended_lease_is_charged_without_anybody_asking()
    {
        var alice = LimitsFixture.Caller("alice");
        await using var host = await TestHost.StartAsync(BuiltInDocuments.Limits());
        var module = host.Services.GetRequiredService<ILimitsModule>();
        await module.ReserveAsync(LimitsFixture.Request("r", alice, input: 300, output: 200), CancellationToken.None);
        host.Time.Advance(TimeSpan.FromMinutes(11));
        var state = (await module.GetReportAsync(new LimitsReportRequest { Identity = alice }, CancellationToken.None)).Limits.Single(l => l.Metric == "tokens");
        (state.Used, state.Held).ShouldBe((500, 0));
    }
}
