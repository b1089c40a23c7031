using GatewayStack.Postgres;
using GatewayStack.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GatewayStack.Platform.Tests.Postgres;

public sealed class PostgresFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_killed_server_opens_the_breaker_and_a_restarted_one_closes_it()
    {
        await using var server = await OwnPostgres.StartNewAsync();
        var database = await PostgresDatabase.CreateAsync(server.Superuser);
        await using var host = new DatabaseHost(database, change: s => s["Postgres:Breaker:BreakDuration"] = "00:00:05");
        await host.Database.OpenAsync(Cancellation);
        var health = host.Services.GetRequiredService<HealthCheckService>();
        await HealthyAsync(health);

        await server.KillAsync();
        for (var i = 0; i < 3; i++)
        {
            var failure = await Should.ThrowAsync<Exception>(async () => await CountAsync(host.Database));
            OwnerDatabase.IsUnavailable(failure).ShouldBeTrue(failure.ToString());
        }

        await Should.ThrowAsync<Polly.CircuitBreaker.BrokenCircuitException>(async () => await CountAsync(host.Database));
        (await health.CheckHealthAsync(Cancellation)).Entries["postgres-thingsdb"].Status.ShouldBe(HealthStatus.Degraded);

        await server.StartAsync();
        await Eventually.Succeeds(async () => (await CountAsync(host.Database)).ShouldBe(0));
        await HealthyAsync(health);
    }

    [Fact]
    public async Task A_frozen_server_costs_one_command_timeout_and_no_more()
    {
        await using var server = await OwnPostgres.StartNewAsync();
        var database = await PostgresDatabase.CreateAsync(server.Superuser);
        await using var host = new DatabaseHost(database, change: s =>
        {
            s["Postgres:CommandTimeout"] = "00:00:05";
            s["Postgres:ConnectTimeout"] = "00:00:05";
        });
        await host.Database.OpenAsync(Cancellation);
        await server.FreezeAsync();
        var failure = await Should.ThrowAsync<Exception>(async () => await CountAsync(host.Database));
        OwnerDatabase.IsUnavailable(failure).ShouldBeTrue(failure.ToString());
        await server.ThawAsync();
        await Eventually.Succeeds(async () => (await CountAsync(host.Database)).ShouldBe(0));
    }

    [Fact]
    public async Task Health_is_told_while_others_still_wait_for_a_frozen_server()
    {
        await using var server = await OwnPostgres.StartNewAsync();
        var database = await PostgresDatabase.CreateAsync(server.Superuser);
        await using var host = new DatabaseHost(database, change: s => s["Postgres:CommandTimeout"] = "00:00:30");
        await host.Database.OpenAsync(Cancellation);
        var health = host.Services.GetRequiredService<HealthCheckService>();
        await HealthyAsync(health);

        await server.FreezeAsync();
        var waiting = CountAsync(host.Database).AsTask();
        for (var i = 0; i < 3; i++)
        {
            (await health.CheckHealthAsync(Cancellation)).Status.ShouldBe(HealthStatus.Degraded);
        }

        waiting.IsCompleted.ShouldBeFalse();
        await server.ThawAsync();
        (await waiting).ShouldBe(0);
        await HealthyAsync(health);
    }

    // The check waits less than half a second: on a busy machine an answer may come later than that.
    private static Task HealthyAsync(HealthCheckService health) =>
        Eventually.Succeeds(async () => (await health.CheckHealthAsync(Cancellation)).Status.ShouldBe(HealthStatus.Healthy));

    private static async ValueTask<long> CountAsync(OwnerDatabase database) => await database.Pipeline.ExecuteAsync(
        async token =>
        {
            await using var transaction = await database.BeginForAllTenantsAsync(token);
            await using var command = transaction.Command("SELECT count(*) FROM things");
            return (long)(await command.ExecuteScalarAsync(token))!;
        },
        Cancellation);
}
