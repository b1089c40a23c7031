using System.Diagnostics;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using GatewayStack.TestServers;
using Npgsql;
using static GatewayStack.Audit.Tests.Storage.StoreSamples;

namespace GatewayStack.Audit.Tests.Postgres;

/// <summary>A database that is set back to a dump: what a log still has comes again without a duplicate; what nobody sends again is seen as missing.</summary>
public sealed class RestoreTests(PostgresAudit audit) : IClassFixture<PostgresAudit>
{
    [Fact]
    public async Task After_a_restored_dump_the_log_fills_the_hole_and_what_came_directly_is_declared_missing()
    {
        await audit.ResetAsync();
        await using var restored = await PostgresDatabase.CreateAsync();
        using (var before = audit.Open())
        {
            _ = await before.Store.ClaimAsync("t", [0], Token);
            await LogAsync(before, 0, 100, claim: 1);
            _ = await before.Store.AppendAsync(Batch(Entries(1, 40, "direct"), "direct"), Token);
            await DumpAsync(restored);
            // Lost with the database.
            await LogAsync(before, 100, 150, claim: 1);
            _ = await before.Store.AppendAsync(Batch(Entries(41, 20, "direct"), "direct"), Token);
        }

        using var after = new PostgresAudit.Instance(Settings(restored), TimeProvider.System, new());
        var claim = (await after.Store.ClaimAsync("t", [0], Token)).Single();
        claim.ShouldBe(new LogClaim { Partition = 0, Next = 100, Claim = 2 });
        await LogAsync(after, claim.Next, 160, claim.Claim);
        // The direct spool had its acknowledgement, and goes on with what is new.
        _ = await after.Store.AppendAsync(Batch(Entries(61, 5, "direct"), "direct") with { Time = Now + 7 }, Token);

        var status = await after.Store.GetStatusAsync(Token);
        status.Gaps.ShouldBe([new("direct", 1, 41, 60, Now + 7)]);
        var stored = (await ReadAllAsync(after.Store)).ConvertAll(PositionOf);
        stored.Count.ShouldBe(160 + 45);
        stored.Distinct().Count().ShouldBe(stored.Count);
        stored.Count(p => p.Producer == "p").ShouldBe(160);

        // Whoever still has them may send them again.
        (await after.Store.AppendAsync(Batch(Entries(30, 36, "direct"), "direct"), Token)).Stored.ShouldBe(20);
        (await after.Store.GetStatusAsync(Token)).Gaps.ShouldBeEmpty();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task LogAsync(PostgresAudit.Instance instance, long from, long to, long claim)
    {
        var batch = Batch(Entries((int)from + 1, (int)(to - from))) with { Feed = "usage", Position = new() { Topic = "t", Partition = 0, From = from, Next = to, Claim = claim } };
        (await instance.Store.AppendAsync(batch, Token)).ShouldBe(new AuditAppended((int)(to - from)));
    }

    private Dictionary<string, string?> Settings(PostgresDatabase database) =>
        new(StringComparer.Ordinal) { ["ConnectionStrings:auditdb"] = new NpgsqlConnectionStringBuilder(audit.Database.Runtime) { Database = database.Name }.ToString() };

    // The owner may read the partitions one by one, as a dump does; through their table it reads nothing.
    private async Task DumpAsync(PostgresDatabase target)
    {
        var from = new NpgsqlConnectionStringBuilder(audit.Database.Owner);
        var to = new NpgsqlConnectionStringBuilder(target.Superuser);
        var file = Path.GetTempFileName();
        try
        {
            await RunAsync("pg_dump", from, ["-Fc", "-f", file, from.Database!]);
            await RunAsync("pg_restore", to, ["-d", to.Database!, "--exit-on-error", file]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task RunAsync(string tool, NpgsqlConnectionStringBuilder server, string[] arguments)
    {
        var start = new ProcessStartInfo(tool, ["-h", server.Host!, "-p", $"{server.Port}", "-U", server.Username!, .. arguments]) { RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PGPASSWORD"] = server.Password;
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        process.ExitCode.ShouldBe(0, errors);
    }
}
