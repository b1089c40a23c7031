using GatewayStack.Audit.Storage;
using Npgsql;
using static GatewayStack.Audit.Tests.Storage.StoreSamples;

namespace GatewayStack.Audit.Tests.Postgres;

/// <summary>What the roles can do that the store does not ask for: a connection of their own, statements without a filter.</summary>
public sealed class RowSecurityTests(FilledAudit filled) : IClassFixture<FilledAudit>
{
    [Fact]
    public async Task A_statement_that_forgets_the_tenant_reads_nothing()
    {
        (await CountAsync("SELECT count(*) FROM gatewaystack.audit_event")).ShouldBe(0);
        (await CountAsync("SELECT count(*) FROM gatewaystack.audit_resource")).ShouldBe(0);
        (await CountAsync("SET app.tenant = ''; SELECT count(*) FROM gatewaystack.audit_event")).ShouldBe(0);
        (await CountAsync("SET app.tenant = 'nobody'; SELECT count(*) FROM gatewaystack.audit_event")).ShouldBe(0);
        (await CountAsync("SET app.scope = 'all'; SELECT count(*) FROM gatewaystack.audit_event")).ShouldBe(0);
    }

    [Fact]
    public async Task A_statement_without_a_filter_reads_the_tenant_of_its_transaction_and_no_longer()
    {
        await using var connection = await OpenAsync(Audit.Database.Runtime);
        await using (var transaction = await connection.BeginTransactionAsync(Token))
        {
            (await CountAsync("SELECT set_config('app.tenant', 'mercy', true); SELECT count(*) FROM gatewaystack.audit_event", connection)).ShouldBe(3);
            (await CountAsync("SELECT count(*) FROM gatewaystack.audit_event WHERE tenant = 'acme'", connection)).ShouldBe(0);
            (await CountAsync("SELECT count(*) FROM gatewaystack.audit_resource", connection)).ShouldBe(1);
            await transaction.CommitAsync(Token);
        }

        (await CountAsync("SELECT count(*) FROM gatewaystack.audit_event", connection)).ShouldBe(0);
    }

    [Fact]
    public async Task The_owner_is_held_by_it_too()
    {
        await using var connection = await OpenAsync(Audit.Database.Owner);
        (await CountAsync("SELECT count(*) FROM gatewaystack.audit_event", connection)).ShouldBe(0);
        (await CountAsync("SET app.tenant = 'acme'; SELECT count(*) FROM gatewaystack.audit_event", connection)).ShouldBe(1);
        (await CountAsync("SELECT count(*) FROM gatewaystack.audit_event", await OpenAsync(Audit.Database.Superuser))).ShouldBe(4);
    }

    [Theory]
    [InlineData("UPDATE gatewaystack.audit_event SET tenant = 'mercy'")]
    [InlineData("DELETE FROM gatewaystack.audit_event")]
    [InlineData("TRUNCATE gatewaystack.audit_event")]
    [InlineData("DELETE FROM gatewaystack.audit_resource")]
    [InlineData("SELECT bytes FROM gatewaystack.audit_event_1")]
    [InlineData("SELECT bytes FROM gatewaystack.audit_event_1_rest")]
    [InlineData("SELECT bytes FROM gatewaystack.audit_event_rest")]
    [InlineData("SELECT bytes FROM gatewaystack.audit_dead_letter")]
    [InlineData("DELETE FROM gatewaystack.audit_dead_letter")]
    [InlineData("DELETE FROM gatewaystack.audit_log")]
    [InlineData("DELETE FROM gatewaystack.audit_count")]
    [InlineData("DROP TABLE gatewaystack.audit_event_1")]
    [InlineData("ALTER TABLE gatewaystack.audit_event DISABLE ROW LEVEL SECURITY")]
    [InlineData("CREATE POLICY mine ON gatewaystack.audit_event FOR SELECT USING (true)")]
    [InlineData("CREATE TABLE gatewaystack.mine (a integer)")]
    [InlineData("COPY gatewaystack.audit_event_1 TO STDOUT")]
    public async Task The_runtime_role_may_not(string statement)
    {
        var refused = await Should.ThrowAsync<PostgresException>(() => CountAsync(statement));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task A_month_that_is_not_over_cannot_be_dropped()
    {
        var refused = await Should.ThrowAsync<PostgresException>(() => CountAsync("SELECT count(*) FROM gatewaystack.audit_drop_partition('standard', current_date)"));
        refused.MessageText.ShouldContain("is not over");
    }

    [Fact]
    public async Task What_is_stored_for_one_tenant_is_not_found_by_the_store_for_another()
    {
        using var instance = Audit.Open();
        (await ReadAllAsync(instance.Store, "acme")).ShouldHaveSingleItem();
        (await ReadAsync(instance.Store, new AuditFilter { Tenant = "acme", Limit = 10, Equal = [(AuditColumn.RequestId, "req_1")] })).ShouldBeEmpty();
        (await ReadAllAsync(instance.Store, string.Empty)).ShouldBeEmpty();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PostgresAudit Audit => filled.Audit;

    private async Task<long> CountAsync(string text, NpgsqlConnection? connection = null)
    {
        await using var own = connection is null ? await OpenAsync(Audit.Database.Runtime) : null;
#pragma warning disable CA2100 // A test's own text.
        await using var command = new NpgsqlCommand(text, connection ?? own);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(Token);
        var last = 0L;
        do
        {
            while (await reader.ReadAsync(Token))
            {
                last = reader.GetValue(0) as long? ?? last;
            }
        }
        while (await reader.NextResultAsync(Token));

        return last;
    }

    private static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(Token);
        return connection;
    }
}

/// <summary>Three rows of one tenant and one of another, two of them about something.</summary>
public sealed class FilledAudit : IAsyncLifetime
{
    internal PostgresAudit Audit { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Audit.InitializeAsync();
        using var instance = Audit.Open();
        _ = await instance.Store.AppendAsync(
            Batch([Entry(1), Entry(2) with { Resources = [("record", [1])] }, Entry(3), Entry(4, "acme") with { Resources = [("record", [2])] }]),
            CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Audit.DisposeAsync();
}
