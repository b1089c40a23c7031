using System.Text;
using System.Text.Json;
using GatewayStack.Audit.Storage;
using GatewayStack.Audit.Tests.Storage;
using GatewayStack.Contracts.Audit;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Settings;
using GatewayStack.Events.Shipping;
using GatewayStack.TestServers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Audit.Tests;

/// <summary>Events and Audit as a host has them: appended, shipped, stored, read, over restarts.</summary>
public sealed class AuditModuleExtensionsTests : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("gateway-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task What_was_appended_can_be_read_at_once_and_stands_there_once_after_a_restart()
    {
        for (var run = 1; run <= 3; run++)
        {
            using var host = await StartAsync();
            host.Services.GetRequiredService<IEventLog>().Append(Samples.Event($"r{run}")).Appended.ShouldBeTrue();
            await host.Services.GetRequiredService<IEventShipping>().DrainAsync(Token);
            (await RequestsAsync(host)).ShouldBe(Enumerable.Range(1, run).Reverse().Select(i => $"r{i}"));
            await host.StopAsync(Token);
        }
    }

    [Fact]
    public async Task A_stop_ships_what_was_appended_last_and_an_open_decision_is_interrupted_at_the_next_start()
    {
        using (var host = await StartAsync())
        {
            host.Services.GetRequiredService<IEventLog>().Append(Samples.Event("open") with { Type = EventTypes.Decision, Outcome = null });
            await host.StopAsync(Token);
        }

        using var again = await StartAsync();
        await again.Services.GetRequiredService<IEventShipping>().DrainAsync(Token);
        var records = new List<JsonElement>();
        await foreach (var record in again.Services.GetRequiredService<IAuditModule>().QueryAsync(new AuditQuery { Tenant = "mercy", User = "alice" }, Token))
        {
            records.Add(JsonElement.Parse(record.Json.AsSpan()));
        }

        records.Select(r => r.GetProperty("type").GetString()).ShouldBe(["outcome", "decision"]);
        records[0].GetProperty("outcome").GetString().ShouldBe("interrupted");
        await again.StopAsync(Token);
    }

    [Fact]
    public async Task Administration_shows_rows_watermarks_and_health()
    {
        using var host = await StartAsync();
        host.Services.GetRequiredService<IEventLog>().Append(Samples.Event());
        await host.Services.GetRequiredService<IEventShipping>().DrainAsync(Token);

        var state = await AdministrationAsync(host);
        state.GetProperty("rows").GetInt64().ShouldBe(1);
        state.GetProperty("store").GetProperty("healthy").GetBoolean().ShouldBeTrue();
        state.GetProperty("watermarks")[0].GetProperty("seq").GetInt64().ShouldBe(1);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task With_a_connection_string_everything_stands_in_Postgres()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        (string, string)[] settings = [.. database.Settings("auditdb").Select(s => (s.Key, s.Value!))];
        for (var run = 1; run <= 2; run++)
        {
            using var host = Build(settings);
            await host.StartAsync(Token);
            host.Services.GetRequiredService<IEventLog>().Append(Samples.Event($"r{run}")).Appended.ShouldBeTrue();
            await host.Services.GetRequiredService<IEventShipping>().DrainAsync(Token);
            (await RequestsAsync(host)).ShouldBe(Enumerable.Range(1, run).Reverse().Select(i => $"r{i}"));

            var state = await AdministrationAsync(host);
            state.GetProperty("store").GetProperty("kind").GetString().ShouldBe("postgres");
            (state.GetProperty("rows").GetInt64(), state.GetProperty("last_index").GetInt64()).ShouldBe((run, run));
            state.GetProperty("partitions").EnumerateArray().Sum(p => p.GetProperty("rows").GetInt64()).ShouldBe(run);
            state.GetProperty("gaps").GetArrayLength().ShouldBe(0);
            (await host.Services.GetRequiredKeyedService<IEventOffsets>("audit").ClaimAsync("t", [0], Token)).ShouldHaveSingleItem().Claim.ShouldBe(run);
            await using (await host.Services.GetRequiredKeyedService<IConsumerLease>("audit").AcquireAsync(Token))
            {
            }

            await host.StopAsync(Token);
        }

        File.Exists(Path.Combine(_data, "audit", "audit.db")).ShouldBeFalse();
        await using var gone = await PostgresDatabase.CreateAsync();
        using var refused = Build(("ConnectionStrings:auditdb", gone.Runtime.Replace("Password=", "Password=wrong")));
        (await Should.ThrowAsync<StartRefusedException>(() => refused.StartAsync(Token))).Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_gap_is_shown_once_it_is_no_longer_on_its_way()
    {
        using var host = await StartAsync();
        var store = host.Services.GetRequiredService<IAuditStore>();
        var now = AuditTimes.Micros(TimeProvider.System.GetUtcNow());
        _ = await store.AppendAsync(StoreSamples.Batch([StoreSamples.Entry(1), StoreSamples.Entry(3)]) with { Time = now }, Token);
        _ = await store.AppendAsync(StoreSamples.Batch([StoreSamples.Entry(5, producer: "q")], "q") with { Time = now - 61_000_000, Feed = "usage" }, Token);
        var state = await AdministrationAsync(host);
        var gap = state.GetProperty("gaps").EnumerateArray().ShouldHaveSingleItem();
        (gap.GetProperty("producer").GetString(), gap.GetProperty("from").GetInt64(), gap.GetProperty("to").GetInt64()).ShouldBe(("q", 1, 4));
        state.GetProperty("watermarks")[1].GetProperty("feed").GetString().ShouldBe("usage");
        state.TryGetProperty("partitions", out _).ShouldBeFalse();
        await host.StopAsync(Token);
    }

    [Fact]
    public void Retention_is_a_number_of_days_and_needs_Postgres()
    {
        using var embedded = Build(("Audit:Retention:standard", "30"));
        embedded.Services.GetServices<ISettingsCheck>().SelectMany(c => c.Check()).Select(e => e.Key).ShouldBe(["Audit:Retention"]);
        using var wrong = Build(("Audit:Retention:standard", "0"), ("Audit:Retention:long", "ever"), ("Audit:Retention:short", "7"), ("ConnectionStrings:auditdb", "Host=h;Username=u;Database=d;Password=p"));
        wrong.Services.GetServices<ISettingsCheck>().SelectMany(c => c.Check()).Select(e => e.Key).ShouldBe(["Audit:Retention:long", "Audit:Retention:standard"]);
    }

    [Fact]
    public void Settings_that_are_wrong_are_all_named_at_once()
    {
        using var host = Build(("Audit:Mode", "sometimes"), ("Audit:Modes", "x"), ("Events:SegmentBytes", "1"), ("Events:MaxBytes", "0"), ("Events:FlushInterval", "1.00:00:00"), ("Events:X", "1"));
        var errors = host.Services.GetServices<ISettingsCheck>().SelectMany(c => c.Check()).Select(e => e.Key);
        errors.ShouldBe(["Events:X", "Events:SegmentBytes", "Events:MaxBytes", "Events:FlushInterval", "Audit:Modes", "Audit:Mode"], ignoreOrder: true);
        using var none = Build();
        none.Services.GetServices<ISettingsCheck>().SelectMany(c => c.Check()).ShouldBeEmpty();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<JsonElement> AdministrationAsync(IHost host)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await host.Services.GetRequiredKeyedService<RequestDelegate>("admin.audit")(context);
        await context.Response.CompleteAsync();
        return JsonElement.Parse(Encoding.UTF8.GetString(body.ToArray()));
    }

    private static async Task<List<string>> RequestsAsync(IHost host)
    {
        var requests = new List<string>();
        await foreach (var record in host.Services.GetRequiredService<IAuditModule>().QueryAsync(new AuditQuery { Tenant = "mercy" }, Token))
        {
            requests.Add(JsonElement.Parse(record.Json.AsSpan()).GetProperty("request_id").GetString()!);
        }

        return requests;
    }

    private async Task<IHost> StartAsync()
    {
        var host = Build();
        await host.StartAsync(Token);
        return host;
    }

    private IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)));
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("Data:Path", _data)]);
        builder.Services.AddLogging();
        builder.Services.AddSingleton<IDataKeys>(new TestKeys());
        builder.AddEvents();
        builder.AddAuditModule();
        builder.AddAuditModule().AddEvents();
        return builder.Build();
    }
}
