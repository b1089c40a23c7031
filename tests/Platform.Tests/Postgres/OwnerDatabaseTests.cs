using GatewayStack.Contracts.Settings;
using GatewayStack.Postgres;
using GatewayStack.TestServers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GatewayStack.Platform.Tests.Postgres;

public sealed class OwnerDatabaseTests : IAsyncLifetime
{
    private PostgresDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await PostgresDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Eight_instances_that_start_at_once_migrate_once()
    {
        var hosts = Enumerable.Range(0, 8).Select(_ => new DatabaseHost(_database, "Second")).ToList();
        await Task.WhenAll(hosts.Select(h => h.Database.OpenAsync(Cancellation)));

        (await ScalarAsync("SELECT string_agg(scriptname, ' ' ORDER BY schemaversionsid) FROM gatewaystack.migrations_things")).ShouldBe("0001_things.sql 0002_notes.sql");
        foreach (var host in hosts)
        {
            await host.DisposeAsync();
        }
    }

    [Fact]
    public async Task An_older_schema_is_migrated_and_keeps_its_rows()
    {
        await using (var old = new DatabaseHost(_database))
        {
            await old.Database.OpenAsync(Cancellation);
            await using var transaction = await old.Database.BeginAsync("acme", Cancellation);
            await using var insert = transaction.Command("INSERT INTO things VALUES($1, $2)", "acme", 1L);
            await insert.ExecuteNonQueryAsync(Cancellation);
            await transaction.CommitAsync(Cancellation);
        }

        await using var host = new DatabaseHost(_database, "Second");
        await host.Database.OpenAsync(Cancellation);
        await using var reading = await host.Database.BeginAsync("acme", Cancellation);
        await using var select = reading.Command("SELECT count(*) FROM things WHERE note IS NULL");
        (await select.ExecuteScalarAsync(Cancellation)).ShouldBe(1L);
    }

    [Fact]
    public async Task Without_the_owners_string_a_database_that_is_not_migrated_is_refused()
    {
        await using var host = new DatabaseHost(_database, migrates: false);
        await RefusedAsync(host, "The database thingsdb is not migrated (things stands at 0, this version needs 1): run it with --migrate, or set ConnectionStrings:thingsdb-migrations.");

        await using (var migrating = new DatabaseHost(_database))
        {
            await migrating.Services.GetRequiredService<IMigration>().MigrateAsync(Cancellation);
        }

        await host.Database.OpenAsync(Cancellation);
    }

