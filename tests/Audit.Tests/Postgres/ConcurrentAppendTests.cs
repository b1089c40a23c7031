using GatewayStack.Audit.Postgres;
using GatewayStack.Audit.Storage;
using GatewayStack.TestServers;
using Npgsql;
using static GatewayStack.Audit.Tests.Storage.StoreSamples;

namespace GatewayStack.Audit.Tests.Postgres;

/// <summary>Several instances, and instances and servers that end in mid-batch: rows = events, contiguous, none twice.</summary>
public sealed class ConcurrentAppendTests(PostgresAudit audit) : IClassFixture<PostgresAudit>
{
    [Fact]
    public async Task Several_instances_append_at_once_even_the_same_events_and_no_reader_sees_a_hole()
    {
        const int Batches = 15;
        const int Size = 20;
        await audit.ResetAsync();
        using var one = audit.Open();
        using var two = audit.Open();
        using var reading = new CancellationTokenSource();
        var reader = Task.Run(
            async () =>
            {
                var looks = 0;
                while (!reading.IsCancellationRequested)
                {
                    var rows = await ReadAllAsync(two.Store);
                    rows.Select(r => r.Index).ShouldBe(Enumerable.Range(1, rows.Count).Reverse().Select(i => (long)i));
                    looks++;
                }

                return looks;
            },
            Token);

        await Task.WhenAll(
            Append(one, "p", "usage"), Append(two, "p", "audit"), Append(one, "q", ""), Append(two, "r", ""));
        await reading.CancelAsync();
        (await reader).ShouldBeGreaterThan(0);

        var stored = (await ReadAllAsync(one.Store)).ConvertAll(PositionOf);
        stored.Count.ShouldBe(3 * Batches * Size);
        stored.Distinct().Count().ShouldBe(stored.Count);

        async Task Append(PostgresAudit.Instance instance, string producer, string feed)
        {
            for (var i = 0; i < Batches; i++)
            {
                _ = await instance.Store.AppendAsync(Batch(Entries(1 + (i * Size), Size, producer), producer) with { Feed = feed }, Token);
            }
        }
    }

    [Fact]
    public async Task A_session_that_ends_in_mid_batch_leaves_all_of_it_or_nothing()
    {
        await audit.ResetAsync();
        using var instance = audit.Open();
        await using var killer = new NpgsqlConnection(audit.Database.Superuser);
        await killer.OpenAsync(Token);
        _ = await instance.Store.ClaimAsync("t", [0], Token);
        var (next, offset, ended) = (1, 0L, 0L);
        for (var (round, rounds) = (0, Campaign.Rounds(25)); round < rounds; round++)
        {
            var batch = Batch(Entries(next, 300)) with { Feed = "usage", Position = new() { Topic = "t", Partition = 0, From = offset, Next = offset + 300, Claim = 1 } };
            var append = instance.Store.AppendAsync(batch, Token);
            ended += round % 5 == 4 ? 0 : await EndBusySessionsAsync(killer, append);
            try
            {
                // One that was repeated because its commit was not acknowledged finds the position moved.
                (await append).Stored.ShouldBeOneOf(0, 300);
            }
            catch (Exception e) when (StoreFailures.Is(e))
            {
                // It comes again.
            }

            var stands = (await instance.Store.GetStatusAsync(Token)).LastIndex;
            stands.ShouldBeOneOf(next - 1, next + 299);
            (next, offset) = ((int)stands + 1, stands);
        }

        ended.ShouldBeGreaterThan(5);
        var stored = (await ReadAllAsync(instance.Store)).ConvertAll(r => PositionOf(r).Sequence);
        stored.ShouldBe(Enumerable.Range(1, next - 1).Reverse().Select(i => (long)i));
    }

    [Fact]
    public async Task A_server_that_is_killed_in_mid_batch_has_all_of_it_or_nothing_when_it_is_back()
    {
        await using var own = await OwnPostgres.StartNewAsync();
        var other = new PostgresAudit(own);
        await other.InitializeAsync();
        using var instance = other.Open();
        var random = new Random(20261126);
        for (var (round, rounds) = (0, Campaign.Rounds(5)); round < rounds; round++)
        {
            var before = (await instance.Store.GetStatusAsync(Token)).LastIndex;
            var appending = Task.Run(() => AppendUntilItFailsAsync(instance.Store, (int)before + 1), Token);
            await Task.Delay(random.Next(20, 120), Token);
            await own.KillAsync();
            var acknowledged = await appending;
            await own.StartAsync();

            using var after = other.Open();
            var status = await after.Store.GetStatusAsync(Token);
            status.LastIndex.ShouldBeOneOf(acknowledged, acknowledged + 50);
            status.Gaps.ShouldBeEmpty();
            // The spool sends again what was not acknowledged.
            (await after.Store.AppendAsync(Batch(Entries((int)acknowledged + 1, 50)), Token)).Stored.ShouldBe((int)(acknowledged + 50 - status.LastIndex));
        }

        var stored = (await ReadAllAsync(instance.Store)).ConvertAll(r => PositionOf(r).Sequence);
        stored.ShouldBe(Enumerable.Range(1, stored.Count).Reverse().Select(i => (long)i));
        await other.DisposeAsync();
    }

    [Fact]
    public async Task A_writer_that_stops_in_mid_transaction_is_ended_by_the_server_and_stores_nothing()
    {
        await audit.ResetAsync();
        var writer = new PostgresAuditWriter(idle: TimeSpan.FromSeconds(5), wait: TimeSpan.FromSeconds(5));
        using var stopped = audit.Open(writer: writer);
        // The one that goes on may be slow on a busy machine: it must not be ended for that.
        using var other = audit.Open(writer: new PostgresAuditWriter(idle: TimeSpan.FromSeconds(30), wait: TimeSpan.FromSeconds(30)));
        await using var connection = await stopped.Database.DataSource.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        (await writer.WriteAsync(connection, Batch([Entry(1)]), Token)).Stored.ShouldBe(1);

        // It says nothing more: the other waits for the end of the log, and gets it.
        (await other.Store.AppendAsync(Batch([Entry(1), Entry(2)]), Token)).Stored.ShouldBe(2);
        await Should.ThrowAsync<NpgsqlException>(() => transaction.CommitAsync(Token));
        (await other.Store.GetStatusAsync(Token)).Rows.ShouldBe(2);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<long> EndBusySessionsAsync(NpgsqlConnection killer, Task append)
    {
        await using var command = new NpgsqlCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND (state = 'idle in transaction' OR query LIKE 'INSERT%')",
            killer);
        while (!append.IsCompleted)
        {
            if (await command.ExecuteScalarAsync(Token) is long and > 0 and var ended)
            {
                return ended;
            }
        }

        return 0;
    }

    // Returns the last event that was acknowledged.
    private static async Task<long> AppendUntilItFailsAsync(PostgresAuditStore store, int next)
    {
        try
        {
            while (true)
            {
                _ = await store.AppendAsync(Batch(Entries(next, 50)), CancellationToken.None);
                next += 50;
            }
        }
        catch (Exception e) when (StoreFailures.Is(e))
        {
            return next - 1;
        }
    }
}
