using Npgsql;

namespace GatewayStack.AppHost.Tests.Stacks;

/// <summary>The stack on installed servers, two instances of what can have two.</summary>
[Collection(nameof(Stacks))]
public sealed class InstalledTests(InstalledStack stack) : IClassFixture<InstalledStack>
{
    [Fact]
    public async Task Both_directions_work()
    {
        using var client = new StackClient(stack.FrontDoor);
        await BothDirections.WorkAsync(client, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Everything_runs_as_processes_that_can_be_counted()
    {
        var processes = StackProcesses.Find(stack.Data, stack.Process.Id);
        processes.ShouldContain(p => p.Contains("kafka.Kafka"));
        processes.ShouldContain(p => p.Contains("postgres: checkpointer"));
        processes.ShouldContain(p => p.Contains("redis-server"));
        foreach (var (service, instances) in new[] { ("Identity", 2), ("Transform", 2), ("Policy", 2), ("Limits", 2), ("Audit", 1), ("Router", 1) })
        {
            processes.Count(p => p.EndsWith($"GatewayStack.{service}.Service ", StringComparison.Ordinal)).ShouldBe(instances, service);
        }
    }

    [Fact]
    public async Task No_service_is_superuser_or_owner_or_may_enter_anothers_database()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var postgres = new NpgsqlConnection(stack.Superuser + ";Database=postgres");
        await postgres.OpenAsync(cancel);
        await using var roles = new NpgsqlCommand(
            """
            SELECT count(*) FILTER (WHERE rolname ~ '_(owner|runtime)$' AND rolcanlogin AND NOT rolsuper AND NOT rolbypassrls AND NOT rolcreaterole AND NOT rolcreatedb),
                   (SELECT count(*) FROM pg_roles r, pg_database d
                    WHERE r.rolname ~ '_(owner|runtime)$' AND d.datname ~ 'db$' AND has_database_privilege(r.rolname, d.datname, 'CONNECT')
                      AND split_part(r.rolname, '_', 1) || 'db' <> d.datname),
                   (SELECT count(*) FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba WHERE d.datname ~ 'db$' AND r.rolname = replace(d.datname, 'db', '_owner'))
            FROM pg_roles
            """,
            postgres);
        await using var answer = await roles.ExecuteReaderAsync(cancel);
        (await answer.ReadAsync(cancel)).ShouldBeTrue();
        (answer.GetInt64(0), answer.GetInt64(1), answer.GetInt64(2)).ShouldBe((8L, 0L, 4L));
    }

    [Fact]
    public async Task Without_a_password_no_server_answers()
    {
        var refused = await Should.ThrowAsync<PostgresException>(async () =>
        {
            await using var postgres = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(stack.Superuser) { Password = "guessed" }.ConnectionString + ";Database=postgres");
            await postgres.OpenAsync(TestContext.Current.CancellationToken);
        });
        refused.SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
    }

    [Fact]
    public async Task The_dashboard_shows_one_request_as_one_trace()
    {
        var chromium = StackTools.RequireChromium();
        var cancel = TestContext.Current.CancellationToken;
        using var client = new StackClient(stack.FrontDoor);
        await BothDirections.ADoctorIsAnsweredAsync(client, cancel);
        await DashboardPage.ShowsATraceAsync(stack.Dashboard, chromium, [Resources.Router, Resources.Identity, Resources.Transform, Resources.Policy, Resources.Limits]);
    }
}
