using System.Runtime.CompilerServices;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Postgres;
using GatewayStack.Postgres;
using GatewayStack.TestServers;
using Npgsql;

namespace GatewayStack.Limits.Tests.Postgres;

/// <summary>Connections cut and servers killed in mid-batch: every request is stored once, and told once unless the ledger said that it does not know.</summary>
public sealed class PostgresLedgerFaultTests
{
    private const int Requests = 25;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connections_that_are_cut_anywhere_lose_and_double_nothing(bool log)
    {
        await using var database = await PostgresDatabase.CreateAsync();
        var direct = new NpgsqlConnectionStringBuilder(database.Runtime);
        await using var proxy = new ChaosProxy(direct.Port);
        await using var process = LedgerDatabase.Process(database, ("ConnectionStrings:limitsdb", new NpgsqlConnectionStringBuilder(database.Runtime) { Port = proxy.Port }.ToString()), ("Postgres:Breaker:MinimumThroughput", "1000"));
        var ledger = LedgerDatabase.LedgerOf(process);
        await ledger.OpenAsync(Cancellation);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var progress = new StrongBox<int>();
        var cutting = CutAsync(proxy, progress, stop.Token);
        var shipped = await ShipAsync(ledger, batches: 40, log, progress);
        await stop.CancelAsync();
        proxy.Set(Chaos.None);
        await cutting;
        await CheckAsync(ledger, shipped, batches: 40);
    }

    [Fact]
    public async Task A_server_that_is_killed_in_mid_batch_loses_and_doubles_nothing()
    {
        await using var server = await OwnPostgres.StartNewAsync();
        var database = await PostgresDatabase.CreateAsync(server.Superuser);
        await using var process = LedgerDatabase.Process(database, ("Postgres:Breaker:BreakDuration", "00:00:00.500"));
        var ledger = LedgerDatabase.LedgerOf(process);
        await ledger.OpenAsync(Cancellation);
        var shipping = ShipAsync(ledger, batches: 150, log: true);
        for (var kills = 0; kills < 3 && !shipping.IsCompleted; kills++)
        {
            await server.KillAsync();
            await server.StartAsync();
        }

        await CheckAsync(ledger, await shipping, batches: 150);
    }

    /// <summary>Cuts again and again, but never twice in one batch: a slow machine has to get on too.</summary>
    private static async Task CutAsync(ChaosProxy proxy, StrongBox<int> progress, CancellationToken cancellationToken)
    {
        var random = new Random(5);
        try
        {
            while (true)
            {
                await Task.Delay(random.Next(1, 25), cancellationToken);
                var stored = Volatile.Read(ref progress.Value);
                proxy.Set(random.Next(3) == 0 ? Chaos.Cut : Chaos.Refuse);
                await Task.Delay(random.Next(1, 10), cancellationToken);
                proxy.Set(Chaos.None);
                while (Volatile.Read(ref progress.Value) == stored)
                {
                    await Task.Delay(1, cancellationToken);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }

    /// <summary>Sends each batch until it is taken, as the consumer of a log or the direct transport does.</summary>
    private static async Task<Shipped> ShipAsync(PostgresLedger ledger, int batches, bool log, StrongBox<int>? progress = null)
    {
        var shipped = new Shipped([], []);
        long next = 0, claim = 0;
        while (next < batches)
        {
            try
            {
                if (log && claim == 0)
                {
                    var claimed = (await ledger.ClaimAsync("usage", [0], Cancellation)).Single();
                    (next, claim) = (claimed.Next, claimed.Claim);
                    continue;
                }

                shipped.Told.AddRange(await ledger.AppendAsync(Batch(next, log ? claim : null), Cancellation));
                next++;
                if (progress is not null)
                {
                    Volatile.Write(ref progress.Value, progress.Value + 1);
                }
            }
            catch (LedgerFencedException)
            {
                claim = 0;
            }
            catch (LedgerUncertainException)
            {
                shipped.Uncertain.Add(next);
            }
            catch (Exception e) when (e is NpgsqlException or IOException || OwnerDatabase.IsUnavailable(e))
            {
                await Task.Delay(20, Cancellation);
            }
        }

        return shipped;
    }

    private static LedgerBatch Batch(long number, long? claim) => new(
        "p1",
        [.. Enumerable.Range(0, Requests).SelectMany(i => new LedgerEntry[]
        {
            PostgresLedgerTests.Open((number * Requests * 2) + (2 * i) + 1, $"{number}-{i}"),
            PostgresLedgerTests.Close((number * Requests * 2) + (2 * i) + 2, $"{number}-{i}"),
        })])
    {
        Position = claim is { } held ? new() { Topic = "usage", Partition = 0, From = number, Next = number + 1, Claim = held } : null,
    };

    private static async Task CheckAsync(PostgresLedger ledger, Shipped shipped, int batches)
    {
        var all = Enumerable.Range(0, batches * Requests).Select(n => $"{n / Requests}-{n % Requests}").ToHashSet(StringComparer.Ordinal);
        foreach (var state in new[] { LedgerState.Open, LedgerState.Closed })
        {
            var told = shipped.Told.Where(c => c.Request.State == state).Select(c => c.Request.RequestId).ToList();
            told.Distinct(StringComparer.Ordinal).Count().ShouldBe(told.Count);
            foreach (var untold in all.Except(told, StringComparer.Ordinal))
            {
                shipped.Uncertain.ShouldContain(long.Parse(untold.Split('-')[0]), untold);
            }
        }

        LedgerStatistics? statistics = null;
        await Eventually.Succeeds(async () => statistics = await ledger.GetStatisticsAsync(Cancellation));
        (statistics!.Requests, statistics.OpenRequests, statistics.Rows).ShouldBe((all.Count, 0, all.Count));
    }

    private sealed record Shipped(List<LedgerChange> Told, HashSet<long> Uncertain);
}
