using System.Collections.Immutable;
using System.Text;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Documents;
using GatewayStack.Limits.Documents;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Limits.Tests.Reservations;

/// <summary>What every counter store must do.</summary>
public abstract class CounterStoreSuite
{
    private static readonly DateTimeOffset Noon = LimitsFixture.Noon;

    private readonly FakeTimeProvider _time = new(Noon);

    [Fact]
    public async Task Of_a_thousand_at_once_exactly_as_many_pass_as_the_limit_allows()
    {
        var store = await StartAsync("""{"name": "r", "per": "user", "metric": "requests", "window": "day", "limit": 50}""");
        var decisions = new LimitsDecision[1000];
        await Parallel.ForAsync(0, 1000, async (i, ct) => decisions[i] = await store.ReserveAsync(Request($"r{i}"), ct));
        decisions.Count(d => d.Permits).ShouldBe(50);
        (await StateAsync(store, "r")).Used.ShouldBe(50);
    }

    [Fact]
    public async Task All_limits_move_together_or_none_does()
    {
        var store = await StartAsync(
            """{"name": "tokens", "per": "user", "metric": "tokens", "window": "day", "limit": 1000}""",
            """{"name": "requests", "per": "user", "metric": "requests", "window": "day", "limit": 100}""",
            """{"name": "cost", "per": "tenant", "metric": "cost", "window": "month", "limit": 10}""");
        (await ReserveAsync(store, "a", tokens: 10, cost: 8)).Permits.ShouldBeTrue();
        var before = await store.ReadAsync(Facts(), CancellationToken.None);
        var refused = await ReserveAsync(store, "b", tokens: 10, cost: 3);
        refused.Permits.ShouldBeFalse();
        refused.Reasons.ShouldBe(["cost"]);
        refused.Hold.ShouldBeNull();
        (await store.ReadAsync(Facts(), CancellationToken.None)).ShouldBe(before);
    }

