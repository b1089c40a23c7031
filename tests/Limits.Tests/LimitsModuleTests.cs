using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Tests;

public sealed class LimitsModuleTests
{
    private static readonly Contracts.Identity.CallerIdentity Alice = LimitsFixture.Caller("alice");

    [Fact]
    public async Task A_hold_is_the_longest_answer_at_the_dearest_target()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        var decision = await fixture.ReserveAsync(LimitsFixture.Request("r", Alice, input: 1000) with
        {
            Targets =
            [
                new ReservationTarget { Provider = "cloud", Model = "gpt-4o", MaxOutputTokens = 100 },
                new ReservationTarget { Provider = "cloud", Model = "gpt-4o-mini", MaxOutputTokens = 4000 },
                new ReservationTarget { Provider = "onprem", Model = "finance-internal", MaxOutputTokens = 10 },
            ],
        });
        decision.Effect.ShouldBe(LimitsEffect.Ok);
        decision.Hold!.Tokens.ShouldBe(5000);
        decision.Hold.CostMicros.ShouldBe(3500);
        decision.Prices.Select(p => (p.Provider, p.Model, p.Input)).ShouldBe(
            [("cloud", "gpt-4o", 2_500_000), ("cloud", "gpt-4o-mini", 150_000), ("onprem", "finance-internal", 0)]);
        decision.PriceTable.ShouldBe(fixture.Prices.Current.Revision);
        decision.Limit!.Name.ShouldBe("requests_per_minute");
        decision.Limit.Used.ShouldBe(1);
        (await fixture.StateOfAsync(Alice, "cost_per_day")).Held.ShouldBe(3500);
    }

    [Fact]
    public async Task A_call_of_a_backend_without_a_model_is_a_request_and_no_more()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        var decision = await fixture.ReserveAsync(LimitsFixture.Request("r", Alice, input: 5000, output: 0, model: null) with { Action = "backend.call" });
        (decision.Effect, decision.Hold!.Tokens, decision.Hold.CostMicros).ShouldBe((LimitsEffect.Ok, 0, 0));
        (await fixture.StateOfAsync(Alice, "requests_per_minute")).Used.ShouldBe(1);
        (await fixture.StateOfAsync(Alice, "tokens_per_day")).Held.ShouldBe(0);
    }

    [Fact]
    public async Task A_model_without_a_price_is_refused_where_cost_is_limited()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        var decision = await fixture.ReserveAsync(LimitsFixture.Request("r", Alice, model: "nobody-knows-it"));
        decision.Effect.ShouldBe(LimitsEffect.Deny);
        decision.Reasons.ShouldBe([Decisions.UnknownPrice]);
        decision.Prices.ShouldBeEmpty();
        (await fixture.StateOfAsync(Alice, "requests_per_minute")).Used.ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_limit_on_cost_an_unknown_price_is_no_obstacle()
    {
        await using var fixture = await LimitsFixture.StartAsync("""{"apiVersion": "gateway.limits/v1", "limits": []}""");
        (await fixture.ReserveAsync(LimitsFixture.Request("r", Alice, model: "nobody-knows-it"))).Permits.ShouldBeTrue();
        (await fixture.SettleAsync("r", Alice, [LimitsFixture.Attempt(5, 5, null)])).ShouldBe(SettlementStatus.Settled);
    }

    [Fact]
    public async Task Absurd_bounds_are_refused_not_overflowed()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        var decision = await fixture.ReserveAsync(LimitsFixture.Request("r", Alice, input: long.MaxValue, output: long.MaxValue, model: "gpt-4o"));
        decision.Effect.ShouldBe(LimitsEffect.Deny);
        decision.Reasons.ShouldBe(["tokens_per_day", "cost_per_day", Decisions.LargerThanLimit]);
    }

    [Fact]
    public async Task All_attempts_are_charged_those_that_failed_included()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        await fixture.ReserveAsync(LimitsFixture.Request("r", Alice, input: 1000, output: 1000));
        await fixture.SettleAsync("r", Alice, [LimitsFixture.Attempt(100, 0, 15), LimitsFixture.Attempt(100, 50, 45, number: 2)]);
        (await fixture.StateOfAsync(Alice, "tokens_per_day")).Used.ShouldBe(250);
        (await fixture.StateOfAsync(Alice, "cost_per_day")).Used.ShouldBe(60);
    }

    [Fact]
    public async Task The_hot_path_never_waits()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        fixture.ReserveAsync(LimitsFixture.Request("r", Alice)).IsCompletedSuccessfully.ShouldBeTrue();
        fixture.SettleAsync("r", Alice, []).IsCompletedSuccessfully.ShouldBeTrue();
        fixture.Module.GetReportAsync(new LimitsReportRequest { Identity = Alice }, CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Tenants_and_people_do_not_share_counters()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        await fixture.ReserveAsync(LimitsFixture.Request("r", Alice));
        (await fixture.StateOfAsync(LimitsFixture.Caller("alice", "acme"), "requests_per_minute")).Used.ShouldBe(0);
        (await fixture.StateOfAsync(LimitsFixture.Caller("nora"), "requests_per_minute")).Used.ShouldBe(0);
    }

    [Fact]
    public async Task A_request_whose_process_was_killed_before_settling_is_charged_from_its_outcome()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        var request = LimitsFixture.Request("r", Alice);
        fixture.RecordDecision(request, await fixture.ReserveAsync(request));
        fixture.RecordOutcome("r", Alice, [LimitsFixture.Attempt(40, 20, 18)]);
        await fixture.RestartAsync();
        (await fixture.StateOfAsync(Alice, "tokens_per_day")).Used.ShouldBe(0);
        await fixture.ShipAsync();
        (await fixture.StateOfAsync(Alice, "tokens_per_day")).Used.ShouldBe(60);
        (await fixture.StateOfAsync(Alice, "requests_per_minute")).Used.ShouldBe(1);
        await fixture.ShipAsync(0, again: 2);
        (await fixture.StateOfAsync(Alice, "tokens_per_day")).Used.ShouldBe(60);
    }

    [Fact]
    public async Task An_interrupted_stream_is_charged_its_hold()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        var request = LimitsFixture.Request("r", Alice, input: 300, output: 200);
        var decision = await fixture.ReserveAsync(request);
        fixture.RecordDecision(request, decision);
        await fixture.ShipAsync();
        await fixture.RestartAsync();
        (await fixture.StateOfAsync(Alice, "tokens_per_day")).Held.ShouldBe(500);
        fixture.RecordOutcome("r", Alice, [], EventOutcomes.Interrupted);
        await fixture.ShipAsync();
        var state = await fixture.StateOfAsync(Alice, "tokens_per_day");
        (state.Used, state.Held).ShouldBe((500, 0));
        (await fixture.StateOfAsync(Alice, "cost_per_day")).Used.ShouldBe(decision.Hold!.CostMicros);
        await fixture.RestartAsync();
        (await fixture.StateOfAsync(Alice, "tokens_per_day")).Used.ShouldBe(500);
    }

    [Fact]
    public async Task A_hold_that_outlived_its_process_is_charged_when_its_lease_ends()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        var request = LimitsFixture.Request("r", Alice, input: 300, output: 200);
        fixture.RecordDecision(request, await fixture.ReserveAsync(request));
        await fixture.ShipAsync();
        fixture.Time.Advance(TimeSpan.FromHours(1));
        await fixture.RestartAsync();
        await fixture.Counters.SweepAsync(CancellationToken.None);
        var state = await fixture.StateOfAsync(Alice, "tokens_per_day");
        (state.Used, state.Held).ShouldBe((500, 0));
    }

    [Fact]
    public async Task New_limits_come_into_force_with_what_has_been_used()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        var request = LimitsFixture.Request("r", Alice);
        fixture.RecordDecision(request, await fixture.ReserveAsync(request));
        await fixture.SettleAsync("r", Alice, [LimitsFixture.Attempt(40, 20, 18)]);
        fixture.Limits.Set("""
            {"apiVersion": "gateway.limits/v1", "limits": [{"name": "all", "per": "tenant", "metric": "tokens", "window": "month", "limit": 100}]}
            """);
        await fixture.Limits.ReloadAsync(CancellationToken.None);
        await fixture.State.RefreshAsync(CancellationToken.None);
        var state = (await fixture.Module.GetReportAsync(new LimitsReportRequest { Identity = LimitsFixture.Caller("nora") }, CancellationToken.None)).Limits.ShouldHaveSingleItem();
        (state.Name, state.Used, state.Remaining).ShouldBe(("all", 60, 40));
    }

    [Fact]
    public async Task Nothing_is_decided_before_the_counters_are_rebuilt()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        using var state = new LimitsState(fixture.Counters, fixture.Ledger, fixture.Limits, null!);
        var module = new LimitsModule(fixture.Counters, fixture.Prices, state, fixture.Time, null!);
        await Should.ThrowAsync<InvalidOperationException>(() => module.ReserveAsync(LimitsFixture.Request("r", Alice), CancellationToken.None));
    }
}
