using GatewayStack.Audit.Postgres;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using static GatewayStack.Audit.Tests.Storage.StoreSamples;

namespace GatewayStack.Audit.Tests.Postgres;

public sealed class PartitionTests(PostgresAudit audit) : IClassFixture<PostgresAudit>
{
    // The server's own clock says whether a month is over.
    private static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Rows_go_to_the_month_of_their_class_and_what_is_too_far_off_to_the_default()
    {
        await audit.ResetAsync();
        using var instance = audit.Open();
        (long Sequence, string Retention, int Months)[] rows = [(1, "standard", 0), (2, "long", 0), (3, "standard", -3), (4, "standard", -200), (5, "long", 40), (6, "it's \"odd\"", 0)];
        _ = await instance.Store.AppendAsync(Batch([.. rows.Select(r => Entry(r.Sequence, e: Old(r.Sequence, r.Months, r.Retention)))]), Token);

        (await TableOfAsync(1)).ShouldEndWith(Month(0));
        (await TableOfAsync(3)).ShouldEndWith(Month(-3));
        (await TableOfAsync(4)).ShouldEndWith("_rest");
        (await TableOfAsync(5)).ShouldEndWith("_rest");
        new[] { await TableOfAsync(1), await TableOfAsync(2), await TableOfAsync(6) }.Distinct().Count().ShouldBe(3);
        var status = await instance.Store.GetStatusAsync(Token);
        status.Rows.ShouldBe(6);
        status.Partitions.Where(p => p.Rows > 0).Select(p => (p.Retention, p.Rows)).ShouldBe([("it's \"odd\"", 1), ("long", 1), ("standard", 1), ("standard", 1)]);
        (await ReadAllAsync(instance.Store)).Count.ShouldBe(6);
    }

    [Fact]
    public async Task The_months_to_come_are_made_ahead()
    {
        using var instance = audit.Open();
        await instance.Partitions.EnsureAheadAsync(Token);
        var made = (await instance.Store.GetStatusAsync(Token)).Partitions.Where(p => p.Retention == "standard").Select(p => p.Month);
        var first = new DateOnly(Today.Year, Today.Month, 1);
        new[] { first, first.AddMonths(1), first.AddMonths(2) }.ShouldBeSubsetOf(made);
    }

    [Fact]
    public async Task While_somebody_reads_for_long_the_default_takes_the_rows_and_they_move_later()
    {
        await audit.ResetAsync();
        var time = new FakeTimeProvider(Today);
        using var instance = audit.Open(time);
        await using (var reader = new NpgsqlConnection(audit.Database.Superuser))
        {
            await reader.OpenAsync(Token);
            await using var transaction = await reader.BeginTransactionAsync(Token);
            await using var read = new NpgsqlCommand("SELECT count(*) FROM gatewaystack.audit_event", reader);
            (await read.ExecuteScalarAsync(Token)).ShouldBe(0L);
            (await instance.Store.AppendAsync(Batch([Entry(1, e: Old(1, 0, "slow") with { Resources = [Samples.Record("1")] }) with { Resources = [("record", [1])] }]), Token)).Stored.ShouldBe(1);
            (await TableOfAsync(1)).ShouldBe("audit_event_rest");
        }

        time.Advance(TimeSpan.FromMinutes(2));
        (await instance.Store.AppendAsync(Batch([Entry(2, e: Old(2, 0, "slow"))]), Token)).Stored.ShouldBe(1);
        (await TableOfAsync(1)).ShouldBe(await TableOfAsync(2));
        (await TableOfAsync(1)).ShouldEndWith(Month(0));
        (await audit.ExecuteAsync("SELECT tableoid::regclass::text FROM gatewaystack.audit_resource WHERE idx = 1"))!.ToString()!.ShouldEndWith(Month(0));
        (await ReadAsync(instance.Store, new AuditFilter { Tenant = "mercy", Limit = 9, ResourceType = "record" })).ShouldHaveSingleItem().Index.ShouldBe(1);
    }

