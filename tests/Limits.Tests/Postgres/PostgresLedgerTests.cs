using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Postgres;
using GatewayStack.Limits.Reservations;
using GatewayStack.Limits.Tests.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace GatewayStack.Limits.Tests.Postgres;

public sealed class PostgresLedgerTests(LedgerDatabase database) : LedgerSuite, IClassFixture<LedgerDatabase>, IAsyncLifetime
{
    private readonly List<ServiceProvider> _processes = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await database.ClearAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }
    }

    [Fact]
    public async Task Instances_that_store_different_producers_at_once_lose_and_double_nothing()
    {
        const int Producers = 6, Batches = 10, Requests = 20;
        var ledgers = await OpenAsync(3);

        // Every producer's requests are children of the same few parents, so that all batches want the same rows.
        await ledgers[0].AppendAsync(new LedgerBatch("parents", [.. Enumerable.Range(1, 5).Select(i => Open(i, $"parent{i}"))]), Cancellation);
        var changes = await Task.WhenAll(Enumerable.Range(0, Producers).Select(async producer =>
        {
            var all = new List<LedgerChange>();
            for (var b = 0; b < Batches; b++)
            {
                var entries = Enumerable.Range(0, Requests).SelectMany(i => new LedgerEntry[]
                {
                    Open((b * Requests * 2) + (2 * i) + 1, $"{producer}-{b}-{i}") with { ParentRequestId = $"parent{1 + ((producer + b + i) % 5)}" },
                    Close((b * Requests * 2) + (2 * i) + 2, $"{producer}-{b}-{i}"),
                });
                all.AddRange(await ledgers[(producer + b) % ledgers.Count].AppendAsync(new LedgerBatch($"producer{producer}", [.. entries]), Cancellation));
            }

            return all;
        }));

        var told = changes.SelectMany(c => c).ToList();
        told.Count(c => c.Request.State == LedgerState.Closed).ShouldBe(Producers * Batches * Requests);
        told.Where(c => c.Request.State == LedgerState.Released).Select(c => c.Request.RequestId).Order(StringComparer.Ordinal)
            .ShouldBe(["parent1", "parent2", "parent3", "parent4", "parent5"]);
        var statistics = await ledgers[0].GetStatisticsAsync(Cancellation);
        (statistics.Requests, statistics.OpenRequests, statistics.Rows).ShouldBe(((Producers * Batches * Requests) + 5, 5, Producers * Batches * Requests));
    }

    [Fact]
    public async Task One_feed_that_two_instances_store_at_once_is_told_once()
    {
        var ledgers = await OpenAsync(2);
        var batches = Enumerable.Range(0, 20).Select(b => new LedgerBatch("p1", [Open((2 * b) + 1, $"r{b}"), Close((2 * b) + 2, $"r{b}")])).ToList();
        var told = await Task.WhenAll(ledgers.Select(async ledger =>
        {
            var all = new List<LedgerChange>();
            foreach (var batch in batches)
            {
                all.AddRange(await ledger.AppendAsync(batch, Cancellation));
            }

            return all;
        }));
        told.SelectMany(c => c).Where(c => c.Request.State == LedgerState.Closed).Select(c => c.Request.RequestId).Order(StringComparer.Ordinal)
            .ShouldBe(batches.Select((_, b) => $"r{b}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_same_requests_from_two_producers_at_once_are_told_once()
    {
        var ledgers = await OpenAsync(2);
        var told = await Task.WhenAll(ledgers.Select(async (ledger, producer) =>
        {
            var all = new List<LedgerChange>();
            for (var b = 0; b < 20; b++)
            {
                var ids = Enumerable.Range(0, 10).Select(i => $"{b}-{i}");
                ids = producer == 0 ? ids : ids.Reverse();
                all.AddRange(await ledger.AppendAsync(new LedgerBatch($"p{producer}", [.. ids.Select((id, i) => Close((b * 10) + i + 1, id))]), Cancellation));
            }

            return all;
        }));
        told.SelectMany(c => c).Select(c => c.Request.RequestId).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 200).Select(n => $"{n / 10}-{n % 10}").Order(StringComparer.Ordinal));
        (await ledgers[0].GetStatisticsAsync(Cancellation)).Rows.ShouldBe(200);
    }

    [Fact]
    public async Task A_query_that_forgets_the_tenant_sees_nothing()
    {
        var ledger = (await OpenAsync(1))[0];
        await ledger.AppendAsync(new LedgerBatch("p1", [Open(1, "r"), Close(2, "r")]), Cancellation);
        await using var connection = new NpgsqlConnection(database.Runtime + ";Search Path=gatewaystack");
        await connection.OpenAsync(Cancellation);
        (await CountAsync("SELECT (SELECT count(*) FROM requests) + (SELECT count(*) FROM ledger)")).ShouldBe(0);
        (await CountAsync("SELECT count(set_config('app.tenant', 'zenith', false))")).ShouldBe(1);
        (await CountAsync("SELECT (SELECT count(*) FROM requests) + (SELECT count(*) FROM ledger)")).ShouldBe(0);
        (await CountAsync("SELECT count(set_config('app.tenant', 'mercy', false))")).ShouldBe(1);
        (await CountAsync("SELECT (SELECT count(*) FROM requests) + (SELECT count(*) FROM ledger)")).ShouldBe(2);
        await Should.ThrowAsync<PostgresException>(() => CountAsync("DELETE FROM ledger"));
        await Should.ThrowAsync<PostgresException>(() => CountAsync("UPDATE ledger SET tokens = 0"));
        await Should.ThrowAsync<PostgresException>(() => CountAsync("UPDATE requests SET hold_cost = 0"));

        async Task<long> CountAsync(string text)
        {
#pragma warning disable CA2100 // The texts stand above.
            await using var command = new NpgsqlCommand(text, connection);
#pragma warning restore CA2100
            return (long)(await command.ExecuteScalarAsync(Cancellation))!;
        }
    }

    [Fact]
    public async Task Whoever_runs_the_service_lets_go_of_what_is_old_alone()
    {
        await (await OpenAsync(1))[0].AppendAsync(new LedgerBatch("p1", [Open(1, "r"), Close(2, "r")]), Cancellation);
        await using var connection = new NpgsqlConnection(database.Runtime + ";Search Path=gatewaystack");
        await connection.OpenAsync(Cancellation);
        await using (var young = new NpgsqlCommand("SELECT ledger_forget(now() - interval '59 days', 10)", connection))
        {
            (await Should.ThrowAsync<PostgresException>(() => young.ExecuteScalarAsync(Cancellation))).MessageText.ShouldContain("may still be counted");
        }

        await using var old = new NpgsqlCommand("SELECT ledger_forget(now() - interval '61 days', 10)", connection);
        (await old.ExecuteScalarAsync(Cancellation)).ShouldBe(0L);
        (await database.ScalarAsync("SELECT count(*) FROM gatewaystack.ledger")).ShouldBe(1L);
    }

    [Fact]
    public async Task Claims_of_many_instances_at_once_are_all_different()
    {
        var ledgers = await OpenAsync(4);
        var claims = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => ledgers[i % 4].ClaimAsync("usage", i % 2 == 0 ? [0, 1, 2] : [2, 1, 0], Cancellation)));
        foreach (var partition in new[] { 0, 1, 2 })
        {
            claims.Select(c => c.Single(p => p.Partition == partition).Claim).Order().ShouldBe(Enumerable.Range(1, 40).Select(n => (long)n));
        }
    }

    private protected override ILedger Create() => database.Ledger();

    private protected override void Destroy()
    {
    }

    private async Task<List<PostgresLedger>> OpenAsync(int count)
    {
        var ledgers = Enumerable.Range(0, count).Select(_ => database.OtherLedger(_processes)).ToList();
        foreach (var ledger in ledgers)
        {
            await ledger.OpenAsync(Cancellation);
        }

        return ledgers;
    }

    internal static OpenEntry Open(long sequence, string id) => new()
    {
        Epoch = 1,
        Sequence = sequence,
        RequestId = id,
        Facts = Facts,
        Hold = new Hold { Tokens = 300, CostMicros = 40, ReservedAt = LimitsFixture.Noon, LeaseEndsAt = LimitsFixture.Noon.AddMinutes(5) },
    };

    internal static CloseEntry Close(long sequence, string id) => new()
    {
        Epoch = 1,
        Sequence = sequence,
        RequestId = id,
        Facts = Facts,
        Time = LimitsFixture.Noon.AddSeconds(9),
        Attempts = [LimitsFixture.Attempt(10, 5, 3)],
        ChargedByChild = false,
        Interrupted = false,
    };

    private static RequestFacts Facts { get; } = new() { Tenant = LimitsFixture.Tenant, PersonId = "p", Kind = IdentityKind.Person, Roles = ["doctor"], Action = "model.call" };
}