    [Fact]
    public async Task Migrating_without_the_owners_string_is_refused()
    {
        await using var host = new DatabaseHost(_database, migrates: false);
        var refused = await Should.ThrowAsync<StartRefusedException>(() => host.Database.MigrateAsync(Cancellation));
        refused.Message.ShouldStartWith("ConnectionStrings:thingsdb-migrations is not set");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_newer_schema_is_refused_and_not_touched(bool migrates)
    {
        await using (var newer = new DatabaseHost(_database, "Second"))
        {
            await newer.Database.OpenAsync(Cancellation);
        }

        await using var host = new DatabaseHost(_database, "First", migrates);
        await RefusedAsync(host, "The database thingsdb was migrated by a newer version (things 2, this version knows 1): start that version, or restore a dump from before.");
        (await ScalarAsync("SELECT count(*) FROM gatewaystack.migrations_things")).ShouldBe(2L);
    }

    [Fact]
    public async Task A_script_that_fails_is_rolled_back_whole_and_runs_again_once_it_is_mended()
    {
        await using (var broken = new DatabaseHost(_database, "Broken"))
        {
            var refused = await Should.ThrowAsync<StartRefusedException>(() => broken.Database.OpenAsync(Cancellation));
            refused.Message.ShouldStartWith("The database thingsdb could not be migrated: things 0002_broken.sql failed and was rolled back: ");
            refused.Message.ShouldNotContain("\n");
            (await ScalarAsync("SELECT count(*) FROM information_schema.columns WHERE table_name = 'things' AND column_name = 'half'")).ShouldBe(0L);
        }

        await using var mended = new DatabaseHost(_database, "Second");
        await mended.Database.OpenAsync(Cancellation);
    }

    [Fact]
    public async Task A_superuser_is_refused_before_anything_is_made()
    {
        await using var host = new DatabaseHost(_database, change: s => s["ConnectionStrings:thingsdb"] = _database.Superuser);
        await RefusedAsync(host, "The role postgres of ConnectionStrings:thingsdb is a superuser: row-level security would not hold it. Give the service a role that is none of this.");
        (await ScalarAsync("SELECT to_regnamespace('gatewaystack') IS NULL")).ShouldBe(true);
    }

    [Fact]
    public async Task A_role_that_bypasses_row_level_security_is_refused()
    {
        await ScalarAsync($"ALTER ROLE {_database.Name}_runtime BYPASSRLS");
        await using var host = new DatabaseHost(_database);
        await RefusedAsync(host, $"The role {_database.Name}_runtime of ConnectionStrings:thingsdb has BYPASSRLS: row-level security would not hold it. Give the service a role that is none of this.");
    }

    [Fact]
    public async Task A_member_of_the_owners_role_is_refused()
    {
        await ScalarAsync($"GRANT {_database.Name}_owner TO {_database.Name}_runtime");
        await using var host = new DatabaseHost(_database);
        await RefusedAsync(
            host,
            $"The role {_database.Name}_runtime of ConnectionStrings:thingsdb owns its tables, or is a member of the role that does: row-level security would not hold it. Give the service a role that is none of this.");
    }

    [Fact]
    public async Task A_wrong_password_is_one_line_that_does_not_tell_it()
    {
        await using var host = new DatabaseHost(_database, change: s => s["ConnectionStrings:thingsdb"] = new NpgsqlConnectionStringBuilder(_database.Runtime) { Password = "guess" }.ToString());
        var refused = await Should.ThrowAsync<StartRefusedException>(() => host.Database.OpenAsync(Cancellation));
        refused.Message.ShouldContain($"refuses the role {_database.Name}_runtime");
        refused.Message.ShouldEndWith("correct ConnectionStrings:thingsdb.");
        refused.Message.ShouldNotContain("guess");
    }

    [Fact]
    public async Task A_missing_database_is_one_line()
    {
        await using var host = new DatabaseHost(_database, change: s =>
        {
            s["ConnectionStrings:thingsdb"] = new NpgsqlConnectionStringBuilder(_database.Runtime) { Database = "nowhere" }.ToString();
            s["ConnectionStrings:thingsdb-migrations"] = new NpgsqlConnectionStringBuilder(_database.Owner) { Database = "nowhere" }.ToString();
        });
        var refused = await Should.ThrowAsync<StartRefusedException>(() => host.Database.OpenAsync(Cancellation));
        refused.Message.ShouldEndWith("has no database nowhere: create it, or correct ConnectionStrings:thingsdb.");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_one_line()
    {
        await using var host = new DatabaseHost(_database, change: s => s["ConnectionStrings:thingsdb"] = new NpgsqlConnectionStringBuilder(_database.Runtime) { Port = 1 }.ToString());
        var refused = await Should.ThrowAsync<StartRefusedException>(() => host.Database.OpenAsync(Cancellation));
        refused.Message.ShouldBe("Postgres cannot be reached at 127.0.0.1:1 (Connection refused): start it, or correct ConnectionStrings:thingsdb.");
    }

    [Fact]
    public async Task A_server_without_tls_is_refused_where_tls_is_asked_for()
    {
        await using var host = new DatabaseHost(_database, change: s => s["Service:Tls:Enabled"] = "true");
        var refused = await Should.ThrowAsync<StartRefusedException>(() => host.Database.OpenAsync(Cancellation));
        refused.Message.ShouldContain("speaks no TLS, which Service:Tls:Enabled or ConnectionStrings:thingsdb asks for");
    }

    [Fact]
    public async Task An_owner_who_may_not_create_is_one_line()
    {
        await using var host = new DatabaseHost(_database, change: s =>
        {
            s["ConnectionStrings:thingsdb-migrations"] = new NpgsqlConnectionStringBuilder(_database.Superuser) { Username = _database.Name + "_runtime", Password = _database.Name[2..] }.ToString();
        });
        var refused = await Should.ThrowAsync<StartRefusedException>(() => host.Database.OpenAsync(Cancellation));
        refused.Message.ShouldContain("may not do what is needed in the database");
        refused.Message.ShouldEndWith("correct its grants, or ConnectionStrings:thingsdb-migrations.");
    }

    [Fact]
    public async Task A_transaction_sees_its_tenant_and_the_next_on_the_same_connection_sees_nothing_without_one()
    {
        await using var host = new DatabaseHost(_database, change: s => s["ConnectionStrings:thingsdb"] = new NpgsqlConnectionStringBuilder(_database.Runtime) { MaxPoolSize = 1 }.ToString());
        await host.Database.OpenAsync(Cancellation);
        foreach (var tenant in new[] { "acme", "zenith" })
        {
            await using var writing = await host.Database.BeginAsync(tenant, Cancellation);
            await using var insert = writing.Command("INSERT INTO things VALUES($1, 1)", tenant);
            await insert.ExecuteNonQueryAsync(Cancellation);
            await writing.CommitAsync(Cancellation);
        }

        (await VisibleAsync(await host.Database.BeginAsync("acme", Cancellation))).ShouldBe(["acme"]);
        (await VisibleAsync(await host.Database.BeginForAllTenantsAsync(Cancellation))).ShouldBe(["acme", "zenith"]);
        await using var bare = host.Database.DataSource.CreateCommand("SELECT count(*) FROM things");
        (await bare.ExecuteScalarAsync(Cancellation)).ShouldBe(0L);

        await using var foreign = await host.Database.BeginAsync("acme", Cancellation);
        await using var theft = foreign.Command("INSERT INTO things VALUES('zenith', 2)");
        (await Should.ThrowAsync<PostgresException>(() => theft.ExecuteNonQueryAsync(Cancellation))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task The_runtime_role_cannot_change_the_schema()
    {
        await using var host = new DatabaseHost(_database);
        await host.Database.OpenAsync(Cancellation);
        foreach (var text in new[] { "DROP TABLE things", "ALTER TABLE things DISABLE ROW LEVEL SECURITY", "CREATE TABLE gatewaystack.mine(id int)", "DELETE FROM migrations_things", "TRUNCATE things" })
        {
#pragma warning disable CA2100 // The texts stand above.
            await using var command = host.Database.DataSource.CreateCommand(text);
#pragma warning restore CA2100
            (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, text);
        }
    }

    private static async Task<List<string>> VisibleAsync(PostgresTransaction transaction)
    {
        await using (transaction)
        {
            await using var select = transaction.Command("SELECT tenant FROM things ORDER BY tenant");
            await using var reader = await select.ExecuteReaderAsync(Cancellation);
            var tenants = new List<string>();
            while (await reader.ReadAsync(Cancellation))
            {
                tenants.Add(reader.GetString(0));
            }

            return tenants;
        }
    }

    private static async Task RefusedAsync(DatabaseHost host, string message) =>
        (await Should.ThrowAsync<StartRefusedException>(() => host.Database.OpenAsync(Cancellation))).Message.ShouldBe(message);

    private async Task<object?> ScalarAsync(string text)
    {
        await using var connection = new NpgsqlConnection(_database.Superuser);
        await connection.OpenAsync(Cancellation);
#pragma warning disable CA2100 // The texts are this class's own.
        await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