    [Fact]
    public async Task A_month_past_its_retention_goes_with_an_event_for_every_tenant_that_had_rows()
    {
        await audit.ResetAsync();
        using var instance = audit.Open();
        AuditEntry[] entries =
        [
            Entry(1, e: Old(1, -5, "due") with { Resources = [Samples.Record("1")] }) with { Resources = [("record", [1])] },
            Entry(2, e: Old(2, -5, "due")),
            Entry(3, e: Old(3, -5, "due") with { Tenant = "acme" }),
            Entry(4, e: Old(4, -5, "long")),
            Entry(5, e: Old(5, 0, "due")),
            Entry(6, e: Old(6, -200, "due")),
        ];
        _ = await instance.Store.AppendAsync(Batch([.. entries]), Token);
        // Days are counted from the end of the month.
        (await instance.Retention(("due", 160)).RunAsync(Token)).ShouldBe(1);
        (await instance.Retention(("Due", 80)).RunAsync(Token)).ShouldBe(1);
        (await instance.Retention(("due", 80)).RunAsync(Token)).ShouldBe(0);

        var mercy = (await ReadAllAsync(instance.Store)).ConvertAll(r => EventReader.Read(r.Bytes).Event!);
        mercy.Where(e => e.Type != EventTypes.Administration).Select(e => e.RequestId).ShouldBe(["r5", "r4"]);
        mercy.Where(e => e.Type == EventTypes.Administration).Select(e => e.Administration!.Operation).ShouldBe([PostgresRetention.Operation, PostgresRetention.Operation]);
        mercy.Select(e => e.Administration?.Reason).ShouldContain($"2 events of {Today.AddMonths(-5):yyyy-MM} in the retention class due were older than 80 days");
        EventReader.Read((await ReadAllAsync(instance.Store, "acme")).ShouldHaveSingleItem().Bytes).Event!.Administration!.Reason.ShouldStartWith("1 events");
        (await audit.ExecuteAsync("SELECT count(*) FROM gatewaystack.audit_resource")).ShouldBe(0L);

        var status = await instance.Store.GetStatusAsync(Token);
        (status.Rows, status.LastIndex).ShouldBe((5, 9));
        status.Gaps.ShouldBeEmpty();
        // What went does not come back: it is known that it was there.
        (await instance.Store.AppendAsync(Batch([.. entries]), Token)).Stored.ShouldBe(0);
    }

    [Fact]
    public async Task Several_instances_drop_a_month_once_and_a_drop_that_fails_drops_nothing()
    {
        await audit.ResetAsync();
        using var one = audit.Open();
        using var two = audit.Open();
        _ = await one.Store.AppendAsync(Batch([Entry(1, e: Old(1, -4, "once"))]), Token);
        await audit.ExecuteAsync("ALTER TABLE gatewaystack.audit_watermark ADD CONSTRAINT refuse CHECK (epoch > 1) NOT VALID");
        (await one.Retention(("once", 30)).RunAsync(Token)).ShouldBe(0);
        (await ReadAllAsync(one.Store)).ShouldHaveSingleItem();
        await audit.ExecuteAsync("ALTER TABLE gatewaystack.audit_watermark DROP CONSTRAINT refuse");

        var dropped = await Task.WhenAll(one.Retention(("once", 30)).RunAsync(Token), two.Retention(("once", 30)).RunAsync(Token));
        dropped.Sum().ShouldBe(1);
        (await ReadAllAsync(one.Store)).Count.ShouldBe(1);
        (await one.Store.GetStatusAsync(Token)).LastIndex.ShouldBe(2);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static GatewayEvent Old(long number, int months, string retention = "standard") =>
        Samples.Event($"r{number}") with { Time = Today.AddMonths(months), Retention = retention };

    private static string Month(int months) => $"_{Today.AddMonths(months):yyyyMM}";

    private async Task<string> TableOfAsync(long index) =>
        ((string)(await audit.ExecuteAsync($"SELECT tableoid::regclass::text FROM gatewaystack.audit_event WHERE idx = {index}"))!).Replace("gatewaystack.", string.Empty);
}
