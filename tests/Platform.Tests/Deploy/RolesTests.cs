using System.Diagnostics;
using GatewayStack.Platform.Tests.Architecture;
using GatewayStack.Platform.Tests.Docs;
using GatewayStack.Platform.Tests.Hosts;
using GatewayStack.TestServers;
using Npgsql;

namespace GatewayStack.Platform.Tests.Deploy;

/// <summary>Databases and roles as the deployment makes them: what the services migrate under and run as.</summary>
public sealed class RolesTests
{
    private const string Script = Composition.Folder + "/roles.sh";

    private static readonly string[] Owners = ["identity", "policy", "limits", "audit"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void The_page_shows_what_the_script_runs()
    {
        var script = File.ReadAllText(Repository.PathOf(Script)).ReplaceLineEndings("\n");
        var sql = script.Split("<<'SQL'\n")[1].Split("\nSQL\n")[0];
        DocPage.Read("docs/deployment.md").Blocks().Single(b => b.Language == "sql").Text.ShouldBe(sql);
    }

    [Fact]
    public async Task Services_migrate_under_them_and_nobody_reaches_anothers_database()
    {
        await using var postgres = await OwnPostgres.StartNewAsync();
        var server = new NpgsqlConnectionStringBuilder(postgres.Superuser);
        await RunScriptAsync(server);
        var data = Directory.CreateTempSubdirectory("gatewaystack-roles-");
        try
        {
            var ends = await Task.WhenAll(Owners.Select(async owner =>
            {
                var name = $"{char.ToUpperInvariant(owner[0])}{owner[1..]}";
                var database = owner + "db";
                KeyValuePair<string, string?>[] settings =
                [
                    new("Data:Path", data.FullName),
                    new("Service:Credential", new string('c', 40)),
                    new("Keys:Master", Convert.ToBase64String(new byte[32])),
                    new("ConnectionStrings:" + database, ConnectionString(server, database, database, "runtime")),
                    new($"ConnectionStrings:{database}-migrations", ConnectionString(server, database, database, "owner")),
                ];
                await using var process = HostProcess.Start(name, settings, "--migrate");
                var end = await process.EndAsync();
                return (owner, end.Code, end.Error);
            }));
            ends.ShouldBe(Owners.Select(o => (o, 0, string.Empty)));
        }
        finally
        {
            data.Delete(recursive: true);
        }

        foreach (var owner in Owners)
        {
            foreach (var database in Owners)
            {
                await using var connection = new NpgsqlConnection(ConnectionString(server, database + "db", owner + "db", "runtime") + ";Pooling=false");
                if (owner == database)
                {
                    await connection.OpenAsync(Cancel);
                    await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND tableowner = @owner", connection);
                    command.Parameters.AddWithValue("owner", owner + "db_owner");
                    ((long)(await command.ExecuteScalarAsync(Cancel))!).ShouldBeGreaterThan(1, owner);
                }
                else
                {
                    (await Should.ThrowAsync<PostgresException>(() => connection.OpenAsync(Cancel))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege, $"{owner} in {database}db");
                }
            }
        }
    }

    private static string ConnectionString(NpgsqlConnectionStringBuilder server, string database, string roles, string role) =>
        $"Host={server.Host};Port={server.Port};Database={database};Username={roles}_{role};Password={Password(roles, role)}";

    private static string Password(string database, string role) => $"{database}-{role}-password";

    private static async Task RunScriptAsync(NpgsqlConnectionStringBuilder server)
    {
        var start = new ProcessStartInfo("bash", [Repository.PathOf(Script)]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PGHOST"] = server.Host;
        start.Environment["PGPORT"] = $"{server.Port}";
        start.Environment["PGPASSWORD"] = server.Password;
        foreach (var database in Owners.Select(o => o + "db"))
        {
            start.Environment[database.ToUpperInvariant() + "_OWNER"] = Password(database, "owner");
            start.Environment[database.ToUpperInvariant() + "_RUNTIME"] = Password(database, "runtime");
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(Cancel);
        _ = process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        process.ExitCode.ShouldBe(0, await error);
    }
}
