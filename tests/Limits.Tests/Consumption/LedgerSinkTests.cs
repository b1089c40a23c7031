using System.Collections.Immutable;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;

namespace GatewayStack.Limits.Tests.Consumption;

public sealed class LedgerSinkTests
{
    private static readonly CallerIdentity Alice = LimitsFixture.Caller("alice");

    [Fact]
    public async Task Use_without_a_hold_counts_once_settled_or_not()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        fixture.RecordOutcome("observed", Alice, [LimitsFixture.Attempt(40, 20, 18)]);
        (await fixture.SettleAsync("observed", Alice, [LimitsFixture.Attempt(40, 20, 18)])).ShouldBe(SettlementStatus.Unknown);
        await fixture.ShipAsync();
        (await fixture.SettleAsync("observed", Alice, [LimitsFixture.Attempt(40, 20, 18)])).ShouldBe(SettlementStatus.Unknown);
        await fixture.ShipAsync(0, again: 1);
        (await fixture.StateOfAsync(Alice, "tokens_per_day")).Used.ShouldBe(60);
        await fixture.RestartAsync();
        (await fixture.StateOfAsync(Alice, "tokens_per_day")).Used.ShouldBe(60);
    }

    [Fact]
    public async Task A_lost_settlement_is_made_good_by_the_outcome()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        var request = LimitsFixture.Request("r", Alice);
        fixture.RecordDecision(request, await fixture.ReserveAsync(request));
        fixture.RecordOutcome("r", Alice, [LimitsFixture.Attempt(40, 20, 18)], EventOutcomes.Failed);
        await fixture.ShipAsync();
        var state = await fixture.StateOfAsync(Alice, "tokens_per_day");
        (state.Used, state.Held).ShouldBe((60, 0));
        (await fixture.SettleAsync("r", Alice, [LimitsFixture.Attempt(40, 20, 18)])).ShouldBe(SettlementStatus.Duplicate);
    }

    [Fact]
    public async Task Calls_of_a_tool_are_still_counted_when_the_process_has_died()
    {
        const string Limits = """{"apiVersion": "gateway.limits/v1", "limits": [{"name": "calls", "per": "user_tool", "metric": "requests", "window": "day", "limit": 2}]}""";
        await using var fixture = await LimitsFixture.StartAsync(Limits);
        foreach (var id in (string[])["a", "b"])
        {
            var call = Call(id, "list");
            var decision = await fixture.ReserveAsync(call);
            (decision.Effect, decision.Hold!.Tokens, decision.Hold.CostMicros).ShouldBe((LimitsEffect.Ok, 0, 0));
            fixture.Record(OfTool(fixture.Event(EventTypes.Decision, id, Alice)) with { Limits = new EventLimits { Effect = "ok", Hold = decision.Hold } });
        }

        // One is settled and recorded, one ended with its process.
        (await fixture.SettleAsync("a", Alice, [])).ShouldBe(SettlementStatus.Settled);
        fixture.Record(OfTool(fixture.Event(EventTypes.Outcome, "a", Alice)) with { Outcome = EventOutcomes.Completed });
        fixture.Record(OfTool(fixture.Event(EventTypes.Outcome, "b", Alice)) with { Outcome = EventOutcomes.Interrupted });
        await fixture.ShipAsync();
        await fixture.RestartAsync();
        (await fixture.ReserveAsync(Call("c", "list"))).Reasons.ShouldBe(["calls"]);
        (await fixture.ReserveAsync(Call("d", "create"))).Permits.ShouldBeTrue();
        (await fixture.Module.GetReportAsync(new LimitsReportRequest { Identity = Alice }, CancellationToken.None)).Limits.ShouldBeEmpty();

        static ReservationRequest Call(string id, string tool) =>
            LimitsFixture.Request(id, Alice, input: 400, output: 0, model: null) with { Action = "tool.call", Server = "calendar", Tool = tool };

        static GatewayEvent OfTool(GatewayEvent e) => e with { Action = "tool.call", Mcp = new EventMcp { Server = "calendar", Method = "tools/call", Tool = "list" } };
    }

    [Fact]
    public async Task A_parent_that_its_child_pays_for_costs_nothing()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        var parent = LimitsFixture.Request("parent", Alice, output: 400);
        fixture.RecordDecision(parent, await fixture.ReserveAsync(parent));
        var child = LimitsFixture.Request("child", Alice, output: 50, parent: "parent");
        fixture.RecordDecision(child, await fixture.ReserveAsync(child));
        fixture.RecordOutcome("child", Alice, [LimitsFixture.Attempt(40, 20, 18)]);
        fixture.RecordOutcome("parent", Alice, [LimitsFixture.Attempt(40, 20, 18)], chargedByChild: true);
        await fixture.ShipAsync();
        await Check();
        await fixture.RestartAsync();
        await Check();

        async Task Check()
        {
            var state = await fixture.StateOfAsync(Alice, "tokens_per_day");
            (state.Used, state.Held).ShouldBe((60, 0));
            (await fixture.StateOfAsync(Alice, "requests_per_minute")).Used.ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_request_refused_after_its_hold_gives_it_back()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        var request = LimitsFixture.Request("r", Alice);
        var decision = await fixture.ReserveAsync(request);
        fixture.Record(fixture.Event(EventTypes.Refusal, "r", Alice) with { Outcome = EventOutcomes.Refused, Limits = new EventLimits { Effect = "ok", Hold = decision.Hold } });
        await fixture.ShipAsync();
        (await fixture.StateOfAsync(Alice, "tokens_per_day")).Held.ShouldBe(0);
        (await fixture.Ledger.GetStatisticsAsync(CancellationToken.None)).Requests.ShouldBe(0);
    }

    [Fact]
    public async Task Refusals_sign_ins_and_reads_write_nothing()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        foreach (var type in (string[])[EventTypes.Refusal, EventTypes.SignInFailed, EventTypes.AuditRead, EventTypes.Gap, EventTypes.Administration])
        {
            fixture.Record(fixture.Event(type, type, Alice));
        }

        await fixture.ShipAsync();
        var statistics = await fixture.Ledger.GetStatisticsAsync(CancellationToken.None);
        (statistics.Requests, statistics.Rows, statistics.Watermarks[0].Sequence).ShouldBe((0, 0, 5));
    }

    [Fact]
    public async Task What_cannot_be_read_is_passed_over()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        ImmutableArray<StoredEvent> events =
        [
            new StoredEvent { Epoch = 1, Sequence = 1, Bytes = [.. "{"u8] },
            new StoredEvent { Epoch = 1, Sequence = 2, Bytes = [.. "{\"v\":1}"u8] },
            new StoredEvent { Epoch = 1, Sequence = 3, Bytes = [] },
        ];
        (await fixture.ShipAsync(new EventBatch { Producer = "p2", Events = events })).Stored.ShouldBe(3);
        (await fixture.Ledger.GetStatisticsAsync(CancellationToken.None)).Watermarks.Single(w => w.Producer == "p2").Sequence.ShouldBe(3);
    }

    [Fact]
    public async Task What_has_no_event_moves_the_logs_position_and_a_step_taken_twice_is_fenced()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        var claim = (await fixture.Ledger.ClaimAsync("usage", [0], CancellationToken.None)).ShouldHaveSingleItem().Claim;
        var batch = new EventBatch
        {
            Producer = string.Empty,
            Events = [],
            Unreadable = [new UnreadableMessage { Topic = "usage", Partition = 0, Offset = 0, Bytes = [1], Error = "no event" }],
            Position = new LogPosition { Topic = "usage", Partition = 0, From = 0, Next = 1, Claim = claim },
        };
        var stored = await fixture.ShipAsync(batch);
        (stored.Stored, stored.Reason, stored.Fenced).ShouldBe((0, null, false));
        var again = await fixture.ShipAsync(batch);
        (again.Stored, again.Fenced).ShouldBe((0, true));

        fixture.LedgerFails = true;
        var failed = await fixture.ShipAsync(batch with { Position = batch.Position with { From = 1, Next = 2 } });
        (failed.Stored, failed.Reason, failed.Fenced).ShouldBe((0, "the ledger cannot be written", false));
    }

    [Fact]
    public async Task A_request_id_without_bounds_is_passed_over()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        fixture.RecordOutcome(new string('r', 5000), Alice, [LimitsFixture.Attempt(1, 1, 1)]);
        fixture.RecordOutcome("s", Alice, [LimitsFixture.Attempt(40, 20, 18)]);
        await fixture.ShipAsync();
        (await fixture.Ledger.GetStatisticsAsync(CancellationToken.None)).Requests.ShouldBe(1);
    }

    [Fact]
    public async Task An_event_without_a_caller_charges_nobody_and_blocks_nothing()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        fixture.Record(fixture.Event(EventTypes.Outcome, "r", Alice) with { Caller = null, Attempts = [LimitsFixture.Attempt(1, 1, 1)] });
        fixture.RecordOutcome("s", Alice, [LimitsFixture.Attempt(40, 20, 18)]);
        await fixture.ShipAsync();
        (await fixture.StateOfAsync(Alice, "tokens_per_day")).Used.ShouldBe(60);
    }

    [Fact]
    public async Task A_ledger_that_fails_acknowledges_nothing_and_takes_the_batch_later()
    {
        await using var fixture = await LimitsFixture.StartAsync();
        fixture.RecordOutcome("r", Alice, [LimitsFixture.Attempt(40, 20, 18)]);
        fixture.LedgerFails = true;
        var refused = await fixture.ShipAsync(fixture.Spooled());
        (refused.Stored, refused.Reason).ShouldBe((0, "the ledger cannot be written"));
        (await fixture.StateOfAsync(Alice, "tokens_per_day")).Used.ShouldBe(0);
        fixture.LedgerFails = false;
        await fixture.ShipAsync();
        (await fixture.StateOfAsync(Alice, "tokens_per_day")).Used.ShouldBe(60);
    }
}
