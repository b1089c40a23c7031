using GatewayStack.TestServers;
using Npgsql;

namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>
/// Without Kafka every service hands its events to Audit itself. However hard that is: nobody notices, and afterwards each event stands there once. All of it over TLS.
/// </summary>
[Collection(DirectFaultyStack.Name)]
public sealed class DirectFaultTests(DirectFaultStack stack)
{
    [Fact]
    public Task Nobody_notices_that_audit_is_killed_in_mid_batch_and_hard_to_reach() => Campaign.RunAsync(
        stack,
        [
            .. ((Fault[])
            [
                new("audit, without Kafka: killed", _ => stack.Services.Of("audit")[0].KillAsync(), _ => stack.Services.Of("audit")[0].StartAgainAsync()),
                stack.Hinder("audit, without Kafka: connections refused", ["audit"], Chaos.Refuse),
                stack.Hinder("audit, without Kafka: silent", ["audit"], Chaos.Hang),
                stack.Hinder("audit, without Kafka: slow", ["audit"], Chaos.Slow),
                stack.Hinder("audit, without Kafka: cut in mid-message", ["audit"], Chaos.Cut),
            ]).Select(f => f with { Row = Rows.GoOn, NobodyNotices = true }),
        ]);

    [Fact]
    public async Task Nothing_is_said_to_Postgres_in_the_clear()
    {
        await using var connection = await stack.OpenAsync("auditdb");
        await using var command = new NpgsqlCommand(
            "SELECT datname, bool_and(ssl) FROM pg_stat_activity JOIN pg_stat_ssl USING (pid) WHERE application_name LIKE 'gatewaystack%' GROUP BY datname", connection);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var databases = 0;
        for (; await reader.ReadAsync(TestContext.Current.CancellationToken); databases++)
        {
            reader.GetBoolean(1).ShouldBeTrue();
        }

        databases.ShouldBe(4);
    }
}