    [Fact]
    public async Task Reserving_twice_gives_the_same_decision_and_one_hold()
    {
        var store = await StartAsync(Tokens(1000));
        var first = await ReserveAsync(store, "a", tokens: 600);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await ReserveAsync(store, "a", tokens: 600)).ShouldBe(first);
        (await StateAsync(store, "t")).Held.ShouldBe(600);
    }

    [Fact]
    public async Task Settling_puts_the_truth_in_the_place_of_the_hold_once()
    {
        var store = await StartAsync(Tokens(1000));
        await ReserveAsync(store, "a", tokens: 600);
        (await SettleAsync(store, "a", 250)).ShouldBe(SettlementStatus.Settled);
        (await SettleAsync(store, "a", 999)).ShouldBe(SettlementStatus.Duplicate);
        var state = await StateAsync(store, "t");
        (state.Used, state.Held).ShouldBe((250, 0));
    }

    [Fact]
    public async Task A_settlement_of_an_unknown_request_or_of_somebody_else_changes_nothing()
    {
        var store = await StartAsync(Tokens(1000));
        await ReserveAsync(store, "a", tokens: 600);
        (await SettleAsync(store, "b", 250)).ShouldBe(SettlementStatus.Unknown);
        (await SettleAsync(store, "a", 250, person: "mallory")).ShouldBe(SettlementStatus.Unknown);
        (await StateAsync(store, "t")).Held.ShouldBe(600);
    }

    [Fact]
    public async Task A_reservation_that_comes_after_its_own_settlement_holds_nothing()
    {
        var store = await StartAsync(Tokens(1000));
        (await SettleAsync(store, "a", 0)).ShouldBe(SettlementStatus.Unknown);
        (await SettleAsync(store, "b", 0, person: "mallory")).ShouldBe(SettlementStatus.Unknown);
        (await ReserveAsync(store, "a", tokens: 600)).Permits.ShouldBeTrue();
        (await StateAsync(store, "t")).Held.ShouldBe(0);
        (await ReserveAsync(store, "b", tokens: 300)).Permits.ShouldBeTrue();
        (await StateAsync(store, "t")).Held.ShouldBe(300);

        // The ledger's word still counts.
        await ApplyAsync(store, Row("a", LedgerState.Closed, charged: 40));
        var state = await StateAsync(store, "t");
        (state.Used, state.Held).ShouldBe((40, 300));
    }

    [Fact]
    public async Task An_ended_lease_is_charged_in_full_and_a_late_settlement_corrects_it()
    {
        var store = await StartAsync(Tokens(1000));
        await ReserveAsync(store, "a", tokens: 600);
        _time.Advance(TimeSpan.FromMinutes(10));
        (await store.SweepAsync(CancellationToken.None)).ShouldBe(1);
        (await store.SweepAsync(CancellationToken.None)).ShouldBe(0);
        var swept = await StateAsync(store, "t");
        (swept.Used, swept.Held).ShouldBe((600, 0));
        (await SettleAsync(store, "a", 250)).ShouldBe(SettlementStatus.Settled);
        (await SettleAsync(store, "a", 250)).ShouldBe(SettlementStatus.Duplicate);
        (await StateAsync(store, "t")).Used.ShouldBe(250);
    }

    [Fact]
    public async Task A_lease_does_not_end_early()
    {
        var store = await StartAsync(Tokens(1000));
        await ReserveAsync(store, "a", tokens: 600);
        _time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(10));
        (await store.SweepAsync(CancellationToken.None)).ShouldBe(0);
        (await StateAsync(store, "t")).Held.ShouldBe(600);
    }

    [Fact]
    public async Task A_charge_lands_in_the_window_of_its_reservation()
    {
        var store = await StartAsync("""{"name": "t", "per": "user", "metric": "tokens", "window": "minute", "limit": 1000}""");
        await ReserveAsync(store, "a", tokens: 600);
        _time.Advance(TimeSpan.FromMinutes(1));
        var fresh = await StateAsync(store, "t");
        (fresh.Used, fresh.Held).ShouldBe((0, 0));
        await ReserveAsync(store, "b", tokens: 100);
        await SettleAsync(store, "a", 600);
        var state = await StateAsync(store, "t");
        (state.Used, state.Held).ShouldBe((0, 100));
    }

    [Fact]
    public async Task A_refusal_names_the_limit_what_is_left_and_when_to_come_back()
    {
        var store = await StartAsync("""{"name": "rpm", "per": "user", "metric": "requests", "window": "minute", "limit": 1}""", Tokens(1000));
        await ReserveAsync(store, "a", tokens: 900);
        var throttled = await ReserveAsync(store, "b", tokens: 50);
        (throttled.Effect, throttled.Limit!.Name, throttled.Limit.Remaining, throttled.RetryAfter)
            .ShouldBe((LimitsEffect.Throttle, "rpm", 0, TimeSpan.FromSeconds(30)));

        // The day's limit refuses as well: coming back in half a minute would be in vain.
        var denied = await ReserveAsync(store, "c", tokens: 200);
        denied.Reasons.ShouldBe(["rpm", "t"]);
        (denied.Effect, denied.Limit!.Name, denied.Limit.Remaining, denied.Limit.ResetsAt, denied.RetryAfter).ShouldBe(
            (LimitsEffect.Deny, "t", 100, new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero), new TimeSpan(11, 59, 30)));
    }

    [Fact]
    public async Task A_request_that_is_larger_than_the_limit_is_not_told_to_come_back()
    {
        var store = await StartAsync(Tokens(1000));
        var decision = await ReserveAsync(store, "a", tokens: 1001);
        (decision.Effect, decision.RetryAfter).ShouldBe((LimitsEffect.Deny, null));
        decision.Reasons.ShouldBe(["t", Decisions.LargerThanLimit]);
    }

    [Fact]
    public async Task What_asks_for_nothing_is_not_refused_when_all_is_spent()
    {
        var store = await StartAsync("""{"name": "c", "per": "user", "metric": "cost", "window": "day", "limit": 10}""");
        await ReserveAsync(store, "a", cost: 10);
        await SettleAsync(store, "a", 0, cost: 25);
        (await ReserveAsync(store, "b", cost: 1)).Permits.ShouldBeFalse();
        (await ReserveAsync(store, "c", cost: 0)).Permits.ShouldBeTrue();
    }

    [Fact]
    public async Task An_unknown_price_is_refused_only_where_a_limit_on_cost_applies()
    {
        var store = await StartAsync(Tokens(1000), """{"name": "c", "per": "user", "metric": "cost", "window": "day", "limit": 10, "match": {"roles": ["intern"]}}""");
        (await store.ReserveAsync(Request("a") with { PriceKnown = false }, CancellationToken.None)).Permits.ShouldBeTrue();
        var refused = await store.ReserveAsync(Request("b") with { PriceKnown = false, Facts = Facts() with { Roles = ["intern"] } }, CancellationToken.None);
        refused.Effect.ShouldBe(LimitsEffect.Deny);
        refused.Reasons.ShouldBe([Decisions.UnknownPrice]);
    }

    [Fact]
    public async Task A_child_takes_over_its_parents_hold_and_is_no_further_request()
    {
        var store = await StartAsync("""{"name": "r", "per": "user", "metric": "requests", "window": "day", "limit": 1}""", Tokens(1000));
        await ReserveAsync(store, "parent", tokens: 900);
        (await ReserveAsync(store, "child", tokens: 950, parent: "parent")).Permits.ShouldBeTrue();
        (await StateAsync(store, "t")).Held.ShouldBe(950);
        (await SettleAsync(store, "parent", 0)).ShouldBe(SettlementStatus.Settled);
        (await SettleAsync(store, "child", 700)).ShouldBe(SettlementStatus.Settled);
        var state = await StateAsync(store, "t");
        (state.Used, state.Held).ShouldBe((700, 0));
        (await StateAsync(store, "r")).Used.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_child_leaves_its_parents_hold()
    {
        var store = await StartAsync(Tokens(1000));
        await ReserveAsync(store, "parent", tokens: 900);
        (await ReserveAsync(store, "child", tokens: 1001, parent: "parent")).Permits.ShouldBeFalse();
        (await StateAsync(store, "t")).Held.ShouldBe(900);
        (await SettleAsync(store, "parent", 100)).ShouldBe(SettlementStatus.Settled);
        (await StateAsync(store, "t")).Used.ShouldBe(100);
    }

    [Fact]
    public async Task Nobody_takes_over_somebody_elses_hold()
    {
        var store = await StartAsync("""{"name": "t", "per": "tenant", "metric": "tokens", "window": "day", "limit": 1000}""");
        await ReserveAsync(store, "parent", tokens: 900);
        var child = Request("child", tokens: 500, parent: "parent") with { Facts = Facts() with { PersonId = "mallory" } };
        (await store.ReserveAsync(child, CancellationToken.None)).Permits.ShouldBeFalse();
        (await StateAsync(store, "t")).Held.ShouldBe(900);
    }

    [Fact]
    public async Task Each_limit_counts_by_its_own_scope()
    {
        var store = await StartAsync(
            """{"name": "user", "per": "user", "metric": "tokens", "window": "day", "limit": 1000}""",
            """{"name": "team", "per": "team", "metric": "tokens", "window": "day", "limit": 1000}""",
            """{"name": "org", "per": "org", "metric": "tokens", "window": "day", "limit": 1000}""",
            """{"name": "tenant", "per": "tenant", "metric": "tokens", "window": "day", "limit": 1000}""");
        var ann = Facts() with { PersonId = "ann", OrgId = "o1", Team = "t" };
        ImmutableArray<RequestFacts> others =
            [ann with { PersonId = "bob" }, ann with { PersonId = "cas", OrgId = "o2" }, ann with { PersonId = "dan", OrgId = null, Team = null }, ann with { Tenant = "acme" }];
        await store.ReserveAsync(Request("a", tokens: 1) with { Facts = ann }, CancellationToken.None);
        for (var i = 0; i < others.Length; i++)
        {
            await store.ReserveAsync(Request($"o{i}", tokens: 10 << i) with { Facts = others[i] }, CancellationToken.None);
        }

        (await store.ReadAsync(ann, CancellationToken.None)).Select(s => (s.Name, s.Held)).ShouldBe([("user", 1), ("team", 11), ("org", 11), ("tenant", 71)]);
        (await store.ReadAsync(others[2], CancellationToken.None)).Select(s => (s.Name, s.Held)).ShouldBe([("user", 40), ("tenant", 71)]);
    }

    [Fact]
    public async Task A_limit_counts_only_what_it_matches()
    {
        var store = await StartAsync("""
            {"name": "m", "per": "tenant", "metric": "tokens", "window": "day", "limit": 1000,
             "match": {"roles": ["contractor", "intern"], "plans": ["free"], "kinds": ["person"], "actions": ["model.call"], "tenants": ["mercy"]}}
            """);
        var matching = Facts() with { Roles = ["x", "intern"], Plan = "free" };
        ImmutableArray<RequestFacts> others =
        [
            matching with { Roles = ["x"] }, matching with { Plan = null }, matching with { Plan = "pro" },
            matching with { Kind = IdentityKind.Service }, matching with { Action = "backend.call" },
        ];
        await store.ReserveAsync(Request("a", tokens: 1) with { Facts = matching }, CancellationToken.None);
        for (var i = 0; i < others.Length; i++)
        {
            await store.ReserveAsync(Request($"o{i}", tokens: 10) with { Facts = others[i] }, CancellationToken.None);
        }

        (await store.ReadAsync(matching, CancellationToken.None)).ShouldHaveSingleItem().Held.ShouldBe(1);
        (await store.ReadAsync(others[0], CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rebuild_takes_ledger_and_memory_together()
    {
        var store = await StartAsync(Tokens(1000));
        await ReserveAsync(store, "open", tokens: 100);
        await ReserveAsync(store, "settled", tokens: 100);
        await SettleAsync(store, "settled", 7);
        await ReserveAsync(store, "recorded", tokens: 100);
        await SettleAsync(store, "recorded", 9);
        await ApplyAsync(store, Row("recorded", LedgerState.Closed, charged: 9));
        var ledger = new TestLedger(
            Row("old", LedgerState.Closed, charged: 20),
            Row("settled", LedgerState.Open),
            Row("recorded", LedgerState.Closed, charged: 9),
            Row("lost", LedgerState.Open),
            Row("released", LedgerState.Released),
            Row("yesterday", LedgerState.Closed, charged: 500) with { ReservedAt = Noon.AddDays(-1) });
        for (var i = 0; i < 2; i++)
        {
            await store.RebuildAsync(Set(Tokens(2000)), ledger, CancellationToken.None);
            var state = await StateAsync(store, "t");
            (state.Limit, state.Used, state.Held).ShouldBe((2000, 36, 160));
        }

        (await SettleAsync(store, "lost", 5)).ShouldBe(SettlementStatus.Settled);
        (await StateAsync(store, "t")).Used.ShouldBe(41);
    }

    [Fact]
    public async Task New_limits_count_what_was_used_before_them()
    {
        var store = await StartAsync(Tokens(1000));
        await ReserveAsync(store, "a", tokens: 100);
        await store.RebuildAsync(
            Set("""{"name": "hour", "per": "tenant", "metric": "tokens", "window": "hour", "limit": 50}""", """{"name": "r", "per": "user", "metric": "requests", "window": "day", "limit": 9}"""),
            new TestLedger(Row("b", LedgerState.Closed, charged: 20), Row("c", LedgerState.Closed) with { Counts = false }),
            CancellationToken.None);
        var states = await store.ReadAsync(Facts(), CancellationToken.None);
        states.Select(s => (s.Name, s.Used, s.Held)).ShouldBe([("hour", 20, 100), ("r", 2, 0)]);
    }

    [Fact]
    public async Task The_ledgers_word_corrects_a_settlement()
    {
        var store = await StartAsync(Tokens(1000));
        await ReserveAsync(store, "a", tokens: 100);
        await SettleAsync(store, "a", 90);
        await ApplyAsync(store, Row("a", LedgerState.Closed, charged: 70));
        await ApplyAsync(store, Row("b", LedgerState.Closed, charged: 5));
        (await StateAsync(store, "t")).Used.ShouldBe(75);
        (await SettleAsync(store, "a", 90)).ShouldBe(SettlementStatus.Duplicate);
        (await StateAsync(store, "t")).Used.ShouldBe(75);
    }

    [Fact]
    public async Task Tools_are_counted_apart_for_each_person_and_each_server()
    {
        var store = await StartAsync("""{"name": "calls", "per": "user_tool", "metric": "requests", "window": "day", "limit": 2}""");
        (await CallAsync(store, "a", "calendar", "list")).Permits.ShouldBeTrue();
        (await CallAsync(store, "b", "calendar", "list")).Limit!.Remaining.ShouldBe(0);
        var refused = await CallAsync(store, "c", "calendar", "list");
        (refused.Permits, refused.Limit!.Name, refused.Limit.Used).ShouldBe((false, "calls", 2));
        (await CallAsync(store, "d", "calendar", "create")).Permits.ShouldBeTrue();
        (await CallAsync(store, "e", "notes", "list")).Permits.ShouldBeTrue();
        (await CallAsync(store, "f", "calendar", "List")).Permits.ShouldBeTrue();
        (await CallAsync(store, "g", "calendar", "list", person: "bob")).Permits.ShouldBeTrue();
        // Names that read alike when they are put together are still two.
        (await CallAsync(store, "h", "cal", "endarlist")).Permits.ShouldBeTrue();
        (await CallAsync(store, "i", "calendar", "list", person: "alice1.")).Permits.ShouldBeTrue();

        // What is no call of a tool is not counted there.
        (await ReserveAsync(store, "j", tokens: 5)).Permits.ShouldBeTrue();
        (await ReserveAsync(store, "k", tokens: 5)).Permits.ShouldBeTrue();
        (await ReserveAsync(store, "l", tokens: 5)).Permits.ShouldBeTrue();
        (await store.ReadAsync(Facts(), CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_limit_may_be_about_some_servers_and_tools()
    {
        var store = await StartAsync(
            """{"name": "create", "per": "user", "metric": "requests", "window": "day", "limit": 1, "match": {"servers": ["calendar"], "tools": ["create", "delete"]}}""",
            """{"name": "server", "per": "tenant", "metric": "requests", "window": "day", "limit": 4, "match": {"servers": ["calendar"]}}""",
            """{"name": "money", "per": "user", "metric": "cost", "window": "day", "limit": 0}""");
        (await CallAsync(store, "a", "calendar", "create")).Permits.ShouldBeTrue();
        (await CallAsync(store, "b", "calendar", "delete")).Reasons.ShouldBe(["create"]);
        (await CallAsync(store, "c", "calendar", "list")).Permits.ShouldBeTrue();
        (await CallAsync(store, "d", "calendar", null, action: "resource.read")).Permits.ShouldBeTrue();
        (await CallAsync(store, "e", "notes", "create")).Permits.ShouldBeTrue();
        (await CallAsync(store, "f", "calendar", "delete", person: "bob")).Permits.ShouldBeTrue();
        (await CallAsync(store, "g", "calendar", "list", person: "bob")).Reasons.ShouldBe(["server"]);
        (await SettleAsync(store, "a", 0)).ShouldBe(SettlementStatus.Settled);
        (await SettleAsync(store, "a", 0)).ShouldBe(SettlementStatus.Duplicate);

        // A caller sees what they have used of it, whatever they call next.
        (await StateAsync(store, "create")).Used.ShouldBe(1);
        (await StateAsync(store, "server")).Used.ShouldBe(4);
    }

    [Fact]
    public async Task Calls_of_tools_are_counted_again_from_the_ledger()
    {
        const string Limit = """{"name": "calls", "per": "user_tool", "metric": "requests", "window": "day", "limit": 3}""";
        var store = await StartAsync(Limit);
        var call = Facts() with { Action = "tool.call", Server = "calendar", Tool = "list" };
        var ledger = new TestLedger(
            Row("a", LedgerState.Closed) with { Facts = call }, Row("b", LedgerState.Open) with { Facts = call }, Row("c", LedgerState.Closed) with { Facts = call with { Tool = "x" } });
        await store.RebuildAsync(Set(Limit, Tokens(7)), ledger, CancellationToken.None);
        (await CallAsync(store, "d", "calendar", "list")).Permits.ShouldBeTrue();
        (await CallAsync(store, "e", "calendar", "list")).Permits.ShouldBeFalse();
        (await CallAsync(store, "f", "calendar", "x")).Permits.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_settled_and_recorded_is_forgotten_and_so_are_old_windows()
    {
        var store = await StartAsync("""{"name": "r", "per": "user", "metric": "requests", "window": "minute", "limit": 10000}""");
        for (var i = 0; i < 5000; i++)
        {
            var facts = Facts() with { PersonId = $"p{i}" };
            await store.ReserveAsync(Request($"r{i}", tokens: 1) with { Facts = facts }, CancellationToken.None);
            await store.SettleAsync(new CounterSettlement("mercy", $"p{i}", $"r{i}", new Amount(1, 0)), CancellationToken.None);
            await ApplyAsync(store, Row($"r{i}", LedgerState.Closed, charged: 1) with { Facts = facts });
        }

        await ReserveAsync(store, "unrecorded", tokens: 1);
        await SettleAsync(store, "unrecorded", 1);
        (await store.GetStatisticsAsync(CancellationToken.None)).Remembered.ShouldBe(5001);
        _time.Advance(TimeSpan.FromMinutes(3));
        await store.SweepAsync(CancellationToken.None);
        var statistics = await store.GetStatisticsAsync(CancellationToken.None);
        (statistics.Counters, statistics.OpenHolds, statistics.Remembered).ShouldBe((0, 0, 1));
        await ApplyAsync(store, Row("unrecorded", LedgerState.Closed, charged: 1));
        _time.Advance(TimeSpan.FromMinutes(3));
        await store.SweepAsync(CancellationToken.None);
        (await store.GetStatisticsAsync(CancellationToken.None)).Remembered.ShouldBe(0);
    }

    [Fact]
    public async Task Under_any_concurrency_the_sums_are_right()
    {
        var store = await StartAsync(Tokens(100_000_000), """{"name": "o", "per": "tenant", "metric": "tokens", "window": "day", "limit": 100000000}""");
        await Parallel.ForAsync(0, 8, async (worker, ct) =>
        {
            for (var i = 0; i < 500; i++)
            {
                var id = $"{worker}-{i}";
                var facts = Facts() with { PersonId = $"p{i % 5}" };
                await store.ReserveAsync(Request(id, tokens: 100) with { Facts = facts }, ct);
                await store.ReserveAsync(Request(id, tokens: 100) with { Facts = facts }, ct);
                var settlement = new CounterSettlement("mercy", facts.PersonId, id, new Amount(i % 7, 0));
                await Task.WhenAll(Task.Run(() => store.SettleAsync(settlement, ct), ct), Task.Run(() => store.SettleAsync(settlement, ct), ct));
                if (i % 100 == 0)
                {
                    await store.RebuildAsync(Set(Tokens(100_000_000), """{"name": "o", "per": "tenant", "metric": "tokens", "window": "day", "limit": 100000000}"""), new TestLedger(), ct);
                }
            }
        });
        var people = 0L;
        for (var p = 0; p < 5; p++)
        {
            people += (await store.ReadAsync(Facts() with { PersonId = $"p{p}" }, CancellationToken.None))[0].Used;
        }

        var tenant = (await store.ReadAsync(Facts(), CancellationToken.None))[1];
        var expected = 8L * Enumerable.Range(0, 500).Sum(i => i % 7);
        (people, tenant.Used, tenant.Held).ShouldBe((expected, expected, 0));
    }

    private protected abstract ICounterStore Create(TimeProvider time);

    private static string Tokens(long limit) => $$"""{"name": "t", "per": "user", "metric": "tokens", "window": "day", "limit": {{limit}}}""";

    private static LimitSet Set(params string[] limits)
    {
        var text = $$"""{"apiVersion": "gateway.limits/v1", "limits": [{{string.Join(",", limits)}}]}""";
        var loaded = DocumentLoader.Compile(new LimitsFormat(), Encoding.UTF8.GetBytes(text));
        loaded.Errors.ShouldBeEmpty();
        return new LimitSet(loaded.Value!, loaded.Revision);
    }

    private static RequestFacts Facts() => new() { Tenant = "mercy", PersonId = "alice", Kind = IdentityKind.Person, Action = "model.call" };

    private static LedgerRequest Row(string id, LedgerState state, long charged = 0) => new()
    {
        RequestId = id,
        Facts = Facts(),
        ReservedAt = Noon.AddSeconds(-10),
        Counts = true,
        State = state,
        Hold = new Amount(60, 0),
        LeaseEndsAt = Noon.AddMinutes(10),
        Charged = new Amount(charged, 0),
    };

    private static Task<bool> ApplyAsync(ICounterStore store, LedgerRequest row) => store.ApplyAsync([new LedgerChange(row)], CancellationToken.None);

    private static async Task<LimitState> StateAsync(ICounterStore store, string name) =>
        (await store.ReadAsync(Facts(), CancellationToken.None)).Single(s => s.Name == name);

    private static async Task<SettlementStatus> SettleAsync(ICounterStore store, string id, long tokens, long cost = 0, string person = "alice") =>
        (await store.SettleAsync(new CounterSettlement("mercy", person, id, new Amount(tokens, cost)), CancellationToken.None)).Status;

    private async Task<ICounterStore> StartAsync(params string[] limits)
    {
        var store = Create(_time);
        await store.OpenAsync(CancellationToken.None);
        await store.RebuildAsync(Set(limits), new TestLedger(), CancellationToken.None);
        return store;
    }

    private Task<LimitsDecision> ReserveAsync(ICounterStore store, string id, long tokens = 0, long cost = 0, string? parent = null) =>
        store.ReserveAsync(Request(id, tokens, cost, parent), CancellationToken.None);

    private Task<LimitsDecision> CallAsync(ICounterStore store, string id, string server, string? tool, string person = "alice", string action = "tool.call") =>
        store.ReserveAsync(Request(id) with { Facts = Facts() with { PersonId = person, Action = action, Server = server, Tool = tool } }, CancellationToken.None);

    private CounterRequest Request(string id, long tokens = 0, long cost = 0, string? parent = null) => new()
    {
        RequestId = id,
        ParentRequestId = parent,
        Facts = Facts(),
        Hold = new Amount(tokens, cost),
        PriceKnown = true,
        At = _time.GetUtcNow(),
        LeaseEndsAt = _time.GetUtcNow().AddMinutes(10),
    };
}
