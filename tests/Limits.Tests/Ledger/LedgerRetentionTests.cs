using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Limits.Tests.Ledger;

/// <summary>What is past its retention goes, in a host as a gateway has it, and counters do not notice.</summary>
public sealed class LedgerRetentionTests
{
    private const string Document = """{"apiVersion": "gateway.limits/v1", "limits": [{"name": "month", "per": "user", "metric": "tokens", "window": "month", "limit": 1000000}]}""";

    private static readonly RequestFacts Facts = new() { Tenant = LimitsFixture.Tenant, PersonId = "alice", Kind = Contracts.Identity.IdentityKind.Person, Roles = [], Action = "model.call" };

    [Fact]
    public async Task What_is_past_its_retention_goes_whatever_its_number_and_the_month_stays()
    {
        // Its own round would take what this test looks for.
        await using var host = await StartAsync(null);
        var state = host.Services.GetRequiredService<LimitsState>();
        var entries = Enumerable.Range(0, 4500).SelectMany(i => Used(i, LimitsFixture.Noon.AddDays(-100)));
        await state.AppendAsync(new LedgerBatch("p1", [.. entries, .. Used(4500, LimitsFixture.Noon.AddDays(-61)), .. Used(4501, LimitsFixture.Noon)]), CancellationToken.None);
        using var retention = ActivatorUtilities.CreateInstance<LedgerRetention>(host.Services, new LimitsLedgerOptions { RetentionDays = 62 });
        (await retention.RunAsync(CancellationToken.None)).ShouldBe(4500);
        (await retention.RunAsync(CancellationToken.None)).ShouldBe(0);
        var left = await host.Services.GetRequiredService<ILedger>().GetStatisticsAsync(CancellationToken.None);
        (left.Requests, left.Rows).ShouldBe((2, 2));
        (await host.Services.GetRequiredService<ICounterStore>().ReadAsync(Facts, CancellationToken.None)).ShouldHaveSingleItem().Used.ShouldBe(15);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("0", false)]
    [InlineData("62", true)]
    public async Task By_itself_nothing_goes(string? days, bool goes)
    {
        await using var host = await StartAsync(days);
        host.Services.GetServices<IHostedService>().OfType<LedgerRetention>().Any().ShouldBe(goes);
    }

    private static Task<TestHost> StartAsync(string? days) => TestHost.StartAsync(Document, new() { ["Limits:Ledger:RetentionDays"] = days });

    private static ImmutableArray<LedgerEntry> Used(int number, DateTimeOffset at) =>
    [
        new OpenEntry
        {
            Epoch = 1,
            Sequence = (2 * number) + 1,
            RequestId = $"r{number}",
            Facts = Facts,
            Hold = new Hold { Tokens = 300, CostMicros = 40, ReservedAt = at, LeaseEndsAt = at.AddMinutes(5) },
        },
        new CloseEntry
        {
            Epoch = 1,
            Sequence = (2 * number) + 2,
            RequestId = $"r{number}",
            Facts = Facts,
            Time = at,
            Attempts = [LimitsFixture.Attempt(10, 5, 3)],
            ChargedByChild = false,
            Interrupted = false,
        },
    ];
}
